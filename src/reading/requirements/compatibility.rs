//! Which engine a need of compatibility is about: the one that the sentence names, or the one spoken of before it.

use super::{Place, Stated};
use crate::lens::phrase::{Match, Word};
use crate::lens::{Cue, EngineId, SignalId};

impl Stated<'_> {
    /// "The driver must not be touched", behind a sentence on Cassandra, is no need of MongoDB's interface.
    pub(super) fn is_about_another(&self, signal: SignalId, hit: &Match<Cue>) -> bool {
        !self.lens.signal(signal).of.is_empty()
            && self.engine_of(signal).is_none()
            && (!hit.engines.is_empty() || self.spoken_of().is_some())
    }

    /// The engine that a need of compatibility is about: one of the sentence, or else the one spoken of last where the workload is
    /// described. "Query code and driver must not be touched" is about what was named before.
    pub(super) fn engine_of(&self, signal: SignalId) -> Option<EngineId> {
        if self.lens.signal(signal).of.is_empty() {
            return None;
        }
        let about = |engine: &EngineId| self.lens.concerns(signal, *engine) == Some(true);
        let words = self.record.sentence_words(self.sentence);
        // "The MySQL dialect" is no mention of the engine, and names what is asked for.
        let named = |word: &Word| self.named(word).or_else(|| self.lens.names.alone(&word.text));
        let mut here = words.iter().filter_map(named).peekable();
        if here.peek().is_some() {
            return here.find(about);
        }
        self.spoken_of().filter(about)
    }

    fn named(&self, word: &Word) -> Option<EngineId> {
        Some(self.record.mentions.get(word.mention?)?.engine)
    }

    /// The engine that the last sentence before this one names where needs are described, of those that a need of compatibility can be
    /// about; none when that sentence names several.
    fn spoken_of(&self) -> Option<EngineId> {
        let described = |place: Place| matches!(place, Place::Need | Place::Free | Place::Driver);
        let before = self.record.sentences.iter().zip(self.places).take(self.number);
        let described = before.rev().filter(|&(_, &place)| described(place));
        let last = described.map(|(sentence, _)| sentence).find_map(|sentence| {
            let named: Vec<EngineId> = self
                .record
                .sentence_words(sentence)
                .iter()
                .filter_map(|word| self.named(word))
                .filter(|&engine| self.can_be_asked_for(engine))
                .collect();
            (!named.is_empty()).then_some(named)
        })?;
        let (&first, others) = last.split_first()?;
        let alike = |&other: &EngineId| self.lens.understands(first, other) || self.lens.understands(other, first);
        others.iter().all(alike).then_some(first)
    }

    fn can_be_asked_for(&self, engine: EngineId) -> bool {
        let mut signals = self.lens.signal_ids();
        signals.any(|signal| self.lens.concerns(signal, engine) == Some(true))
    }
}
