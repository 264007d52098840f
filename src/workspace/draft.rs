//! One text → what is found in it by itself, and its card for the records around it.

use super::Prefilter;
use crate::lens::Lens;
use crate::portfolio::path::stem;
use crate::portfolio::{Card, file_number};
use crate::reading::{Choice, Reading};
use crate::record::Record;
use crate::review::{Finding, own, own_form};
use crate::syntax::Language;
use crate::text::Source;

/// A record before its neighbours are known.
pub struct Draft {
    /// Without what the neighbours say, and with nothing silenced yet.
    pub findings: Vec<Finding>,
    pub card: Card,
}

/// Reads and reviews a text no further than it matters: one that names no store is read for its form alone. `path` is in the form of
/// [`super::index::key`].
pub fn draft(
    path: &str,
    shown: &str,
    source: Source,
    language: Language,
    lens: &Lens,
    prefilter: &Prefilter,
    as_of: jiff::civil::Date,
) -> Draft {
    let text = source.text.clone();
    let card = |record: &Record, choices: &[Choice]| Card::of(path, shown, source, record, choices, lens);
    if !prefilter.lets_through(&text) {
        let record = Record::form(&text, language, lens);
        return Draft {
            findings: own_form(&record, lens),
            card: card(&record, &[]),
        };
    }
    match Reading::of_decision(&text, language, lens) {
        Ok(reading) => Draft {
            findings: own(&text, &reading, lens, as_of),
            card: card(&reading.record, &reading.choices),
        },
        Err(record) => Draft {
            findings: own_form(&record, lens),
            card: card(&record, &[]),
        },
    }
}

/// The card of a text of which nothing is to be reported. A page beside the records decides nothing, and is read for its form alone.
pub fn card(path: &str, shown: &str, source: Source, language: Language, lens: &Lens, prefilter: &Prefilter) -> Card {
    let text = source.text.clone();
    let of = |record: &Record, choices: &[Choice]| Card::of(path, shown, source.clone(), record, choices, lens);
    let form = || of(&Record::form(&text, language, lens), &[]);
    if !prefilter.lets_through(&text) {
        return form();
    }
    // What a number in its name does not call a record, its form may.
    if file_number(stem(path)).is_none() {
        let card = form();
        if !card.is_record {
            return card;
        }
    }
    match Reading::choices_of(&text, language, lens) {
        Ok((record, choices)) => of(&record, &choices),
        Err(record) => of(&record, &[]),
    }
}
