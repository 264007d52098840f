//! What became of a chosen engine: ended, closed to new customers, out of support, as of a date.

use super::finding::{Alternative, Category, Finding};
use crate::lens::schema::{Lifecycle, Rule};
use crate::lens::{Certainty, Event, Lens, Severity, Status};
use crate::reading::{Choice, Reading, Role};

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens, as_of: jiff::civil::Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for choice in reading.with_role(Role::Chosen) {
        let events = &lens.engine(choice.engine).lifecycle;
        // What has ended needs no further word on how it was ending.
        let ended = events
            .iter()
            .any(|event| event.event == Event::EndOfSupport && happened(event, as_of) && concerns(text, choice, event));
        for event in events
            .iter()
            .filter(|event| !ended || event.event == Event::EndOfSupport)
        {
            let Some(rule) = lens.rules.iter().find(|rule| rule.events.contains(&event.event)) else {
                continue;
            };
            if happened(event, as_of) && concerns(text, choice, event) {
                findings.push(finding(choice, event, rule, reading.record.status, lens));
            }
        }
    }
    findings
}

fn happened(event: &Lifecycle, as_of: jiff::civil::Date) -> bool {
    let Some(on) = event.on.date else { return false };
    let date = jiff::civil::Date::new(on.year as i16, on.month as i8, on.day as i8);
    date.is_ok_and(|date| date <= as_of)
}

/// Whether the event is about the version that the record names behind the engine.
fn concerns(text: &str, choice: &Choice, event: &Lifecycle) -> bool {
    if event.versions.is_empty() {
        return true;
    }
    let named = choice.span.of(text);
    let after = text.get(choice.span.end..).unwrap_or_default();
    let line = after.split(['\n', ',', ';', '(']).next().unwrap_or_default();
    let version = line
        .split_whitespace()
        .take(2)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .trim_start_matches(['v', 'V'])
        })
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let matches = |version: &str| {
        event.versions.iter().any(|wanted| {
            version == wanted
                || version
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    version.is_some_and(matches)
        || event
            .versions
            .iter()
            .any(|wanted| named.ends_with(&format!(" {wanted}")))
}

fn finding(choice: &Choice, event: &Lifecycle, rule: &Rule, status: Status, lens: &Lens) -> Finding {
    let certainty = event
        .certainty
        .or_else(|| lens.sources.get(&event.source).map(|source| source.certainty));
    let severity = match status {
        Status::Proposed | Status::Unknown => rule.severity,
        // It was chosen in its day: the record is told what changed since.
        Status::Accepted => rule.severity.min(Severity::Warning),
        _ => rule.severity.min(Severity::Info),
    };
    let alternatives = event
        .successors
        .iter()
        .filter_map(|id| lens.engine_by_id(id))
        .map(|engine| Alternative {
            engine,
            satisfies: Vec::new(),
            contradicts: Vec::new(),
        })
        .collect();
    let severity = match certainty {
        Some(Certainty::Unconfirmed) => severity.min(Severity::Info),
        _ => severity,
    };
    Finding {
        message: event.says.clone(),
        source: event.source.clone(),
        engine: Some(choice.engine),
        alternatives,
        ..Finding::of_rule(rule, Category::Lifecycle, severity, choice.span)
    }
}
