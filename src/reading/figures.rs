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
    let mut found = Vec::new();
    for (number, sentence) in record.sentences.iter().enumerate() {
        let words = record.sentence_words(sentence);
        let engines: Vec<_> = words
            .iter()
            .filter(|word| word.mention.is_some())
            .map(|word| word.span.start - sentence.span.start..word.span.end - sentence.span.start)
            .collect();
        let read = lens.quantities.read(sentence.span.of(text), place(sentence), &engines);
        found.extend(read.into_iter().map(|quantity| {
            let start = sentence.span.start;
            let span = Span::new(start + quantity.span.start, start + quantity.span.end);
            Measured {
                quantity,
                span,
                sentence: number,
            }
        }));
    }
    found
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
