//! The phrases of the lens in each sentence of a record, found once for everything that asks.

use crate::lens::phrase::Match;
use crate::lens::{Cue, Lens, TriggerKind};
use crate::record::{Record, Sentence};

/// For each sentence, its matches.
pub struct Cues(Vec<Vec<Match<Cue>>>);

impl Cues {
    pub fn find(record: &Record, lens: &Lens) -> Cues {
        let of = |sentence: &Sentence| lens.language.cues.find(record.sentence_words(sentence));
        Cues(record.sentences.iter().map(of).collect())
    }

    /// The same, taking over those of the sentences that an earlier reading has as well.
    pub fn find_again(record: &Record, lens: &Lens, earlier: &Cues, kept: usize) -> Cues {
        let known = earlier.0.iter().take(kept).cloned();
        let rest = record.sentences.get(kept..).unwrap_or_default();
        let of = |sentence: &Sentence| lens.language.cues.find(record.sentence_words(sentence));
        Cues(known.chain(rest.iter().map(of)).collect())
    }

    pub fn of(&self, sentence: usize) -> &[Match<Cue>] {
        self.0.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Whether a sentence has a trigger of a kind.
    pub fn has(&self, sentence: usize, kind: TriggerKind) -> bool {
        self.of(sentence)
            .iter()
            .any(|hit| matches!(hit.payload, Cue::Trigger { kind: found, .. } if found == kind))
    }
}
