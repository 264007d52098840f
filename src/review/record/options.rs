//! Decisions without options, and options that were chosen and not considered.

use std::collections::BTreeSet;

use super::{finding, has_section};
use crate::lens::{Lens, SectionRole};
use crate::reading::{Choice, Reading, Role};
use crate::record::{Record, Template};
use crate::review::finding::Finding;
use crate::syntax::{Block, BlockKind};
use crate::text::Span;

/// A decision that its title is about, for an engine beside which no other option is named. What is decided by the way needs none.
pub(super) fn none(reading: &Reading, lens: &Lens) -> Option<Finding> {
    let record = &reading.record;
    let title = record.sentences_in(record.title.as_ref()?.block?);
    let entitled = |choice: &&Choice| {
        let mut mentions = record
            .mentions
            .iter()
            .filter(|mention| title.contains(&mention.sentence));
        mentions.any(|mention| lens.same_product(mention.engine, choice.engine))
    };
    let choice = reading.with_role(Role::Chosen).find(entitled)?;
    let weighed = reading
        .choices
        .iter()
        .any(|choice| matches!(choice.role, Role::Rejected | Role::Considered));
    let listed = has_section(record, SectionRole::Options) || !has_section(record, SectionRole::Decision);
    (!weighed && !listed)
        .then(|| finding("record/no-options", choice.span, record, lens))
        .flatten()
}

/// The words by which MADR's template names its choice.
const CHOSEN: &str = "chosen option";
/// Quotation marks that the name of the option stands in.
const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('\'', '\''), ('«', '»'), ('‘', '’')];

/// In MADR: `Chosen option: "X"` where no considered option shares a word with X.
pub(super) fn not_considered(record: &Record, lens: &Lens) -> Option<Finding> {
    if record.template != Template::Madr {
        return None;
    }
    let blocks = &record.outline.blocks;
    let options: Vec<BTreeSet<String>> = blocks
        .iter()
        .enumerate()
        .filter(|(number, block)| is_option(record, *number, block))
        .map(|(_, block)| words(&block.plain()))
        .collect();
    if options.len() < 2 || options.iter().any(BTreeSet::is_empty) {
        return None;
    }
    let (block, name) = blocks
        .iter()
        .enumerate()
        .filter(|(number, _)| record.role_of_block(*number) == SectionRole::Decision)
        .find_map(|(_, block)| Some((block, chosen(&block.plain())?)))?;
    let wanted = words(&name);
    let shared = options.iter().any(|option| alike(option, &wanted));
    if wanted.is_empty() || shared {
        return None;
    }
    let found = finding("record/option-not-considered", place(block, &name), record, lens)?;
    Some(Finding {
        message: format!("“{name}” is not among the considered options"),
        ..found
    })
}

/// A top-level item of the list under the heading of the options.
fn is_option(record: &Record, number: usize, block: &Block) -> bool {
    let section = record.section_of.get(number).and_then(|&at| record.sections.get(at));
    let heading = section.and_then(|section| section.heading);
    let listed = heading
        .and_then(|at| record.outline.blocks.get(at))
        .is_some_and(|heading| {
            section.is_some_and(|section| section.role == SectionRole::Options && !section.inherited)
                && !heading.plain().to_lowercase().contains("pros")
        });
    matches!(block.kind, BlockKind::Item { .. }) && block.parent.is_none() && listed
}

/// The name in quotation marks behind "Chosen option".
fn chosen(text: &str) -> Option<String> {
    let at = text.to_ascii_lowercase().find(CHOSEN)?;
    let rest = text.get(at + CHOSEN.len()..)?;
    let rest = rest.trim_start_matches(|c: char| c == ':' || c == '*' || c.is_whitespace());
    let first = rest.chars().next()?;
    let (_, closing) = QUOTES.into_iter().find(|(opening, _)| *opening == first)?;
    let inside = rest.get(first.len_utf8()..)?;
    let name = inside.get(..inside.find(closing)?)?.trim();
    // A template that was not filled in: "[option 1]", "{title of option}".
    (!name.is_empty() && !name.contains(['[', ']', '{', '}', '<', '>'])).then(|| name.to_owned())
}

/// Words that tell options apart.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 || word.chars().any(|c| c.is_ascii_digit() || c.is_uppercase()))
        .map(|word| word.to_lowercase())
        .collect()
}

/// Whether two names share a word, in whatever form: "caching" and "cache".
fn alike(option: &BTreeSet<String>, name: &BTreeSet<String>) -> bool {
    let begins = |a: &str, b: &str| {
        let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        shared >= STEADY || a == b
    };
    option.iter().any(|a| name.iter().any(|b| begins(a, b)))
}

/// So many letters at the head of two words make them one.
const STEADY: usize = 4;

/// The name where it stands; the whole block where its markup tears it apart.
fn place(block: &Block, name: &str) -> Span {
    let whole = block.runs.iter().find_map(|run| {
        let at = run.text.find(name)?;
        let verbatim = run.text.len() == run.span.end - run.span.start;
        verbatim.then(|| Span::new(run.span.start + at, run.span.start + at + name.len()))
    });
    whole.unwrap_or(block.span)
}
