//! A record and the index of those around it → what they say against each other. One file per matter.

mod choices;
mod links;
mod numbers;
mod premises;
mod statuses;
mod supersession;

use std::sync::Arc;

use super::finding::{Category, Elsewhere, Finding};
use crate::lens::{Lens, Relation, Status};
use crate::portfolio::{Card, Index, Meaning};
use crate::text::Span;

pub use numbers::renumbered;

/// What is looked at.
struct Scene<'a> {
    card: &'a Arc<Card>,
    index: &'a Index,
    lens: &'a Lens,
}

/// What the index says of one record. A page beside the records is asked nothing.
pub(super) fn review(card: &Arc<Card>, index: &Index, lens: &Lens) -> Vec<Finding> {
    if !card.is_record {
        return Vec::new();
    }
    let scene = Scene { card, index, lens };
    let mut findings = links::review(&scene);
    findings.extend(numbers::review(&scene));
    findings.extend(statuses::review(&scene));
    findings.extend(supersession::review(&scene));
    findings.extend(premises::review(&scene));
    findings.extend(choices::review(&scene));
    findings
}

impl Scene<'_> {
    /// What a rule of the lens says at some words of the record; nothing when the lens has no such rule.
    fn finding(&self, rule: &str, span: Span, message: String) -> Option<Finding> {
        let rule = self.lens.rule(rule)?;
        let category = match rule.id.starts_with("portfolio/") {
            true => Category::Portfolio,
            false => Category::Record,
        };
        let finding = Finding::of_rule(rule, category, rule.severity, span);
        Some(Finding { message, ..finding })
    }

    /// Whether the record holds or may come to hold.
    fn is_live(&self) -> bool {
        is_live(self.card.status)
    }
}

fn is_live(status: Status) -> bool {
    matches!(status, Status::Unknown | Status::Proposed | Status::Accepted)
}

fn elsewhere(card: &Arc<Card>, span: Span, says: impl Into<String>) -> Elsewhere {
    Elsewhere {
        card: card.clone(),
        span,
        says: says.into(),
    }
}

/// The status of another record, at the words that state it.
fn status_of(card: &Arc<Card>) -> Elsewhere {
    let word = match card.status {
        Status::Unknown => "states no status",
        Status::Proposed => "is proposed",
        Status::Accepted => "is in force",
        Status::Rejected => "was rejected",
        Status::Deprecated => "is deprecated",
        Status::Superseded => "is superseded",
    };
    elsewhere(card, card.status_span.unwrap_or(card.title_span), word)
}

/// Whether a record says of another one that it took its place.
fn says_superseded_by(index: &Index, card: &Card, other: &Card) -> bool {
    card.references.iter().any(|reference| {
        reference.relation == Some(Relation::SupersededBy)
            && matches!(index.meaning(card, reference), Meaning::Record(found) if found.path == other.path)
    })
}
