//! Records in force that rest on one that is not.

use super::{Scene, status_of};
use crate::lens::{Relation, Status};
use crate::portfolio::Meaning;
use crate::review::finding::Finding;

pub(super) fn review(scene: &Scene) -> Vec<Finding> {
    if scene.card.status != Status::Accepted {
        return Vec::new();
    }
    let supersedes = |path: &str| {
        scene.card.references.iter().any(|reference| {
            reference.relation == Some(Relation::Supersedes)
                && matches!(scene.index.meaning(scene.card, reference), Meaning::Record(other) if *other.path == *path)
        })
    };
    let premises = scene
        .card
        .references
        .iter()
        .filter(|reference| reference.relation == Some(Relation::RestsOn));
    premises
        .filter_map(|reference| {
            let Meaning::Record(other) = scene.index.meaning(scene.card, reference) else {
                return None;
            };
            // What took the place of the other record may well build on it.
            let succeeds = super::says_superseded_by(scene.index, &other, scene.card);
            let gone = matches!(other.status, Status::Superseded | Status::Rejected | Status::Deprecated);
            if !gone
                || succeeds
                || supersedes(&other.path)
                || scene.index.superseders(&other).any(|by| by.path == scene.card.path)
            {
                return None;
            }
            let status = status_of(&other);
            let message = format!("this record rests on {}, which {}", other.label(), status.says);
            let finding = scene.finding("portfolio/stale-premise", reference.span, message)?;
            Some(Finding {
                elsewhere: vec![status],
                ..finding
            })
        })
        .collect()
}
