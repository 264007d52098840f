//! What the server knows, behind one lock: open documents, settings, the lenses. Notifications change it before they first await;
//! requests take a snapshot of it, which costs a few reference counts.

mod document;
mod lens;
mod snapshot;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::ls_types::{SemanticTokens, TextDocumentContentChangeEvent, Uri};

use super::analysis::{Analyse, Cell};
use super::client::Features;
use super::conversation::Talks;
use super::convert;
use super::lens_file::{LensDocument, LensSnapshot};
use super::records::{Kept, Records};
use super::settings::Settings;
use super::shelf::{Library, Open, Shelf};
use crate::lens::Problem;
use crate::portfolio::path;
use crate::syntax::Language;
use crate::text::{self, Source};
use crate::workspace::Configurations;

use document::Document;

pub(super) use document::Worker;
pub(super) use lens::SharedLens;
pub(super) use snapshot::{Ground, Snapshot, path_of};

pub(super) struct State {
    pub features: Arc<Features>,
    /// What `initializationOptions` said; later settings stand on it.
    base: Settings,
    settings: Arc<Settings>,
    /// How often the client told its settings unasked.
    pub settings_told: u64,
    pub lenses: Arc<Configurations>,
    analyse: Analyse,
    documents: HashMap<Uri, Document>,
    lens_files: HashMap<Uri, LensDocument>,
    /// What was last told of the lenses in force.
    told: Vec<Problem>,
    pub talks: Talks,
    /// The folders of the workspace.
    roots: Vec<PathBuf>,
    kept: Kept,
    /// Counts the changes of lens and settings.
    generation: u64,
    /// Records that are not open, whose diagnostics the client was sent.
    pub pushed: HashSet<Uri>,
    /// Documents that a client which asks was given findings of: it shows them until it is told otherwise.
    pub answered: HashSet<Uri>,
    /// The records around the open ones.
    pub shelf: Shelf,
    pub shutdown: bool,
}

impl State {
    pub fn new(lenses: Arc<Configurations>, analyse: Analyse) -> State {
        State {
            features: Arc::new(Features::default()),
            base: Settings::default(),
            settings: Arc::new(Settings::default()),
            settings_told: 0,
            lenses,
            analyse,
            documents: HashMap::new(),
            lens_files: HashMap::new(),
            told: Vec::new(),
            talks: Talks::default(),
            roots: Vec::new(),
            kept: Kept::default(),
            generation: 0,
            pushed: HashSet::new(),
            answered: HashSet::new(),
            shelf: Shelf::default(),
            shutdown: false,
        }
    }

    /// Begins the session. What is wrong with the options comes back in sentences.
    pub fn begin(&mut self, features: Features, roots: Vec<PathBuf>, options: Option<&Value>) -> Vec<String> {
        self.features = Arc::new(features);
        self.roots = roots;
        let (settings, wrong) = Settings::default().with(options.unwrap_or(&Value::Null));
        self.base = settings.clone();
        self.settings = Arc::new(settings);
        wrong
    }

    /// Puts settings in place; whether they differ from what was, and what is wrong with them.
    pub fn configure(&mut self, value: &Value) -> (bool, Vec<String>) {
        let (settings, wrong) = self.base.with(value);
        let changed = *self.settings != settings;
        if changed {
            self.settings = Arc::new(settings);
            self.forget_analyses();
        }
        (changed, wrong)
    }

    /// Has every document look for its lens again, among other lenses where these are given.
    pub fn replace_lenses(&mut self, lenses: Option<Arc<Configurations>>) {
        if let Some(lenses) = lenses {
            self.lenses = lenses;
        }
        self.shelf.clear();
        self.forget_analyses();
    }

    /// Folders that came to the workspace, and those that left it.
    pub fn change_roots(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.roots.retain(|root| !removed.contains(root));
        for root in added {
            if !self.roots.contains(&root) {
                self.roots.push(root);
            }
        }
    }

    pub fn settings(&self) -> Arc<Settings> {
        self.settings.clone()
    }

    fn forget_analyses(&mut self) {
        self.generation += 1;
        for (uri, document) in &mut self.documents {
            document.lens = SharedLens::of(&self.lenses, uri, &self.roots);
            document.before = None;
            (document.own, document.analysis) = (Cell::default(), Cell::default());
            document.open = document.open.take().map(|open| Open {
                card: Arc::default(),
                ..open
            });
            document.wake();
        }
    }

    /// What the records around a document say of it may have changed.
    fn tell_others(&mut self, uri: &Uri) {
        let home = |document: &Document| document.open.as_ref().map(|open| path::folder(&open.path).to_owned());
        let changed = self.documents.get(uri).and_then(home);
        for (other, document) in &mut self.documents {
            if other != uri && changed.is_some() && home(document) == changed {
                document.analysis = Cell::default();
                document.wake();
            }
        }
    }

    /// Files may have changed: every open record is held against its neighbours again.
    pub fn stir(&mut self) {
        self.shelf.stir();
        for document in self.documents.values_mut() {
            document.analysis = Cell::default();
            document.wake();
        }
    }

    pub fn open(&mut self, uri: Uri, language: Language, version: i32, text: String, worker: Option<Worker>) {
        let source = Source::new(text);
        let document = Document {
            version,
            language,
            open: document::open(&uri, version, &source, language),
            source,
            own: Cell::default(),
            analysis: Cell::default(),
            before: None,
            lens: SharedLens::of(&self.lenses, &uri, &self.roots),
            worker,
            tokens: None,
        };
        document.wake();
        self.documents.insert(uri.clone(), document);
        self.shelf.stir();
        self.tell_others(&uri);
    }

    /// Applies edits to an open document. A document that is not of ours is passed over.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let encoding = self.features.encoding;
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        let text = text::apply(&document.source.text, convert::edits(changes), encoding);
        document.before = document.own.made(&document.source).or_else(|| document.before.take());
        document.source = Source::new(text);
        document.version = version;
        (document.own, document.analysis) = (Cell::default(), Cell::default());
        document.open = document::open(uri, version, &document.source, document.language);
        document.wake();
        self.tell_others(uri);
    }

    /// Whether there was such a document.
    pub fn close(&mut self, uri: &Uri) -> bool {
        self.tell_others(uri);
        self.shelf.stir();
        self.documents.remove(uri).is_some()
    }

    pub fn close_all(&mut self) {
        self.documents.clear();
        self.lens_files.clear();
    }

    pub fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        let document = self.documents.get(uri)?;
        Some(Snapshot {
            uri: uri.clone(),
            version: document.version,
            source: document.source.clone(),
            language: document.language,
            features: self.features.clone(),
            settings: self.settings.clone(),
            lens: document.lens.clone(),
            own: document.own.clone(),
            analysis: document.analysis.clone(),
            before: document.before.clone(),
            analyse: self.analyse.clone(),
            shelf: self.shelf.clone(),
            others: self.others(uri, path::folder(document.open.as_ref().map_or("", |open| &*open.path))),
        })
    }

    pub fn is_open(&self, uri: &Uri) -> bool {
        self.documents.contains_key(uri)
    }

    /// What a client that asks was given findings of, and has not open.
    pub fn answered_and_closed(&self) -> HashSet<Uri> {
        let is_closed = |uri: &&Uri| !self.is_open(uri) && !self.lens_files.contains_key(*uri);
        self.answered.iter().filter(is_closed).cloned().collect()
    }

    /// The workspace as it is now.
    pub fn records(&self) -> Records {
        let of_file = |uri: &Uri| Some((convert::file_path(uri)?.into_owned(), self.snapshot(uri)?));
        Records {
            roots: self.roots.clone(),
            open: self.documents.keys().filter_map(of_file).collect(),
            ground: self.ground(),
            kept: self.kept.clone(),
            // What neighbours say is kept no longer than their files.
            generation: self.generation + self.shelf.generation(),
        }
    }

    /// The lens in force for the workspace itself, for what is about no document.
    pub fn lens(&self) -> SharedLens {
        SharedLens::of_path(&self.lenses, self.roots.first().map(|root| Arc::from(root.as_path())))
    }

    fn ground(&self) -> Ground {
        Ground {
            features: self.features.clone(),
            settings: self.settings.clone(),
            lenses: self.lenses.clone(),
            analyse: self.analyse.clone(),
            shelf: self.shelf.clone(),
            open: self.open_files().collect(),
        }
    }

    /// The tokens that a client says it has, and those it is sent now.
    pub fn tokens(&self, uri: &Uri, result_id: &str) -> Option<Arc<SemanticTokens>> {
        let tokens = self.documents.get(uri)?.tokens.clone()?;
        (tokens.result_id.as_deref() == Some(result_id)).then_some(tokens)
    }

    pub fn keep_tokens(&mut self, uri: &Uri, tokens: Arc<SemanticTokens>) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.tokens = Some(tokens);
        }
    }

    pub fn open_lens_file(&mut self, uri: Uri, version: i32, text: String) {
        let source = Source::new(text);
        self.lens_files.insert(uri, LensDocument { version, source });
    }

    /// Applies edits to an open lens file; whether there is such a file.
    pub fn change_lens_file(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) -> bool {
        let encoding = self.features.encoding;
        let Some(document) = self.lens_files.get_mut(uri) else {
            return false;
        };
        let text = text::apply(&document.source.text, convert::edits(changes), encoding);
        document.source = Source::new(text);
        document.version = version;
        true
    }

    /// Whether there was such a file.
    pub fn close_lens_file(&mut self, uri: &Uri) -> bool {
        self.lens_files.remove(uri).is_some()
    }

    pub fn lens_snapshot(&self, uri: &Uri) -> Option<LensSnapshot> {
        let document = self.lens_files.get(uri)?;
        Some(LensSnapshot {
            uri: uri.clone(),
            version: document.version,
            source: document.source.clone(),
            features: self.features.clone(),
            lenses: self.lenses.clone(),
        })
    }

    /// What is wrong with the lenses in force, unless it was told before.
    pub fn news_of_lenses(&mut self, problems: Vec<Problem>) -> Vec<Problem> {
        if problems == self.told {
            return Vec::new();
        }
        self.told.clone_from(&problems);
        problems
    }

    /// Every open document that is a file.
    fn open_files(&self) -> impl Iterator<Item = Open> {
        self.documents.values().filter_map(|document| document.open.clone())
    }

    /// The other open documents of a folder.
    fn others(&self, uri: &Uri, folder: &str) -> Arc<[Open]> {
        let others = self.documents.iter().filter(|(other, _)| *other != uri);
        let open = others.filter_map(|(_, document)| document.open.clone());
        open.filter(|open| path::folder(&open.path) == folder).collect()
    }

    /// The records around the open ones, to be asked about something that is in no one document.
    pub fn library(&self) -> Library {
        Library {
            shelf: self.shelf.clone(),
            open: self.open_files().collect(),
            lenses: self.lenses.clone(),
        }
    }

    /// Whether a snapshot still shows what the editor shows, under the settings and the lens in force.
    pub fn is_current(&self, snapshot: &Snapshot) -> bool {
        self.documents
            .get(&snapshot.uri)
            .is_some_and(|document| document.analysis.is(&snapshot.analysis))
    }
}
