//! A place in a record → what stands there that other records or the lens know of: a record, an engine, a rule.

use std::sync::Arc;

use super::analysis::Analysis;
use super::state::Snapshot;
use crate::lens::EngineId;
use crate::portfolio::{Card, Meaning};
use crate::record::all_references;
use crate::text::Span;

/// Something that can be gone to.
pub(super) struct Thing {
    pub span: Span,
    pub what: What,
}

pub(super) enum What {
    /// Another record, by a link, a number or a name; or this one, by its title.
    Record(Arc<Card>),
    Engine(EngineId),
    /// A rule, in a comment that ignores it.
    Rule(String),
}

/// The smallest thing at a byte of the text.
pub(super) fn at(snapshot: &Snapshot, analysis: &Analysis, offset: usize) -> Option<Thing> {
    let holds = |span: Span| span.start <= offset && offset < span.end.max(span.start + 1);
    let mut found: Vec<Thing> = rules(snapshot, analysis);
    found.extend(records(snapshot, analysis));
    let record = &analysis.reading.record;
    found.extend(record.mentions.iter().map(|mention| Thing {
        span: mention.span,
        what: What::Engine(mention.engine),
    }));
    if let Some(place) = &analysis.place {
        let number = place.card.title_number_span();
        found.extend(
            [Some(place.card.title_span), number]
                .into_iter()
                .flatten()
                .map(|span| Thing {
                    span,
                    what: What::Record(place.card.clone()),
                }),
        );
    }
    let here = found.into_iter().filter(|thing| holds(thing.span));
    here.min_by_key(|thing| thing.span.end - thing.span.start)
}

/// Every reference of the text that means a record.
pub(super) fn records(snapshot: &Snapshot, analysis: &Analysis) -> Vec<Thing> {
    let Some(place) = &analysis.place else {
        return Vec::new();
    };
    let references = all_references(snapshot.text(), &analysis.reading.record, &snapshot.lens);
    let meant = references
        .iter()
        .filter_map(|reference| match place.index.meaning(&place.card, reference) {
            Meaning::Record(card) => Some(Thing {
                span: reference.span,
                what: What::Record(card),
            }),
            _ => None,
        });
    meant.collect()
}

/// The mark of our comments.
const MARK: &str = "adr-lens-ignore";

fn rules(snapshot: &Snapshot, analysis: &Analysis) -> Vec<Thing> {
    let rule = |comment: &Span| {
        let text = comment.of(snapshot.text());
        let from = text.find(MARK)? + MARK.len();
        let rest = text.get(from..)?;
        let named = rest.split([':', '>']).next()?.trim_end_matches('-');
        let name = named.trim();
        let start = comment.start + from + named.find(name)?;
        (!name.is_empty()).then(|| Thing {
            span: Span::new(start, start + name.len()),
            what: What::Rule(name.to_owned()),
        })
    };
    let comments = &analysis.reading.record.outline.comments;
    comments.iter().filter_map(rule).collect()
}
