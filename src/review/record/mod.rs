//! The record itself: its status, its title, its options. One file per matter.

mod options;
mod status;
mod title;

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::{Lens, SectionRole};
use crate::reading::Reading;
use crate::record::Record;
use crate::text::Span;

/// What the form of a record tells, whatever it decides about.
pub(super) fn of_form(record: &Record, lens: &Lens) -> Vec<Finding> {
    [status::review(record, lens), options::not_considered(record, lens)]
        .into_iter()
        .flatten()
        .collect()
}

/// What needs to be known of a record that decides for an engine.
pub(super) fn of_reading(reading: &Reading, lens: &Lens) -> Vec<Finding> {
    [title::review(reading, lens), options::none(reading, lens)]
        .into_iter()
        .flatten()
        .collect()
}

/// What a rule of the lens says at some words, in the tone of the record's status.
fn finding(rule: &str, span: Span, record: &Record, lens: &Lens) -> Option<Finding> {
    let rule = lens.rule(rule)?;
    let severity = tone(rule.severity, record.status)?;
    Some(Finding::of_rule(rule, Category::Record, severity, span))
}

/// Whether a record has a section of a role under a heading of its own.
fn has_section(record: &Record, role: SectionRole) -> bool {
    record
        .sections
        .iter()
        .any(|section| section.role == role && section.heading.is_some())
}
