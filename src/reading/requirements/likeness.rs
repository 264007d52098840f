//! What the trained models of the lens make of a sentence: needs that no cue found, and cues whose words mean something else.

use super::{Place, Says, Stated};
use crate::lens::likeness::Like;
use crate::lens::schema::Likeness as Bounds;
use crate::lens::{CueKind, SignalId, TriggerKind};
use crate::reading::assertion::Assertion;
use crate::reading::{By, Polarity};

/// A sentence of fewer words is like too many others.
const SHORTEST: usize = 4;
/// So many words are told as the reason.
const REASONS: usize = 3;

impl Stated<'_> {
    /// What the sentence is like, where it may state a need. Without a cue there is nothing to doubt, and where nothing may be proposed
    /// either, nobody asks.
    pub(super) fn like(&self, no_cue: bool) -> Option<Like<'_>> {
        let lens = self.lens.likeness.as_ref()?;
        let asked = self.place.may_state_unsaid() || self.place == Place::Free && !no_cue;
        asked.then(|| lens.model.of(self.text))
    }

    /// Whether a sentence with a cue is so unlike the examples of its signal that the words mean something else.
    pub(super) fn doubts(&self, like: Option<&Like<'_>>, signal: SignalId, kind: CueKind, polarity: Polarity) -> bool {
        self.is_below(like, signal, polarity, |bounds| match kind {
            CueKind::Weak => bounds.doubt_weak,
            _ => bounds.doubt,
        })
    }

    /// Whether a sentence with a cue is too unlike the examples of its signal to be held against a choice.
    pub(super) fn hesitates(&self, like: Option<&Like<'_>>, signal: SignalId, polarity: Polarity) -> bool {
        self.is_below(like, signal, polarity, |bounds| bounds.hesitate)
    }

    fn is_below(
        &self,
        like: Option<&Like<'_>>,
        signal: SignalId,
        polarity: Polarity,
        bound: impl Fn(&Bounds) -> f32,
    ) -> bool {
        let Some((lens, like)) = self.lens.likeness.as_ref().zip(like) else {
            return false;
        };
        // "RBAC", among the drivers: too little to doubt, and enough to ask for it.
        if self.place == Place::Driver && self.record.sentence_words(self.sentence).len() < SHORTEST {
            return false;
        }
        lens.class(signal).is_some_and(|class| {
            let likely = match polarity {
                Polarity::Required => like.requires(class),
                Polarity::NotRequired => like.denies(class),
            };
            likely < bound(&lens.bounds)
        })
    }

    /// How sure the model must be of the signal. The more sentences a record has, the more often one of them is like an example by chance.
    #[allow(clippy::cast_precision_loss)] // no record has so many sentences
    fn sure(&self) -> f32 {
        let propose = self.lens.likeness.as_ref().map_or(1.0, |lens| lens.bounds.propose);
        1.0 - (1.0 - propose) / (self.asked.max(1) as f32).sqrt()
    }

    /// What a sentence states that no cue found. Never firm: it is a guess that can be shown, not one to warn about.
    pub(super) fn by_likeness(&self, like: &Like<'_>, assertion: &Assertion) -> Option<(SignalId, Says)> {
        let lens = self.lens.likeness.as_ref()?;
        let (class, _) = like.topic().filter(|(_, topic)| *topic >= self.sure())?;
        let signal = lens.signal(class)?;
        let polarity = match lens.bounds.state {
            bound if like.required() >= bound => Polarity::Required,
            bound if like.not_required() >= bound => Polarity::NotRequired,
            _ => return None,
        };
        let words = self.record.sentence_words(self.sentence);
        let (start, end) = (0, words.len());
        if end < SHORTEST {
            return None;
        }
        let stands = |kind| assertion.stands(kind, start, end);
        if stands(TriggerKind::Historical) || stands(TriggerKind::Hypothetical) || stands(TriggerKind::Elsewhere) {
            return None;
        }
        let reason = self.is_reason(assertion, start, end) || stands(TriggerKind::Reason);
        let states = match self.place {
            Place::Driver | Place::Need => {
                !self.is_praise(end) || stands(TriggerKind::Must) || stands(TriggerKind::Should)
            }
            Place::Decision => reason,
            _ => false,
        };
        states.then(|| {
            let says = Says {
                polarity,
                strength: self.strength(assertion, start, end, polarity),
                start,
                end,
                firm: false,
                by: By::Likeness(lens.model.reasons(self.text, class, REASONS)),
            };
            (signal, says)
        })
    }
}
