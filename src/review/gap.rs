//! What a record that decides for a store leaves out of what the framework decides from: a question each, never more than one.

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::Lens;
use crate::lens::schema::Rule;
use crate::quantity::Metric;
use crate::reading::{Reading, Role};

const PREFIX: &str = "gap/";

/// The metric of a name of the contract.
fn metric(name: &str) -> Option<Metric> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The questions of the framework that a text leaves open, in the order of the rules.
pub fn open_questions<'a>(reading: &'a Reading, lens: &'a Lens) -> impl Iterator<Item = &'a Rule> {
    lens.rules
        .iter()
        .filter(|rule| rule.id.starts_with(PREFIX) && !is_answered(rule, reading, lens))
}

/// Whether a need or a figure of the text answers what a rule asks.
fn is_answered(rule: &Rule, reading: &Reading, lens: &Lens) -> bool {
    let answers = |signal| {
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
    reading.requirements.iter().any(|need| answers(need.signal))
        || reading
            .quantities
            .iter()
            .any(|measured| figures.contains(&measured.quantity.metric))
}

pub(super) fn review(reading: &Reading, lens: &Lens) -> Vec<Finding> {
    let Some(choice) = reading.with_role(Role::Chosen).next() else {
        return Vec::new();
    };
    open_questions(reading, lens)
        .filter_map(|rule| {
            let severity = tone(rule.severity, reading.record.status)?;
            let finding = Finding::of_rule(rule, Category::Gap, severity, choice.span);
            let remedy = rule.asks.clone().unwrap_or_else(|| finding.remedy.clone());
            Some(Finding { remedy, ..finding })
        })
        .collect()
}
