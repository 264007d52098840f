//! A status that names none that is known.

use super::Scene;
use crate::portfolio::Card;
use crate::review::finding::Finding;
use crate::text::Change;

/// Of a word that only this record has: one that several records of the folder share is the team's own.
pub(super) fn review(scene: &Scene) -> Option<Finding> {
    let card = scene.card;
    let span = card.unknown_status?;
    let word = |card: &Card| card.unknown_status.map(|span| card.words(span).to_lowercase());
    if scene.index.neighbours(card).any(|other| word(other) == word(card)) {
        return None;
    }
    let written = card.words(span);
    let finding = scene.finding(
        "record/unknown-status",
        span,
        format!("“{written}” is none of the statuses that decision records have"),
    )?;
    Some(match scene.lens.language.status_like(written) {
        Some(meant) => Finding {
            remedy: format!("Did you mean {meant}? {}", finding.remedy),
            mend: Some(Change {
                span,
                text: cased(meant, written),
            }),
            ..finding
        },
        None => finding,
    })
}

/// A word with the capitals of another one.
fn cased(word: &str, like: &str) -> String {
    let mut letters = like.chars().filter(|c| c.is_alphabetic());
    match (letters.next(), letters.next()) {
        (Some(a), Some(b)) if a.is_uppercase() && b.is_uppercase() => word.to_uppercase(),
        (Some(a), _) if a.is_uppercase() => {
            let first = word.chars().take(1).flat_map(char::to_uppercase);
            first.chain(word.chars().skip(1)).collect()
        }
        _ => word.to_owned(),
    }
}
