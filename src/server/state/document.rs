//! An open record, and the task that publishes its diagnostics.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tower_lsp::ls_types::{SemanticTokens, Uri};

use super::SharedLens;
use super::path_of;
use crate::server::analysis::{Before, Cell};
use crate::server::convert;
use crate::server::shelf::Open;
use crate::syntax::Language;
use crate::text::Source;

/// An open record.
pub(super) struct Document {
    pub version: i32,
    pub language: Language,
    pub source: Source,
    /// Of the text by itself, and among its neighbours.
    pub own: Cell,
    pub analysis: Cell,
    /// The last version that was analysed before this one, under the same lens.
    pub before: Option<Before>,
    pub lens: SharedLens,
    /// As the records around it see it; nothing for a document that is no file.
    pub open: Option<Open>,
    pub worker: Option<Worker>,
    /// The semantic tokens that were last sent whole or as a change.
    pub tokens: Option<Arc<SemanticTokens>>,
}

impl Document {
    pub fn wake(&self) {
        if let Some(worker) = &self.worker {
            worker.wake.notify_one();
        }
    }
}

/// The task that publishes a document's diagnostics; it ends with the document.
pub(in crate::server) struct Worker {
    pub wake: Arc<Notify>,
    pub task: AbortHandle,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The document as the records around it see it, where it is a file.
pub(super) fn open(uri: &Uri, version: i32, source: &Source, language: Language) -> Option<Open> {
    convert::file_path(uri)?;
    Some(Open {
        path: path_of(uri).into(),
        version,
        source: source.clone(),
        language,
        card: Arc::default(),
    })
}
