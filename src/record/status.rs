//! The status of a record and its date, wherever they are written.

use super::wording::Wording;
use super::{Section, Told};
use crate::lens::phrase::{Break, Word};
use crate::lens::{Label, Lens, SectionRole, Status};
use crate::syntax::{BlockKind, Outline};
use crate::text::Span;

#[derive(Default)]
pub(super) struct Found {
    pub status: Status,
    pub span: Option<Span>,
    pub date: Option<String>,
    pub told: Vec<Told>,
}

/// How far into a record a line `Status: …` is looked for, in blocks.
pub(super) const HEAD: usize = 40;
/// A lone line with at most this many words can be a status.
const LONE: usize = 4;
/// One that opens with a status may have so many words above the first section: "Approved by the board on 3 May".
const ABOVE: usize = 12;
/// How many words behind "Status" are read.
const AFTER_KEY: usize = 8;

pub(super) fn read(
    outline: &Outline,
    wording: &Wording,
    sections: &[Section],
    section_of: &[usize],
    lens: &Lens,
) -> Found {
    let mut found = Found {
        date: date(outline, wording, lens),
        ..Found::default()
    };
    let body = || {
        section(outline, wording, sections, section_of, lens)
            .or_else(|| labelled(outline, wording, lens))
            .or_else(|| lone(outline, wording, lens))
    };
    let told = |(status, span): (Status, Span)| Told {
        status: Some(status),
        span,
    };
    let places = [front_matter(outline, lens), body()];
    found.told = places.into_iter().flatten().map(told).collect();
    match found.told.first() {
        Some(Told {
            status: Some(status),
            span,
        }) => (found.status, found.span) = (*status, Some(*span)),
        _ => found.told.extend(unknown(outline, wording, sections, section_of, lens)),
    }
    found
}

/// A status entry whose words name no status that is known: "Status: frobnicated".
fn unknown(
    outline: &Outline,
    wording: &Wording,
    sections: &[Section],
    section_of: &[usize],
    lens: &Lens,
) -> Option<Told> {
    let entry = outline
        .front_matter
        .iter()
        .find(|entry| is_key(&loose_words(&entry.key, lens), Label::StatusKey, lens));
    if let Some(entry) = entry.filter(|entry| is_word(&entry.value)) {
        return Some(Told {
            status: None,
            span: entry.span,
        });
    }
    let under_heading = (0..outline.blocks.len()).find(|&block| {
        let section = section_of.get(block).and_then(|&at| sections.get(at));
        section.is_some_and(|section| {
            section.role == SectionRole::Status && !section.inherited && section.heading.is_some_and(|at| at != block)
        })
    })?;
    let block = outline.blocks.get(under_heading)?;
    let words = wording.block_words(under_heading);
    let span = words.first()?.span.join(words.last()?.span);
    let alone = matches!(block.kind, BlockKind::Paragraph);
    (alone && is_word(&block.plain())).then_some(Told { status: None, span })
}

/// One or two words of letters, as a status is: no placeholder, no sentence.
fn is_word(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let words = text.split_whitespace().count();
    (1..=2).contains(&words) && text.len() <= 30 && text.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
}

/// The status that words name: the last stage of its life when there are several. A template's untouched list of all is none.
fn named(words: &[Word], lens: &Lens) -> Option<(Status, Span)> {
    let hits: Vec<(Status, Span)> = lens
        .language
        .labels
        .find(words)
        .into_iter()
        .filter_map(|hit| match hit.payload {
            Label::Status(status) => {
                let covered = words.get(hit.start..hit.end)?;
                let span = covered.first()?.span.join(covered.last()?.span);
                (!covered.iter().any(|word| word.struck)).then_some((status, span))
            }
            _ => None,
        })
        .collect();
    let kinds: std::collections::BTreeSet<Status> = hits.iter().map(|(status, _)| *status).collect();
    if kinds.len() >= 4 {
        return None;
    }
    hits.into_iter()
        .max_by_key(|(status, span)| (*status, std::cmp::Reverse(span.start)))
}

fn front_matter(outline: &Outline, lens: &Lens) -> Option<(Status, Span)> {
    let entry = outline
        .front_matter
        .iter()
        .find(|entry| is_key(&loose_words(&entry.key, lens), Label::StatusKey, lens))?;
    let (status, _) = named(&loose_words(&entry.value, lens), lens)?;
    Some((status, entry.span))
}

/// Words of a text that stands outside the blocks.
fn loose_words(text: &str, lens: &Lens) -> Vec<Word> {
    let mut words = Vec::new();
    crate::lens::phrase::split(text, true, &mut words);
    lens.language.vocabulary.identify(&mut words);
    words
}

/// Whether words are a name for the status: "status", "state".
pub fn is_status_key(text: &str, lens: &Lens) -> bool {
    is_key(&loose_words(text, lens), Label::StatusKey, lens)
}

fn is_key(words: &[Word], key: Label, lens: &Lens) -> bool {
    lens.language
        .labels
        .find(words)
        .iter()
        .any(|hit| hit.payload == key && hit.start == 0 && hit.end == words.len())
}

/// What stands under a heading "Status".
fn section(
    outline: &Outline,
    wording: &Wording,
    sections: &[Section],
    section_of: &[usize],
    lens: &Lens,
) -> Option<(Status, Span)> {
    let blocks = (0..outline.blocks.len()).filter(|&block| {
        let section = section_of.get(block).and_then(|&at| sections.get(at));
        section.is_some_and(|section| section.role == SectionRole::Status && section.heading.is_some())
    });
    let boxes: Vec<usize> = blocks.collect();
    let ticked = |block: usize| {
        matches!(
            outline.blocks.get(block).map(|b| b.kind),
            Some(BlockKind::Item {
                checked: Some(true),
                ..
            })
        )
    };
    let any_ticked = boxes.iter().any(|&block| ticked(block));
    let mut best: Option<(Status, Span)> = None;
    for block in boxes {
        if any_ticked && !ticked(block) {
            continue;
        }
        let words = wording.block_words(block);
        let head = words.get(..words.len().min(2 * AFTER_KEY)).unwrap_or_default();
        if let Some(next) = named(head, lens)
            && best.is_none_or(|(status, _)| next.0 > status)
        {
            best = Some(next);
        }
    }
    best
}

/// `Status: accepted` at the head of a line, in a list item, in a table row or below a table header.
fn labelled(outline: &Outline, wording: &Wording, lens: &Lens) -> Option<(Status, Span)> {
    for (number, block) in outline.blocks.iter().enumerate().take(HEAD) {
        if let BlockKind::Cell { table, row, column } = block.kind {
            if is_key(wording.block_words(number), Label::StatusKey, lens) {
                let beside = outline.cell(table, row, column + 1);
                let below = outline.cell(table, row + 1, column);
                let value = [beside, below]
                    .into_iter()
                    .flatten()
                    .find_map(|cell| named(wording.block_words(cell), lens));
                if value.is_some() {
                    return value;
                }
            }
            continue;
        }
        let sentences = wording
            .of_block
            .get(number)
            .and_then(|range| wording.sentences.get(range.clone()));
        for sentence in sentences.unwrap_or_default() {
            let words = wording.words.get(sentence.words.clone()).unwrap_or_default();
            if let Some(value) = after_key(words, lens) {
                return Some(value);
            }
        }
    }
    None
}

/// "Status: accepted" at the head of a sentence, or behind other entries of its line: "Author: Imke · State: in review".
fn after_key(words: &[Word], lens: &Lens) -> Option<(Status, Span)> {
    let keyed = |at: usize, length: usize| {
        words
            .get(at..at + length)
            .is_some_and(|key| is_key(key, Label::StatusKey, lens))
    };
    let colon = |at: usize| words.get(at).is_some_and(|word| word.before == Break::Colon);
    let lengths = [3, 2, 1];
    let head = lengths.into_iter().find(|&length| keyed(0, length));
    let later = || {
        (1..words.len().min(HEAD)).find_map(|at| {
            lengths
                .into_iter()
                .find(|&length| colon(at + length) && keyed(at, length))
                .map(|length| at + length)
        })
    };
    let from = head.or_else(later)?;
    named(words.get(from..words.len().min(from + AFTER_KEY))?, lens)
}

/// A sentence that is hardly more than a status, before the second section begins. Above the first it may say more, and the last stage
/// of the record's life counts: "Adopted in May 2021. Superseded by record 12".
fn lone(outline: &Outline, wording: &Wording, lens: &Lens) -> Option<(Status, Span)> {
    let mut headings = 0;
    let mut above: Option<(Status, Span)> = None;
    for (number, block) in outline.blocks.iter().enumerate().take(HEAD) {
        if block.level().is_some() {
            headings += 1;
            if headings > 2 || above.is_some() && headings > 1 {
                break;
            }
            continue;
        }
        // A cell belongs to its table, which says what it is about.
        if matches!(block.kind, BlockKind::Cell { .. }) {
            continue;
        }
        let sentences = wording
            .of_block
            .get(number)
            .and_then(|range| wording.sentences.get(range.clone()))
            .unwrap_or_default();
        for (at, sentence) in sentences.iter().enumerate() {
            let words = wording.words.get(sentence.words.clone()).unwrap_or_default();
            // "**Superseded** in February": in bold it may say more.
            let strong = words.first().is_some_and(|word| word.strong) && words.get(1).is_some_and(|word| !word.strong);
            let longest = match (at, headings) {
                (_, 0 | 1) => ABOVE,
                (0, _) if strong => 2 * LONE,
                (0, _) => LONE,
                _ => 0,
            };
            let value = named(words, lens).filter(|_| words.len() <= longest && opens_with_status(words, lens));
            match (value, headings) {
                (Some(value), 0 | 1) => {
                    if above.is_none_or(|(status, _)| value.0 > status) {
                        above = Some(value);
                    }
                }
                (Some(value), _) => return Some(value),
                (None, _) => {}
            }
        }
    }
    above
}

/// "Rejected: Azure Search" is the name of a list, not the status.
fn opens_with_status(words: &[Word], lens: &Lens) -> bool {
    let hits = lens.language.labels.find(words);
    hits.iter().any(|hit| {
        let lists = words.get(hit.end).is_some_and(|word| word.before == Break::Colon);
        match hit.payload {
            Label::Status(Status::Rejected) => hit.start == 0 && !lists,
            Label::Status(_) => hit.start == 0,
            _ => false,
        }
    })
}

fn date(outline: &Outline, wording: &Wording, lens: &Lens) -> Option<String> {
    let entry = outline
        .front_matter
        .iter()
        .find(|entry| is_key(&loose_words(&entry.key, lens), Label::DateKey, lens));
    if let Some(date) = entry.and_then(|entry| iso_date(&entry.value)) {
        return Some(date);
    }
    outline
        .blocks
        .iter()
        .take(HEAD)
        .find_map(|block| {
            let text = block.plain();
            text.lines().find_map(|line| {
                let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
                let (key, rest) = line.split_once(':').unwrap_or(("", line));
                let dated = is_key(&loose_words(key, lens), Label::DateKey, lens);
                if dated { iso_date(rest) } else { None }
            })
        })
        .or_else(|| {
            // Under a heading "Date".
            let heading = outline.blocks.iter().enumerate().position(|(number, block)| {
                block.level().is_some() && is_key(wording.block_words(number), Label::DateKey, lens)
            })?;
            iso_date(&outline.blocks.get(heading + 1)?.plain())
        })
}

/// The first `2024-03-01` (or `2024/03/01`) of a text.
fn iso_date(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let piece = text.get(at..at + 10)?.replace('/', "-");
        piece.parse::<jiff::civil::Date>().ok().map(|date| date.to_string())
    })
}
