//! A lens → the pages of a book about it: one for each rule and each engine, one for all needs, and their table of contents. What
//! `adr-lens explain` prints is such a page. The records on the pages of the choice rules are tried by the reviewer before they are
//! shown; those on the others come from the lens, and a test tries them.

mod choice;
mod contents;
mod engine;
mod example;
mod rule;
mod signal;
mod writer;

pub use contents::{GENERATED, Page, pages};

use jiff::civil::Date;

use crate::lens::Lens;
use writer::{Links, Writer};

/// The page of a rule, an engine or a need, as it is read outside the book; nothing when the lens knows none of that name. A name of an
/// engine serves as well as its id. Without a date no records are tried, and the page of a choice rule shows none.
pub fn page(name: &str, lens: &Lens, as_of: Option<Date>) -> Option<String> {
    let out = Writer::new(lens, Links::None);
    if let Some(found) = lens.rule(name) {
        return Some(rule::page(found, out));
    }
    if let Some(found) = choice::rule(name, lens) {
        return Some(choice::page(name, &found, as_of, out));
    }
    if let Some(id) = lens.signal_by_id(name) {
        return Some(signal::page(id, out));
    }
    let by_name = || {
        lens.engine_ids()
            .find(|&id| lens.engine(id).name.eq_ignore_ascii_case(name))
    };
    let id = lens.engine_by_id(name).or_else(by_name)?;
    Some(engine::page(id, out))
}

/// Every name that [`page`] knows by its id.
pub fn names(lens: &Lens) -> Vec<String> {
    let rules = lens.rules.iter().map(|rule| rule.id.clone());
    let signals = lens.signals.iter().map(|signal| signal.id.clone());
    let engines = lens.engines.iter().map(|engine| engine.id.clone());
    rules
        .chain(choice::rules(lens).into_keys())
        .chain(signals)
        .chain(engines)
        .collect()
}

/// Every rule that can report: its id, how loud it is by itself, and one sentence.
pub fn rules(lens: &Lens) -> Vec<(String, crate::lens::Severity, String)> {
    let written = lens
        .rules
        .iter()
        .map(|rule| (rule.id.clone(), rule.severity, rule.title.clone()));
    let of_choice = choice::rules(lens)
        .into_iter()
        .map(|(id, found)| (id, found.severity, found.because.to_owned()));
    let mut rules: Vec<_> = written.chain(of_choice).collect();
    rules.sort();
    rules
}
