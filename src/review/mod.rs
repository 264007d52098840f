//! A reading and a lens → findings, and a recommendation. Pure: the date to compare with is an argument.

mod acknowledge;
mod case;
mod choice;
mod finding;
mod gap;
mod lifecycle;
mod limits;
mod policy;
mod portfolio;
mod recommend;
mod suppress;

pub use case::{Missed, hold};
pub use finding::{Alternative, Category, Finding};
pub use gap::open_questions;
pub use recommend::{Question, Ranked, Recommendation, Verdict, WouldChange, held, recommend};

use crate::lens::{Lens, Severity, Status};
use crate::reading::Reading;
use crate::record::Record;
use crate::syntax::Language;

/// Reviews one record as of a date. Findings come in the order of the text; suppressed ones are among them, marked.
pub fn review(text: &str, reading: &Reading, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    let mut findings = choice::review(text, reading, lens);
    findings.extend(limits::review(text, reading, lens));
    findings.extend(gap::review(reading, lens));
    findings.extend(lifecycle::review(text, reading, lens, as_of));
    findings.extend(portfolio::review(reading, lens));
    finish(text, &reading.record, lens, findings)
}

/// Reads and reviews one text: [`review`] without reading what cannot matter.
pub fn review_text(text: &str, language: Language, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    match Reading::of_decision(text, language, lens) {
        Ok(reading) => review(text, &reading, lens, as_of),
        Err(record) => finish(text, &record, lens, Vec::new()),
    }
}

fn finish(text: &str, record: &Record, lens: &Lens, mut findings: Vec<Finding>) -> Vec<Finding> {
    policy::settle(&mut findings, record.status, lens);
    let mut complaints = suppress::apply(text, record, lens, &mut findings);
    policy::settle(&mut complaints, record.status, lens);
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
