//! Which data a choice and a requirement speak of, when the record has several stores and the text says it.

use std::collections::BTreeSet;

use super::{Choice, Cues, Requirement, Role};
use crate::lens::Cue;
use crate::lens::phrase::{Break, Word};
use crate::record::{Record, Sentence};
use crate::syntax::BlockKind;

/// Names the workload of each chosen engine, then ties requirements to one whose words they share.
pub(super) fn tie(record: &Record, cues: &Cues, choices: &mut [Choice], requirements: &mut [Requirement]) {
    for choice in choices.iter_mut().filter(|choice| choice.role == Role::Chosen) {
        choice.workload = of_choice(record, cues, choice);
    }
    let workloads: Vec<String> = choices.iter().filter_map(|choice| choice.workload.clone()).collect();
    let distinct: BTreeSet<&String> = workloads.iter().collect();
    if distinct.len() < 2 {
        return;
    }
    for requirement in requirements {
        let Some(sentence) = record.sentences.get(requirement.sentence) else {
            continue;
        };
        let near = nearby_words(record, sentence);
        let mut matching = distinct
            .iter()
            .filter(|workload| content_words(workload).any(|word| near.contains(&stem(word))));
        // A sentence that speaks of two workloads is tied to neither.
        if let (Some(workload), None) = (matching.next(), matching.next()) {
            requirement.workload = Some((*workload).clone());
        }
    }
}

/// "Redis for user sessions" → "user sessions"; or the first cell of the row, or the label of the list item.
fn of_choice(record: &Record, cues: &Cues, choice: &Choice) -> Option<String> {
    let sentence = record.sentences.get(choice.sentence)?;
    let words = record.sentence_words(sentence);
    let at = words.iter().position(|word| word.span == choice.span)?;
    let after = cues
        .of(choice.sentence)
        .iter()
        .find(|hit| hit.payload == Cue::Workload && (at < hit.start && hit.start <= at + 2));
    if let Some(hit) = after {
        return phrase(words.get(hit.end..)?);
    }
    match record.outline.blocks.get(sentence.block)?.kind {
        BlockKind::Cell { table, row, column } if row > 0 && column > 0 => {
            let label = record.outline.cell(table, row, 0)?;
            phrase(record.block_words(label))
        }
        _ => {
            let label = words.iter().take(at).take_while(|word| word.strong).count();
            if label > 0 && label <= 4 {
                phrase(words.get(..label)?)
            } else {
                None
            }
        }
    }
}

/// Words that carry no content of their own.
const EMPTY: [&str; 18] = [
    "the", "a", "an", "all", "our", "of", "and", "any", "its", "their", "new", "main", "primary", "both", "this",
    "each", "own", "data",
];

/// The first words of a phrase, up to a break or a word that opens something new.
fn phrase(words: &[Word]) -> Option<String> {
    const STOPS: [&str; 16] = [
        "because", "since", "with", "on", "in", "using", "which", "that", "and", "as", "to", "is", "are", "will",
        "via", "at",
    ];
    let taken: Vec<&str> = words
        .iter()
        .enumerate()
        .take_while(|(at, word)| *at < 5 && (*at == 0 || word.before < Break::Comma) && word.mention.is_none())
        .map(|(_, word)| word.text.as_str())
        .take_while(|word| !STOPS.contains(word))
        .collect();
    let text = taken.join(" ");
    let named = content_words(&text).next().is_some();
    named.then_some(text)
}

fn content_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| word.len() > 2 && !EMPTY.contains(word))
}

/// A plural and its singular are one word.
fn stem(word: &str) -> String {
    word.strip_suffix("ies")
        .map(|stem| format!("{stem}y"))
        .unwrap_or_else(|| word.trim_end_matches('s').to_owned())
}

/// The words of a sentence, of its row's label and of its own heading.
fn nearby_words(record: &Record, sentence: &Sentence) -> BTreeSet<String> {
    let mut near: BTreeSet<String> = record
        .sentence_words(sentence)
        .iter()
        .map(|word| stem(&word.text))
        .collect();
    if let Some(BlockKind::Cell { table, row, .. }) = record.outline.blocks.get(sentence.block).map(|block| block.kind)
        && let Some(label) = record.outline.cell(table, row, 0)
    {
        near.extend(record.block_words(label).iter().map(|word| stem(&word.text)));
    }
    if let Some(heading) = record.headings_of(sentence.block).next() {
        near.extend(record.block_words(heading).iter().map(|word| stem(&word.text)));
    }
    near
}
