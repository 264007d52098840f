//! Where a record names a cost itself: the need spoken of as a loss under the consequences, or in a sentence that accepts.

use std::collections::BTreeMap;

use crate::lens::{Cue, CueKind, SectionRole, SignalId};
use crate::reading::Reading;
use crate::text::Span;

pub(super) struct Acknowledgements(BTreeMap<SignalId, Vec<Span>>);

impl Acknowledgements {
    pub fn find(reading: &Reading) -> Self {
        let mut found: BTreeMap<SignalId, Vec<Span>> = BTreeMap::new();
        for (number, sentence) in reading.record.sentences.iter().enumerate() {
            let hits = reading.cues.of(number);
            let has = |wanted: Cue| hits.iter().any(|hit| hit.payload == wanted);
            let costs = match sentence.role {
                SectionRole::ConsequencesBad => true,
                SectionRole::Consequences => has(Cue::Cost) || has(Cue::Accepts),
                SectionRole::Decision | SectionRole::Free | SectionRole::ConsequencesGood => has(Cue::Accepts),
                _ => false,
            };
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
        Acknowledgements(found)
    }

    /// The words that accept the cost of not meeting a need, other than those that state the need.
    pub fn of(&self, signal: SignalId, needs: &[Span]) -> Option<Span> {
        let places = self.0.get(&signal)?;
        places
            .iter()
            .copied()
            .find(|place| !needs.iter().any(|need| need.overlaps(*place)))
    }
}
