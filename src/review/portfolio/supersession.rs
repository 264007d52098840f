//! Who supersedes whom: told by both, and by the status of the one that no longer holds.

use std::sync::Arc;

use super::{Scene, elsewhere, says_superseded_by, status_of};
use crate::lens::{Relation, Status};
use crate::portfolio::{Card, Meaning, path};
use crate::record::Reference;
use crate::review::finding::Finding;

pub(super) fn review(scene: &Scene) -> Vec<Finding> {
    let mut findings: Vec<Finding> = without_successor(scene).into_iter().collect();
    for reference in &scene.card.references {
        let Some(relation) = reference.relation else { continue };
        let Meaning::Record(other) = scene.index.meaning(scene.card, reference) else {
            continue;
        };
        if other.path == scene.card.path || reference.partly {
            continue;
        }
        findings.extend(match relation {
            Relation::SupersededBy => silent_successor(scene, reference, &other),
            Relation::Supersedes => predecessor_in_force(scene, reference, &other),
            Relation::RestsOn => None,
        });
    }
    findings
}

/// A status "superseded" that names nothing: no record, no link, no word of by what.
fn without_successor(scene: &Scene) -> Option<Finding> {
    let card = scene.card;
    let span = card.status_span.filter(|_| card.status == Status::Superseded)?;
    let named = card
        .references
        .iter()
        .any(|reference| reference.relation == Some(Relation::SupersededBy));
    if named || names_something(card, span.end) {
        return None;
    }
    let told: Vec<&Arc<Card>> = scene.index.superseders(card).collect();
    let message = match told.as_slice() {
        [one, ..] => format!(
            "{} supersedes this record, and this record does not say so",
            one.label()
        ),
        [] => "this record is superseded and does not say by what".to_owned(),
    };
    let finding = scene.finding("portfolio/superseded-without-successor", span, message)?;
    Some(Finding {
        elsewhere: told
            .iter()
            .map(|other| elsewhere(other, other.title_span, "supersedes this record"))
            .collect(),
        ..finding
    })
}

/// Whether something stands behind the status that can be a successor, be it a record or not: "Superseded by the new platform", a link.
fn names_something(card: &Card, end: usize) -> bool {
    let rest = card.source.text.get(end..).unwrap_or_default();
    let paragraph: String = rest
        .lines()
        .take_while(|line| !line.trim_start().starts_with('#'))
        .take(LINES)
        .collect();
    paragraph.contains("](") || paragraph.contains("[[") || has_words(rest.lines().next().unwrap_or_default())
}

/// Lines behind the status in which a successor may be named.
const LINES: usize = 6;

fn has_words(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric())
        .any(|word| word.len() > 1 && word.chars().any(char::is_alphabetic))
}

/// The successor does not refer back, not even in its prose.
fn silent_successor(scene: &Scene, reference: &Reference, other: &Arc<Card>) -> Option<Finding> {
    let back = scene.index.refers(other, scene.card) || names(other, scene.card);
    if back || !other.is_record || other.status == Status::Rejected {
        return None;
    }
    let message = format!("{} does not say that it supersedes this record", other.label());
    let finding = scene.finding("portfolio/successor-does-not-say-so", reference.span, message)?;
    Some(Finding {
        elsewhere: vec![elsewhere(other, other.title_span, "does not refer to this record")],
        ..finding
    })
}

/// Whether the text of a record holds the number or the file name of another one, however it refers to it.
fn names(card: &Card, other: &Card) -> bool {
    let text = &card.source.text;
    let by_file = text.contains(path::stem(&other.path));
    let by_number = other.numbered.as_ref().is_some_and(|numbered| {
        let plain = numbered.number.to_string();
        text.split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() >= 2 && digits.trim_start_matches('0') == plain)
            || number_behind_word(text, &plain)
    });
    by_file || by_number
}

/// "ADR 3", "#3": a number of one digit counts only behind a word or a mark.
fn number_behind_word(text: &str, plain: &str) -> bool {
    text.match_indices(plain).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + plain.len()..).unwrap_or_default();
        let whole = !before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit());
        let word = before.trim_end_matches([' ', '-', '#', '_']);
        whole
            && word.len() >= 3
            && word
                .get(word.len() - 3..)
                .is_some_and(|end| end.eq_ignore_ascii_case("adr"))
    })
}

/// The one that is said to be superseded still says that it holds.
fn predecessor_in_force(scene: &Scene, reference: &Reference, other: &Arc<Card>) -> Option<Finding> {
    // Until this record holds itself, the other one does.
    if scene.card.status != Status::Accepted || other.status != Status::Accepted || !other.is_record {
        return None;
    }
    // It names us beside its status: readers are sent on.
    if says_superseded_by(scene.index, other, scene.card) {
        return None;
    }
    let message = format!(
        "{} is superseded by this record, and its status is in force",
        other.label()
    );
    let finding = scene.finding("portfolio/predecessor-in-force", reference.span, message)?;
    Some(Finding {
        elsewhere: vec![status_of(other)],
        ..finding
    })
}
