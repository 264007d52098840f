//! Files → readings and findings, on all cores, in the order of their paths.

use std::path::{Path, PathBuf};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use rayon::prelude::*;

use super::discover::File;
use crate::lens::Lens;
use crate::reading::Reading;
use crate::review::{Finding, review};
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
    pub findings: Vec<Finding>,
    pub note: Option<String>,
}

/// Tells records that cannot have a finding by their bytes: four records in five name no data store.
pub struct Prefilter(Option<AhoCorasick>);

/// Comments of ours are answered even in a record that names no store.
const OWN_MARK: &str = "adr-lens";

impl Prefilter {
    pub fn new(lens: &Lens) -> Self {
        // Words of a name stand apart by a blank, a hyphen, or the end of a line.
        let names = lens
            .names
            .written()
            .flat_map(|words| [" ", "-", "\n", "\r\n"].map(|between| words.join(between)));
        let patterns = names.chain([OWN_MARK.to_owned()]);
        Prefilter(
            AhoCorasickBuilder::new()
                .ascii_case_insensitive(true)
                .build(patterns)
                .ok(),
        )
    }

    /// Whether the text may name an engine.
    pub fn lets_through(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|automaton| automaton.is_match(text))
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

/// Reviews every record as of a date.
pub fn check_all(
    files: Vec<File>,
    lens: &Lens,
    as_of: jiff::civil::Date,
    tick: impl Fn() + Sync,
) -> Vec<Outcome<Checked>> {
    let prefilter = Prefilter::new(lens);
    each(files, tick, |path, language| {
        let (source, note) = load(&path)?;
        let findings = if prefilter.lets_through(&source.text) {
            review(&source.text, &Reading::of(&source.text, language, lens), lens, as_of)
        } else {
            Vec::new()
        };
        Ok(Checked {
            path,
            source,
            findings,
            note,
        })
    })
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

fn load(path: &Path) -> Result<(Source, Option<String>), (PathBuf, String)> {
    let bytes = std::fs::read(path).map_err(|error| (path.to_owned(), error.to_string()))?;
    let decoded = decode(bytes).map_err(|error| (path.to_owned(), error.to_string()))?;
    let note = decoded
        .replaced_at
        .map(|at| format!("not valid UTF-8 at byte {at}; read with such bytes as `?`"));
    Ok((Source::new(decoded.text), note))
}
