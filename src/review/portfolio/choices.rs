//! Records that decide for different stores for the same data, or for a store that another one forbids.

use std::sync::Arc;

use super::{Scene, elsewhere, is_live};
use crate::lens::{EngineId, Status};
use crate::portfolio::Card;
use crate::reading::Choice;
use crate::review::finding::Finding;

pub(super) fn review(scene: &Scene) -> Vec<Finding> {
    if !scene.is_live() || scene.card.status == Status::Unknown {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for choice in scene.card.chosen() {
        findings.extend(conflict(scene, choice));
        findings.extend(forbidden(scene, choice));
    }
    findings
}

/// Told at both records; of a proposed one only at itself, since the one in force need not know of it.
fn conflict(scene: &Scene, choice: &Choice) -> Option<Finding> {
    let workload = choice.workload.as_deref()?;
    let own = |engine: EngineId| {
        let mut ours = scene
            .card
            .chosen()
            .filter(|other| other.workload.as_deref() == Some(workload));
        ours.any(|other| alike(scene, other.engine, engine))
    };
    let (other, theirs) = scene.index.deciding_for(scene.card, workload).find(|(other, theirs)| {
        other.status == Status::Accepted
            && !own(theirs.engine)
            && same_kind(scene, choice.engine, theirs.engine)
            && !knows(scene, scene.card, other)
            && !knows(scene, other, scene.card)
    })?;
    let name = |engine: EngineId| &scene.lens.engine(engine).name;
    let message = format!(
        "this record decides for {} for {workload}, and {} for {}",
        name(choice.engine),
        other.label(),
        name(theirs.engine)
    );
    let finding = scene.finding("portfolio/conflicting-choice", choice.span, message)?;
    Some(Finding {
        engine: Some(choice.engine),
        elsewhere: vec![elsewhere(
            other,
            theirs.span,
            format!("decides for {}", name(theirs.engine)),
        )],
        ..finding
    })
}

/// Whether two engines do one job, so that one record's choice rules out the other's: a cache beside a database does not.
fn same_kind(scene: &Scene, a: EngineId, b: EngineId) -> bool {
    scene.lens.engine(a).family == scene.lens.engine(b).family
}

fn alike(scene: &Scene, a: EngineId, b: EngineId) -> bool {
    scene.lens.same_product(a, b) || scene.lens.understands(a, b) || scene.lens.understands(b, a)
}

/// Whether a record refers to another one: then it knows of the other decision, and says what it makes of it.
fn knows(scene: &Scene, card: &Card, other: &Card) -> bool {
    scene.index.refers(card, other)
}

fn forbidden(scene: &Scene, choice: &Choice) -> Option<Finding> {
    let against = |other: &Arc<Card>| {
        let found = other
            .forbidden
            .iter()
            .find(|forbidden| scene.lens.same_product(forbidden.engine, choice.engine))?;
        Some((other.clone(), found.clone()))
    };
    let (other, theirs) = scene
        .index
        .forbidding(scene.card)
        .filter(|other| other.status == Status::Accepted && is_live(scene.card.status))
        .filter(|other| !knows(scene, scene.card, other) && !knows(scene, other, scene.card))
        .find_map(against)?;
    let name = &scene.lens.engine(choice.engine).name;
    let message = format!("this record decides for {name}, which {} forbids", other.label());
    let finding = scene.finding("portfolio/forbidden-engine", choice.span, message)?;
    Some(Finding {
        engine: Some(choice.engine),
        elsewhere: vec![elsewhere(&other, theirs.span, format!("forbids {name}"))],
        ..finding
    })
}
