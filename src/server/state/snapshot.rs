//! What requests work on: one version of a document, and what all documents are looked at with.

use std::sync::Arc;

use tower_lsp::ls_types::{Position, Range, Uri};

use super::SharedLens;
use crate::portfolio::{Card, path};
use crate::server::analysis::{Analyse, Analysis, Before, Cell, Failed, Place};
use crate::server::client::Features;
use crate::server::convert;
use crate::server::settings::Settings;
use crate::server::shelf::{Open, Shelf};
use crate::syntax::Language;
use crate::text::{Source, Span};
use crate::workspace::{self, Configurations};

/// One version of a document with all that is needed to answer about it.
#[derive(Clone)]
pub(in crate::server) struct Snapshot {
    pub uri: Uri,
    pub version: i32,
    pub source: Source,
    pub language: Language,
    pub features: Arc<Features>,
    pub settings: Arc<Settings>,
    pub lens: SharedLens,
    pub(super) own: Cell,
    pub(super) analysis: Cell,
    pub(super) before: Option<Before>,
    pub(super) analyse: Analyse,
    pub(super) shelf: Shelf,
    /// The open documents that may be asked about, this one left out.
    pub(super) others: Arc<[Open]>,
}

impl Snapshot {
    pub fn analysis(&self) -> Result<Arc<Analysis>, Failed> {
        self.analysis.get_or(|| {
            let own = self.own.get(|| self.by_itself(&self.source.text))?;
            Ok(self.among(&own, self.source.clone()))
        })
    }

    /// Whether both are of the same version under the same settings and lens.
    pub fn is_same(&self, other: &Snapshot) -> bool {
        self.analysis.is(&other.analysis)
    }

    /// What another text would say in this document's place.
    pub fn analyse(&self, text: &str) -> Analysis {
        self.among(&self.by_itself(text), Source::new(text))
    }

    fn by_itself(&self, text: &str) -> Analysis {
        let before = self.before();
        (self.analyse)(text, self.language, &self.lens, self.settings.date(), before.as_ref())
    }

    /// The analysis of this version, or of one before it, if there is any yet: a text that is tried or supposed differs little from it.
    pub fn before(&self) -> Option<Before> {
        self.own.made(&self.source).or_else(|| self.before.clone())
    }

    fn among(&self, own: &Analysis, source: Source) -> Analysis {
        let path = path_of(&self.uri);
        let reading = &own.reading;
        let card = Arc::new(Card::of(
            &path,
            &path,
            source,
            &reading.record,
            &reading.choices,
            &self.lens,
        ));
        let index = match convert::file_path(&self.uri) {
            Some(_) => self.shelf.index(&card, &self.others, &self.lens),
            None => Arc::new(workspace::alone(card.clone())),
        };
        own.among(Place { card, index }, &self.lens)
    }

    pub fn text(&self) -> &str {
        &self.source.text
    }

    pub fn range(&self, span: Span) -> Range {
        convert::range(&self.source, span, self.features.encoding)
    }

    pub fn position(&self, offset: usize) -> Position {
        convert::position(&self.source, offset, self.features.encoding)
    }

    pub fn offset(&self, position: Position) -> usize {
        convert::offset(&self.source, position, self.features.encoding)
    }

    pub fn span(&self, range: Range) -> Span {
        convert::span(&self.source, range, self.features.encoding)
    }
}

/// What documents are looked at with.
#[derive(Clone)]
pub(in crate::server) struct Ground {
    pub features: Arc<Features>,
    pub settings: Arc<Settings>,
    pub(super) lenses: Arc<Configurations>,
    pub(super) analyse: Analyse,
    pub shelf: Shelf,
    /// Every open document that is a file.
    pub open: Arc<[Open]>,
}

impl Ground {
    /// The open documents of the folder of a file, the file itself left out.
    pub fn beside(&self, path: &str) -> Arc<[Open]> {
        let beside = self
            .open
            .iter()
            .filter(|open| &*open.path != path && path::folder(&open.path) == path::folder(path));
        beside.cloned().collect()
    }

    /// A document that is not open.
    pub fn of(&self, uri: Uri, language: Language, source: Source) -> Snapshot {
        Snapshot {
            lens: SharedLens::of(&self.lenses, &uri, &[]),
            version: 0,
            source,
            language,
            features: self.features.clone(),
            settings: self.settings.clone(),
            own: Cell::default(),
            analysis: Cell::default(),
            before: None,
            analyse: self.analyse.clone(),
            shelf: self.shelf.clone(),
            others: self.beside(&path_of(&uri)),
            uri,
        }
    }
}

/// The path of a document; its whole URI where it is no file.
pub(in crate::server) fn path_of(uri: &Uri) -> String {
    let file = convert::file_path(uri);
    file.map_or_else(|| uri.as_str().to_owned(), |path| workspace::key(&path))
}
