//! An `adr-lens.toml` → the layers it stands on, by following `extends`, and all of them loaded.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{files, read, trained};
use super::{Base, InForce, NAME, Stamp, shown, stamp};
use crate::lens::team::{Layer, LensFile, assemble, parse};
use crate::lens::{LIKENESS, Problem, nearest};
use crate::workspace::baseline::Baseline;
use crate::workspace::configuration::nearest::workspace;

/// The built-in lens, by name.
const BUILTIN: &str = "databases";

/// The file by which a lens that can stand alone is known.
const LANGUAGE: &str = "language/quantities.toml";

/// More lenses than this are not followed: it is a mistake, or malice.
const MOST: usize = 50;

pub(super) fn load(file: &Path, base: &Base, overlay: &HashMap<PathBuf, String>) -> InForce {
    let folder = match file.is_dir() {
        true => file.to_owned(),
        false => file.parent().unwrap_or(Path::new("")).to_owned(),
    };
    let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
    let mut follower = Follower {
        base,
        overlay,
        workspace: workspace(&real),
        layers: Vec::new(),
        problems: Vec::new(),
        stamps: Vec::new(),
        seen: HashSet::new(),
        stack: Vec::new(),
    };
    if let Some(base) = base.folder() {
        // Its files are looked at by whoever loaded it; here only a change of it counts.
        follower.stamps.push((base.to_owned(), stamp(base)));
    }
    if !file.is_dir() {
        follower.file(file);
    } else if let Err(why) = follower.folder(file) {
        follower.problems.push(Problem::whole(&shown(file), why));
    }
    follower.ground();
    let Follower {
        layers,
        mut problems,
        mut stamps,
        workspace,
        ..
    } = follower;
    let top = layers.last().and_then(|layer| layer.lens_file.as_ref());
    let named = top.and_then(|top| Some((top, top.file.baseline.clone()?)));
    let baseline_path = named.as_ref().map(|(_, name)| super::absolute(&folder.join(name)));
    let mut baseline = None;
    if let (Some((top, name)), Some(path)) = (&named, &baseline_path) {
        stamps.push((path.clone(), stamp(path)));
        let outside = !path.starts_with(&workspace) && !path.starts_with(&folder);
        let read = match outside {
            true => Err("lies outside the workspace".to_owned()),
            false => Baseline::read(path),
        };
        match read {
            Ok(read) => baseline = Some(Arc::new(read)),
            Err(why) => problems.push(top.problem("baseline", name, format!("the baseline `{name}`: {why}"))),
        }
    }
    let (loaded, problems) = match assemble(layers, problems) {
        Ok(mut loaded) => {
            let problems = std::mem::take(&mut loaded.problems);
            (Some(loaded), problems)
        }
        Err(problems) => (None, problems),
    };
    InForce {
        path: file.to_owned(),
        folder,
        loaded,
        baseline,
        baseline_path,
        problems,
        stamps,
    }
}

struct Follower<'a> {
    base: &'a Base,
    overlay: &'a HashMap<PathBuf, String>,
    /// The folder that nothing extended may lie outside of.
    workspace: PathBuf,
    layers: Vec<Layer>,
    problems: Vec<Problem>,
    stamps: Vec<(PathBuf, Stamp)>,
    /// What is a layer already; the built-in lens by its name.
    seen: HashSet<PathBuf>,
    /// The files that are being followed.
    stack: Vec<PathBuf>,
}

impl Follower<'_> {
    fn text(&self, path: &Path) -> Result<String, String> {
        self.overlay.get(path).cloned().map_or_else(|| read(path), Ok)
    }

    /// Follows a lens file, then makes a layer of it.
    fn file(&mut self, path: &Path) {
        self.stamps.push((path.to_owned(), stamp(path)));
        let text = match self.text(path) {
            Ok(text) => text,
            Err(why) => return self.problems.push(Problem::whole(&shown(path), why)),
        };
        let file = parse(&shown(path), text.into());
        self.extended(path, &file);
        self.layers.push(Layer {
            name: shown(path),
            lens_file: Some(file),
            ..Layer::default()
        });
    }

    fn extended(&mut self, path: &Path, file: &LensFile) {
        let folder = path.parent().unwrap_or(Path::new(""));
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.stack.push(real);
        for name in file.file.extends.iter().flat_map(|extends| extends.list()) {
            if let Err(why) = self.follow(folder, name) {
                self.problems.push(file.problem("extends", name, why));
            }
        }
        self.stack.pop();
    }

    /// The built-in lens lies beneath all others, unless one of them has the tables of a language itself.
    fn ground(&mut self) {
        let has_language = |layer: &Layer| layer.files.iter().any(|file| file.inside == LANGUAGE);
        if !self.layers.iter().any(has_language) {
            self.layers.insert(0, self.builtin());
        }
    }

    fn builtin(&self) -> Layer {
        Layer {
            name: self.base.folder().map_or_else(|| BUILTIN.to_owned(), shown),
            files: self.base.files(),
            trained: self.base.trained(),
            compiled: Some(self.base.lens().clone()),
            lens_file: None,
        }
    }

    /// Makes a layer of what a name or path in `extends` stands for.
    fn follow(&mut self, folder: &Path, name: &str) -> Result<(), String> {
        let path = folder.join(name);
        if name == BUILTIN {
            if self.seen.insert(PathBuf::from(BUILTIN)) {
                self.layers.push(self.builtin());
            }
            return Ok(());
        }
        let Ok(real) = path.canonicalize() else {
            return Err(match name.contains(['/', '\\', '.']) {
                true => format!("`{name}`: no such file or folder"),
                false => format!(
                    "no lens is called `{name}`{}; a path begins with `./`",
                    nearest(name, [BUILTIN])
                ),
            });
        };
        if !real.starts_with(&self.workspace) {
            return Err(format!(
                "`{name}` lies outside the workspace, {}",
                shown(&self.workspace)
            ));
        }
        let lens_file = if real.is_dir() { real.join(NAME) } else { real.clone() };
        if let Some(at) = self.stack.iter().position(|held| *held == lens_file) {
            let circle = self.stack.iter().skip(at).chain([&lens_file]).map(|path| shown(path));
            return Err(format!(
                "`{name}` extends itself: {}",
                circle.collect::<Vec<_>>().join(" → ")
            ));
        }
        if self.layers.len() > MOST || self.stack.len() > MOST {
            return Err(format!("more than {MOST} lenses"));
        }
        if !self.seen.insert(real.clone()) {
            return Ok(());
        }
        if real.is_dir() {
            return self.folder(&real);
        }
        self.file(&real);
        Ok(())
    }

    /// Makes a layer of a folder, after what its own lens file extends.
    fn folder(&mut self, folder: &Path) -> Result<(), String> {
        let lens_file = folder.join(NAME);
        let files = files(folder, self.overlay, &mut self.problems);
        for file in &files {
            let path = folder.join(&file.inside);
            let now = stamp(&path);
            self.stamps.push((path, now));
        }
        let trained = trained(folder, &mut self.problems);
        let model = folder.join(LIKENESS);
        let now = stamp(&model);
        self.stamps.push((model, now));
        self.stamps.push((folder.to_owned(), stamp(folder)));
        if files.is_empty() && !lens_file.is_file() {
            let name = shown(folder);
            return Err(format!(
                "`{name}` holds no lens: neither {NAME} nor folders like engines/ or rules/ with *.toml"
            ));
        }
        let own = lens_file.is_file().then(|| self.text(&lens_file));
        let lens_file = match own {
            Some(Ok(text)) => {
                self.stamps.push((lens_file.clone(), stamp(&lens_file)));
                let file = parse(&shown(&lens_file), text.into());
                self.extended(&lens_file, &file);
                Some(file)
            }
            Some(Err(why)) => {
                self.problems.push(Problem::whole(&shown(&lens_file), why));
                None
            }
            None => None,
        };
        self.layers.push(Layer {
            name: shown(folder),
            files,
            trained,
            lens_file,
            compiled: None,
        });
        Ok(())
    }
}
