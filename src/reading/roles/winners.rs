//! The option that won: marked as such, the only one in bold, named by the decision, or with the highest total.

use std::collections::{BTreeMap, BTreeSet};

use super::options::{Group, Listed, Mark, Options, has};
use super::{Collected, Evidence, Kind, Scene, Weight};
use crate::lens::phrase::{Match, Word};
use crate::lens::schema::RoleName;
use crate::lens::{Cue, SectionRole};
use crate::reading::Role;
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// How many sentences of the decision may name the option.
const FIRST_SENTENCES: usize = 3;
/// Within how many words of such a sentence.
const FIRST_WORDS: usize = 10;

pub(super) fn mark(scene: &Scene, options: &Options, collected: &mut Collected) {
    for &mention in &options.assigned {
        collected.add(Evidence {
            role: Role::Chosen,
            weight: Weight::Free,
            kind: Kind::Cue,
            distance: 0,
            mention,
            part: false,
            firm: true,
        });
    }
    let listed = &options.listed;
    // Where every option of a list is ticked, the tick does not tell them apart.
    let apart: BTreeSet<Group> = listed
        .iter()
        .filter(|option| option.mark != Some(Mark::Wins))
        .map(|option| option.group)
        .collect();
    let marked: Vec<usize> = (0..listed.len())
        .filter(|&at| {
            listed
                .get(at)
                .is_some_and(|option| option.mark == Some(Mark::Wins) && apart.contains(&option.group))
        })
        .collect();
    let won = if marked.is_empty() {
        named_by_decision(scene, listed).into_iter().collect()
    } else {
        marked
    };
    let mut winners: Vec<usize> = won;
    if winners.is_empty() && !collected.has(Role::Chosen, Weight::State) {
        winners = only_bold(scene, listed)
            .or_else(|| highest_total(scene, listed))
            .into_iter()
            .collect();
    }
    let none_named = !winners.is_empty()
        && winners
            .iter()
            .all(|&at| listed.get(at).is_some_and(|option| option.mentions.is_empty()));
    collected.decides_other |= none_named;
    for option in winners.iter().filter_map(|&at| listed.get(at)) {
        for &mention in &option.mentions {
            collected.add(Evidence {
                role: Role::Chosen,
                weight: Weight::Marked,
                kind: Kind::Marked,
                distance: 0,
                mention,
                part: false,
                firm: true,
            });
        }
    }
    for option in listed.iter().filter(|option| option.mark == Some(Mark::Loses)) {
        for &mention in &option.mentions {
            collected.add(Evidence {
                role: Role::Rejected,
                weight: Weight::Title,
                kind: Kind::Cue,
                distance: 0,
                mention,
                part: false,
                firm: true,
            });
        }
    }
}

/// "Option 2", "the second option", "B.", or the words of the option, in the first sentences of the decision; elsewhere only beside a
/// phrase that decides: "the latter it is".
fn named_by_decision(scene: &Scene, listed: &[Listed]) -> Option<usize> {
    let decides = |(number, sentence): &(usize, &Sentence)| match sentence.role {
        _ if scene.is_heading(sentence.block) => false,
        SectionRole::Decision => true,
        SectionRole::Free => sentence.words.len() <= FIRST_WORDS && chooses(scene, scene.cues.of(*number)),
        _ => false,
    };
    let sentences = scene
        .record
        .sentences
        .iter()
        .enumerate()
        .filter(decides)
        .take(FIRST_SENTENCES);
    for (number, sentence) in sentences {
        let words = scene.record.sentence_words(sentence);
        if let Some(at) = referred(scene, words, scene.cues.of(number), listed) {
            return Some(at);
        }
        let lone = words
            .first()
            .filter(|word| word.text.chars().count() == 1 && sentence.role == SectionRole::Decision);
        if let Some(at) = lone.and_then(|label| labelled(scene, &label.text, listed)) {
            return Some(at);
        }
        if words.iter().any(|word| word.mention.is_some()) {
            return None;
        }
        if let Some(at) = listed
            .iter()
            .position(|option| same_words(words, scene.record.block_words(option.block)))
        {
            return Some(at);
        }
    }
    None
}

/// Whether one of the phrases of a sentence chooses.
fn chooses(scene: &Scene, hits: &[Match<Cue>]) -> bool {
    hits.iter().any(|hit| is_choice(scene, hit))
}

fn is_choice(scene: &Scene, hit: &Match<Cue>) -> bool {
    let Cue::Role(number) = hit.payload else { return false };
    let pattern = scene.lens.language.roles.get(usize::from(number));
    pattern.is_some_and(|pattern| pattern.roles.first() == Some(&RoleName::Chosen))
}

fn referred(scene: &Scene, words: &[Word], hits: &[Match<Cue>], listed: &[Listed]) -> Option<usize> {
    let ordinal = |at: usize| {
        hits.iter().find_map(|hit| match hit.payload {
            Cue::Ordinal(number) if hit.start == at => Some(number),
            _ => None,
        })
    };
    let named = hits
        .iter()
        .filter(|hit| hit.payload == Cue::OptionWord && hit.start < FIRST_WORDS);
    // "We choose B."
    let chosen = hits
        .iter()
        .filter(|hit| hit.start < FIRST_WORDS && is_choice(scene, hit));
    let lettered = chosen
        .filter_map(|hit| words.get(hit.end).filter(|word| word.text.len() <= 2))
        .find_map(|word| labelled(scene, &word.text, listed));
    if lettered.is_some() {
        return lettered;
    }
    let group = main_group(listed);
    let nth = |number: u8| {
        let members: Vec<usize> = (0..listed.len())
            .filter(|&at| listed.get(at).map(|option| option.group) == group)
            .collect();
        if number == u8::MAX {
            members.last().copied()
        } else {
            members.get(usize::from(number)).copied()
        }
    };
    let mut found = named.filter_map(|hit| {
        let label = words.get(hit.end).map(|word| word.text.as_str()).unwrap_or_default();
        let by_label = (label.len() <= 2).then(|| labelled(scene, label, listed)).flatten();
        by_label
            .or_else(|| label.parse::<u8>().ok().and_then(|number| nth(number.checked_sub(1)?)))
            .or_else(|| ordinal(hit.end).and_then(nth))
            .or_else(|| ordinal(hit.start.checked_sub(1)?).and_then(nth))
    });
    found.next().or_else(|| {
        // "The latter", "the first one": a word for a place that needs no "option".
        let lone = hits
            .iter()
            .find(|hit| matches!(hit.payload, Cue::Ordinal(_)) && hit.start == 1 && chooses(scene, hits))?;
        ordinal(lone.start).and_then(nth)
    })
}

/// The option with the label "B" in "Option B: …" or "B) …".
fn labelled(scene: &Scene, label: &str, listed: &[Listed]) -> Option<usize> {
    listed.iter().position(|option| {
        let head = scene.record.block_words(option.block);
        let first = scene
            .record
            .sentences_in(option.block)
            .next()
            .map(|number| scene.cues.of(number))
            .unwrap_or_default();
        let after_word = first
            .iter()
            .any(|hit| hit.payload == Cue::OptionWord && head.get(hit.end).is_some_and(|word| word.text == label));
        let row = match scene.record.outline.blocks.get(option.block).map(|block| block.kind) {
            Some(BlockKind::Cell { table, row, column }) if column > 0 => scene.record.outline.cell(table, row, 0),
            _ => None,
        };
        let row = row.map(|cell| scene.record.block_words(cell)).unwrap_or_default();
        let in_row = row.len() == 1 && row.iter().any(|word| word.text == label);
        after_word || in_row || head.len() > 1 && head.first().is_some_and(|word| word.text == label)
    })
}

/// The first options that are counted together.
fn main_group(listed: &[Listed]) -> Option<Group> {
    let mut sizes: BTreeMap<Group, usize> = BTreeMap::new();
    for option in listed {
        *sizes.entry(option.group).or_default() += 1;
    }
    listed
        .iter()
        .map(|option| option.group)
        .find(|group| sizes.get(group).is_some_and(|&size| size > 1))
}

/// Whether the words of an option, at least two of them, stand in the decision in their order.
fn same_words(decision: &[Word], option: &[Word]) -> bool {
    let head = option
        .iter()
        .skip(1)
        .position(|word| word.before >= crate::lens::phrase::Break::Colon)
        .map_or(option.len(), |at| at + 1);
    let option: Vec<&str> = option.iter().take(head).map(|word| word.text.as_str()).collect();
    (2..=12).contains(&option.len())
        && decision
            .windows(option.len())
            .any(|window| window.iter().map(|word| word.text.as_str()).eq(option.iter().copied()))
}

/// Of the rows or columns of a table of options, exactly one in bold.
fn only_bold(scene: &Scene, listed: &[Listed]) -> Option<usize> {
    let is_bold = |option: &Listed| {
        matches!(option.group, Group::Table(_))
            && !option.mentions.is_empty()
            && scene.record.block_words(option.block).iter().all(|word| word.strong)
    };
    let mut bold = listed.iter().enumerate().filter(|(_, option)| is_bold(option));
    let (at, winner) = bold.next()?;
    let plain = listed
        .iter()
        .any(|option| option.group == winner.group && !is_bold(option) && !option.mentions.is_empty());
    (bold.next().is_none() && plain).then_some(at)
}

/// The option with the highest figure in the row or column of totals of their table.
fn highest_total(scene: &Scene, listed: &[Listed]) -> Option<usize> {
    let outline = &scene.record.outline;
    let total = |option: &Listed| -> Option<f64> {
        let BlockKind::Cell { table, row, column } = outline.blocks.get(option.block)?.kind else {
            return None;
        };
        let is_total = |block: usize| has(scene, block, Cue::Total);
        let cell = if row == 0 {
            let row = (1..)
                .map_while(|row| Some((row, outline.cell(table, row, 0)?)))
                .find(|(_, label)| is_total(*label))?
                .0;
            outline.cell(table, row, column)?
        } else {
            let column = (1..)
                .map_while(|column| Some((column, outline.cell(table, 0, column)?)))
                .find(|(_, label)| is_total(*label))?
                .0;
            outline.cell(table, row, column)?
        };
        scene
            .record
            .block_words(cell)
            .first()?
            .text
            .replace(',', ".")
            .parse()
            .ok()
    };
    let totals: Vec<(usize, f64)> = listed
        .iter()
        .enumerate()
        .filter_map(|(at, option)| Some((at, total(option)?)))
        .collect();
    let best = totals
        .iter()
        .copied()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let unique = totals.iter().filter(|(_, figure)| *figure >= best.1).count() == 1;
    (unique && totals.len() > 1).then_some(best.0)
}
