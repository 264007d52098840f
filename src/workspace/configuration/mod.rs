//! A record's path → the lens in force for it: the nearest `adr-lens.toml` above it, what that extends, and what is known of the record.
//!
//! The nearest file counts alone; it takes up what another one says by extending it. The search goes up to the folder that holds the
//! repository, or to the root of the file system where there is none.

mod folder;
mod layers;
mod nearest;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::baseline::Baseline;
use crate::lens::team::Loaded;
use crate::lens::{Lens, Problem, SourceFile, Trained, builtin, builtin_files, builtin_model};

pub use folder::load_lens;
pub use nearest::NAME;

/// Where configuration comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum From {
    /// The `adr-lens.toml` nearest to each record.
    #[default]
    Nearest,
    /// One file for all records.
    File(PathBuf),
    /// None: the lens as it is.
    Nowhere,
}

/// The lens that `extends = "databases"` names.
#[derive(Clone)]
pub struct Base {
    lens: Lens,
    /// The folder it was loaded from; none for the one that is built in.
    folder: Option<PathBuf>,
}

impl Base {
    /// The lens that is built in.
    pub fn builtin() -> Result<Base, Vec<Problem>> {
        let lens = builtin().map_err(<[Problem]>::to_vec)?.clone();
        Ok(Base { lens, folder: None })
    }

    /// A folder that stands in the place of the lens that is built in.
    pub fn of_folder(folder: &Path) -> Result<Base, Vec<Problem>> {
        let lens = load_lens(folder)?;
        let folder = Some(folder.to_owned());
        Ok(Base { lens, folder })
    }

    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    fn files(&self) -> Vec<SourceFile> {
        match &self.folder {
            None => builtin_files(),
            Some(folder) => folder::files(folder, &HashMap::new(), &mut Vec::new()),
        }
    }

    fn trained(&self) -> Option<Trained> {
        match &self.folder {
            None => builtin_model(),
            Some(folder) => folder::trained(folder, &mut Vec::new()),
        }
    }
}

/// An `adr-lens.toml` with all that it builds on.
pub struct InForce {
    /// The file itself.
    pub path: PathBuf,
    folder: PathBuf,
    loaded: Option<Loaded>,
    baseline: Option<Arc<Baseline>>,
    /// Where the baseline is, or would be written.
    pub baseline_path: Option<PathBuf>,
    pub problems: Vec<Problem>,
    /// The files it was read from, as they were.
    stamps: Vec<(PathBuf, Stamp)>,
}

impl InForce {
    /// Whether a file is part of it.
    pub fn is_read_from(&self, path: &Path) -> bool {
        let path = absolute(path);
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        self.stamps.iter().any(|(held, _)| *held == path || *held == real)
    }

    /// How many findings of a record are known.
    pub fn known(&self, path: &Path) -> usize {
        self.baseline
            .as_ref()
            .map_or(0, |baseline| baseline.of(&absolute(path)).len())
    }

    /// What the layers make together; nothing when they make no lens.
    pub fn loaded(&self) -> Option<&Loaded> {
        self.loaded.as_ref()
    }

    fn lens_for(&self, path: &Path, base: &Lens, baseline: Option<&Arc<Baseline>>) -> Lens {
        let relative = relative(path, &self.folder);
        let lens = self
            .loaded
            .as_ref()
            .map_or_else(|| base.clone(), |loaded| loaded.lens_for(&relative));
        with_known(lens, path, baseline.or(self.baseline.as_ref()))
    }
}

fn with_known(lens: Lens, path: &Path, baseline: Option<&Arc<Baseline>>) -> Lens {
    match baseline.map(|baseline| baseline.of(path)) {
        Some(known) if !known.is_empty() => lens.knowing(known),
        _ => lens,
    }
}

/// A state of a file; none when there is no such file.
type Stamp = Option<(Option<SystemTime>, u64)>;

fn stamp(path: &Path) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

/// The lenses in force below any folder, each loaded once.
pub struct Configurations {
    base: Base,
    from: From,
    /// A baseline for all records, in the place of those that `adr-lens.toml` names.
    baseline: Option<Arc<Baseline>>,
    /// Texts that an editor holds, in the place of those on disk.
    overlay: HashMap<PathBuf, String>,
    nearest: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
    loaded: Mutex<HashMap<PathBuf, Arc<InForce>>>,
}

impl Configurations {
    pub fn new(base: Base, from: From) -> Configurations {
        Configurations {
            base,
            from,
            baseline: None,
            overlay: HashMap::new(),
            nearest: Mutex::default(),
            loaded: Mutex::default(),
        }
    }

    /// The same, with one baseline for all records.
    #[must_use]
    pub fn with_baseline(mut self, baseline: Option<Arc<Baseline>>) -> Configurations {
        self.baseline = baseline;
        self
    }

    /// The same, with a text in the place of a file's; nothing is loaded yet.
    #[must_use]
    pub fn with_text(&self, path: &Path, text: String) -> Configurations {
        let mut overlay = self.overlay.clone();
        overlay.insert(absolute(path), text);
        self.with_overlay(overlay)
    }

    /// The same, on another base; nothing is loaded yet.
    #[must_use]
    pub fn with_base(&self, base: Base) -> Configurations {
        Configurations {
            base,
            ..self.with_overlay(self.overlay.clone())
        }
    }

    fn with_overlay(&self, overlay: HashMap<PathBuf, String>) -> Configurations {
        Configurations {
            base: self.base.clone(),
            from: self.from.clone(),
            baseline: self.baseline.clone(),
            overlay,
            nearest: Mutex::default(),
            loaded: Mutex::default(),
        }
    }

    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The lens in force for a record, or for what stands in a folder.
    pub fn lens_for(&self, path: &Path) -> Lens {
        let path = absolute(path);
        match self.in_force(&path) {
            Some(in_force) => in_force.lens_for(&path, &self.base.lens, self.baseline.as_ref()),
            None => with_known(self.base.lens.clone(), &path, self.baseline.as_ref()),
        }
    }

    /// The `adr-lens.toml` in force for a path, loaded.
    pub fn in_force(&self, path: &Path) -> Option<Arc<InForce>> {
        let file = match &self.from {
            From::Nowhere => return None,
            From::File(file) => absolute(file),
            From::Nearest => self.nearest(&absolute(path))?,
        };
        Some(self.load(&file))
    }

    /// An `adr-lens.toml`, or a folder of the shape of a lens, loaded.
    pub fn load(&self, file: &Path) -> Arc<InForce> {
        let mut loaded = lock(&self.loaded);
        let held = loaded
            .entry(file.to_owned())
            .or_insert_with(|| Arc::new(layers::load(file, &self.base, &self.overlay)));
        held.clone()
    }

    fn nearest(&self, path: &Path) -> Option<PathBuf> {
        let folder = if path.is_dir() { path } else { path.parent()? };
        let mut known = lock(&self.nearest);
        if let Some(found) = known.get(folder) {
            return found.clone();
        }
        let exists = |file: &Path| self.overlay.contains_key(file) || file.is_file();
        let found = nearest::above(folder, exists);
        known.insert(folder.to_owned(), found.clone());
        found
    }

    /// Every problem of what was loaded, each once, in the order of the files.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        let loaded = lock(&self.loaded);
        for problem in loaded.values().flat_map(|held| &held.problems) {
            if !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
        problems.sort_by(|a, b| (&a.path, a.bytes.start, &a.message).cmp(&(&b.path, b.bytes.start, &b.message)));
        problems
    }

    /// The baselines in use, each once.
    pub fn baselines(&self) -> Vec<Arc<Baseline>> {
        if let Some(baseline) = &self.baseline {
            return vec![baseline.clone()];
        }
        let loaded = lock(&self.loaded);
        let mut baselines: Vec<Arc<Baseline>> = loaded.values().filter_map(|held| held.baseline.clone()).collect();
        baselines.sort_by(|a, b| a.path().cmp(b.path()));
        baselines
    }

    /// Forgets what has changed on disk; whether anything has.
    pub fn refresh(&self) -> bool {
        let moved = std::mem::take(&mut *lock(&self.nearest));
        let mut loaded = lock(&self.loaded);
        let before = loaded.len();
        loaded.retain(|_, held| held.stamps.iter().all(|(path, held)| stamp(path) == *held));
        let changed = before != loaded.len();
        drop(loaded);
        changed || moved.into_iter().any(|(folder, found)| self.nearest(&folder) != found)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path from the root, without `.` and `..`; links are left as they are.
pub fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path)
        .unwrap_or_else(|_| path.to_owned())
        .components()
    {
        match part {
            std::path::Component::ParentDir => {
                clean.pop();
            }
            std::path::Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// A path below a folder as globs and baselines have it: with `/`; the whole path for one that lies elsewhere.
pub(super) fn relative(path: &Path, folder: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}

/// A path as a message has it: relative to the working directory where it lies below it.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    relative(path, &here)
}

/// Marks of known findings of one record.
pub(super) type Known = Arc<BTreeSet<(String, String)>>;
