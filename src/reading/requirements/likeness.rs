//! What the trained model of the lens makes of a sentence: needs that no cue found, and cues whose words mean something else.

use super::{Place, Says, Stated};
use crate::lens::likeness::{Like, Need};
use crate::lens::phrase::Word;
use crate::lens::schema::Likeness as Bounds;
use crate::lens::{CueKind, Figure, SignalId, TriggerKind};
use crate::quantity::Quantity;
use crate::reading::assertion::Assertion;
use crate::reading::{By, Polarity};

/// A sentence of fewer words is like too many others.
const SHORTEST: usize = 4;
/// A sentence of fewer words that denies something denies nothing else: "eventual consistency is not needed".
const MORE_THAN_A_DENIAL: usize = 7;
/// So many words are told as the reason.
const REASONS: usize = 3;

impl Stated<'_> {
    /// What the sentence is like, where it may state a need. Where `nothing_said` by a cue or a figure could be doubted and nothing may be
    /// proposed either, nobody asks.
    pub(super) fn like(&self, nothing_said: bool) -> Option<Like> {
        let lens = self.lens.likeness.as_ref()?;
        let asked = self.place.may_state_unsaid() || self.place == Place::Free && !nothing_said;
        asked.then(|| lens.model.of(&self.prose()))
    }

    /// The words of the sentence as they are written, with the marks between them, without markup and where links lead: what the model
    /// of a lens is trained on.
    fn prose(&self) -> String {
        let words = self.record.sentence_words(self.sentence);
        let mut prose = String::new();
        let mut end = self.sentence.span.start;
        for (at, word) in words.iter().enumerate() {
            let shares = |other: Option<&Word>| other.is_some_and(|other| other.span.overlaps(word.span));
            // The words of code in back-ticks, and those beside an entity, stand at one place together.
            let placeless = shares(at.checked_sub(1).and_then(|at| words.get(at))) || shares(words.get(at + 1));
            prose.extend(self.mark(end, word.span.start));
            prose.push(' ');
            prose.push_str(if placeless {
                &word.text
            } else {
                word.span.of(self.source)
            });
            end = word.span.end;
        }
        prose.extend(self.mark(end, self.sentence.span.end));
        prose
    }

    /// The mark that stands alone between two words.
    fn mark(&self, start: usize, end: usize) -> Option<char> {
        let gap = self.source.get(start..end)?;
        let mut marks = gap
            .trim_matches(|sign: char| sign.is_whitespace() || "*_`\"()[].!".contains(sign))
            .chars();
        let mark = marks.next()?;
        // At the start of a line, `>` marks a quotation.
        let quotes = mark == '>' && gap.contains('\n');
        (marks.next().is_none() && !quotes).then_some(mark)
    }

    /// Whether a sentence with a cue is so unlike the examples of its signal that the words mean something else, or that what is denied
    /// is something else: "there is no plan yet for the migration of the backups".
    pub(super) fn doubts(&self, like: Option<&Like>, signal: SignalId, kind: CueKind, polarity: Polarity) -> bool {
        self.is_below(like, signal, polarity, |bounds| match (kind, polarity) {
            (_, Polarity::NotRequired) if self.length() >= MORE_THAN_A_DENIAL => bounds.doubt_denial,
            (_, Polarity::NotRequired) => bounds.doubt,
            (CueKind::Weak, _) => bounds.doubt_weak,
            _ => bounds.doubt,
        })
    }

    /// Whether a sentence with a figure is so unlike the examples of the signal that it measures something else.
    pub(super) fn doubts_figure(&self, like: Option<&Like>, signal: SignalId, polarity: Polarity) -> bool {
        self.is_below(like, signal, polarity, |bounds| bounds.doubt_figure)
    }

    /// Whether a sentence with a cue rather states the contrary.
    pub(super) fn hesitates(&self, like: Option<&Like>, signal: SignalId, polarity: Polarity) -> bool {
        let contrary = match polarity {
            Polarity::Required => Polarity::NotRequired,
            Polarity::NotRequired => Polarity::Required,
        };
        let both = self
            .likely(like, signal, polarity)
            .zip(self.likely(like, signal, contrary));
        let rather = both.is_some_and(|((so, bounds), (contrary, _))| contrary >= bounds.contrary && contrary > so);
        rather && self.is_telling()
    }

    /// Whether a sentence with a weak cue is so like the examples of its signal that it may be held against a choice.
    pub(super) fn vouches(&self, like: Option<&Like>, signal: SignalId, polarity: Polarity) -> bool {
        let likely = self.likely(like, signal, polarity);
        likely.is_some_and(|(likely, bounds)| likely >= bounds.vouch)
    }

    fn is_below(
        &self,
        like: Option<&Like>,
        signal: SignalId,
        polarity: Polarity,
        bound: impl Fn(&Bounds) -> f32,
    ) -> bool {
        let likely = self.likely(like, signal, polarity);
        self.is_telling() && likely.is_some_and(|(likely, bounds)| likely < bound(bounds))
    }

    /// Whether the sentence says enough for the model to know better than a cue. "RBAC", among the drivers, is too little to doubt and
    /// enough to ask for it; and what a question states, its answer says.
    fn is_telling(&self) -> bool {
        let short = self.place == Place::Driver && self.length() < SHORTEST;
        !short && !self.record.asks(self.sentence)
    }

    fn names_an_engine(&self) -> bool {
        let mut words = self.record.sentence_words(self.sentence).iter();
        words.any(|word| word.mention.is_some())
    }

    /// The words of the sentence.
    fn length(&self) -> usize {
        self.record.sentence_words(self.sentence).len()
    }

    /// How likely the sentence states a signal so, and the bounds to hold that against; nothing where the model cannot know.
    fn likely(&self, like: Option<&Like>, signal: SignalId, polarity: Polarity) -> Option<(f32, &Bounds)> {
        let (lens, like) = self.lens.likeness.as_ref().zip(like)?;
        if self.leans_on_what_was_said(signal) {
            return None;
        }
        let number = lens.number(signal)?;
        let likely = match polarity {
            Polarity::Required => like.requires(number),
            Polarity::NotRequired => like.denies(number),
        };
        Some((likely, &lens.bounds))
    }

    /// How sure the model must be of what it finds by itself, where the bound for a lonely sentence is `alone`. The more sentences a record
    /// has, the more often one of them is like an example by chance.
    #[allow(clippy::cast_precision_loss)] // no record has so many sentences
    fn sure(&self, alone: f32) -> f32 {
        1.0 - (1.0 - alone) / (self.asked.max(1) as f32).sqrt()
    }

    /// Whether a need that no cue found may be held against a choice, where the model holds it for so `likely`.
    fn asserts(&self, likely: f32, signal: SignalId, bounds: &Bounds) -> bool {
        likely >= self.sure(bounds.assert)
            && !self.is_vague(signal)
            && !self.counts(signal)
            && !self.names_a_topic()
            && !self.follows_a_trial()
    }

    /// Whether figures state the signal, and the sentence has some: they state it, or they do not. "200 million links and rising" is much
    /// like a store that must grow over many nodes, and fits into one.
    fn counts(&self, signal: SignalId) -> bool {
        let figures = || {
            self.sentence
                .span
                .of(self.source)
                .contains(|sign: char| sign.is_ascii_digit())
        };
        self.lens.figures.iter().any(|figure| figure.signal == signal) && figures()
    }

    /// Whether a figure of the sentence measures what the signal is about, and is larger than the signal admits: "within 20 ms" is no matter
    /// of one.
    fn measures_otherwise(&self, signal: SignalId) -> bool {
        let larger = |figure: &Figure, quantity: &Quantity| {
            figure.metric == quantity.metric && figure.at_most.is_some_and(|most| quantity.value > most)
        };
        let mut bounds = self.lens.figures.iter().filter(|figure| figure.signal == signal);
        self.figure_of(signal).is_none()
            && bounds.any(|figure| self.measured.iter().any(|measured| larger(figure, &measured.quantity)))
    }

    /// What a sentence states that no cue found, unless one said of the same signal `said` something else: the words of a cue weigh more.
    /// Firm where the model is surest; else it is a guess that can be shown, not one to warn about.
    pub(super) fn by_likeness(
        &self,
        like: &Like,
        assertion: &Assertion,
        said: impl Fn(SignalId) -> bool,
    ) -> Vec<((SignalId, Polarity), Says)> {
        let (start, end) = (0, self.record.sentence_words(self.sentence).len());
        let Some(lens) = &self.lens.likeness else {
            return Vec::new();
        };
        if end < SHORTEST || !self.may_state(assertion, start, end) {
            return Vec::new();
        }
        let says = |stated: Need| {
            let signal = lens
                .signal(stated.signal)
                .filter(|&signal| !said(signal) && !self.measures_otherwise(signal))?;
            let polarity = if stated.required {
                Polarity::Required
            } else {
                Polarity::NotRequired
            };
            let says = Says {
                polarity,
                strength: self.strength(assertion, start, end, polarity),
                start,
                end,
                firm: self.asserts(like.likely(stated), signal, &lens.bounds),
                by: By::Likeness(lens.model.reasons(&self.prose(), stated, REASONS)),
            };
            Some(((signal, polarity), says))
        };
        like.states(self.sure(lens.bounds.propose)).filter_map(says).collect()
    }

    /// Whether a sentence without a cue stands, and speaks, where a need may be stated.
    fn may_state(&self, assertion: &Assertion, start: usize, end: usize) -> bool {
        let stands = |kind| assertion.stands(kind, start, end);
        if stands(TriggerKind::Historical) || stands(TriggerKind::Hypothetical) || stands(TriggerKind::Elsewhere) {
            return false;
        }
        let reason = self.is_reason(assertion, start, end) || stands(TriggerKind::Reason);
        match self.place {
            Place::Driver | Place::Need => {
                !self.names_an_engine() || stands(TriggerKind::Must) || stands(TriggerKind::Should)
            }
            Place::Decision => reason,
            _ => false,
        }
    }
}
