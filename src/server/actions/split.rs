//! "Put … in …": the choice is split by workload. What needs what the chosen engine cannot do goes to one that can, in a sentence of
//! the decision; the rest stays.

use std::collections::BTreeSet;

use super::{Analysis, Case, Page, chosen};
use crate::lens::EngineId;
use crate::reading::Requirement;
use crate::review::Category;
use crate::text::Change;

/// The engines that could take the part: those that meet the need, of the finding's own.
pub(super) fn partners(case: &Case) -> Vec<EngineId> {
    let finding = case.finding;
    if finding.category != Category::Choice || finding.acknowledged.is_some() {
        return Vec::new();
    }
    finding.alternatives.iter().map(|other| other.engine).take(1).collect()
}

/// Whether both are chosen now, and the contradiction is gone.
pub(super) fn is_done(case: &Case, partner: EngineId, after: &Analysis) -> bool {
    let mut wanted: BTreeSet<EngineId> = chosen(&case.analysis.reading);
    wanted.insert(partner);
    chosen(&after.reading) == wanted && !after.findings.iter().any(|other| other.rule == case.finding.rule)
}

pub(super) fn changes(case: &Case, page: &Page, partner: EngineId) -> Vec<Change> {
    let lens = &case.snapshot.lens;
    let Some(decision) = page.decision() else {
        return Vec::new();
    };
    let name = &lens.engine(partner).name;
    let need = case.need();
    let workload = need.and_then(|need| need.workload.as_deref());
    let signal = need.map(|need: &Requirement| lens.signal(need.signal).id.replace('-', " "));
    let workload = workload.map(|workload| format!("We will use {name} for {workload}."));
    let what = signal.iter().flat_map(|signal| {
        [
            format!("We will also use {name} for what needs {signal}."),
            format!("We will use {name} as well, for {signal}."),
        ]
    });
    let sentences = workload.into_iter().chain(what);
    sentences
        .map(|sentence| page.add_paragraph(page.own_end(decision), &[sentence]))
        .collect()
}
