//! The engine fits, the design under it does not: design rules of the lens, each a design that the record takes, with the need it
//! fails. What the record denies, sets aside, supposes or answers itself is not reported.

use std::collections::BTreeMap;
use std::ops::Range;

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::schema::{RoleName, Within};
use crate::lens::{
    Certainty, Cue, Design, EngineId, Figure, GroupId, Lens, Need, Passage, Place, SectionRole, Severity, TriggerKind,
};
use crate::quantity::When;
use crate::reading::{Assertion, Polarity, Reading, Role, Strength};
use crate::record::Sentence;
use crate::text::Span;

pub(super) fn review(reading: &Reading, lens: &Lens) -> Vec<Finding> {
    let status = reading.record.status;
    if tone(Severity::Error, status).is_none() {
        return Vec::new();
    }
    let said = Said::find(reading, lens);
    if said.hits.is_empty() {
        return Vec::new();
    }
    let found = |design: &Design| {
        let rule = lens.rules.get(design.rule)?;
        let taken = design
            .when
            .iter()
            .find_map(|passage| said.passages(passage, &TAKEN).next())?
            .span;
        let engine = subject(design, reading, &said, lens)?;
        let needed = match design.needs.as_slice() {
            [] => None,
            needs => Some(needs.iter().find_map(|need| said.need(need))?),
        };
        if silenced(design, reading, &said) {
            return None;
        }
        let acknowledged = said.acknowledged(design, taken);
        let certainty = lens.sources.get(&rule.source).map(|source| source.certainty);
        let mut severity = tone(rule.severity, status)?;
        if acknowledged.is_some() || certainty == Some(Certainty::Unconfirmed) {
            severity = severity.min(Severity::Info);
        }
        Some(Finding {
            engine,
            evidence: needed.into_iter().collect(),
            acknowledged,
            ..Finding::of_rule(rule, Category::Design, severity, taken)
        })
    };
    lens.designs.iter().filter_map(found).collect()
}

/// The engine that a rule is about in this record, or none where the record only speaks of the subject; nothing when it does neither.
fn subject(design: &Design, reading: &Reading, said: &Said, lens: &Lens) -> Option<Option<EngineId>> {
    if design.engines.is_empty() && design.families.is_empty() && design.about.is_none() {
        return Some(None);
    }
    let is_meant = |engine: EngineId| {
        design.families.contains(&lens.engine(engine).family)
            || design
                .engines
                .iter()
                .any(|&wanted| engine == wanted || lens.refines(engine, wanted))
    };
    // An engine that is only mentioned is what a record is about when it decides for no other.
    let decided = reading.with_role(Role::Chosen).next().is_some();
    let counts = |role: Role| match role {
        Role::Chosen | Role::Incumbent => true,
        Role::Mentioned => !decided,
        Role::Rejected | Role::Considered => false,
    };
    let named = reading
        .choices
        .iter()
        .filter(|choice| counts(choice.role) && is_meant(choice.engine))
        .min_by_key(|choice| choice.role);
    match named {
        Some(choice) => Some(Some(choice.engine)),
        None => design.about.filter(|&about| said.mentions(about)).map(|_| None),
    }
}

fn silenced(design: &Design, reading: &Reading, said: &Said) -> bool {
    let decides = |role: SectionRole| Place::Decision.holds(role) || Place::Consequences.holds(role);
    let answered = design.unless.is_some_and(|group| said.states(group, decides));
    answered
        || design.exempt.is_some_and(|group| said.states(group, is_own))
        || reading.requirements.iter().any(|need| {
            need.polarity == Polarity::Required
                && need.strength >= Strength::Should
                && design.unless_signals.contains(&need.signal)
        })
}

/// What a place is about: the decision and its reasons, not the options it did not take.
fn is_own(role: SectionRole) -> bool {
    !matches!(
        role,
        SectionRole::Options | SectionRole::Pros | SectionRole::Cons | SectionRole::Links | SectionRole::Status
    )
}

/// A design is taken unless the sentence denies it, sets it aside, supposes it, leaves it open, or tells of the past or of somebody
/// else.
const TAKEN: [TriggerKind; 7] = [
    TriggerKind::Negated,
    TriggerKind::Bare,
    TriggerKind::SetAside,
    TriggerKind::Hypothetical,
    TriggerKind::May,
    TriggerKind::Historical,
    TriggerKind::Elsewhere,
];

/// A need is told by what went wrong, and by what must not: the past and the supposed count.
const NEEDED: [TriggerKind; 3] = [TriggerKind::Negated, TriggerKind::SetAside, TriggerKind::Elsewhere];

/// An answer may be a plan.
const ANSWERED: [TriggerKind; 4] = [
    TriggerKind::Negated,
    TriggerKind::Bare,
    TriggerKind::SetAside,
    TriggerKind::Historical,
];

/// Words that say what a passage says.
struct Found {
    span: Span,
    /// The clause of the first of them.
    clause: Span,
}

/// A phrase of a design rule where it stands.
#[derive(Clone, Copy)]
struct Hit {
    sentence: usize,
    start: usize,
    end: usize,
}

/// The phrases of design rules that a record holds.
struct Said<'a> {
    reading: &'a Reading,
    lens: &'a Lens,
    hits: BTreeMap<GroupId, Vec<Hit>>,
}

impl<'a> Said<'a> {
    /// The title is passed over: it names a subject and states nothing.
    fn find(reading: &'a Reading, lens: &'a Lens) -> Self {
        let title = reading.record.title.as_ref().and_then(|title| title.block);
        let mut hits: BTreeMap<GroupId, Vec<Hit>> = BTreeMap::new();
        for (sentence, _) in reading
            .record
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, sentence)| Some(sentence.block) != title)
        {
            for hit in reading.cues.of(sentence) {
                if let Cue::Design(group) = hit.payload {
                    hits.entry(group).or_default().push(Hit {
                        sentence,
                        start: hit.start,
                        end: hit.end,
                    });
                }
            }
        }
        Said { reading, lens, hits }
    }

    fn of(&self, group: GroupId) -> &[Hit] {
        self.hits.get(&group).map_or(&[], Vec::as_slice)
    }

    /// The phrases of a group in some sentences.
    fn of_in(&self, group: GroupId, sentences: Range<usize>) -> &[Hit] {
        let hits = self.of(group);
        let before = |sentence: usize| hits.partition_point(|hit| hit.sentence < sentence);
        hits.get(before(sentences.start)..before(sentences.end))
            .unwrap_or_default()
    }

    fn sentence(&self, hit: Hit) -> Option<&'a Sentence> {
        self.reading.record.sentences.get(hit.sentence)
    }

    /// The words of the record that say what a passage says, in the order of the text.
    fn passages(&self, passage: &Passage, not: &[TriggerKind]) -> impl Iterator<Item = Found> {
        let (first, others) = match passage.groups.split_first() {
            Some((&first, others)) => (self.of(first), others),
            None => (&[][..], &[][..]),
        };
        first.iter().filter_map(move |&hit| {
            if !self.counts(hit, passage, not) {
                return None;
            }
            let mut hits = vec![hit];
            let near = self.near(hit, passage.within);
            for &group in others {
                let mut told = self.of_in(group, near.clone()).iter();
                hits.push(*told.find(|&&other| self.counts(other, passage, not))?);
            }
            let span = self.span(&hits)?;
            Some(Found {
                span,
                clause: self.clause(hit)?,
            })
        })
    }

    /// Whether a phrase stands where the passage looks, is meant, and is stated.
    fn counts(&self, hit: Hit, passage: &Passage, not: &[TriggerKind]) -> bool {
        let placed = self.sentence(hit).is_some_and(|sentence| {
            let held = passage.places.iter().any(|place| place.holds(sentence.role));
            // Where no heading says that this is the decision, the sentence itself has to.
            let context = passage.places.contains(&Place::Context);
            held && (context || sentence.role != SectionRole::Free || self.decides(hit.sentence))
        });
        let in_sentence =
            |group: Option<GroupId>| group.map_or(&[][..], |group| self.of_in(group, hit.sentence..hit.sentence + 1));
        let excepted = in_sentence(passage.except)
            .iter()
            .any(|other| other.start < hit.end && hit.start < other.end);
        placed && !excepted && in_sentence(passage.beside).is_empty() && self.is_stated(hit, not)
    }

    /// Whether a sentence has a phrase by which records decide.
    fn decides(&self, sentence: usize) -> bool {
        self.reading.cues.of(sentence).iter().any(|cue| match cue.payload {
            Cue::Role(pattern) => {
                let pattern = self.lens.language.roles.get(pattern as usize);
                pattern.is_some_and(|pattern| pattern.roles.contains(&RoleName::Chosen))
            }
            _ => false,
        })
    }

    /// The sentences around a phrase in which the others of its passage stand.
    fn near(&self, hit: Hit, within: Within) -> Range<usize> {
        match (within, self.sentence(hit)) {
            (Within::Paragraph, Some(sentence)) => self.reading.record.sentences_in(sentence.block),
            _ => hit.sentence..hit.sentence + 1,
        }
    }

    /// Whether none of these triggers governs the words.
    fn is_stated(&self, hit: Hit, not: &[TriggerKind]) -> bool {
        self.assertion(hit)
            .is_some_and(|assertion| !not.iter().any(|&kind| assertion.governs(kind, hit.start, hit.end)))
    }

    fn assertion(&self, hit: Hit) -> Option<Assertion<'a>> {
        let words = self.reading.record.sentence_words(self.sentence(hit)?);
        Some(Assertion::new(words, self.reading.cues.of(hit.sentence)))
    }

    fn clause(&self, hit: Hit) -> Option<Span> {
        let words = self.reading.record.sentence_words(self.sentence(hit)?);
        let (first, last) = self.assertion(hit)?.clause(hit.start, hit.end);
        let covered = words.get(first..last)?;
        Some(covered.first()?.span.join(covered.last()?.span))
    }

    fn span(&self, hits: &[Hit]) -> Option<Span> {
        let spans = hits.iter().filter_map(|hit| {
            let words = self.reading.record.sentence_words(self.sentence(*hit)?);
            let covered = words.get(hit.start..hit.end)?;
            Some(covered.first()?.span.join(covered.last()?.span))
        });
        spans.reduce(Span::join)
    }

    /// The words that state a need.
    fn need(&self, need: &Need) -> Option<Span> {
        match need {
            Need::Signal(signal) => {
                let mut needs = self.reading.requirements.iter();
                needs
                    .find(|need| {
                        need.signal == *signal
                            && need.polarity == Polarity::Required
                            && need.strength >= Strength::Should
                    })
                    .map(|need| need.span)
            }
            Need::Figure(figure) => self.figure(figure, None),
            Need::Said(passage, figures) => {
                self.passages(passage, &NEEDED)
                    .find_map(|found| match figures.as_slice() {
                        [] => Some(found.span),
                        figures => figures
                            .iter()
                            .find_map(|figure| self.figure(figure, Some(found.clause))),
                    })
            }
        }
    }

    /// A figure of the record, or of one of its clauses, that lies between the bounds.
    fn figure(&self, figure: &Figure, clause: Option<Span>) -> Option<Span> {
        let mut measured = self.reading.quantities.iter();
        measured
            .find(|measured| {
                let quantity = &measured.quantity;
                figure.holds(quantity)
                    && clause.is_none_or(|clause| clause.overlaps(measured.span))
                    && matches!(quantity.when, When::Target | When::Today)
            })
            .map(|measured| measured.span)
    }

    /// Whether the record speaks of something, whatever it says of it, outside its options.
    fn mentions(&self, group: GroupId) -> bool {
        self.of(group)
            .iter()
            .any(|&hit| self.sentence(hit).is_some_and(|sentence| is_own(sentence.role)))
    }

    /// Whether the record states something in such places.
    fn states(&self, group: GroupId, places: impl Fn(SectionRole) -> bool) -> bool {
        self.of(group).iter().any(|&hit| {
            self.sentence(hit).is_some_and(|sentence| places(sentence.role)) && self.is_stated(hit, &ANSWERED)
        })
    }

    /// The sentence in which the record itself names the cost of this design, other than the words that take it.
    fn acknowledged(&self, design: &Design, taken: Span) -> Option<Span> {
        let groups = design.when.iter().flat_map(|passage| passage.groups.iter());
        groups.flat_map(|&group| self.of(group)).find_map(|&hit| {
            let sentence = self.sentence(hit)?;
            let accepts = self
                .reading
                .cues
                .of(hit.sentence)
                .iter()
                .any(|cue| cue.payload == Cue::Accepts);
            let costs = match sentence.role {
                SectionRole::ConsequencesBad => !sentence.span.overlaps(taken),
                SectionRole::Consequences | SectionRole::ConsequencesGood | SectionRole::Decision => accepts,
                _ => false,
            };
            costs.then_some(sentence.span)
        })
    }
}
