//! What a record that decides for a store leaves out of what the framework decides from: a question each, never more than one.

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::Lens;
use crate::reading::{Reading, Role};

const PREFIX: &str = "gap/";

pub(super) fn review(reading: &Reading, lens: &Lens) -> Vec<Finding> {
    let Some(choice) = reading.with_role(Role::Chosen).next() else {
        return Vec::new();
    };
    lens.rules
        .iter()
        .filter(|rule| rule.id.starts_with(PREFIX))
        .filter(|rule| {
            let answered = |signal| {
                let signal = lens.signal(signal);
                rule.answered_by
                    .iter()
                    .any(|wanted| *wanted == signal.group || *wanted == signal.id)
            };
            !reading.requirements.iter().any(|need| answered(need.signal))
        })
        .filter_map(|rule| {
            Some(Finding {
                rule: rule.id.clone(),
                category: Category::Gap,
                severity: tone(rule.severity, reading.record.status)?,
                span: choice.span,
                message: rule.says.clone(),
                because: rule.why.clone(),
                remedy: rule.asks.clone().unwrap_or_else(|| rule.remedy.clone()),
                source: rule.source.clone(),
                engine: None,
                signal: None,
                evidence: Vec::new(),
                alternatives: Vec::new(),
                acknowledged: None,
                suppressed: None,
                fingerprint: String::new(),
            })
        })
        .collect()
}
