//! An open lens file, and a version of it with all that is needed to answer about it.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{Position, Range, Uri};

use crate::lens::Lens;
use crate::server::client::Features;
use crate::server::convert;
use crate::text::{Source, Span};
use crate::workspace::{Configurations, InForce, NAME};

/// Folders of a lens.
const FOLDERS: [&str; 7] = [
    "families",
    "engines",
    "signals",
    "rules",
    "checklist",
    "sources",
    "language",
];

/// A folder of rules of one kind, in `rules`.
const DESIGN: &str = "design";

/// Whether a document can be a file of a lens, by its name.
pub(in crate::server) fn is_lens_file(uri: &Uri) -> bool {
    let Some(path) = convert::file_path(uri) else {
        return false;
    };
    let mut folders = path.ancestors().skip(1);
    let mut folder = || folders.next()?.file_name()?.to_str();
    let folder = match folder() {
        Some(DESIGN) => folder(),
        folder => folder,
    };
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    path.file_name().is_some_and(|name| name == NAME) || is_toml && folder.is_some_and(|name| FOLDERS.contains(&name))
}

pub(in crate::server) struct LensDocument {
    pub version: i32,
    pub source: Source,
}

/// A version of an open lens file.
#[derive(Clone)]
pub(in crate::server) struct LensSnapshot {
    pub uri: Uri,
    pub version: i32,
    pub source: Source,
    pub features: Arc<Features>,
    pub lenses: Arc<Configurations>,
}

impl LensSnapshot {
    pub fn path(&self) -> PathBuf {
        convert::file_path(&self.uri)
            .map(|path| path.into_owned())
            .unwrap_or_default()
    }

    /// The lens that this text makes, with all that is extended; none for a file of a folder that no lens is built on.
    pub fn in_force(&self) -> Option<Arc<InForce>> {
        let path = self.path();
        let lenses = self.lenses.with_text(&path, self.source.text.to_string());
        if path.file_name().is_some_and(|name| name == NAME) {
            return Some(lenses.load(&path));
        }
        lenses.in_force(&path).filter(|in_force| in_force.is_read_from(&path))
    }

    /// The names that are known where this file stands; those of the built-in lens where its own are too broken to say.
    pub fn lens(&self) -> Lens {
        let in_force = self.in_force();
        let loaded = in_force.as_ref().and_then(|in_force| in_force.loaded());
        loaded.map_or_else(|| self.lenses.base().lens().clone(), |loaded| loaded.lens_for(""))
    }

    pub fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        convert::range(&self.source, Span::new(bytes.start, bytes.end), self.features.encoding)
    }

    pub fn offset(&self, position: Position) -> usize {
        convert::offset(&self.source, position, self.features.encoding)
    }
}
