//! A target that a chosen engine cannot reach: an item larger than it holds, a rate above its ceiling.

use super::acknowledge::Acknowledgements;
use super::choice::{Against, finding};
use super::finding::Finding;
use super::tone;
use crate::lens::SectionRole;
use crate::lens::{Lens, Limit, Severity};
use crate::quantity::{Comparison, When};
use crate::reading::{Choice, Measured, Reading, Role};
use crate::record::Record;

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens) -> Vec<Finding> {
    if tone(Severity::Error, reading.record.status).is_none() {
        return Vec::new();
    }
    let chosen: Vec<&Choice> = reading.with_role(Role::Chosen).collect();
    let acknowledgements = Acknowledgements::find(reading);
    let mut findings = Vec::new();
    for measured in reading
        .quantities
        .iter()
        .filter(|measured| is_need(measured, &reading.record))
    {
        let passed = |choice: &Choice| exceeded(choice, measured, lens);
        // Several stores: any that can hold it will do.
        if chosen.is_empty() || !chosen.iter().all(|choice| passed(choice).is_some()) {
            continue;
        }
        if let Some((choice, limit)) = chosen.first().and_then(|choice| Some((choice, passed(choice)?))) {
            let against = Against {
                rule: format!("choice/{}-on-{}", metric(measured), limit.owner),
                signal: limit.signal,
                needs: metric(measured).replace('-', " "),
                severity: Severity::Warning,
                because: limit.because.clone(),
                remedy: limit.remedy.clone(),
                source: limit.source.clone(),
            };
            findings.push(finding(
                text,
                choice,
                against,
                vec![measured.span],
                &acknowledgements,
                reading,
                lens,
            ));
        }
    }
    findings
}

fn metric(measured: &Measured) -> String {
    serde_json::to_value(measured.quantity.metric)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn is_need(measured: &Measured, record: &Record) -> bool {
    let role = record.sentences.get(measured.sentence).map(|sentence| sentence.role);
    measured.quantity.when == When::Target
        && measured.quantity.comparison != Comparison::About
        && matches!(
            role,
            Some(
                SectionRole::Context
                    | SectionRole::Drivers
                    | SectionRole::Requirements
                    | SectionRole::Free
                    | SectionRole::Decision
            )
        )
}

fn exceeded<'a>(choice: &Choice, measured: &Measured, lens: &'a Lens) -> Option<&'a Limit> {
    let value = measured.quantity.upper.unwrap_or(measured.quantity.value);
    let beyond = |limit: &Limit| {
        limit.at_most.is_some_and(|most| value > most) || limit.at_least.is_some_and(|least| value < least)
    };
    let limits = &lens.engine(choice.engine).limits;
    limits
        .iter()
        .find(|limit| limit.metric == measured.quantity.metric && value > 0.0 && beyond(limit))
}
