//! Why a call was not answered: sentences that the assistant can act on.

use super::desk::listed;

#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// What lies outside is told from what is not there by nobody.
    #[error("{path}: no such file or folder in {}", listed(roots))]
    NoSuchPath { path: String, roots: Vec<String> },
    #[error("give either `path` or `text`")]
    PathOrText,
    #[error("`{field}` is longer than {most} {unit}")]
    TooLong {
        field: &'static str,
        most: usize,
        unit: &'static str,
    },
    #[error("`{field}` takes {least} to {most} entries")]
    TooMany {
        field: &'static str,
        least: usize,
        most: usize,
    },
    #[error("no engine, rule, need or family is called `{name}`{hint}")]
    Unknown { name: String, hint: String },
    #[error("two of these names mean the same: {names}")]
    SameTwice { names: String },
    #[error("no engine of vendor `{vendor}` in the lens; there are {known}")]
    UnknownVendor { vendor: String, known: String },
    #[error("{place}: {why}")]
    Argument { place: String, why: String },
    /// Said by the room that did the work.
    #[error("{0}")]
    Said(String),
}

/// Words of the assistant as they are quoted back: cut where they grow long.
pub(super) fn quoted(words: &str) -> String {
    const QUOTE: usize = 120;
    match words.char_indices().nth(QUOTE) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words.to_owned(),
    }
}
