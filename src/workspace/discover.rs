//! Paths as a user gives them → the files to look at, each accounted for.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::WalkBuilder;

use super::Reach;
use crate::syntax::Language;

/// Folders in which records are looked for when none is named, in this order.
const USUAL: [&str; 12] = [
    "doc/adr",
    "docs/adr",
    "doc/adrs",
    "docs/adrs",
    "docs/decisions",
    "doc/decisions",
    "docs/architecture/decisions",
    "doc/architecture/decisions",
    "docs/architecture-decisions",
    "docs/architecture/adr",
    "adr",
    "adrs",
];

/// Names a folder of records, as adr-tools writes it.
const ADR_DIR: &str = ".adr-dir";

/// A file met on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    Record { path: PathBuf, language: Language },
    PassedOver { path: PathBuf, why: String },
    Unreadable { path: PathBuf, why: String },
}

impl File {
    pub fn path(&self) -> &Path {
        match self {
            File::Record { path, .. } | File::PassedOver { path, .. } | File::Unreadable { path, .. } => path,
        }
    }
}

#[derive(Debug, Default)]
pub struct Found {
    /// In the order of their paths.
    pub files: Vec<File>,
    /// The folders all of whose files are among them.
    pub walked: Vec<PathBuf>,
    /// What may be looked at beside them.
    pub reach: Reach,
}

/// A path that cannot be looked at: a mistake of the call, not of a record.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    #[error("{0}: no such file or folder")]
    NoSuchPath(PathBuf),
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("no folder of decision records here; looked for {0}. Name one: adr-lens check PATH")]
    NothingUsual(String),
}

/// Finds the files under `paths`, or under the usual places of `here` when there are none. `.gitignore` is honoured; a file named
/// outright is read whatever its name.
pub fn discover(paths: &[PathBuf], here: &Path) -> Result<Found, Vec<Missing>> {
    discover_within(paths, here, &Reach::default())
}

/// The same, passing over what may not be looked at.
pub fn discover_within(paths: &[PathBuf], here: &Path, reach: &Reach) -> Result<Found, Vec<Missing>> {
    let usual;
    let paths = if paths.is_empty() {
        usual = usual_places(here).map_err(|missing| vec![missing])?;
        &usual
    } else {
        paths
    };
    let mut files = Vec::new();
    let mut walked = Vec::new();
    let mut missing = Vec::new();
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                missing.push(Missing::NoSuchPath(path.clone()))
            }
            Err(error) => missing.push(Missing::Unreadable(path.clone(), error)),
            Ok(metadata) if metadata.is_dir() => {
                walk(path, &mut files, reach);
                walked.push(path.clone());
            }
            Ok(_) => files.push(named(path)),
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    files.sort_by(|a, b| a.path().cmp(b.path()));
    files.dedup_by(|a, b| a.path() == b.path());
    pass_over_twins(&mut files);
    Ok(Found {
        files,
        walked,
        reach: reach.clone(),
    })
}

/// A file that is met again through a link is looked at once, under its shortest path.
fn pass_over_twins(files: &mut [File]) {
    let linked = |path: &Path| path.ancestors().any(Path::is_symlink);
    if !files.iter().any(|file| linked(file.path())) {
        return;
    }
    let mut shortest: HashMap<PathBuf, PathBuf> = HashMap::new();
    for file in files.iter() {
        if let Ok(real) = file.path().canonicalize() {
            let held = shortest.entry(real).or_insert_with(|| file.path().to_owned());
            if file.path().components().count() < held.components().count() {
                *held = file.path().to_owned();
            }
        }
    }
    for file in files.iter_mut().filter(|file| matches!(file, File::Record { .. })) {
        let twin = file.path().canonicalize().ok().and_then(|real| shortest.get(&real));
        if let Some(twin) = twin.filter(|twin| twin.as_path() != file.path()) {
            let why = format!("the same file as {}", twin.display());
            *file = File::PassedOver {
                path: file.path().to_owned(),
                why,
            };
        }
    }
}

fn usual_places(here: &Path) -> Result<Vec<PathBuf>, Missing> {
    let mut places: BTreeSet<PathBuf> = BTreeSet::new();
    if let Ok(text) = std::fs::read_to_string(here.join(ADR_DIR)) {
        let named = Path::new(text.trim());
        if here.join(named).is_dir() {
            places.insert(here.join(named));
        }
    }
    places.extend(
        USUAL
            .iter()
            .map(|place| here.join(place))
            .filter(|place| place.is_dir()),
    );
    if places.is_empty() {
        return Err(Missing::NothingUsual(format!("{}, {}", USUAL.join(", "), ADR_DIR)));
    }
    Ok(places.into_iter().collect())
}

fn walk(folder: &Path, files: &mut Vec<File>, reach: &Reach) {
    let (within, ways_out) = (reach.clone(), Arc::new(Mutex::new(Vec::new())));
    let found_out = Arc::clone(&ways_out);
    let stays = move |entry: &ignore::DirEntry| {
        let stays = !entry.path_is_symlink() || within.holds(entry.path());
        if !stays && let Ok(mut ways) = found_out.lock() {
            ways.push(entry.path().to_owned());
        }
        stays
    };
    let walker = WalkBuilder::new(folder)
        .follow_links(true)
        .require_git(false)
        // Some keep their records in a hidden folder; what git keeps is nobody's record.
        .hidden(false)
        .filter_entry(move |entry| entry.file_name() != ".git" && stays(entry))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) => files.push(met(entry.into_path())),
            Err(error) => {
                let path = error_path(&error).unwrap_or_else(|| folder.to_owned());
                let why = match error.io_error() {
                    Some(io) => io.to_string(),
                    None if is_loop(&error) => "a link that leads back to a folder above it".to_owned(),
                    None => error.to_string(),
                };
                files.push(File::Unreadable { path, why });
            }
        }
    }
    let ways_out = ways_out.lock().map(|ways| ways.clone()).unwrap_or_default();
    files.extend(ways_out.into_iter().map(|path| File::PassedOver {
        path,
        why: "a link that leads out of what may be read".to_owned(),
    }));
}

/// The files straight in a folder, and in those straight below it that `also` names, in the order of their paths.
pub(super) fn folder_files(folder: &Path, also: &dyn Fn(&Path) -> bool) -> Vec<File> {
    let mut files = Vec::new();
    let mut below = Vec::new();
    for entry in straight_in(folder) {
        match entry.file_type() {
            Some(kind) if kind.is_dir() => below.extend(also(entry.path()).then(|| entry.into_path())),
            _ => files.push(met(entry.into_path())),
        }
    }
    for folder in below {
        let inside = straight_in(&folder).filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir()));
        files.extend(inside.map(|entry| met(entry.into_path())));
    }
    files.sort_by(|a, b| a.path().cmp(b.path()));
    files
}

fn straight_in(folder: &Path) -> impl Iterator<Item = ignore::DirEntry> {
    WalkBuilder::new(folder)
        .follow_links(true)
        .require_git(false)
        .hidden(false)
        .max_depth(Some(1))
        .build()
        .flatten()
        .filter(|entry| entry.depth() > 0)
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(error_path),
        _ => None,
    }
}

fn met(path: PathBuf) -> File {
    let Some(language) = language_of(&path) else {
        return File::PassedOver {
            path,
            why: "not a document language adr-lens reads".to_owned(),
        };
    };
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let is_template = stem == "template"
        || ["-template", "_template", ".template"]
            .iter()
            .any(|end| stem.ends_with(end));
    if is_template {
        return File::PassedOver {
            path,
            why: "a template".to_owned(),
        };
    }
    File::Record { path, language }
}

/// A file that was named outright: when its name says nothing it is read as Markdown.
fn named(path: &Path) -> File {
    File::Record {
        path: path.to_owned(),
        language: language_of(path).unwrap_or(Language::Markdown),
    }
}

fn language_of(path: &Path) -> Option<Language> {
    Language::of_extension(path.extension()?.to_str()?)
}
