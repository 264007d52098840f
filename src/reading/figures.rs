//! The measured statements of a record, sentence by sentence.

use rayon::prelude::*;

use super::Earlier;
use crate::lens::{Lens, SectionRole};
use crate::quantity::{Place, Quantity};
use crate::record::{Record, Sentence};
use crate::text::Span;

/// Fewer sentences than this are read sooner than handed to another processor.
const FEWEST_AT_ONCE: usize = 16;

/// A measured statement where it stands.
#[derive(Debug, Clone)]
pub struct Measured {
    pub quantity: Quantity,
    pub span: Span,
    pub sentence: usize,
}

pub(super) fn read(text: &str, record: &Record, lens: &Lens) -> Vec<Measured> {
    // Half of the time that a text takes to read is spent here, and each sentence stands for itself.
    let sentences = record.sentences.par_iter().with_min_len(FEWEST_AT_ONCE);
    let quantities: Vec<Vec<Quantity>> = sentences
        .map(|sentence| of_sentence(text, record, lens, sentence))
        .collect();
    let mut found = Vec::new();
    for ((number, sentence), quantities) in record.sentences.iter().enumerate().zip(quantities) {
        put(quantities, number, sentence, &mut found);
    }
    found
}

/// The same, taking over what an `earlier` reading found in the sentences that are `known` from it and have the same place in the record.
pub(super) fn read_again(
    text: &str,
    record: &Record,
    lens: &Lens,
    earlier: &Earlier<'_>,
    known: &[Option<usize>],
) -> Vec<Measured> {
    let mut found = Vec::new();
    for ((number, sentence), known) in record.sentences.iter().enumerate().zip(known) {
        let was = known.filter(|&was| earlier.record.sentences.get(was).map(place) == Some(place(sentence)));
        let quantities = match was {
            Some(was) => earlier.quantities_of(was).map(|known| known.quantity.clone()).collect(),
            None => of_sentence(text, record, lens, sentence),
        };
        put(quantities, number, sentence, &mut found);
    }
    found
}

fn of_sentence(text: &str, record: &Record, lens: &Lens, sentence: &Sentence) -> Vec<Quantity> {
    let start = sentence.span.start;
    let words = record.sentence_words(sentence);
    let engines: Vec<_> = words
        .iter()
        .filter(|word| word.mention.is_some())
        .map(|word| word.span.start - start..word.span.end - start)
        .collect();
    lens.quantities.read(sentence.span.of(text), place(sentence), &engines)
}

/// Quantities know the bytes of their sentence; here they get those of the file.
fn put(quantities: Vec<Quantity>, number: usize, sentence: &Sentence, found: &mut Vec<Measured>) {
    let start = sentence.span.start;
    found.extend(quantities.into_iter().map(|quantity| Measured {
        span: Span::new(start + quantity.span.start, start + quantity.span.end),
        quantity,
        sentence: number,
    }));
}

fn place(sentence: &Sentence) -> Place {
    match sentence.role {
        SectionRole::Context | SectionRole::Drivers | SectionRole::Requirements | SectionRole::Free => Place::Need,
        SectionRole::Decision => Place::Decision,
        SectionRole::Options | SectionRole::Pros | SectionRole::Cons => Place::Option,
        SectionRole::Consequences | SectionRole::ConsequencesGood | SectionRole::ConsequencesBad => Place::Consequence,
        _ => Place::Other,
    }
}
