//! The cards of the records around the open ones. A file is read once, and again when it changed on the disk; what an editor has open
//! is taken from there. Looked through again when a file was saved, opened, closed or watched to change, and never for a key stroke.
//!
//! Cards speak in the terms of the lens they were read by. A record's neighbours are read by the record's own lens, whatever is in force
//! for them, so what was read for another one does not count.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use crate::lens::Lens;
use crate::portfolio::{Card, Index, path, related};
use crate::syntax::Language;
use crate::text::Source;
use crate::workspace::{self, Configurations, Prefilter, Prefilters, Reach, around, card, read_card, records_of};

/// Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Shelf(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    /// Counts what may have changed the files.
    generation: u64,
    files: HashMap<PathBuf, (Stamp, Lens, Arc<Card>)>,
    homes: HashMap<String, Home>,
}

type Stamp = (Option<SystemTime>, u64);

/// The folder of one record, as it was looked through last.
#[derive(Clone)]
struct Home {
    generation: u64,
    lens: Lens,
    /// The open documents of the folder, with their versions, that the index was made with.
    open: Vec<(String, i32)>,
    index: Arc<Index>,
}

/// A document that is open in the editor.
#[derive(Clone)]
pub(super) struct Open {
    pub path: Arc<str>,
    pub version: i32,
    pub source: Source,
    pub language: Language,
    /// With the lens that it was read by.
    pub card: Arc<OnceLock<(Lens, Arc<Card>)>>,
}

impl Open {
    pub fn card(&self, lens: &Lens) -> Arc<Card> {
        let made = || {
            let (path, source) = (&self.path, self.source.clone());
            Arc::new(card(path, path, source, self.language, lens, &Prefilter::open()))
        };
        let (by, kept) = self.card.get_or_init(|| (lens.clone(), made()));
        match by.knows_what(lens) {
            true => kept.clone(),
            false => made(),
        }
    }
}

impl Shelf {
    /// Files may have changed.
    pub fn stir(&self) {
        self.held().generation += 1;
    }

    /// The lens is another one: what was read by the old one is forgotten.
    pub fn clear(&self) {
        let mut held = self.held();
        held.generation += 1;
        held.files.clear();
        held.homes.clear();
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts what may have changed the files.
    pub fn generation(&self) -> u64 {
        self.held().generation
    }

    /// The index of the folder of a record, with `others` as they are in the editor. The record itself may stand in it as it was.
    pub fn index(&self, own: &Arc<Card>, others: &[Open], lens: &Lens) -> Arc<Index> {
        self.kept(&own.path.clone(), own, others, lens)
    }

    /// The same for a record that is as its file is: one index serves all of them.
    pub fn shared(&self, own: &Arc<Card>, others: &[Open], lens: &Lens) -> Arc<Index> {
        self.kept(&own.home.clone(), own, others, lens)
    }

    fn kept(&self, key: &str, own: &Arc<Card>, others: &[Open], lens: &Lens) -> Arc<Index> {
        let mut open: Vec<(String, i32)> = others
            .iter()
            .map(|other| (other.path.to_string(), other.version))
            .collect();
        open.sort();
        let (generation, kept) = {
            let held = self.held();
            (held.generation, held.homes.get(key).cloned())
        };
        let known = |index: &Index| {
            let wanted = related(std::slice::from_ref(own));
            wanted
                .iter()
                .all(|path| index.at(path).is_some() || !Path::new(path).is_file())
        };
        if let Some(kept) = kept.filter(|kept| {
            kept.generation == generation && kept.lens.knows_what(lens) && kept.open == open && known(&kept.index)
        }) {
            return kept.index;
        }
        let mut cards: Vec<Arc<Card>> = vec![own.clone()];
        cards.extend(others.iter().map(|other| other.card(lens)));
        let taken: Vec<Arc<str>> = cards.iter().map(|card| card.path.clone()).collect();
        let files = records_of(Path::new(&*own.home), lens).into_iter();
        let files: Vec<_> = files
            .filter(|(path, _)| !taken.contains(&workspace::key(path).into()))
            .collect();
        cards.extend(self.read(files, lens));
        // Everything of the folder is known by now; what is linked elsewhere is read there.
        let walked = [PathBuf::from(&*own.home)];
        let index = Arc::new(around(cards, &walked, lens, &Prefilters::default(), &Reach::default()));
        let home = Home {
            generation,
            lens: lens.clone(),
            open,
            index: index.clone(),
        };
        self.held().homes.insert(key.to_owned(), home);
        index
    }

    /// The cards of files, each read again only when it changed.
    fn read(&self, files: Vec<(PathBuf, Language)>, lens: &Lens) -> Vec<Arc<Card>> {
        use rayon::prelude::*;
        let prefilters = Prefilters::default();
        let prefilter = prefilters.for_some(lens, files.len());
        let card = |(path, language): (PathBuf, Language)| {
            let metadata = std::fs::metadata(&path).ok()?;
            let stamp = (metadata.modified().ok(), metadata.len());
            let kept = self.held().files.get(&path).cloned();
            if let Some((_, _, card)) = kept.filter(|(then, by, _)| *then == stamp && by.knows_what(lens)) {
                return Some(card);
            }
            let card = read_card(&path, language, lens, &prefilter, &Reach::default())?;
            self.held().files.insert(path, (stamp, lens.clone(), card.clone()));
            Some(card)
        };
        files.into_par_iter().filter_map(card).collect()
    }
}

/// The records that can be asked about without a document: those around the open ones, and those around any file.
pub(super) struct Library {
    pub shelf: Shelf,
    pub open: Vec<Open>,
    pub lenses: Arc<Configurations>,
}

/// A record among those around it, in the terms of the lens in force for it.
pub(super) struct Shelved {
    pub card: Arc<Card>,
    pub index: Arc<Index>,
    pub lens: Lens,
}

impl Library {
    /// A file and the index of the records around it; nothing when it cannot be read.
    pub fn at(&self, path: &str) -> Option<Shelved> {
        let open = self.open.iter().find(|open| *open.path == *path);
        let lens = self.lenses.lens_for(Path::new(path));
        let card = match open {
            Some(open) => open.card(&lens),
            None => {
                let language = Language::of_extension(Path::new(path).extension()?.to_str()?)?;
                read_card(Path::new(path), language, &lens, &Prefilter::open(), &Reach::default())?
            }
        };
        let folder = path::folder(&card.path);
        let others = self
            .open
            .iter()
            .filter(|open| path::folder(&open.path) == folder && open.path != card.path);
        let others: Vec<Open> = others.cloned().collect();
        let index = self.shelf.index(&card, &others, &lens);
        Some(Shelved { card, index, lens })
    }

    /// One record of each folder in which a record is open.
    pub fn folders(&self) -> Vec<Shelved> {
        let mut homes: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        for open in &self.open {
            homes
                .entry(path::folder(&open.path).into())
                .or_insert(open.path.clone());
        }
        homes.values().filter_map(|path| self.at(path)).collect()
    }
}
