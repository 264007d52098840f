//! The lens in force for a document, looked for on demand.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tower_lsp::ls_types::Uri;

use crate::lens::Lens;
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
    pub(super) fn of(lenses: &Arc<Configurations>, uri: &Uri) -> SharedLens {
        SharedLens::of_path(lenses, uri.to_file_path().map(|path| Arc::from(path.as_ref())))
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
            // A document without a file: one that was never saved, or lies elsewhere.
            None => self.lenses.base().lens().clone(),
        })
    }
}
