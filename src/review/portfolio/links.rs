//! Links to records that do not exist, and numbers that no record has.

use std::collections::BTreeSet;

use super::Scene;
use crate::portfolio::{Meaning, path};
use crate::record::Reference;
use crate::review::finding::Finding;
use crate::text::{Change, Span};

pub(super) fn review(scene: &Scene) -> Vec<Finding> {
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    let references = scene.card.references.iter().filter(|reference| {
        // Of a record that no longer holds only what it says about that matters.
        (scene.is_live() || reference.relation.is_some()) && seen.insert(reference.span)
    });
    references
        .filter_map(|reference| match scene.index.meaning(scene.card, reference) {
            Meaning::NoFile { to, instead } => {
                let found = dead_link(scene, reference, &to)?;
                let mended = instead.map(|other| path::relative(path::folder(&scene.card.path), &other.path));
                Some(match mended {
                    Some(other) => Finding {
                        remedy: format!("Did you mean {other}? {}", found.remedy),
                        mend: in_place_of_target(scene, reference, &other),
                        ..found
                    },
                    None => found,
                })
            }
            Meaning::NoNumber(number) if reference.relation.is_some() => {
                let message = format!("no record of this folder has the number {number}");
                scene.finding("record/unknown-number", reference.span, message)
            }
            _ => None,
        })
        .collect()
}

/// Only of a file that would be a record: where records are numbered, one with a number, in the folder of this record.
fn dead_link(scene: &Scene, reference: &Reference, to: &str) -> Option<Finding> {
    let numbered = scene.index.is_numbered(scene.card);
    let is_record = match crate::portfolio::file_number(path::stem(to)) {
        Some(_) => numbered,
        None => is_dated(path::stem(to)) && is_dated(path::stem(&scene.card.path)),
    };
    let same_folder = path::folder(to) == path::folder(&scene.card.path);
    let message = format!("there is no file {} here", path::file_name(to));
    (is_record && same_folder)
        .then(|| scene.finding("record/dead-link", reference.span, message))
        .flatten()
}

/// `2024-03-01-x`, `20240301-x`: records that are told apart by their day.
fn is_dated(stem: &str) -> bool {
    let digits = stem
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'-')
        .count();
    stem.starts_with("20") && digits >= 7
}

/// The target inside the link, without its anchor.
fn in_place_of_target(scene: &Scene, reference: &Reference, other: &str) -> Option<Change> {
    let span = scene.card.target_span(reference.span)?;
    Some(Change {
        span,
        text: other.replace(' ', "%20"),
    })
}
