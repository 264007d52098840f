//! The options a record weighs: where each stands, the engines it names, and whether it is marked as the winner.

use std::collections::BTreeSet;

use super::Cues;
use crate::lens::{Cue, Lens, SectionRole};
use crate::record::Record;
use crate::syntax::BlockKind;

/// One option.
#[derive(Debug)]
pub(super) struct Listed {
    /// The heading, list item or table cell that names it.
    pub block: usize,
    /// The mentions in it, as numbers of `record.mentions`.
    pub mentions: Vec<usize>,
    pub wins: bool,
}

/// The options of a record in their order; `mentions` are the valid ones.
pub(super) fn read(record: &Record, cues: &Cues, mentions: &[usize], lens: &Lens) -> Vec<Listed> {
    let _ = lens;
    let mut listed = Vec::new();
    for (number, block) in record.outline.blocks.iter().enumerate() {
        if !is_option_place(record, number) {
            continue;
        }
        let names = match block.kind {
            BlockKind::Heading { .. } => true,
            BlockKind::Item { .. } => block.parent.is_none() && !is_argument(record, number),
            BlockKind::Cell { row, column, .. } => (row == 0) != (column == 0),
            BlockKind::Paragraph => starts_strong(record, number),
            BlockKind::Code => false,
        };
        if names {
            listed.push(Listed {
                block: number,
                mentions: in_head(record, number, mentions),
                wins: record
                    .sentences_in(number)
                    .any(|sentence| cues.of(sentence).iter().any(|hit| hit.payload == Cue::WinnerMark))
                    || has_tick(&block.plain()),
            });
        }
    }
    mark_bold_winner(record, &mut listed);
    listed
}

fn has_tick(text: &str) -> bool {
    text.contains(['✅', '✔', '🏆', '⭐'])
}

fn is_option_place(record: &Record, block: usize) -> bool {
    let section = record.section_of.get(block).and_then(|&at| record.sections.get(at));
    section.is_some_and(|section| section.role == SectionRole::Options && section.heading != Some(block))
        || section.is_some_and(|section| {
            // A heading of its own under the options.
            section.heading == Some(block)
                && section
                    .parent
                    .and_then(|at| record.sections.get(at))
                    .is_some_and(|up| up.role == SectionRole::Options)
        })
}

/// An entry of pros or cons argues about an option; it does not name one.
fn is_argument(record: &Record, block: usize) -> bool {
    let role = record
        .sentences_in(block)
        .next()
        .and_then(|at| record.sentences.get(at))
        .map(|sentence| sentence.role);
    matches!(role, Some(SectionRole::Pros | SectionRole::Cons)) || under_option_heading(record, block)
}

/// Under the heading of a single option, lists are about it.
fn under_option_heading(record: &Record, block: usize) -> bool {
    let Some(section) = record.section_of.get(block).and_then(|&at| record.sections.get(at)) else {
        return false;
    };
    section
        .parent
        .and_then(|at| record.sections.get(at))
        .is_some_and(|up| up.role == SectionRole::Options && up.heading.is_some())
}

fn starts_strong(record: &Record, block: usize) -> bool {
    record.block_words(block).first().is_some_and(|word| word.strong)
}

/// The mentions in the first words of an option: up to a colon, a dash, or the end of its first sentence.
fn in_head(record: &Record, block: usize, mentions: &[usize]) -> Vec<usize> {
    let Some(first) = record.sentences_in(block).next() else {
        return Vec::new();
    };
    let Some(sentence) = record.sentences.get(first) else {
        return Vec::new();
    };
    let words = record.sentence_words(sentence);
    let strong = words.iter().take_while(|word| word.strong).count();
    let stop = words
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, word)| word.before >= crate::lens::phrase::Break::Strong)
        .map_or(words.len(), |(at, _)| at);
    let limit = if strong > 0 { strong } else { stop.min(14) };
    let end = sentence.words.start + limit;
    let from = mentions.partition_point(|&number| {
        record
            .mentions
            .get(number)
            .is_some_and(|m| m.word < sentence.words.start)
    });
    mentions
        .iter()
        .skip(from)
        .copied()
        .take_while(|&number| record.mentions.get(number).is_some_and(|mention| mention.word < end))
        .collect()
}

/// Of the columns or rows of a table of options, exactly one in bold is the winner.
fn mark_bold_winner(record: &Record, listed: &mut [Listed]) {
    let is_bold_cell = |option: &Listed| {
        let cell = record
            .outline
            .blocks
            .get(option.block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }));
        cell && !option.mentions.is_empty() && record.block_words(option.block).iter().all(|word| word.strong)
    };
    let cells: BTreeSet<usize> = listed
        .iter()
        .enumerate()
        .filter(|(_, option)| is_bold_cell(option))
        .map(|(at, _)| at)
        .collect();
    let plain = listed
        .iter()
        .filter(|option| !option.mentions.is_empty() && !is_bold_cell(option))
        .count();
    if let (1, Some(&winner)) = (cells.len(), cells.first())
        && plain > 0
        && let Some(option) = listed.get_mut(winner)
    {
        option.wins = true;
    }
}
