//! Sentences → a change of the record that adds them in the record's own style, held against a fresh reading: a change that would not
//! do what it says, or bring a new warning, is not proposed.

use std::collections::BTreeSet;

use super::answer::Edit;
use super::case::{Case, loud};
use crate::amend::{Page, consequences, drivers};
use crate::lens::EngineId;
use crate::review::Finding;
use crate::text::{Change, PlaceSpan, Source};

/// Where a sentence goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    Drivers,
    Consequences,
}

/// A change that waits for a yes. The place is looked for again then: the record may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    pub title: String,
    pub sentences: Vec<String>,
    pub home: Home,
}

/// The first draft, each of one or more sentences, at the first place with which the record reads as wanted. `written` is the record
/// without suppositions.
pub(super) fn propose(
    written: &Case,
    title: &str,
    drafts: &[Vec<String>],
    home: Home,
    is_done: impl Fn(&Case) -> bool,
) -> Option<(Proposal, Edit)> {
    drafts.iter().find_map(|draft| {
        let sentences: Vec<String> = draft.iter().map(|words| one_sentence(words)).collect();
        let change = candidates(written, &sentences, home).into_iter().find(|change| {
            after(written, change, |case| {
                is_done(case) && decides_as_before(written, case)
            })
        })?;
        let proposal = Proposal {
            title: title.to_owned(),
            sentences,
            home,
        };
        let edit = proposal.edit(written, change, false);
        Some((proposal, edit))
    })
}

impl Proposal {
    /// The change as the record now is; none when it has no place for it any more.
    pub fn again(&self, written: &Case) -> Option<Edit> {
        let change = candidates(written, &self.sentences, self.home)
            .into_iter()
            .find(|change| after(written, change, |case| decides_as_before(written, case)))?;
        Some(self.edit(written, change, true))
    }

    /// What it adds, without the mark at its end.
    pub fn sentence(&self) -> String {
        self.sentences.join(". ")
    }

    fn edit(&self, written: &Case, change: Change, consented: bool) -> Edit {
        Edit {
            title: self.title.clone(),
            span: PlaceSpan::new(written.document.source, change.span),
            text: change.text,
            sentence: self.sentence(),
            consented,
        }
    }
}

impl Edit {
    /// The text with the change made.
    pub fn apply(&self, text: &str) -> String {
        let [start, end] = self.span.bytes;
        let change = Change {
            span: crate::text::Span::new(start, end),
            text: self.text.clone(),
        };
        change.apply(text)
    }
}

fn candidates(written: &Case, sentences: &[String], home: Home) -> Vec<Change> {
    let page = Page::new(&written.document.source.text, &written.reading.record);
    match home {
        Home::Drivers => drivers(&page, sentences),
        Home::Consequences => consequences(&page, sentences),
    }
}

fn after(written: &Case, change: &Change, holds: impl Fn(&Case) -> bool) -> bool {
    let source = Source::new(change.apply(&written.document.source.text));
    let mut document = written.document;
    document.source = &source;
    holds(&Case::new(document, written.lens, written.as_of, &[]))
}

/// A sentence about needs must not change what is decided.
fn decides_as_before(before: &Case, after: &Case) -> bool {
    let chosen = |case: &Case| -> BTreeSet<EngineId> { case.chosen().map(|choice| choice.engine).collect() };
    chosen(before) == chosen(after)
}

/// Whether a finding is now named and accepted in the record.
pub(super) fn is_accepted(finding: &Finding, case: &Case) -> bool {
    let mut same = case
        .findings
        .iter()
        .filter(|other| other.rule == finding.rule)
        .peekable();
    same.peek().is_some()
        && same.all(|other| other.acknowledged.is_some())
        && !loud(&case.findings).iter().any(|other| other.rule == finding.rule)
}

/// With a capital first letter, without the marks that end it or would begin something else in the record.
fn one_sentence(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = line
        .trim_start_matches(|c: char| "-*+#>|".contains(c) || c.is_whitespace())
        .trim_end_matches(|c: char| ".!?;,".contains(c) || c.is_whitespace());
    let mut letters = trimmed.chars();
    // "p99" stays as it is written.
    let plain = trimmed
        .split(' ')
        .next()
        .is_some_and(|word| word.chars().all(|c| c.is_ascii_lowercase() || "'-,".contains(c)));
    match letters.next() {
        Some(first) if plain => first.to_uppercase().chain(letters).collect(),
        _ => trimmed.to_owned(),
    }
}
