//! Where a record names a cost itself: the need spoken of as a loss under the consequences, or in a sentence that accepts.

use std::collections::{BTreeMap, BTreeSet};

use crate::lens::{Cue, CueKind, EngineId, SectionRole, SignalId};
use crate::reading::Reading;
use crate::text::Span;

pub(super) struct Acknowledgements {
    of_needs: BTreeMap<SignalId, Vec<Span>>,
    /// Where the decision or its consequences speak of an engine and add that this is known.
    of_engines: BTreeMap<EngineId, Span>,
}

impl Acknowledgements {
    pub fn find(reading: &Reading) -> Self {
        let mut found: BTreeMap<SignalId, Vec<Span>> = BTreeMap::new();
        let mut of_engines: BTreeMap<EngineId, Span> = BTreeMap::new();
        let mut blocks = BTreeSet::new();
        for (number, sentence) in reading.record.sentences.iter().enumerate() {
            let hits = reading.cues.of(number);
            let has = |wanted: Cue| hits.iter().any(|hit| hit.payload == wanted);
            let costs = match sentence.role {
                SectionRole::ConsequencesBad => true,
                SectionRole::Consequences => has(Cue::Cost) || has(Cue::Accepts),
                SectionRole::Decision | SectionRole::Free | SectionRole::ConsequencesGood => has(Cue::Accepts),
                _ => false,
            };
            let decides = matches!(
                sentence.role,
                SectionRole::Decision | SectionRole::Consequences | SectionRole::ConsequencesBad
            );
            if decides && has(Cue::Knowingly) && blocks.insert(sentence.block) {
                let mentions = reading.record.mentions_in(sentence.block).iter();
                of_engines.extend(mentions.map(|mention| (mention.engine, sentence.span)));
            }
            if !costs {
                continue;
            }
            for hit in hits {
                if let Cue::Signal { signal, kind } = hit.payload
                    && kind != CueKind::NotCue
                {
                    found.entry(signal).or_default().push(sentence.span);
                }
            }
        }
        Acknowledgements {
            of_needs: found,
            of_engines,
        }
    }

    /// The words that accept the cost of an engine not meeting a need, other than those that state the need.
    pub fn of(&self, engine: EngineId, signal: SignalId, needs: &[Span]) -> Option<Span> {
        let places = self.of_needs.get(&signal).into_iter().flatten();
        let mut places = places.chain(self.of_engines.get(&engine)).copied();
        places.find(|place| !needs.iter().any(|need| need.overlaps(*place)))
    }
}
