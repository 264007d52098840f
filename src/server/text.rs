//! `adrLens/text`, a request for debugging: what the server holds of a document, to compare with what the editor shows.
//!
//! Params: a `TextDocumentIdentifier`. Result: `{"version": …, "text": …}`, or null for a document that is not open or not of ours.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::TextDocumentIdentifier;

use super::session::Session;

/// The newest text and the version it is.
#[derive(Serialize, Deserialize)]
pub(super) struct Text {
    pub version: i32,
    pub text: String,
}

/// The name of the request.
pub(super) const METHOD: &str = "adrLens/text";

pub(super) fn text(session: &Session, document: &TextDocumentIdentifier) -> Option<Text> {
    let snapshot = session.state().snapshot(&document.uri)?;
    Some(Text {
        version: snapshot.version,
        text: snapshot.text().to_owned(),
    })
}
