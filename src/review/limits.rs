//! A target that a chosen engine cannot reach: an item larger than it holds, a rate above its ceiling.

use std::cell::LazyCell;

use super::acknowledge::Acknowledgements;
use super::choice::{Against, finding};
use super::finding::Finding;
use super::stores::beside;
use super::tone;
use crate::lens::SectionRole;
use crate::lens::{Lens, Severity, SignalId};
use crate::quantity::{Comparison, Quantity, When};
use crate::reading::{Choice, Measured, Reading, Role};
use crate::record::Record;

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens) -> Vec<Finding> {
    if tone(Severity::Error, reading.record.status).is_none() {
        return Vec::new();
    }
    let chosen: Vec<&Choice> = reading.with_role(Role::Chosen).collect();
    let acknowledgements = LazyCell::new(|| Acknowledgements::find(reading));
    let mut findings = Vec::new();
    for measured in targets(reading) {
        let passed = |choice: &Choice| lens.engine(choice.engine).excludes(&measured.quantity);
        // Several stores: any that can hold it will do.
        let mut stores = chosen.iter().copied().chain(beside(reading));
        if chosen.is_empty() || !stores.all(|choice| passed(choice).is_some()) {
            continue;
        }
        if let Some((choice, limit)) = chosen.first().and_then(|choice| Some((choice, passed(choice)?))) {
            let against = Against {
                rule: format!("choice/{}-on-{}", measured.quantity.metric, limit.owner),
                signal: limit.signal.or_else(|| stated(&measured.quantity, lens)),
                needs: measured.quantity.metric.to_string().replace('-', " "),
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

/// The need that a figure states by itself: ten milliseconds are one.
fn stated(quantity: &Quantity, lens: &Lens) -> Option<SignalId> {
    lens.figures
        .iter()
        .find(|figure| figure.holds(quantity))
        .map(|figure| figure.signal)
}

/// The figures by which a record says what must be reached.
pub(super) fn targets(reading: &Reading) -> impl Iterator<Item = &Measured> {
    let all = reading.quantities.iter();
    all.filter(|measured| is_need(measured, &reading.record))
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
