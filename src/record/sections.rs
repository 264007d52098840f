//! Headings, and labels that stand for headings, → sections with a role each.

use std::collections::BTreeMap;

use super::wording::Wording;
use super::{Section, Sentence};
use crate::lens::phrase::{Break, Word};
use crate::lens::{Label, Lens, SectionRole};
use crate::syntax::{Block, BlockKind, Outline};

pub(super) struct Sectioned {
    pub sections: Vec<Section>,
    /// For each block, its section.
    pub section_of: Vec<usize>,
    /// For each block, its role: its section's, or its own where a list item carries a label ("Good, because …").
    pub role_of: Vec<SectionRole>,
}

/// The level of a label in bold that stands for a heading: below every real one.
const LABEL_LEVEL: u8 = 7;

pub(super) fn read(outline: &Outline, wording: &Wording, lens: &Lens) -> Sectioned {
    let mut sections = vec![Section {
        role: SectionRole::Free,
        heading: None,
        level: 0,
        parent: None,
        inherited: false,
    }];
    let mut section_of = Vec::with_capacity(outline.blocks.len());
    let mut role_of = Vec::with_capacity(outline.blocks.len());
    let mut own_of: Vec<Option<SectionRole>> = Vec::with_capacity(outline.blocks.len());
    let title = title_of_all(outline);
    // What the cells that head a row or a column are called, by their blocks.
    let mut heads: BTreeMap<usize, SectionRole> = BTreeMap::new();
    for (number, block) in outline.blocks.iter().enumerate() {
        let words = wording.block_words(number);
        let mut own = None;
        match block.kind {
            BlockKind::Heading { level } => {
                // "Impact analysis" as a title is no section of consequences.
                let label = heading_role(words, lens).filter(|_| title != Some(number));
                open(&mut sections, number, level, label);
                // "## Status: accepted" says all it has to say.
                let entry = matches!(label, Some(SectionRole::Status | SectionRole::Date)) && says_more(words, lens);
                if entry {
                    own = label;
                    let above = sections.last().and_then(|section| section.parent);
                    let role = above
                        .and_then(|at| sections.get(at))
                        .map_or(SectionRole::Free, |section| section.role);
                    if let Some(section) = sections.last_mut() {
                        section.role = role;
                        section.inherited = true;
                    }
                }
            }
            BlockKind::Paragraph => {
                if let Some(label) = leading_label(block, words, lens) {
                    // `Status: accepted` says all it has to say; the next paragraph is about something else.
                    let entry = matches!(
                        label,
                        SectionRole::Status | SectionRole::Date | SectionRole::Links | SectionRole::Notes
                    );
                    if entry && words.len() > 1 && !words.iter().all(|word| word.strong) {
                        own = Some(label);
                    } else {
                        open(&mut sections, number, LABEL_LEVEL, Some(label));
                    }
                }
            }
            BlockKind::Item { .. } => {
                // "Options" as an item, with the options as items below it.
                let holds = outline
                    .blocks
                    .get(number + 1)
                    .is_some_and(|next| next.parent == Some(number));
                // Below a heading that says what it is, the items are its own.
                let free = sections.last().is_none_or(|section| section.role == SectionRole::Free);
                let whole = || label_role(words, lens).filter(|_| holds && free);
                own = leading_label(block, words, lens)
                    .or_else(whole)
                    .or_else(|| verdict(words));
            }
            BlockKind::Cell { table, row, column } => {
                if row == 0 || column == 0 {
                    heads.extend(label_role(words, lens).map(|role| (number, role)));
                }
                own = cell_role(outline, &heads, table, row, column);
            }
            BlockKind::Code => {}
        }
        let inherited = block.parent.and_then(|parent| own_of.get(parent).copied().flatten());
        let own = own.or(inherited);
        let section = sections.len() - 1;
        section_of.push(section);
        role_of.push(
            own.or(sections.last().map(|section| section.role))
                .unwrap_or(SectionRole::Free),
        );
        own_of.push(own);
    }
    Sectioned {
        sections,
        section_of,
        role_of,
    }
}

/// The heading that stands above all the others: it names the record, whatever words it has ("Parcel positions" holds no positions).
fn title_of_all(outline: &Outline) -> Option<usize> {
    let mut headings = outline
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(number, block)| match block.kind {
            BlockKind::Heading { level } => Some((number, level)),
            _ => None,
        });
    let (title, top) = headings.next()?;
    let mut below = headings.peekable();
    (below.peek().is_some() && below.all(|(_, level)| level > top)).then_some(title)
}

fn open(sections: &mut Vec<Section>, heading: usize, level: u8, label: Option<SectionRole>) {
    let parent = sections
        .iter()
        .enumerate()
        .rev()
        .find(|(_, section)| section.level < level)
        .map(|(at, _)| at);
    let above = parent
        .and_then(|at| sections.get(at))
        .map_or(SectionRole::Free, |section| section.role);
    let role = match (label, above) {
        // Under the options, "Decision" or "Context" of an option is still about the option.
        (Some(SectionRole::Context | SectionRole::Drivers | SectionRole::Requirements), SectionRole::Options) => above,
        // "Benefits" of a decision are good consequences.
        (Some(SectionRole::Pros), SectionRole::Decision | SectionRole::Consequences) => SectionRole::ConsequencesGood,
        (Some(SectionRole::Cons), SectionRole::Decision | SectionRole::Consequences) => SectionRole::ConsequencesBad,
        (Some(label), _) => label,
        (None, above) => above,
    };
    sections.push(Section {
        role,
        heading: Some(heading),
        level,
        parent,
        inherited: label.is_none(),
    });
}

/// The role a heading names: that of its longest label. The label covers half of the heading, or leads it and what follows does not
/// make another thing of it: "Options we looked at", but not "Background jobs with Celery".
fn heading_role(words: &[Word], lens: &Lens) -> Option<SectionRole> {
    let words = without_number(words);
    let labels = lens.language.labels.find(words);
    let follows = |at: usize, role: SectionRole| {
        let apart = words
            .get(at)
            .is_none_or(|word| word.before >= Break::Colon || word.bracketed);
        apart
            || role == SectionRole::Options
            || labels
                .iter()
                .any(|hit| hit.payload == Label::Follower && hit.start == at)
    };
    let told = || {
        labels
            .iter()
            .filter_map(|found| match found.payload {
                Label::Section(role) => Some((found, role)),
                _ => None,
            })
            .filter(|(found, role)| {
                (found.end - found.start) * 2 >= words.len() || found.start == 0 && follows(found.end, *role)
            })
            .map(|(found, role)| (found.end - found.start, std::cmp::Reverse(found.start), role))
    };
    let (_, std::cmp::Reverse(from), role) = told().max_by_key(|(length, start, _)| (*length, *start))?;
    // "Decision and follow-ups" decides.
    let decides = told().any(|(length, start, role)| role == SectionRole::Decision && start.0 == 0 && length < from);
    Some(if decides { SectionRole::Decision } else { role })
}

/// Whether more than a label stands in a heading.
fn says_more(words: &[Word], lens: &Lens) -> bool {
    words.iter().any(|word| word.before == Break::Colon) && label_role(words, lens).is_none()
}

fn without_number(words: &[Word]) -> &[Word] {
    let numbered = words
        .first()
        .is_some_and(|word| word.text.chars().all(|c| c.is_ascii_digit() || c == '.'));
    if numbered && words.len() > 1 {
        words.get(1..).unwrap_or_default()
    } else {
        words
    }
}

/// `**Decision:** We will …`, `*Decision.* We will …`, or a whole paragraph in bold: the role of the label.
fn leading_label(block: &Block, words: &[Word], lens: &Lens) -> Option<SectionRole> {
    let marked = words.iter().take_while(|word| word.strong || word.emphasis).count();
    let label = words.get(..marked)?;
    let whole = marked == words.len();
    let text: String = block
        .runs
        .iter()
        .take_while(|run| run.style.strong || run.style.emphasis)
        .map(|run| run.text.as_str())
        .collect();
    let after = block
        .runs
        .iter()
        .find(|run| !run.style.strong && !run.style.emphasis)
        .map_or("", |run| run.text.as_str());
    let punctuated =
        text.trim_end().ends_with([':', '.', '?']) || after.trim_start().starts_with([':', '.', '–', '-', '—']);
    if label.is_empty() || label.len() > 5 || !(whole || punctuated) {
        return plain_label(block, words, lens);
    }
    label_role(label, lens)
}

/// `Decision: We will …` without any markup, at the head of a paragraph.
fn plain_label(block: &Block, words: &[Word], lens: &Lens) -> Option<SectionRole> {
    let text = block.runs.first().map(|run| run.text.as_str())?;
    let (head, _) = text.split_once(':')?;
    let count = head.split_whitespace().count();
    if !(1..=3).contains(&count) || !head.trim_start().starts_with(char::is_uppercase) {
        return None;
    }
    label_role(words.get(..count)?, lens)
}

/// "Context: …" and "Decision: …" as lines of one paragraph: what stands behind the second label has its role.
pub(super) fn label_lines(outline: &Outline, words: &[Word], sentences: &mut [Sentence], lens: &Lens) {
    let mut current: Option<(usize, SectionRole)> = None;
    let mut first = None;
    for sentence in sentences {
        let opens = first != Some(sentence.block);
        first = Some(sentence.block);
        let paragraph = |block: &Block| block.kind == BlockKind::Paragraph;
        if opens || !outline.blocks.get(sentence.block).is_some_and(paragraph) {
            current = None;
            continue;
        }
        let here = words.get(sentence.words.clone()).unwrap_or_default();
        if let Some(role) = line_label(here, lens) {
            current = Some((sentence.block, role));
        }
        if let Some((_, role)) = current {
            sentence.role = role;
            let entry = matches!(
                role,
                SectionRole::Status | SectionRole::Date | SectionRole::Links | SectionRole::Notes
            );
            current = current.filter(|_| !entry);
        }
    }
}

/// The role of a label of up to three words with a colon behind it, at the head of a sentence.
fn line_label(words: &[Word], lens: &Lens) -> Option<SectionRole> {
    let colon = words
        .iter()
        .take(4)
        .skip(1)
        .position(|word| word.before == Break::Colon)?
        + 1;
    let label = words.get(..colon)?;
    label_role(label, lens).filter(|_| label.first().is_some_and(|word| word.capital || word.strong))
}

fn label_role(label: &[Word], lens: &Lens) -> Option<SectionRole> {
    let label = without_number(label);
    lens.language
        .labels
        .find(label)
        .into_iter()
        .find_map(|found| match found.payload {
            Label::Section(role) if found.start == 0 && found.end == label.len() => Some(role),
            _ => None,
        })
}

/// MADR's "Good, because …" and "Bad, because …", and lists of `+` and `-`.
fn verdict(words: &[Word]) -> Option<SectionRole> {
    let because = words
        .iter()
        .take(3)
        .any(|word| word.text == "because" || word.text == "porque" || word.text == "weil");
    match words.first().map(|word| word.text.as_str()) {
        Some("good" | "pro" | "+" | "bueno" | "gut") if because => Some(SectionRole::Pros),
        Some("bad" | "con" | "-" | "malo" | "schlecht" | "neutral") if because => Some(SectionRole::Cons),
        _ => None,
    }
}

/// The role a table gives a cell: by the label in its row's first cell (Tyree & Akerman), or by its column's header.
fn cell_role(
    outline: &Outline,
    heads: &BTreeMap<usize, SectionRole>,
    table: usize,
    row: usize,
    column: usize,
) -> Option<SectionRole> {
    if heads.is_empty() {
        return None;
    }
    let head = |row: usize, column: usize| heads.get(&outline.cell(table, row, column)?).copied();
    let of_row = (column > 0).then(|| head(row, 0)).flatten();
    of_row.or_else(|| (row > 0).then(|| head(0, column)).flatten())
}
