//! Going to what is meant: from a link or a number to the record, from an engine to the records that decide for it, from a rule in a
//! comment of ours to its file in the lens.

use std::path::Path;

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, Position, Range, Uri};

use super::diagnostics::location;
use super::session::Stopped;
use super::state::Snapshot;
use super::things::{self, What};
use crate::lens::EngineId;
use crate::reading::Role;

/// `lens` is the folder of the lens, when it was loaded from one.
pub(super) fn definition(
    snapshot: &Snapshot,
    position: Position,
    lens: Option<&Path>,
) -> Result<Option<GotoDefinitionResponse>, Stopped> {
    let analysis = snapshot.analysis()?;
    let Some(thing) = things::at(snapshot, &analysis, snapshot.offset(position)) else {
        return Ok(None);
    };
    Ok(match thing.what {
        What::Record(card) => location(snapshot, &card, card.title_span).map(GotoDefinitionResponse::Scalar),
        What::Engine(engine) => some(deciding_for(snapshot, engine)?),
        What::Rule(name) => lens
            .and_then(|lens| rule(lens, &name))
            .map(GotoDefinitionResponse::Scalar),
    })
}

/// From an engine to the records that decide for it.
pub(super) fn implementation(
    snapshot: &Snapshot,
    position: Position,
) -> Result<Option<GotoDefinitionResponse>, Stopped> {
    let analysis = snapshot.analysis()?;
    match things::at(snapshot, &analysis, snapshot.offset(position)).map(|thing| thing.what) {
        Some(What::Engine(engine)) => Ok(some(deciding_for(snapshot, engine)?)),
        _ => Ok(None),
    }
}

fn some(places: Vec<Location>) -> Option<GotoDefinitionResponse> {
    (!places.is_empty()).then_some(GotoDefinitionResponse::Array(places))
}

fn deciding_for(snapshot: &Snapshot, engine: EngineId) -> Result<Vec<Location>, Stopped> {
    let analysis = snapshot.analysis()?;
    let Some(place) = &analysis.place else {
        return Ok(Vec::new());
    };
    let own = place.card.chosen().filter(|choice| choice.engine == engine);
    let own = own.map(|choice| (&place.card, choice));
    let others = place
        .index
        .deciding(engine)
        .filter(|(card, choice)| choice.role == Role::Chosen && card.path != place.card.path);
    let found = own.chain(others);
    Ok(found
        .filter_map(|(card, choice)| location(snapshot, card, choice.span))
        .collect())
}

/// The file of a rule: `rules/<category>-<name>.toml`.
fn rule(lens: &Path, name: &str) -> Option<Location> {
    let file = lens.join("rules").join(format!("{}.toml", name.replace('/', "-")));
    let uri = Uri::from_file_path(file.is_file().then_some(file)?)?;
    Some(Location {
        uri,
        range: Range::default(),
    })
}
