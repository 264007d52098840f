//! Files → readings and findings, on all cores, in the order of their paths.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use rayon::prelude::*;

use super::discover::{File, Found};
use super::draft::{Draft, draft};
use super::{index, shown};
use crate::lens::Lens;
use crate::portfolio::Card;
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
    /// Something a user should know about the file though it was read.
    pub note: Option<String>,
}

/// A record that was reviewed.
pub struct Checked {
    pub path: PathBuf,
    pub source: Source,
    pub language: Language,
    pub findings: Vec<Finding>,
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

/// Reads every record. `tick` is called once a file, from any thread.
pub fn read_all(files: Vec<File>, lens: &Lens, tick: impl Fn() + Sync) -> Vec<Outcome<Read>> {
    each(files, tick, |path, language| {
        let (source, note) = load(&path)?;
        let reading = Reading::of(&source.text, language, lens);
        Ok(Read {
            path,
            source,
            reading,
            note,
        })
    })
}

/// Reviews every record as of a date, each among the records of its folder: those that were not asked about are read as well, and say
/// nothing themselves.
pub fn check_all(found: Found, lens: &Lens, as_of: jiff::civil::Date, tick: impl Fn() + Sync) -> Vec<Outcome<Checked>> {
    let prefilter = Prefilter::new(lens);
    let Found { files, walked } = found;
    let drafts = each(files, tick, |path, language| {
        let (source, note) = load(&path)?;
        let shown = shown(&path);
        let Draft { findings, card } = draft(&index::key(&path), &shown, source, language, lens, &prefilter, as_of);
        Ok(Drafted {
            path,
            findings,
            card: Arc::new(card),
            note,
        })
    });
    let cards = drafts.iter().filter_map(|outcome| match outcome {
        Outcome::Done(drafted) => Some(drafted.card.clone()),
        _ => None,
    });
    let index = index::around(cards.collect(), &walked, lens, &prefilter);
    let finish = |drafted: Drafted| Checked {
        findings: among(&drafted.card, &index, lens, drafted.findings),
        source: drafted.card.source.clone(),
        language: drafted.card.language,
        path: drafted.path,
        note: drafted.note,
    };
    drafts.into_par_iter().map(|outcome| outcome.map(finish)).collect()
}

/// The same with the whole reading of every record, also of those in which nothing could be found.
pub fn review_all(
    found: Found,
    lens: &Lens,
    as_of: jiff::civil::Date,
    tick: impl Fn() + Sync,
) -> Vec<Outcome<Reviewed>> {
    let whole = |checked: Checked| Reviewed {
        findings: checked.findings,
        read: Read {
            reading: Reading::of(&checked.source.text, checked.language, lens),
            path: checked.path,
            source: checked.source,
            note: checked.note,
        },
    };
    let outcomes = check_all(found, lens, as_of, tick).into_par_iter();
    outcomes.map(|outcome| outcome.map(whole)).collect()
}

/// A record that was reviewed by itself.
struct Drafted {
    path: PathBuf,
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

pub(super) fn load(path: &Path) -> Result<(Source, Option<String>), (PathBuf, String)> {
    let bytes = std::fs::read(path).map_err(|error| (path.to_owned(), error.to_string()))?;
    let decoded = decode(bytes).map_err(|error| (path.to_owned(), error.to_string()))?;
    let note = decoded
        .replaced_at
        .map(|at| format!("not valid UTF-8 at byte {at}; read with such bytes as `?`"));
    Ok((Source::new(decoded.text), note))
}
