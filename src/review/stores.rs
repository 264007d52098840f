//! The stores of a record that a need may be held against: which of them could keep the data it speaks of, and which meet it.

use crate::lens::{Cue, EngineId, Lens, SignalId};
use crate::quantity::Quantity;
use crate::reading::{By, Choice, Polarity, Reading, Requirement, Role};

/// Whether a chosen store could keep the data that a need speaks of.
pub(super) fn may_hold(choice: &Choice, need: &Requirement, reading: &Reading, lens: &Lens) -> bool {
    let same_workload = match (&need.workload, &choice.workload) {
        (Some(wanted), Some(workload)) => wanted == workload,
        _ => true,
    };
    // "Redis caching in front": what holds no data of its own is asked for what is said of the cache, and for a cache's work.
    let kept_elsewhere = || {
        !lens.signal(need.signal).passing && is_passing(choice.sentence, reading) && !is_passing(need.sentence, reading)
    };
    same_workload && !kept_elsewhere()
}

/// Whether a sentence speaks of a cache or a queue.
fn is_passing(number: usize, reading: &Reading) -> bool {
    let sentence = reading.record.sentences.get(number);
    let words = sentence.map_or(&[][..], |sentence| reading.record.sentence_words(sentence));
    // "Azure Cache for Redis" is a name.
    let plain = |at: usize| words.get(at).is_some_and(|word| word.mention.is_none());
    let mut hits = reading.cues.of(number).iter();
    hits.any(|hit| hit.payload == Cue::Passing && plain(hit.start))
}

/// Whether the lens says of an engine that it cannot meet a need, and the need states no figure that it reaches nevertheless.
pub(super) fn is_opposed(engine: EngineId, need: &Requirement, reading: &Reading, lens: &Lens) -> bool {
    match need.engine {
        Some(asked) => !lens.understands(engine, asked),
        None => {
            lens.engine(engine).contradicts.contains_key(&need.signal) && !reaches_figure(engine, need, reading, lens)
        }
    }
}

/// Whether the lens says of an engine that it meets a need.
pub(super) fn meets(engine: EngineId, need: &Requirement, lens: &Lens) -> bool {
    match need.engine {
        Some(asked) => lens.understands(engine, asked),
        None => lens.engine(engine).satisfies.contains(&need.signal),
    }
}

/// Whether a need is read from a figure alone, and the engine is known to reach it or is made for a need that states it too.
fn reaches_figure(engine: EngineId, need: &Requirement, reading: &Reading, lens: &Lens) -> bool {
    match (&need.by, &need.quantity) {
        (By::Figure, Some(figure)) => {
            let engine = lens.engine(engine);
            let mut siblings = stated_by(figure, lens).chain(beside_need(need, reading, lens));
            engine.reaches(figure) || siblings.any(|signal| engine.satisfies.contains(&signal))
        }
        _ => false,
    }
}

/// The needs that a figure states: there may be several.
fn stated_by<'a>(figure: &'a Quantity, lens: &'a Lens) -> impl Iterator<Item = SignalId> + 'a {
    let stated = lens.figures.iter().filter(|stated| stated.holds(figure));
    stated.map(|stated| stated.signal)
}

/// The needs of the same kind that the sentence of a need asks for.
fn beside_need<'a>(need: &'a Requirement, reading: &'a Reading, lens: &'a Lens) -> impl Iterator<Item = SignalId> + 'a {
    let needs = &reading.requirements;
    let from = needs.partition_point(|other| other.sentence < need.sentence);
    let rest = needs.get(from..).unwrap_or_default().iter();
    let here = rest.take_while(|other| other.sentence == need.sentence);
    let alike = here.filter(|other| {
        other.polarity == Polarity::Required && lens.signal(other.signal).group == lens.signal(need.signal).group
    });
    alike.map(|other| other.signal)
}

/// The stores that the decision names beside what is chosen, and does not turn down: the data that a need speaks of may be theirs.
pub(super) fn beside(reading: &Reading) -> impl Iterator<Item = &Choice> {
    let choices = reading.choices.iter();
    choices.filter(|choice| choice.affirmed && choice.role != Role::Chosen)
}

/// The stores that stay beside what is chosen: not one whose place is taken. One that the record names as what existing code speaks to
/// is being replaced, too, or gives no more than its protocol.
pub(super) fn staying(reading: &Reading) -> impl Iterator<Item = &Choice> {
    let spoken_to = |choice: &Choice| {
        let mut needs = reading.requirements.iter();
        needs.any(|need| need.engine == Some(choice.engine) && need.polarity == Polarity::Required)
    };
    reading
        .with_role(Role::Incumbent)
        .filter(move |choice| !choice.leaves && !spoken_to(choice))
}
