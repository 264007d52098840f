//! Signal cues in places that state needs, with what the sentence says of them → requirements.

use std::collections::BTreeMap;

use super::assertion::Assertion;
use super::{Cues, Polarity, Requirement, Strength};
use crate::lens::phrase::Match;
use crate::lens::{Cue, CueKind, Lens, SectionRole, SignalId, TriggerKind};
use crate::record::{Record, Sentence};
use crate::syntax::BlockKind;

/// What a place lets a sentence state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A statement about the workload.
    Need,
    /// An entry of a list of drivers or requirements: naming it is asking for it.
    Driver,
    /// The decision: what is stated here is a reason or a plan.
    Decision,
    /// Only what is expressly not needed, or would be nice.
    Consequence,
    Silent,
}

pub(super) fn read(record: &Record, cues: &Cues, lens: &Lens) -> Vec<Requirement> {
    let _ = lens;
    let title = record.title.as_ref().and_then(|title| title.block);
    let mut found = Vec::new();
    for (number, sentence) in record.sentences.iter().enumerate() {
        if Some(sentence.block) == title {
            continue;
        }
        let place = place_of(record, sentence);
        if place != Place::Silent {
            let context = Stated {
                record,
                cues,
                number,
                sentence,
                place,
            };
            context.read(&mut found);
        }
    }
    found
}

fn place_of(record: &Record, sentence: &Sentence) -> Place {
    let block = record.outline.blocks.get(sentence.block);
    if block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. })) {
        return Place::Silent;
    }
    match sentence.role {
        SectionRole::Context | SectionRole::Free => Place::Need,
        SectionRole::Drivers | SectionRole::Requirements => Place::Driver,
        SectionRole::Decision => Place::Decision,
        SectionRole::Consequences | SectionRole::ConsequencesBad | SectionRole::ConsequencesGood => Place::Consequence,
        _ => Place::Silent,
    }
}

/// One sentence in its place.
struct Stated<'a> {
    record: &'a Record,
    cues: &'a Cues,
    number: usize,
    sentence: &'a Sentence,
    place: Place,
}

/// What a sentence says of one signal.
#[derive(Clone, Copy)]
struct Says {
    polarity: Polarity,
    strength: Strength,
    start: usize,
    end: usize,
    cue: u32,
}

impl Stated<'_> {
    fn read(&self, found: &mut Vec<Requirement>) {
        let hits = self.cues.of(self.number);
        let signals: Vec<(&Match<Cue>, SignalId, CueKind)> = hits
            .iter()
            .filter_map(|hit| match hit.payload {
                Cue::Signal { signal, kind } => Some((hit, signal, kind)),
                _ => None,
            })
            .collect();
        if signals.is_empty() {
            return;
        }
        let words = self.record.sentence_words(self.sentence);
        let assertion = Assertion::new(words, hits);
        let mut best: BTreeMap<(SignalId, Polarity), Says> = BTreeMap::new();
        for &(hit, signal, kind) in &signals {
            if kind == CueKind::NotCue || overshadowed(hit, signal, kind, &signals) {
                continue;
            }
            if let Some(says) = self.says(hit, kind, &assertion) {
                best.entry((signal, says.polarity)).or_insert(says);
            }
        }
        for ((signal, polarity), says) in best {
            // A sentence that both asks and denies is taken at its denial: "no joins, they are done in the application".
            let (first, last) = assertion.clause(says.start, says.end);
            let covered = words.get(first..last).unwrap_or_default();
            let span = covered
                .first()
                .zip(covered.last())
                .map_or(self.sentence.span, |(a, b)| a.span.join(b.span));
            found.push(Requirement {
                signal,
                polarity,
                strength: says.strength,
                workload: None,
                span,
                sentence: self.number,
                cue: says.cue,
            });
        }
    }

    fn says(&self, hit: &Match<Cue>, kind: CueKind, assertion: &Assertion) -> Option<Says> {
        let (start, end) = (hit.start, hit.end);
        let governs = |trigger| assertion.governs(trigger, start, end);
        if governs(TriggerKind::Historical) || governs(TriggerKind::Hypothetical) || governs(TriggerKind::Elsewhere) {
            return None;
        }
        let may = assertion.stands(TriggerKind::May, start, end);
        let should = assertion.stands(TriggerKind::Should, start, end);
        let must = assertion.stands(TriggerKind::Must, start, end);
        let reason = self.is_reason(assertion, start, end);
        let negated = governs(TriggerKind::Negated);
        let denied = governs(TriggerKind::Bare);
        let asks = may || should || must;
        let polarity = match kind {
            CueKind::Denial if negated || denied => return None,
            CueKind::Denial => Polarity::NotRequired,
            _ if negated => Polarity::NotRequired,
            _ if denied && self.place == Place::Driver => Polarity::NotRequired,
            _ if denied => return None,
            _ => Polarity::Required,
        };
        if polarity == Polarity::Required {
            let states = match self.place {
                Place::Driver => true,
                Place::Need => kind != CueKind::Weak || asks,
                Place::Decision => reason || (kind != CueKind::Weak || must || should),
                Place::Consequence => may && kind != CueKind::Weak,
                Place::Silent => false,
            };
            if !states || self.is_praise(start, asks, reason) {
                return None;
            }
        }
        let strength = if may {
            Strength::May
        } else if should {
            Strength::Should
        } else if must || polarity == Polarity::NotRequired {
            Strength::Must
        } else if self.place == Place::Decision && reason {
            Strength::Should
        } else {
            Strength::Must
        };
        Some(Says {
            polarity,
            strength,
            start,
            end,
            cue: hit.phrase,
        })
    }

    /// Whether the words give a reason for the decision, by their own sentence or as an entry of a list of reasons.
    fn is_reason(&self, assertion: &Assertion, start: usize, end: usize) -> bool {
        if self.place != Place::Decision {
            return false;
        }
        assertion.governs(TriggerKind::Reason, start, end)
            || assertion.has(TriggerKind::Reason)
            || self.listed_as_reason()
    }

    fn listed_as_reason(&self) -> bool {
        let Some(BlockKind::Item { intro: Some(intro), .. }) =
            self.record.outline.blocks.get(self.sentence.block).map(|b| b.kind)
        else {
            return false;
        };
        self.record
            .sentences_in(intro)
            .any(|sentence| self.cues.has(sentence, TriggerKind::Reason))
    }

    /// "MongoDB scales well": an engine is the subject, nothing is asked for, and no choice is being explained.
    fn is_praise(&self, start: usize, asks: bool, reason: bool) -> bool {
        let words = self.record.sentence_words(self.sentence);
        let subject = words.iter().take(start).any(|word| word.mention.is_some());
        subject && !asks && !reason
    }
}

/// Whether another cue takes the words: a phrase in which the cue means something else, or a longer cue of another signal over a
/// weak one.
fn overshadowed(hit: &Match<Cue>, signal: SignalId, kind: CueKind, all: &[(&Match<Cue>, SignalId, CueKind)]) -> bool {
    all.iter().any(|&(other, other_signal, other_kind)| {
        let overlaps = other.start < hit.end && hit.start < other.end;
        let longer = other.end - other.start > hit.end - hit.start;
        overlaps
            && ((other_kind == CueKind::NotCue && other_signal == signal)
                || (kind == CueKind::Weak && other_signal != signal && other_kind == CueKind::Cue && longer)
                || (kind != CueKind::Denial && other_kind == CueKind::Denial && other_signal == signal && longer))
    })
}
