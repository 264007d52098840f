//! Files → readings and findings, on all cores, in the order of their paths.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use rayon::prelude::*;

use super::configuration::Configurations;
use super::discover::{File, Found};
use super::draft::{Draft, draft};
use super::{Reach, index, shown};
use crate::lens::Lens;
use crate::portfolio::{Card, Index};
use crate::reading::Reading;
use crate::review::{Finding, among};
use crate::syntax::Language;
use crate::text::{Source, decode};

/// What became of a file.
pub enum Outcome<T> {
    Done(T),
    PassedOver { path: PathBuf, why: String },
    Unreadable { path: PathBuf, why: String },
}

/// A record that was read.
pub struct Read {
    pub path: PathBuf,
    pub source: Source,
    pub reading: Reading,
    /// The lens in force for it.
    pub lens: Lens,
    /// Something a user should know about the file though it was read.
    pub note: Option<String>,
}

/// A record that was reviewed.
pub struct Checked {
    pub path: PathBuf,
    pub source: Source,
    pub language: Language,
    pub findings: Vec<Finding>,
    /// The lens in force for it.
    pub lens: Lens,
    pub note: Option<String>,
}

/// A record that was reviewed, with everything that was read in it.
pub struct Reviewed {
    pub read: Read,
    pub findings: Vec<Finding>,
}

/// Tells records that cannot have a finding by their bytes: most records name no data store.
pub struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each pattern that counts only with its capitals: its bytes.
    exact: Vec<Option<String>>,
}

/// Comments of ours are answered even in a record that names no store.
const OWN_MARK: &str = "adr-lens";

impl Prefilter {
    pub fn new(lens: &Lens) -> Self {
        let mut patterns = vec![OWN_MARK.to_owned()];
        let mut exact = vec![None];
        for (words, cased) in lens.names.written() {
            // Words of a name stand apart by a blank, a hyphen, or the end of a line.
            let separators: &[&str] = if words.len() > 1 {
                &[" ", "-", "\n", "\r\n"]
            } else {
                &[""]
            };
            for between in separators {
                let pattern = words.join(between);
                exact.push(cased.then(|| pattern.clone()));
                patterns.push(pattern);
            }
        }
        for subject in &lens.language.subject_words {
            exact.push(None);
            patterns.push(subject.clone());
        }
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .build(patterns)
            .ok();
        Prefilter { automaton, exact }
    }

    /// Lets everything through.
    pub fn open() -> Self {
        Prefilter {
            automaton: None,
            exact: Vec::new(),
        }
    }

    /// Whether the text may name an engine, or the subject of a design rule.
    pub fn lets_through(&self, text: &str) -> bool {
        let Some(automaton) = &self.automaton else { return true };
        let bytes = text.as_bytes();
        automaton.find_overlapping_iter(text).any(|hit| {
            let letter = |at: Option<usize>| {
                at.and_then(|at| bytes.get(at))
                    .is_some_and(|byte| byte.is_ascii_alphabetic())
            };
            let apart = !letter(hit.start().checked_sub(1)) && !letter(Some(hit.end()));
            let written = self.exact.get(hit.pattern().as_usize()).and_then(Option::as_ref);
            apart && written.is_none_or(|form| text.get(hit.range()) == Some(form))
        })
    }
}

/// One prefilter for all records that are held against the same knowledge.
#[derive(Default)]
pub struct Prefilters(RwLock<Vec<(Lens, Arc<Prefilter>)>>);

/// Fewer records than this are reviewed without a prefilter: to make one costs as much as to review a few records.
const FEW: usize = 20;

impl Prefilters {
    /// The one for so many records of a lens.
    pub fn for_some(&self, lens: &Lens, records: usize) -> Arc<Prefilter> {
        match records < FEW {
            true => Arc::new(Prefilter::open()),
            false => self.of(lens),
        }
    }

    /// The one for a lens.
    pub fn of(&self, lens: &Lens) -> Arc<Prefilter> {
        let held = |list: &[(Lens, Arc<Prefilter>)]| {
            let found = list.iter().find(|(other, _)| other.knows_what(lens));
            found.map(|(_, prefilter)| prefilter.clone())
        };
        if let Some(prefilter) = held(&self.0.read().unwrap_or_else(PoisonError::into_inner)) {
            return prefilter;
        }
        let mut list = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(prefilter) = held(&list) {
            return prefilter;
        }
        let prefilter = Arc::new(Prefilter::new(lens));
        list.push((lens.clone(), prefilter.clone()));
        prefilter
    }
}

/// Reads every record, each with its lens. `tick` is called once a file, from any thread.
pub fn read_all(found: Found, lens_for: impl Fn(&Path) -> Lens + Sync, tick: impl Fn() + Sync) -> Vec<Outcome<Read>> {
    let Found { files, reach, .. } = found;
    each(files, tick, |path, language| {
        let (source, note) = load(&path, &reach)?;
        let lens = lens_for(&path);
        let reading = Reading::of(&source.text, language, &lens);
        Ok(Read {
            lens,
            path,
            source,
            reading,
            note,
        })
    })
}

/// Reviews every record as of a date, each with the lens in force for it and among the records of its folder: those that were not asked
/// about are read as well, and say nothing themselves.
pub fn check_all(
    found: Found,
    lenses: &Configurations,
    as_of: jiff::civil::Date,
    tick: impl Fn() + Sync,
) -> Vec<Outcome<Checked>> {
    let prefilters = Prefilters::default();
    let Found { files, walked, reach } = found;
    let count = files.len();
    let drafts = each(files, tick, |path, language| {
        let (source, note) = load(&path, &reach)?;
        let lens = lenses.lens_for(&path);
        let shown = shown(&path);
        let prefilter = prefilters.for_some(&lens, count);
        let Draft { findings, card } = draft(&index::key(&path), &shown, source, language, &lens, &prefilter, as_of);
        Ok(Drafted {
            lens,
            path,
            findings,
            card: Arc::new(card),
            note,
        })
    });
    let shelves = Shelves::new(&drafts, &walked, &prefilters, &reach);
    let finish = |drafted: Drafted| Checked {
        findings: among(
            &drafted.card,
            shelves.of(&drafted.lens),
            &drafted.lens,
            drafted.findings,
        ),
        source: drafted.card.source.clone(),
        language: drafted.card.language,
        path: drafted.path,
        lens: drafted.lens,
        note: drafted.note,
    };
    drafts.into_par_iter().map(|outcome| outcome.map(finish)).collect()
}

/// One index for all records that are held against the same knowledge. A neighbour under another lens is read by the lens of the record
/// that it stands beside, so that both are spoken of in the same terms.
struct Shelves(Vec<(Lens, Index)>);

impl Shelves {
    fn new(drafts: &[Outcome<Drafted>], walked: &[PathBuf], prefilters: &Prefilters, reach: &Reach) -> Shelves {
        let mut groups: Vec<(Lens, Vec<Arc<Card>>)> = Vec::new();
        for outcome in drafts {
            let Outcome::Done(drafted) = outcome else { continue };
            match groups.iter_mut().find(|(lens, _)| lens.knows_what(&drafted.lens)) {
                Some((_, cards)) => cards.push(drafted.card.clone()),
                None => groups.push((drafted.lens.clone(), vec![drafted.card.clone()])),
            }
        }
        // Among several groups none has everything of a folder.
        let walked = if groups.len() > 1 { &[] } else { walked };
        let index = |(lens, cards): (Lens, Vec<Arc<Card>>)| {
            let index = index::around(cards, walked, &lens, prefilters, reach);
            (lens, index)
        };
        Shelves(groups.into_iter().map(index).collect())
    }

    fn of(&self, lens: &Lens) -> &Index {
        static NONE: LazyLock<Index> = LazyLock::new(Index::default);
        let found = self.0.iter().find(|(other, _)| other.knows_what(lens));
        found.map_or(&*NONE, |(_, index)| index)
    }
}

/// The same with the whole reading of every record, also of those in which nothing could be found.
pub fn review_all(
    found: Found,
    lenses: &Configurations,
    as_of: jiff::civil::Date,
    tick: impl Fn() + Sync,
) -> Vec<Outcome<Reviewed>> {
    let whole = |checked: Checked| Reviewed {
        findings: checked.findings,
        read: Read {
            reading: Reading::of(&checked.source.text, checked.language, &checked.lens),
            lens: checked.lens,
            path: checked.path,
            source: checked.source,
            note: checked.note,
        },
    };
    let outcomes = check_all(found, lenses, as_of, tick).into_par_iter();
    outcomes.map(|outcome| outcome.map(whole)).collect()
}

/// A record that was reviewed by itself.
struct Drafted {
    path: PathBuf,
    lens: Lens,
    findings: Vec<Finding>,
    card: Arc<Card>,
    note: Option<String>,
}

impl<T> Outcome<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Outcome::Done(done) => Outcome::Done(change(done)),
            Outcome::PassedOver { path, why } => Outcome::PassedOver { path, why },
            Outcome::Unreadable { path, why } => Outcome::Unreadable { path, why },
        }
    }
}

fn each<T: Send>(
    files: Vec<File>,
    tick: impl Fn() + Sync,
    work: impl Fn(PathBuf, Language) -> Result<T, (PathBuf, String)> + Sync,
) -> Vec<Outcome<T>> {
    files
        .into_par_iter()
        .map(|file| {
            let outcome = match file {
                File::Record { path, language } => match work(path, language) {
                    Ok(done) => Outcome::Done(done),
                    Err((path, why)) => Outcome::Unreadable { path, why },
                },
                File::PassedOver { path, why } => Outcome::PassedOver { path, why },
                File::Unreadable { path, why } => Outcome::Unreadable { path, why },
            };
            tick();
            outcome
        })
        .collect()
}

pub(super) fn load(path: &Path, reach: &Reach) -> Result<(Source, Option<String>), (PathBuf, String)> {
    let bytes = reach.read(path).map_err(|error| (path.to_owned(), error.to_string()))?;
    let decoded = decode(bytes).map_err(|error| (path.to_owned(), error.to_string()))?;
    let note = decoded
        .replaced_at
        .map(|at| format!("not valid UTF-8 at byte {at}; read with such bytes as `?`"));
    Ok((Source::new(decoded.text), note))
}
