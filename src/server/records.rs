//! The records in the workspace's folders: which files they are and what a review finds in each. What the editor holds of a record,
//! saved or not, stands in for its file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::convert;
use super::diagnostics;
use super::session::{Cancelled, Stopped};
use super::state::{Ground, Snapshot, path_of};
use crate::review::{Finding, among};
use crate::syntax::Language;
use crate::text::{Source, decode};
use crate::workspace::{Checked, Draft, File, Outcome, Prefilters, discover, draft};

/// Records reviewed between two looks at whether the answer is still wanted, and between two words on the progress.
const BATCH: usize = 64;

/// What a review finds in a record.
#[derive(Clone)]
pub(super) struct Reviewed {
    pub uri: Uri,
    /// Of an open document.
    pub version: Option<i32>,
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// The same for the same diagnostics.
    pub mark: String,
}

/// What was found in files, for as long as they, the lens and the settings stay as they are.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<PathBuf, Entry>>>);

struct Entry {
    stamp: Stamp,
    reviewed: Reviewed,
}

/// Tells two states of a file apart without reading it, and two ways of judging it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    generation: u64,
}

impl Kept {
    fn get(&self, path: &Path, stamp: Stamp) -> Option<Reviewed> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = kept.get(path).filter(|entry| entry.stamp == stamp)?;
        Some(entry.reviewed.clone())
    }

    fn put(&self, path: PathBuf, stamp: Stamp, reviewed: Reviewed) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(path, Entry { stamp, reviewed });
    }

    /// Whether a file was met as a record.
    fn knows(&self, path: &Path) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.contains_key(path)
    }

    /// Forgets files that are no longer there.
    fn retain(&self, paths: &std::collections::HashSet<&Path>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|path, _| paths.contains(path.as_path()));
    }
}

/// What became of a file, and the URI of a record.
pub(super) type Account = (Option<Uri>, Outcome<Checked>);

/// The workspace at one moment.
#[derive(Clone)]
pub(super) struct Records {
    pub roots: Vec<PathBuf>,
    /// The open documents that are files.
    pub open: HashMap<PathBuf, Snapshot>,
    pub ground: Ground,
    pub kept: Kept,
    /// Counts the changes of lens and settings.
    pub generation: u64,
}

/// Leaves a processor to the requests that come meanwhile.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(processors.saturating_sub(1).max(1));
    pool.thread_name(|number| format!("records-{number}")).build().ok()
});

impl Records {
    /// The files of the records, in the order of their paths; those that cannot be read are among them.
    pub fn files(&self) -> Vec<File> {
        // A root without a folder of records has none.
        let found = self.roots.iter().filter_map(|root| discover(&places(root), root).ok());
        found.flat_map(|found| found.files).collect()
    }

    /// Reviews every record, some at a time: what was found in each lot, how many are done, and how many there are.
    pub fn review(
        &self,
        cancelled: &Cancelled,
        mut tell: impl FnMut(Vec<Reviewed>, usize, usize),
    ) -> Result<(), Stopped> {
        let files: Vec<(PathBuf, Language)> = self.files().into_iter().filter_map(record).collect();
        self.kept
            .retain(&files.iter().map(|(path, _)| path.as_path()).collect());
        let prefilters = Prefilters::default();
        let total = files.len();
        let mut done = 0;
        for lot in files.chunks(BATCH) {
            cancelled.check()?;
            let lot = lot.to_vec();
            done += lot.len();
            let review = || {
                let reviewed = lot
                    .into_par_iter()
                    .filter_map(|(path, language)| self.reviewed(path, language, &prefilters));
                reviewed.collect()
            };
            let reviewed: Vec<Reviewed> = match &*POOL {
                Some(pool) => pool.install(review),
                None => review(),
            };
            tell(reviewed, done, total);
        }
        Ok(())
    }

    /// A file of ours, whatever folder it lies in.
    pub fn file(&self, uri: &Uri) -> Result<Snapshot, String> {
        let path = convert::file_path(uri).ok_or_else(|| format!("{} is no file", uri.as_str()))?;
        let language = convert::language("", uri);
        let language = language.ok_or_else(|| format!("{}: no document language adr-lens reads", path.display()))?;
        let read = self.ground.of_file(&path, language);
        read.map_err(|why| format!("{}: {why}", path.display()))
    }

    /// What a review finds in the file of a document that is not open; nothing when it is none of the records, or is not there.
    pub fn review_closed(&self, uri: &Uri) -> Option<Reviewed> {
        let path = convert::file_path(uri)?;
        let is_record =
            self.kept.knows(&path) || self.files().into_iter().filter_map(record).any(|(one, _)| one == path);
        is_record.then(|| self.review_one(&path)).flatten()
    }

    /// What a review finds in one file; nothing when it cannot be read.
    fn review_one(&self, path: &Path) -> Option<Reviewed> {
        let language = Language::of_extension(path.extension()?.to_str()?)?;
        self.reviewed(path.to_owned(), language, &Prefilters::default())
    }

    fn reviewed(&self, path: PathBuf, language: Language, prefilters: &Prefilters) -> Option<Reviewed> {
        if let Some(snapshot) = self.open.get(&path) {
            let diagnostics = diagnostics::all(snapshot).ok()?;
            let mark = diagnostics::mark(&diagnostics);
            return Some(Reviewed {
                uri: snapshot.uri.clone(),
                version: Some(snapshot.version),
                diagnostics: Arc::new(diagnostics),
                mark,
            });
        }
        let metadata = std::fs::metadata(&path).ok()?;
        let stamp = Stamp {
            modified: metadata.modified().ok(),
            length: metadata.len(),
            generation: self.generation,
        };
        if let Some(reviewed) = self.kept.get(&path, stamp) {
            return Some(reviewed);
        }
        let snapshot = self.ground.of_file(&path, language).ok()?;
        let findings = self.findings(&snapshot, prefilters);
        let diagnostics = diagnostics::of(&snapshot, &findings);
        let reviewed = Reviewed {
            uri: snapshot.uri.clone(),
            version: None,
            mark: diagnostics::mark(&diagnostics),
            diagnostics: Arc::new(diagnostics),
        };
        self.kept.put(path, stamp, reviewed.clone());
        Some(reviewed)
    }

    fn findings(&self, snapshot: &Snapshot, prefilters: &Prefilters) -> Vec<Finding> {
        let path = path_of(&snapshot.uri);
        let source = snapshot.source.clone();
        let (lens, date) = (&*snapshot.lens, snapshot.settings.date());
        let prefilter = prefilters.of(lens);
        let Draft { findings, card } = draft(&path, &path, source, snapshot.language, lens, &prefilter, date);
        let card = Arc::new(card);
        let index = self.ground.shelf.shared(&card, &self.ground.beside(&path), lens);
        among(&card, &index, lens, findings)
    }

    /// Everything as the command line's `check` has it, each file accounted for; of a record its URI too.
    pub fn check(&self, cancelled: &Cancelled) -> Result<Vec<Account>, Stopped> {
        let prefilters = Prefilters::default();
        let mut outcomes = Vec::new();
        for file in self.files() {
            cancelled.check()?;
            outcomes.push(match file {
                File::PassedOver { path, why } => (None, Outcome::PassedOver { path, why }),
                File::Unreadable { path, why } => (None, Outcome::Unreadable { path, why }),
                File::Record { path, language } => match self.checked(&path, language, &prefilters) {
                    Ok((uri, checked)) => (Some(uri), Outcome::Done(checked)),
                    Err(why) => (None, Outcome::Unreadable { path, why }),
                },
            });
        }
        Ok(outcomes)
    }

    fn checked(&self, path: &Path, language: Language, prefilters: &Prefilters) -> Result<(Uri, Checked), String> {
        let snapshot = match self.open.get(path) {
            Some(snapshot) => snapshot.clone(),
            None => self.ground.of_file(path, language)?,
        };
        let checked = Checked {
            path: self.relative(path),
            findings: self.findings(&snapshot, prefilters),
            lens: (*snapshot.lens).clone(),
            language: snapshot.language,
            source: snapshot.source,
            note: None,
        };
        Ok((snapshot.uri, checked))
    }

    /// A path as a report shows it: from the root it lies under.
    pub fn relative(&self, path: &Path) -> PathBuf {
        let inside = self.roots.iter().find_map(|root| path.strip_prefix(root).ok());
        inside.unwrap_or(path).to_owned()
    }
}

/// Where to look in a root: in the usual places, or in all of it when it is itself such a place.
fn places(root: &Path) -> Vec<PathBuf> {
    let is_usual = ["adr", "adrs", "decisions", "architecture-decisions"]
        .iter()
        .any(|name| root.file_name().is_some_and(|last| last == *name));
    if is_usual { vec![root.to_owned()] } else { Vec::new() }
}

fn record(file: File) -> Option<(PathBuf, Language)> {
    match file {
        File::Record { path, language } => Some((path, language)),
        File::PassedOver { .. } | File::Unreadable { .. } => None,
    }
}

impl Ground {
    /// A file.
    pub fn of_file(&self, path: &Path, language: Language) -> Result<Snapshot, String> {
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let text = decode(bytes).map_err(|error| error.to_string())?.text;
        let uri = Uri::from_file_path(path).ok_or_else(|| "this path has no URI".to_owned())?;
        Ok(self.of(uri, language, Source::new(text)))
    }
}
