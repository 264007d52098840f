//! The phrases of the lens in each sentence of a record, found once for everything that asks.

use std::sync::Arc;

use crate::lens::phrase::Match;
use crate::lens::{Cue, Lens, TriggerKind};
use crate::record::{Record, Sentence};

/// For each sentence, its matches.
pub struct Cues(Vec<Arc<[Match<Cue>]>>);

impl Cues {
    pub fn find(record: &Record, lens: &Lens) -> Cues {
        let of = |sentence: &Sentence| find(record, lens, sentence);
        Cues(record.sentences.iter().map(of).collect())
    }

    /// The same, taking over what an `earlier` reading found in the sentences that are `known` from it.
    pub fn find_again(record: &Record, lens: &Lens, earlier: &Cues, known: &[Option<usize>]) -> Cues {
        let of = |(sentence, known): (&Sentence, &Option<usize>)| {
            let known = known.and_then(|known| earlier.0.get(known));
            known.cloned().unwrap_or_else(|| find(record, lens, sentence))
        };
        Cues(record.sentences.iter().zip(known).map(of).collect())
    }

    pub fn of(&self, sentence: usize) -> &[Match<Cue>] {
        self.0.get(sentence).map_or(&[], |hits| hits)
    }

    /// Whether a sentence has a trigger of a kind.
    pub fn has(&self, sentence: usize, kind: TriggerKind) -> bool {
        self.of(sentence)
            .iter()
            .any(|hit| matches!(hit.payload, Cue::Trigger { kind: found, .. } if found == kind))
    }
}

fn find(record: &Record, lens: &Lens, sentence: &Sentence) -> Arc<[Match<Cue>]> {
    lens.language.cues.find(record.sentence_words(sentence)).into()
}
