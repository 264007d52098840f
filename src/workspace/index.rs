//! Files → the index of the records around them.
//!
//! A record's neighbours are the documents of its own folder, and those it says something of by a link; nothing else is read. So the
//! same record has the same findings whether it is checked alone, with its folder, or in an editor.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::batch::load;
use super::discover::{File, folder_files};
use super::{Prefilter, Prefilters, Reach, draft};
use crate::lens::Lens;
use crate::portfolio::{Card, Index, missing, path, related};
use crate::syntax::Language;

/// A path as cards know each other by it: absolute where the working directory is known, in its shortest form.
pub fn key(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path::normal(&absolute.to_string_lossy())
}

/// The index of some records and of those around them, as far as they are within reach. Of `walked` folders everything is known.
pub fn around(
    mut cards: Vec<Arc<Card>>,
    walked: &[PathBuf],
    lens: &Lens,
    prefilters: &Prefilters,
    reach: &Reach,
) -> Index {
    let walked: Vec<String> = walked.iter().map(|folder| key(folder)).collect();
    let is_walked = |home: &str| {
        let inside = |root: &String| {
            home.strip_prefix(root.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        walked.iter().any(|root| root == "/" || inside(root))
    };
    let mut known: HashSet<String> = cards.iter().map(|card| card.path.to_string()).collect();
    let homes: BTreeSet<PathBuf> = cards
        .iter()
        .filter(|card| card.is_record && !is_walked(&card.home))
        .map(|card| shown_home(card, lens))
        .collect();
    let beside: Vec<(PathBuf, Language)> = homes
        .iter()
        .flat_map(|home| records_of(home, lens))
        .filter(|(path, _)| known.insert(key(path)))
        .collect();
    cards.extend(read(beside, lens, prefilters, reach));
    // What a record says something of, in other folders.
    let wanted = related(&cards);
    let absent = missing(&cards);
    let exist: HashSet<String> = absent
        .into_par_iter()
        .filter(|to| reach.has_file(Path::new(to)))
        .collect();
    let linked = wanted
        .into_iter()
        .filter(|to| exist.contains(to))
        .filter_map(|to| language(Path::new(&to)).map(|language| (PathBuf::from(to), language)));
    cards.extend(read(linked.collect(), lens, prefilters, reach));
    Index::new(cards, exist)
}

/// The index of a record that lies where nothing can be looked at. What it links to may be there: nobody knows.
pub fn alone(card: Arc<Card>) -> Index {
    let cards = vec![card];
    let linked = missing(&cards);
    Index::new(cards, linked.into_iter().collect())
}

/// The folder of a record as a report names it.
fn shown_home(card: &Card, lens: &Lens) -> PathBuf {
    let home = path::home(&card.shown, lens);
    PathBuf::from(if home.is_empty() { "." } else { home })
}

/// The documents of a folder, and of those below it that are named after a status.
pub fn records_of(home: &Path, lens: &Lens) -> Vec<(PathBuf, Language)> {
    let named = |path: &Path| {
        path.file_name()
            .is_some_and(|name| path::names_a_status(&name.to_string_lossy(), lens))
    };
    let files = folder_files(home, &named);
    files
        .into_iter()
        .filter_map(|file| match file {
            File::Record { path, language } => Some((path, language)),
            _ => None,
        })
        .collect()
}

fn read(files: Vec<(PathBuf, Language)>, lens: &Lens, prefilters: &Prefilters, reach: &Reach) -> Vec<Arc<Card>> {
    let prefilter = prefilters.for_some(lens, files.len());
    files
        .into_par_iter()
        .filter_map(|(file, language)| read_card(&file, language, lens, &prefilter, reach))
        .collect()
}

/// The card of a file; nothing when it cannot be read.
pub fn read_card(
    file: &Path,
    language: Language,
    lens: &Lens,
    prefilter: &Prefilter,
    reach: &Reach,
) -> Option<Arc<Card>> {
    let (source, _) = load(file, reach).ok()?;
    let shown = super::shown(file);
    Some(Arc::new(draft::card(
        &key(file),
        &shown,
        source,
        language,
        lens,
        prefilter,
    )))
}

fn language(path: &Path) -> Option<Language> {
    Language::of_extension(path.extension()?.to_str()?)
}
