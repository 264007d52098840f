//! "Ask it in the record": the question that the record leaves open, as an item under "Open Questions". It states no need: whoever
//! answers it does.

use std::collections::BTreeSet;

use super::{Analysis, Case, Page};
use crate::lens::SignalId;
use crate::review::{Category, Finding};
use crate::text::Change;

const TITLE: &str = "Open Questions";

pub(super) fn applies(finding: &Finding) -> bool {
    finding.category == Category::Gap
}

/// Whether the record asks, and says no more than it did.
pub(super) fn is_done(finding: &Finding, before: &Analysis, after: &Analysis) -> bool {
    let needs = |analysis: &Analysis| -> BTreeSet<SignalId> {
        analysis.reading.requirements.iter().map(|need| need.signal).collect()
    };
    let still_open = after.findings.iter().any(|other| other.rule == finding.rule);
    still_open && needs(before) == needs(after)
}

/// The question of a gap is its remedy.
pub(super) fn changes(case: &Case, page: &Page) -> Vec<Change> {
    let question = case.finding.remedy.clone();
    let own = (0..page.record.sections.len()).find(|&section| {
        let heading = page.heading(section).map(|block| page.heading_text(block));
        heading.is_some_and(|heading| heading.eq_ignore_ascii_case(TITLE))
    });
    let Some(section) = own else {
        let like = page.last_section();
        return vec![page.add_section(page.end(), like, 0, TITLE, &[format!("- {question}")])];
    };
    match page.list(section) {
        Some(list) => vec![page.add_item(&list, &question)],
        None => vec![page.add_paragraph(page.own_end(section), &[format!("- {question}")])],
    }
}
