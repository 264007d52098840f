//! What the server knows, behind one lock: open documents, settings, the lenses. Notifications change it before they first await;
//! requests take a snapshot of it, which costs a few reference counts.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tower_lsp::ls_types::{Position, Range, SemanticTokens, TextDocumentContentChangeEvent, Uri};

use super::analysis::Place;
use super::analysis::{Analyse, Analysis, Cell, Failed};
use super::client::Features;
use super::conversation::Talks;
use super::convert;
use super::lens_file::{LensDocument, LensSnapshot};
use super::records::{Kept, Records};
use super::settings::Settings;
use super::shelf::{Library, Open, Shelf};
use crate::lens::{Lens, Problem};
use crate::portfolio::{Card, path};
use crate::syntax::Language;
use crate::text::{self, Source, Span};
use crate::workspace::{self, Configurations};

/// The lens in force for a document. It is looked for when it is first asked for, which is never on the task that reads messages: that
/// may have to load files.
#[derive(Clone)]
pub(super) struct SharedLens {
    lenses: Arc<Configurations>,
    path: Option<Arc<Path>>,
    found: Arc<OnceLock<Lens>>,
}

impl SharedLens {
    fn of(lenses: &Arc<Configurations>, uri: &Uri) -> SharedLens {
        SharedLens::of_path(lenses, uri.to_file_path().map(|path| Arc::from(path.as_ref())))
    }

    fn of_path(lenses: &Arc<Configurations>, path: Option<Arc<Path>>) -> SharedLens {
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
    /// The records around the open ones.
    pub shelf: Shelf,
    pub shutdown: bool,
}

struct Document {
    version: i32,
    language: Language,
    source: Source,
    /// Of the text by itself, and among its neighbours.
    own: Cell,
    analysis: Cell,
    lens: SharedLens,
    /// As the records around it see it; nothing for a document that is no file.
    open: Option<Open>,
    worker: Option<Worker>,
    /// The semantic tokens that were last sent whole or as a change.
    tokens: Option<Arc<SemanticTokens>>,
}

/// The task that publishes a document's diagnostics; it ends with the document.
pub(super) struct Worker {
    pub wake: Arc<Notify>,
    pub task: AbortHandle,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What documents are looked at with.
#[derive(Clone)]
pub(super) struct Ground {
    pub features: Arc<Features>,
    pub settings: Arc<Settings>,
    lenses: Arc<Configurations>,
    analyse: Analyse,
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
            lens: SharedLens::of(&self.lenses, &uri),
            version: 0,
            source,
            language,
            features: self.features.clone(),
            settings: self.settings.clone(),
            own: Cell::default(),
            analysis: Cell::default(),
            analyse: self.analyse.clone(),
            shelf: self.shelf.clone(),
            others: self.beside(&path_of(&uri)),
            uri,
        }
    }
}

/// One version of a document with all that is needed to answer about it.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub uri: Uri,
    pub version: i32,
    pub source: Source,
    pub language: Language,
    pub features: Arc<Features>,
    pub settings: Arc<Settings>,
    pub lens: SharedLens,
    own: Cell,
    analysis: Cell,
    analyse: Analyse,
    shelf: Shelf,
    /// The open documents that may be asked about, this one left out.
    others: Arc<[Open]>,
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
            document.lens = SharedLens::of(&self.lenses, uri);
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
            open: open(&uri, version, &source, language),
            source,
            own: Cell::default(),
            analysis: Cell::default(),
            lens: SharedLens::of(&self.lenses, &uri),
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
        document.source = Source::new(text);
        document.version = version;
        (document.own, document.analysis) = (Cell::default(), Cell::default());
        document.open = open(uri, version, &document.source, document.language);
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
            analyse: self.analyse.clone(),
            shelf: self.shelf.clone(),
            others: self.others(uri, path::folder(document.open.as_ref().map_or("", |open| &*open.path))),
        })
    }

    pub fn is_open(&self, uri: &Uri) -> bool {
        self.documents.contains_key(uri)
    }

    /// The workspace as it is now.
    pub fn records(&self) -> Records {
        let of_file = |uri: &Uri| Some((uri.to_file_path()?.into_owned(), self.snapshot(uri)?));
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
            open: self
                .documents
                .values()
                .filter_map(|document| document.open.clone())
                .collect(),
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
            open: self
                .documents
                .values()
                .filter_map(|document| document.open.clone())
                .collect(),
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

/// The path of a document; its whole URI where it is no file.
pub(super) fn path_of(uri: &Uri) -> String {
    let file = uri.to_file_path();
    file.map_or_else(|| uri.as_str().to_owned(), |path| workspace::key(&path))
}

fn open(uri: &Uri, version: i32, source: &Source, language: Language) -> Option<Open> {
    uri.to_file_path()?;
    Some(Open {
        path: path_of(uri).into(),
        version,
        source: source.clone(),
        language,
        card: Arc::default(),
    })
}

impl Document {
    fn wake(&self) {
        if let Some(worker) = &self.worker {
            worker.wake.notify_one();
        }
    }
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
        (self.analyse)(text, self.language, &self.lens, self.settings.date())
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
        let index = self.shelf.index(&card, &self.others, &self.lens);
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
