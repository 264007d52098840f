//! Every record by its title, and every decision by its engine, from a few letters: in the folders of the open records.

use std::collections::BTreeMap;
use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Location, SymbolInformation, SymbolKind, Uri, WorkspaceSymbolResponse};

use super::convert;
use super::session::Session;
use super::shelf::Shelved;
use crate::lens::Lens;
use crate::portfolio::Card;
use crate::text::{Encoding, Span};

/// No more are sent: nobody reads on.
const MOST: usize = 500;

pub(super) async fn symbols(session: &Arc<Session>, query: String) -> Result<Option<WorkspaceSymbolResponse>> {
    let (library, encoding) = {
        let state = session.state();
        (state.library(), state.features.encoding)
    };
    let work = move || {
        // Each card with the lens that it was read by.
        let mut cards: BTreeMap<Arc<str>, (Arc<Card>, Lens)> = BTreeMap::new();
        for Shelved { index, lens, .. } in library.folders() {
            let held = index.cards().iter();
            cards.extend(held.map(|card| (card.path.clone(), (card.clone(), lens.clone()))));
        }
        let wanted = query.to_lowercase();
        let found = cards.values().filter(|(card, _)| card.is_record);
        let found = found.flat_map(|(card, lens)| of_card(card, lens, encoding));
        let named = found.filter(|symbol| fits(&symbol.name.to_lowercase(), &wanted));
        named.take(MOST).collect::<Vec<_>>()
    };
    session.on_thread(work).await.map(|found| Some(found.into()))
}

fn of_card(card: &Card, lens: &Lens, encoding: Encoding) -> Vec<SymbolInformation> {
    let title = card.title.clone().unwrap_or_default();
    let own = symbol(
        format!("{} {title}", card.label()),
        SymbolKind::FILE,
        None,
        card,
        card.title_span,
        encoding,
    );
    let chosen = card.chosen().filter_map(|choice| {
        let name = lens.engine(choice.engine).name.clone();
        symbol(
            name,
            SymbolKind::OBJECT,
            Some(card.label()),
            card,
            choice.span,
            encoding,
        )
    });
    own.into_iter().chain(chosen).collect()
}

#[allow(deprecated, reason = "the protocol keeps a field that its types have not dropped")]
fn symbol(
    name: String,
    kind: SymbolKind,
    container_name: Option<String>,
    card: &Card,
    span: Span,
    encoding: Encoding,
) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        name: name.trim_end().to_owned(),
        kind,
        tags: None,
        deprecated: None,
        location: Location {
            uri: Uri::from_file_path(&*card.path)?,
            range: convert::range(&card.source, span, encoding),
        },
        container_name,
    })
}

/// Whether the letters of a query stand in a name in their order, as editors' own filters have it.
fn fits(name: &str, query: &str) -> bool {
    let mut letters = name.chars();
    query
        .chars()
        .filter(|c| !c.is_whitespace())
        .all(|wanted| letters.any(|letter| letter == wanted))
}
