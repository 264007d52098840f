//! The measured statements of a record, sentence by sentence.

use crate::lens::{Lens, SectionRole};
use crate::quantity::{Place, Quantity};
use crate::record::{Record, Sentence};
use crate::text::Span;

/// A measured statement where it stands.
#[derive(Debug, Clone)]
pub struct Measured {
    pub quantity: Quantity,
    pub span: Span,
    pub sentence: usize,
}

pub(super) fn read(text: &str, record: &Record, lens: &Lens) -> Vec<Measured> {
    let all = record.sentences.iter().enumerate();
    all.flat_map(|(number, sentence)| of_sentence(text, record, lens, number, sentence))
        .collect()
}

/// The same, taking over what was `measured` in the first `kept` sentences of an earlier reading, where they stand in the same place.
pub(super) fn read_again(
    text: &str,
    record: &Record,
    lens: &Lens,
    earlier: &Record,
    measured: &[Measured],
    kept: usize,
) -> Vec<Measured> {
    let mut found = Vec::new();
    for (number, sentence) in record.sentences.iter().enumerate() {
        let known = earlier.sentences.get(number).filter(|_| number < kept);
        if known.is_some_and(|known| place(known) == place(sentence)) {
            let from = measured.partition_point(|known| known.sentence < number);
            let to = measured.partition_point(|known| known.sentence <= number);
            found.extend_from_slice(measured.get(from..to).unwrap_or_default());
        } else {
            found.extend(of_sentence(text, record, lens, number, sentence));
        }
    }
    found
}

fn of_sentence(text: &str, record: &Record, lens: &Lens, number: usize, sentence: &Sentence) -> Vec<Measured> {
    let start = sentence.span.start;
    let words = record.sentence_words(sentence);
    let engines: Vec<_> = words
        .iter()
        .filter(|word| word.mention.is_some())
        .map(|word| word.span.start - start..word.span.end - start)
        .collect();
    let read = lens.quantities.read(sentence.span.of(text), place(sentence), &engines);
    let placed = read.into_iter().map(|quantity| Measured {
        span: Span::new(start + quantity.span.start, start + quantity.span.end),
        quantity,
        sentence: number,
    });
    placed.collect()
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
