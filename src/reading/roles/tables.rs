//! Tables: options in their rows or columns, with the verdict on each; or stores assigned to data.

use std::collections::BTreeMap;

use super::Scene;
use super::options::{Group, Listed, Mark, Options, has, head, mark, under_options};
use crate::lens::{Cue, SectionRole};
use crate::syntax::BlockKind;

/// Options are looked for in this many columns of a table.
const COLUMNS: usize = 6;
/// A cell that names an option has at most this many words.
const CELL: usize = 8;

/// A cell that is nothing but a mark in words.
fn whole_mark(scene: &Scene, block: usize) -> Option<Mark> {
    let number = scene.record.sentences_in(block).next()?;
    let length = scene.record.block_words(block).len();
    let whole = |cue: Cue| {
        scene
            .cues
            .of(number)
            .iter()
            .any(|hit| hit.payload == cue && hit.start == 0 && hit.end == length)
    };
    match (whole(Cue::WinnerMark), whole(Cue::LoserMark)) {
        (true, _) => Some(Mark::Wins),
        (false, true) => Some(Mark::Loses),
        _ => None,
    }
}

/// A cell that is nothing but "in", "out", "yes" or "no".
fn whole_answer(scene: &Scene, block: usize) -> Option<Mark> {
    let number = scene.record.sentences_in(block).next()?;
    let length = scene.record.block_words(block).len();
    scene.cues.of(number).iter().find_map(|hit| match hit.payload {
        Cue::WinnerAnswer if hit.start == 0 && hit.end == length => Some(Mark::Wins),
        Cue::LoserAnswer if hit.start == 0 && hit.end == length => Some(Mark::Loses),
        _ => None,
    })
}

/// A table, by the numbers of its cells.
struct Table {
    cells: BTreeMap<(usize, usize), usize>,
}

pub(super) fn read(scene: &Scene, options: &mut Options) {
    let mut tables: BTreeMap<usize, Table> = BTreeMap::new();
    for (number, block) in scene.record.outline.blocks.iter().enumerate() {
        if let BlockKind::Cell { table, row, column } = block.kind {
            tables
                .entry(table)
                .or_insert_with(|| Table { cells: BTreeMap::new() })
                .cells
                .insert((row, column), number);
        }
    }
    for (number, table) in tables {
        let counted = table.cells.values().any(|&block| {
            matches!(
                role_in(scene, block),
                Some(SectionRole::Consequences | SectionRole::Links | SectionRole::Notes | SectionRole::Other)
            )
        });
        if !counted {
            read_table(scene, number, &table, options);
        }
    }
}

fn role_in(scene: &Scene, block: usize) -> Option<SectionRole> {
    let record = scene.record;
    Some(record.sections.get(*record.section_of.get(block)?)?.role)
}

fn read_table(scene: &Scene, number: usize, table: &Table, options: &mut Options) {
    // "Taken | PostgreSQL", in a table of entries.
    for (&(row, column), &label) in &table.cells {
        let wins = column == 0 && row > 0 && whole_mark(scene, label) == Some(Mark::Wins);
        if let Some(&cell) = table
            .cells
            .get(&(row, 1))
            .filter(|_| wins && !table.cells.contains_key(&(row, 2)))
        {
            options.assigned.extend(head(scene, cell));
        }
    }
    // A cell that names an option says little else; one that tells a property may name many engines.
    let names = |wanted: &dyn Fn(usize, usize) -> bool| -> Vec<usize> {
        let cells = table
            .cells
            .iter()
            .filter(|((row, column), _)| wanted(*row, *column))
            .map(|(_, &block)| block);
        cells
            .filter(|&block| scene.record.block_words(block).len() <= CELL && !head(scene, block).is_empty())
            .collect()
    };
    let columns = table
        .cells
        .keys()
        .map(|(_, column)| column + 1)
        .max()
        .unwrap_or_default();
    let header = names(&|row, column| row == 0 && column > 0);
    let by_column: Vec<Vec<usize>> = (0..columns.min(COLUMNS))
        .map(|wanted| names(&|row, column| row > 0 && column == wanted))
        .collect();
    let headed = |column: usize, cue: Cue| {
        table
            .cells
            .get(&(0, column))
            .is_some_and(|&block| has(scene, block, cue))
    };
    let rows = by_column
        .iter()
        .enumerate()
        .max_by_key(|(at, blocks)| (blocks.len(), headed(*at, Cue::StoreColumn), std::cmp::Reverse(*at)));
    let cells = match rows {
        _ if header.len() >= 2 => header,
        Some((column, blocks))
            if !blocks.is_empty()
                && (0..columns).any(|other| other != column && headed(other, Cue::WorkloadColumn))
                && headed(column, Cue::StoreColumn) =>
        {
            options
                .assigned
                .extend(blocks.iter().flat_map(|&block| head(scene, block)));
            return;
        }
        Some((_, blocks)) if blocks.len() >= 2 => blocks.clone(),
        _ => return,
    };
    // "Verdict | chosen | no": the cell that says it stands in the row or the column of its option.
    let verdict = |block: usize| {
        let BlockKind::Cell { row, column, .. } = scene.record.outline.blocks.get(block)?.kind else {
            return None;
        };
        let lane = table.cells.iter().filter(|((r, c), _)| {
            if row == 0 {
                *r > 0 && *c == column
            } else {
                *r == row && *c != column
            }
        });
        let headed = |(row_of, column_of): (usize, usize)| {
            let head = if row == 0 { (row_of, 0) } else { (0, column_of) };
            let says = |cell: usize| has(scene, cell, Cue::WinnerMark) || has(scene, cell, Cue::Total);
            table.cells.get(&head).is_some_and(|&cell| says(cell))
        };
        lane.into_iter().find_map(|(&place, &cell)| {
            let stated = || mark(scene, cell).or_else(|| whole_answer(scene, cell));
            whole_mark(scene, cell).or_else(|| stated().filter(|_| headed(place)))
        })
    };
    let here = cells.first().is_some_and(|&block| under_options(scene, block));
    for block in cells {
        let mentions = head(scene, block);
        options.listed.push(Listed {
            block,
            group: Group::Table(number),
            mentions,
            mark: mark(scene, block).or_else(|| verdict(block)),
            loose: !here,
        });
    }
}
