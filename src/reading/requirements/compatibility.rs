//! Which engine a need of compatibility is about: the one that the sentence names, or the one spoken of before it.

use std::collections::BTreeMap;

use super::{Place, Stated};
use crate::lens::phrase::{Match, Word};
use crate::lens::{Cue, EngineId, Lens, SignalId};
use crate::record::Record;

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
        let mut here = self.engines_here().peekable();
        if here.peek().is_some() {
            return here.find(about);
        }
        self.spoken_of().filter(about)
    }

    /// Whether a need of compatibility is told by words that name no engine: whoever reads the sentence alone cannot know which is meant.
    pub(super) fn leans_on_what_was_said(&self, signal: SignalId) -> bool {
        !self.lens.signal(signal).of.is_empty() && self.engines_here().next().is_none()
    }

    /// The engines that the sentence names.
    fn engines_here(&self) -> impl Iterator<Item = EngineId> {
        let words = self.record.sentence_words(self.sentence);
        // "The MySQL dialect" and "PL/SQL" are no mention of an engine, and name what is asked for.
        let named = move |(at, word): (usize, &Word)| {
            let names = &self.lens.names;
            let dialect = || names.dialect_at(words, at).or_else(|| names.alone(&word.text));
            self.named(word).or_else(dialect)
        };
        words.iter().enumerate().filter_map(named)
    }

    fn named(&self, word: &Word) -> Option<EngineId> {
        Some(self.record.mentions.get(word.mention?)?.engine)
    }

    /// The engine spoken of last before this sentence.
    fn spoken_of(&self) -> Option<EngineId> {
        let before = self.spoken.partition_point(|(sentence, _)| *sentence < self.number);
        self.spoken.get(before.checked_sub(1)?)?.1
    }
}

/// Each sentence that names, where needs are described, engines that a need of compatibility can be about, with the one that it speaks
/// of; none when it names several.
pub(super) fn spoken(record: &Record, places: &[Place], lens: &Lens) -> Vec<(usize, Option<EngineId>)> {
    let mut known: BTreeMap<EngineId, bool> = BTreeMap::new();
    let mut can_be_asked_for = |engine: EngineId| {
        *known.entry(engine).or_insert_with(|| {
            let mut signals = lens.signal_ids();
            signals.any(|signal| lens.concerns(signal, engine) == Some(true))
        })
    };
    let alike = |one: EngineId, other: EngineId| lens.understands(one, other) || lens.understands(other, one);
    let mut spoken: Vec<(usize, Option<EngineId>)> = Vec::new();
    let mut first = None;
    for mention in &record.mentions {
        let place = places.get(mention.sentence);
        let described = matches!(place, Some(Place::Need | Place::Free | Place::Driver));
        if !described || !can_be_asked_for(mention.engine) {
            continue;
        }
        match spoken.last_mut().filter(|(sentence, _)| *sentence == mention.sentence) {
            Some((_, told)) => *told = told.filter(|_| first.is_some_and(|first| alike(first, mention.engine))),
            None => {
                first = Some(mention.engine);
                spoken.push((mention.sentence, first));
            }
        }
    }
    spoken
}
