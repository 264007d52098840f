//! A reading and a lens, and an index of the records around it → findings, and a recommendation. Pure: the date to compare with is an
//! argument.

mod acknowledge;
mod case;
pub mod checklist;
mod choice;
mod design;
mod finding;
mod gap;
mod lifecycle;
mod limits;
mod policy;
mod portfolio;
mod recommend;
mod record;
mod standing;
mod stores;
mod suppress;

pub use case::{Missed, hold};
pub use finding::{Alternative, Category, Elsewhere, Finding};
pub use gap::open_questions;
pub use portfolio::renumbered;
pub use recommend::{Question, Ranked, Recommendation, Verdict, WouldChange, held, recommend};

use std::sync::Arc;

use crate::lens::{Lens, Severity, Status};
use crate::portfolio::{Card, Index};
use crate::reading::Reading;
use crate::record::Record;
use crate::syntax::Language;
use crate::text::Span;

/// Reviews one record by itself as of a date. Findings come in the order of the text; suppressed ones are among them, marked.
pub fn review(text: &str, reading: &Reading, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    let findings = own(text, reading, lens, as_of);
    let record = &reading.record;
    finish(text, record.status, &record.outline.comments, lens, findings)
}

/// What is found in one record by itself. What it ignores is not yet marked: [`among`] does that, when all is found.
pub fn own(text: &str, reading: &Reading, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    let mut findings = choice::review(text, reading, lens);
    let mut limits = limits::review(text, reading, lens);
    // The need that a figure states and the limit that it passes are one thing to say: the limit, as loudly as either.
    for limit in &mut limits {
        let same = findings.iter().filter(|finding| limit.says(finding));
        limit.severity = same.map(|finding| finding.severity).fold(limit.severity, Severity::max);
    }
    findings.retain(|finding| !limits.iter().any(|limit| limit.says(finding)));
    findings.extend(limits);
    findings.extend(design::review(reading, lens));
    findings.extend(gap::review(reading, lens));
    findings.extend(lifecycle::review(text, reading, lens, as_of));
    findings.extend(standing::review(reading, lens));
    findings.extend(record::of_reading(reading, lens));
    findings.extend(record::of_form(&reading.record, lens));
    findings
}

/// The same for a record that decides for no engine.
pub fn own_form(record: &Record, lens: &Lens) -> Vec<Finding> {
    record::of_form(record, lens)
}

/// Reads and reviews one text by itself: [`review`] without reading what cannot matter.
pub fn review_text(text: &str, language: Language, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    match Reading::of_decision(text, language, lens) {
        Ok(reading) => review(text, &reading, lens, as_of),
        Err(record) => finish(
            text,
            record.status,
            &record.outline.comments,
            lens,
            own_form(&record, lens),
        ),
    }
}

/// Adds to what was found in one record by itself what its neighbours say of it, and marks what it ignores.
pub fn among(card: &Arc<Card>, index: &Index, lens: &Lens, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.extend(portfolio::review(card, index, lens));
    finish(&card.source.text, card.status, &card.comments, lens, findings)
}

fn finish(text: &str, status: Status, comments: &[Span], lens: &Lens, mut findings: Vec<Finding>) -> Vec<Finding> {
    policy::settle(&mut findings, status, lens);
    let mut complaints = suppress::apply(text, comments, lens, &mut findings);
    policy::settle(&mut complaints, status, lens);
    findings.extend(complaints);
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    finding::fingerprint(text, &mut findings);
    policy::pass_over_known(&mut findings, lens);
    findings
}

/// What a status makes of a severity: a decision that is settled is not shouted at.
fn tone(severity: Severity, status: Status) -> Option<Severity> {
    match status {
        Status::Proposed | Status::Unknown => Some(severity),
        Status::Accepted => Some(severity.min(Severity::Warning)),
        Status::Rejected | Status::Deprecated | Status::Superseded => None,
    }
}
