//! Who speaks of this: of a record, every link and number that means it; of an engine, every record that decides about it.

use std::sync::Arc;

use tower_lsp::ls_types::{Location, Position};

use super::analysis::Place;
use super::diagnostics::location;
use super::session::Stopped;
use super::state::Snapshot;
use super::things::{self, What};
use crate::portfolio::{Card, Meaning};
use crate::text::Span;

/// `declared` asks for the record's own title as well.
pub(super) fn references(
    snapshot: &Snapshot,
    position: Position,
    declared: bool,
) -> Result<Option<Vec<Location>>, Stopped> {
    let analysis = snapshot.analysis()?;
    let (Some(thing), Some(place)) = (
        things::at(snapshot, &analysis, snapshot.offset(position)),
        &analysis.place,
    ) else {
        return Ok(None);
    };
    let mut found: Vec<(Arc<Card>, Span)> = match thing.what {
        What::Record(card) => {
            let own = things::records(snapshot, &analysis).into_iter();
            let own = own.filter(|thing| matches!(&thing.what, What::Record(other) if other.path == card.path));
            let own = own.map(|thing| (place.card.clone(), thing.span));
            let title = declared.then(|| (card.clone(), card.title_span));
            let others = others(place).flat_map(|other| to(place, other, &card));
            title.into_iter().chain(own).chain(others).collect()
        }
        What::Engine(engine) => {
            let own = place.card.choices.iter().filter(|choice| choice.engine == engine);
            let own = own.map(|choice| (place.card.clone(), choice.span));
            let decided = place
                .index
                .deciding(engine)
                .filter(|(card, _)| card.path != place.card.path);
            own.chain(decided.map(|(card, choice)| (card.clone(), choice.span)))
                .collect()
        }
        What::Rule(_) => Vec::new(),
    };
    found.sort_by(|a, b| (&a.0.path, a.1).cmp(&(&b.0.path, b.1)));
    found.dedup_by(|a, b| a.0.path == b.0.path && a.1 == b.1);
    Ok(Some(
        found
            .iter()
            .filter_map(|(card, span)| location(snapshot, card, *span))
            .collect(),
    ))
}

/// The records of the index but for the one asked from, of which the text is newer than its card.
fn others(place: &Place) -> impl Iterator<Item = &Arc<Card>> {
    place.index.cards().iter().filter(|card| card.path != place.card.path)
}

/// Where a record refers to another one.
fn to(place: &Place, from: &Arc<Card>, card: &Arc<Card>) -> Vec<(Arc<Card>, Span)> {
    let links = from
        .leads
        .iter()
        .filter(|lead| lead.to == *card.path)
        .map(|lead| lead.span);
    let named = from.references.iter().filter(
        |reference| matches!(place.index.meaning(from, reference), Meaning::Record(found) if found.path == card.path),
    );
    let spans = links.chain(named.map(|reference| reference.span));
    spans.map(|span| (from.clone(), span)).collect()
}
