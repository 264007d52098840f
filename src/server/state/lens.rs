//! The lens in force for a document, looked for on demand.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tower_lsp::ls_types::Uri;

use crate::lens::Lens;
use crate::server::convert;
use crate::workspace::Configurations;

/// The lens in force for a document. It is looked for when it is first asked for, which is never on the task that reads messages: that
/// may have to load files.
#[derive(Clone)]
pub(in crate::server) struct SharedLens {
    lenses: Arc<Configurations>,
    path: Option<Arc<Path>>,
    found: Arc<OnceLock<Lens>>,
}

impl SharedLens {
    /// Of a document that is no file, the lens of the first folder of the workspace.
    pub(super) fn of(lenses: &Arc<Configurations>, uri: &Uri, roots: &[PathBuf]) -> SharedLens {
        let path = convert::file_path(uri).map(|path| Arc::from(path.as_ref()));
        SharedLens::of_path(
            lenses,
            path.or_else(|| roots.first().map(|root| Arc::from(root.as_path()))),
        )
    }

    pub(super) fn of_path(lenses: &Arc<Configurations>, path: Option<Arc<Path>>) -> SharedLens {
        SharedLens {
            lenses: lenses.clone(),
            path,
            found: Arc::default(),
        }
    }
}

impl Deref for SharedLens {
    type Target = Lens;

    fn deref(&self) -> &Lens {
        self.found.get_or_init(|| match &self.path {
            Some(path) => self.lenses.lens_for(path),
            // No file, and no folder.
            None => self.lenses.base().lens().clone(),
        })
    }
}
