//! Links that can be followed: to other records, by whatever they are written as.

use tower_lsp::ls_types::{DocumentLink, Uri};

use super::session::Stopped;
use super::state::Snapshot;
use super::things::{self, What};

pub(super) fn links(snapshot: &Snapshot) -> Result<Vec<DocumentLink>, Stopped> {
    let analysis = snapshot.analysis()?;
    let link = |thing: things::Thing| {
        let What::Record(card) = thing.what else { return None };
        Some(DocumentLink {
            range: snapshot.range(thing.span),
            target: Some(Uri::from_file_path(&*card.path)?),
            tooltip: card.title.clone(),
            data: None,
        })
    };
    Ok(things::records(snapshot, &analysis)
        .into_iter()
        .filter_map(link)
        .collect())
}
