//! Signal cues in places that state needs, with what the sentence says of them → requirements.

mod compatibility;
mod likeness;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use place::Place;

use super::assertion::Assertion;
use super::{By, Cues, Measured, Polarity, Requirement, Strength};
use crate::lens::likeness::Like;
use crate::lens::phrase::{Break, Match};
use crate::lens::{Cue, CueKind, EngineId, Lens, SignalId, TriggerKind};
use crate::quantity::When;
use crate::record::{Record, Sentence};
use crate::syntax::BlockKind;

pub(super) fn read(text: &str, record: &Record, cues: &Cues, quantities: &[Measured], lens: &Lens) -> Vec<Requirement> {
    let title = record.title.as_ref().and_then(|title| title.block);
    let places: Vec<Place> = record
        .sentences
        .iter()
        .map(|sentence| Place::of(record, cues, sentence))
        .collect();
    let trials = trials(record, cues);
    let spoken = compatibility::spoken(record, &places, lens);
    let asked = places.iter().filter(|place| place.may_state_unsaid()).count();
    let mut found = Vec::new();
    for ((number, sentence), &place) in record.sentences.iter().enumerate().zip(&places) {
        if Some(sentence.block) == title {
            continue;
        }
        if place != Place::Silent {
            let from = quantities.partition_point(|measured| measured.sentence < number);
            let to = quantities.partition_point(|measured| measured.sentence <= number);
            let measured = quantities.get(from..to).unwrap_or_default();
            Stated {
                source: text,
                record,
                cues,
                number,
                sentence,
                place,
                trials: &trials,
                spoken: &spoken,
                asked,
                measured,
                lens,
            }
            .read(&mut found);
        }
    }
    found
}

/// For each block, its first sentence that tells of a trial of an engine.
fn trials(record: &Record, cues: &Cues) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    for (number, sentence) in record.sentences.iter().enumerate() {
        let tries = cues.of(number).iter().any(|hit| hit.payload == Cue::Test);
        if tries
            && record
                .sentence_words(sentence)
                .iter()
                .any(|word| word.mention.is_some())
        {
            found.entry(sentence.block).or_insert(number);
        }
    }
    found
}

/// One sentence in its place.
struct Stated<'a> {
    source: &'a str,
    record: &'a Record,
    cues: &'a Cues,
    number: usize,
    sentence: &'a Sentence,
    place: Place,
    /// The first sentence of a block that tells of a trial.
    trials: &'a BTreeMap<usize, usize>,
    /// The sentences that speak of an engine that a need of compatibility can be about.
    spoken: &'a [(usize, Option<EngineId>)],
    /// How many sentences of the record stand where one without a cue may state a need.
    asked: usize,
    measured: &'a [Measured],
    lens: &'a Lens,
}

/// What a sentence says of one signal.
#[derive(Clone)]
struct Says {
    polarity: Polarity,
    strength: Strength,
    start: usize,
    end: usize,
    firm: bool,
    by: By,
}

impl Stated<'_> {
    fn read(&self, found: &mut Vec<Requirement>) {
        let hits = self.cues.of(self.number);
        let mut signals: Vec<(&Match<Cue>, SignalId, CueKind)> = Vec::new();
        for hit in hits {
            match hit.payload {
                Cue::Signal { signal, kind } => signals.push((hit, signal, kind)),
                // "The queries must not be touched": compatibility with the engine spoken of.
                Cue::Unchanged => {
                    let of = self
                        .lens
                        .signal_ids()
                        .filter(|&signal| self.engine_of(signal).is_some());
                    signals.extend(of.map(|signal| (hit, signal, CueKind::Cue)));
                }
                _ => {}
            }
        }
        let like = self.like(signals.is_empty() && self.measured.is_empty());
        if signals.is_empty() && self.measured.is_empty() && like.is_none() {
            return;
        }
        let words = self.record.sentence_words(self.sentence);
        let assertion = Assertion::new(words, hits);
        let mut best: BTreeMap<(SignalId, Polarity), Says> = BTreeMap::new();
        for &(hit, signal, kind) in &signals {
            let about_another = self.is_about_another(signal, hit);
            if kind == CueKind::NotCue || about_another || overshadowed(hit, signal, kind, &signals) {
                continue;
            }
            let says = self.says(hit, signal, kind, &assertion, like.as_ref());
            if let Some(mut says) = says.filter(|says| !self.doubts(like.as_ref(), signal, kind, says.polarity)) {
                // "The system of record: no change may be lost": two phrases are surer than the model.
                let seconded = signals.iter().any(|&(other, spoken_of, other_kind)| {
                    let apart = other.end <= hit.start || hit.end <= other.start;
                    spoken_of == signal && other_kind == CueKind::Cue && apart
                });
                says.firm &= seconded || !self.hesitates(like.as_ref(), signal, says.polarity);
                let held = best.entry((signal, says.polarity)).or_insert_with(|| says.clone());
                if says.firm && !held.firm {
                    *held = says;
                }
            }
        }
        self.by_figures(&assertion, like.as_ref(), &mut best);
        if let Some(like) = like {
            let said: BTreeSet<SignalId> = best.keys().map(|(signal, _)| *signal).collect();
            best.extend(self.by_likeness(&like, &assertion, |signal| said.contains(&signal)));
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
                engine: self.engine_of(signal),
                firm: says.firm,
                by: says.by,
                quantity: self.figure_of(signal).map(|measured| measured.quantity.clone()),
            });
        }
    }

    fn says(
        &self,
        hit: &Match<Cue>,
        signal: SignalId,
        kind: CueKind,
        assertion: &Assertion,
        like: Option<&Like>,
    ) -> Option<Says> {
        let (start, end) = (hit.start, hit.end);
        let governs = |trigger| assertion.governs(trigger, start, end);
        let reason = self.is_reason(assertion, start, end);
        // "It was selected for its joins": a decision is told in the past, its reasons hold.
        let past = governs(TriggerKind::Historical);
        let not_ours = past && !reason || governs(TriggerKind::Hypothetical) || governs(TriggerKind::Elsewhere);
        if not_ours && self.place != Place::Denied {
            return None;
        }
        let negated = governs(TriggerKind::Negated);
        let denied = governs(TriggerKind::Bare);
        // Somebody asks for just this: the verb stands where it can have these words for its object.
        let points = |trigger| assertion.points_at(trigger, start, end);
        let asked = points(TriggerKind::Must) || points(TriggerKind::Should);
        let polarity = match kind {
            _ if self.place == Place::Denied => Polarity::NotRequired,
            CueKind::Denial if negated || denied => return None,
            CueKind::Denial => Polarity::NotRequired,
            _ if negated => Polarity::NotRequired,
            _ if denied && self.place == Place::Driver => Polarity::NotRequired,
            _ if denied => return None,
            _ => Polarity::Required,
        };
        let praised = self.is_praise(start);
        if polarity == Polarity::Required {
            let weak = kind == CueKind::Weak;
            let states = match self.place {
                Place::Driver => true,
                Place::Need => !weak || asked,
                Place::Free | Place::Aside => !weak,
                Place::Decision => reason || !weak,
                Place::Denied | Place::Consequence | Place::Silent => false,
            };
            // Where it is decided, praise of an engine is why.
            let praised = governs(TriggerKind::Praise) || praised && self.place != Place::Decision;
            if !states || praised && !asked && !reason {
                return None;
            }
        }
        let strength = self.strength(assertion, start, end, polarity);
        let listed = self.place == Place::Driver || reason && self.is_item();
        let firm = !self.is_vague(signal)
            && !past
            && self.place != Place::Aside
            && (kind != CueKind::Weak || listed || self.vouches(like, signal, polarity));
        // "4. PostgreSQL is highly scalable": a reason that praises tells what is had, not what is asked for.
        let boasts = praised && !asked && (kind == CueKind::Weak || !reason);
        let firm = firm && !boasts && !self.names_a_topic() && !self.follows_a_trial();
        Some(Says {
            polarity,
            strength,
            start,
            end,
            firm,
            by: By::Cue(hit.phrase),
        })
    }

    /// The targets of the sentence whose figures state a need.
    fn by_figures(&self, assertion: &Assertion, like: Option<&Like>, best: &mut BTreeMap<(SignalId, Polarity), Says>) {
        if matches!(self.place, Place::Consequence | Place::Denied) {
            return;
        }
        let words = self.record.sentence_words(self.sentence);
        for measured in self
            .measured
            .iter()
            .filter(|measured| measured.quantity.when == When::Target)
        {
            let first = words.iter().position(|word| word.span.overlaps(measured.span));
            let last = words.iter().rposition(|word| word.span.overlaps(measured.span));
            let (Some(start), Some(end)) = (first, last.map(|last| last + 1)) else {
                continue;
            };
            let governs = |kind| assertion.governs(kind, start, end);
            if governs(TriggerKind::Elsewhere) || governs(TriggerKind::Historical) || governs(TriggerKind::Hypothetical)
            {
                continue;
            }
            let negated = governs(TriggerKind::Negated);
            if governs(TriggerKind::Bare) && !negated {
                continue;
            }
            let polarity = if negated {
                Polarity::NotRequired
            } else {
                Polarity::Required
            };
            for figure in
                self.lens.figures.iter().filter(|figure| {
                    figure.holds(&measured.quantity) && !self.doubts_figure(like, figure.signal, polarity)
                })
            {
                let strength = self.strength(assertion, start, end, polarity);
                let says = Says {
                    polarity,
                    strength,
                    start,
                    end,
                    firm: self.place != Place::Aside && !self.follows_a_trial(),
                    by: By::Figure,
                };
                best.entry((figure.signal, polarity)).or_insert(says);
            }
        }
    }

    /// The target of the sentence that states this signal.
    fn figure_of(&self, signal: SignalId) -> Option<&Measured> {
        self.measured
            .iter()
            .filter(|measured| measured.quantity.when == When::Target)
            .find(|measured| {
                let mut of_signal = self.lens.figures.iter().filter(|figure| figure.signal == signal);
                of_signal.any(|figure| figure.holds(&measured.quantity))
            })
    }

    /// "The driver must not be touched" asks for compatibility, but with what?
    fn is_vague(&self, signal: SignalId) -> bool {
        !self.lens.signal(signal).of.is_empty() && self.engine_of(signal).is_none()
    }

    fn strength(&self, assertion: &Assertion, start: usize, end: usize, polarity: Polarity) -> Strength {
        let stands = |kind| assertion.stands(kind, start, end);
        if stands(TriggerKind::May) {
            Strength::May
        } else if stands(TriggerKind::Should) {
            Strength::Should
        } else if stands(TriggerKind::Must) || polarity == Polarity::NotRequired {
            Strength::Must
        } else if self.is_reason(assertion, start, end) {
            Strength::Should
        } else {
            Strength::Must
        }
    }

    /// Whether the words give a reason for the decision, by their own sentence or as an entry of a list of reasons.
    fn is_reason(&self, assertion: &Assertion, start: usize, end: usize) -> bool {
        if self.place != Place::Decision {
            return false;
        }
        assertion.governs(TriggerKind::Reason, start, end) || self.listed_as_reason() || self.headed_as_reason()
    }

    /// Under "Rationale", "Why X", whatever subheading stands between.
    fn headed_as_reason(&self) -> bool {
        let title = self.record.title.as_ref().and_then(|title| title.block);
        let headings = self.record.headings_of(self.sentence.block);
        let mut within = headings.take_while(|&heading| Some(heading) != title);
        within.any(|heading| {
            self.record
                .sentences_in(heading)
                .any(|sentence| self.cues.has(sentence, TriggerKind::Reason))
        })
    }

    /// "**Scale.** 31 million invoices in total": what is asked for stands behind the label.
    fn names_a_topic(&self) -> bool {
        let words = self.record.sentence_words(self.sentence);
        let goes_on = self.record.sentences_in(self.sentence.block).end > self.number + 1;
        goes_on && words.iter().all(|word| word.strong)
    }

    /// "We did a spike with MongoDB. It worked. The overview needed a lookup": what a trial needed, in its paragraph.
    fn follows_a_trial(&self) -> bool {
        let trial = self.trials.get(&self.sentence.block);
        trial.is_some_and(|&trial| trial < self.number)
    }

    fn is_item(&self) -> bool {
        let block = self.record.outline.blocks.get(self.sentence.block);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Item { .. }))
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

    /// "MongoDB scales well": an engine stands in front of the words, with nothing between that would begin something else.
    fn is_praise(&self, start: usize) -> bool {
        let words = self.record.sentence_words(self.sentence);
        let breaks = |at: &usize| words.get(*at).is_none_or(|word| word.before > Break::None);
        let from = (0..=start).rev().find(breaks).unwrap_or(0);
        let mut in_front = words.get(from..start).unwrap_or_default().iter();
        in_front.any(|word| word.mention.is_some())
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
