//! What a record that decides for a store leaves out of what the framework decides from: a question each, never more than one.

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::Lens;
use crate::quantity::Metric;
use crate::reading::{Reading, Role};

const PREFIX: &str = "gap/";

/// The metric of a name of the contract.
fn metric(name: &str) -> Option<Metric> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

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
            let figures = rule
                .answered_by_figures
                .iter()
                .filter_map(|name| metric(name))
                .collect::<Vec<_>>();
            !reading.requirements.iter().any(|need| answered(need.signal))
                && !reading
                    .quantities
                    .iter()
                    .any(|measured| figures.contains(&measured.quantity.metric))
        })
        .filter_map(|rule| {
            let severity = tone(rule.severity, reading.record.status)?;
            let finding = Finding::of_rule(rule, Category::Gap, severity, choice.span);
            let remedy = rule.asks.clone().unwrap_or_else(|| finding.remedy.clone());
            Some(Finding { remedy, ..finding })
        })
        .collect()
}
