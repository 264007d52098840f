//! A chosen engine contradicts a stated need: the four-part test. A choice, a need of strength must or should, a statement of the
//! lens that opposes them, and no mitigation named in the record; miss one and nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use super::acknowledge::Acknowledgements;
use super::finding::{Alternative, Category, Finding};
use super::{recommend, tone};
use crate::lens::{Cue, EngineId, Lens, SectionRole, Severity, SignalId, Statement, Status};
use crate::quantity::Quantity;
use crate::reading::{By, Choice, Polarity, Reading, Requirement, Role, Strength};
use crate::text::Span;

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens) -> Vec<Finding> {
    if tone(Severity::Error, reading.record.status).is_none() {
        return Vec::new();
    }
    let chosen: Vec<&Choice> = reading.with_role(Role::Chosen).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let acknowledgements = Acknowledgements::find(reading);
    let mut by_pair: BTreeMap<(usize, SignalId), Vec<&Requirement>> = BTreeMap::new();
    for need in asked(reading) {
        if let Some(at) = contradicted(need, &chosen, reading, lens) {
            by_pair.entry((at, need.signal)).or_default().push(need);
        }
    }
    let pairs = by_pair
        .into_iter()
        .filter_map(|((at, signal), needs)| Some((*chosen.get(at)?, signal, needs)));
    pairs
        .filter_map(|(choice, signal, needs)| {
            let evidence: Vec<Span> = needs.iter().map(|need| need.span).collect();
            let against = match needs.iter().find_map(|need| need.engine) {
                Some(asked) => incompatible(choice, signal, asked, reading, lens)?,
                None => unmet(choice, signal, reading, lens)?,
            };
            Some(finding(
                text,
                choice,
                against,
                evidence,
                &acknowledgements,
                reading,
                lens,
            ))
        })
        .collect()
}

/// The statement of the lens that a chosen engine cannot meet a need, unless the record answers it.
fn unmet(choice: &Choice, signal: SignalId, reading: &Reading, lens: &Lens) -> Option<Against> {
    let statement = lens.engine(choice.engine).contradicts.get(&signal)?;
    if mitigated(statement, choice, reading, lens) {
        return None;
    }
    let need = &lens.signal(signal).id;
    Some(Against {
        rule: format!("choice/{need}-on-{}", statement.owner),
        signal: Some(signal),
        needs: need.replace('-', " "),
        severity: statement.severity,
        because: statement.because.clone(),
        remedy: statement.remedy.clone(),
        source: statement.source.clone(),
    })
}

/// The rule for a store that does not understand the engine it has to be compatible with.
const INCOMPATIBLE: &str = "choice/incompatible-engine";

fn incompatible(choice: &Choice, signal: SignalId, asked: EngineId, reading: &Reading, lens: &Lens) -> Option<Against> {
    let statement = lens.engine(choice.engine).contradicts.get(&signal);
    if statement.is_some_and(|statement| mitigated(statement, choice, reading, lens)) {
        return None;
    }
    let rule = lens.rule(INCOMPATIBLE)?;
    let (chosen, asked) = (&lens.engine(choice.engine).name, &lens.engine(asked).name);
    Some(Against {
        rule: rule.id.clone(),
        signal: Some(signal),
        needs: format!("to go on working with what is made for {asked}"),
        severity: rule.severity,
        because: format!("{chosen} neither is {asked} nor speaks its language. {}", rule.why),
        remedy: rule.remedy.clone(),
        source: rule.source.clone(),
    })
}

/// What stands against a choice.
pub(super) struct Against {
    pub rule: String,
    pub signal: Option<SignalId>,
    /// The need in words.
    pub needs: String,
    pub severity: Severity,
    pub because: String,
    pub remedy: String,
    pub source: String,
}

/// The needs that are asked for, and not denied elsewhere in the record.
fn asked(reading: &Reading) -> impl Iterator<Item = &Requirement> {
    let needs = &reading.requirements;
    let denied: BTreeSet<SignalId> = needs
        .iter()
        .filter(|need| need.polarity == Polarity::NotRequired)
        .map(|need| need.signal)
        .collect();
    needs.iter().filter(move |need| {
        need.polarity == Polarity::Required
            && need.firm
            && need.strength >= Strength::Should
            && !denied.contains(&need.signal)
    })
}

/// The chosen engine that a need speaks against: none when any store that could hold the data meets it or might.
fn contradicted(need: &Requirement, chosen: &[&Choice], reading: &Reading, lens: &Lens) -> Option<usize> {
    let passing = |number: usize| {
        let sentence = reading.record.sentences.get(number);
        let words = sentence.map_or(&[][..], |sentence| reading.record.sentence_words(sentence));
        // "Azure Cache for Redis" is a name.
        let plain = |at: usize| words.get(at).is_some_and(|word| word.mention.is_none());
        let mut hits = reading.cues.of(number).iter();
        hits.any(|hit| hit.payload == Cue::Passing && plain(hit.start))
    };
    // "Redis caching in front": what holds no data of its own is asked for what is said of the cache.
    let kept_elsewhere = |choice: &Choice| passing(choice.sentence) && !passing(need.sentence);
    let relevant: Vec<usize> = (0..chosen.len())
        .filter(|&at| chosen.get(at).is_some_and(|choice| !kept_elsewhere(choice)))
        .filter(|&at| {
            match (
                &need.workload,
                chosen.get(at).and_then(|choice| choice.workload.as_ref()),
            ) {
                (Some(wanted), Some(workload)) => wanted == workload,
                _ => true,
            }
        })
        .collect();
    // A figure may state several needs: what is made for one of them reaches it.
    let made_for = |engine: EngineId, figure: &Quantity| {
        let mut stated = lens.figures.iter().filter(|stated| stated.holds(figure));
        stated.any(|stated| lens.engine(engine).satisfies.contains(&stated.signal))
    };
    let sibling = |other: &Requirement| {
        other.polarity == Polarity::Required && lens.signal(other.signal).group == lens.signal(need.signal).group
    };
    let beside_it = |engine: EngineId| {
        let from = reading
            .requirements
            .partition_point(|other| other.sentence < need.sentence);
        let rest = reading.requirements.get(from..).unwrap_or_default().iter();
        let mut siblings = rest
            .take_while(|other| other.sentence == need.sentence)
            .filter(|other| sibling(other));
        siblings.any(|other| lens.engine(engine).satisfies.contains(&other.signal))
    };
    let settled = |engine: EngineId| match (&need.by, &need.quantity) {
        (By::Figure, Some(figure)) => {
            lens.engine(engine).reaches(figure) || made_for(engine, figure) || beside_it(engine)
        }
        _ => false,
    };
    let opposed = |engine: EngineId| match need.engine {
        Some(asked) => !lens.understands(engine, asked),
        None => lens.engine(engine).contradicts.contains_key(&need.signal) && !settled(engine),
    };
    let all = relevant
        .iter()
        .all(|&at| chosen.get(at).is_some_and(|choice| opposed(choice.engine)));
    // A store that stays beside the chosen one goes on meeting what it meets.
    // But for compatibility: there, what is in use today is just what the new store has to understand.
    let kept = need.engine.is_none()
        && staying(reading).any(|choice| lens.engine(choice.engine).satisfies.contains(&need.signal));
    let meets = |engine: EngineId| match need.engine {
        Some(asked) => lens.understands(engine, asked),
        None => lens.engine(engine).satisfies.contains(&need.signal),
    };
    if !all || kept || beside(reading).any(|choice| meets(choice.engine)) {
        return None;
    }
    relevant.into_iter().max_by_key(|&at| {
        let severity = chosen
            .get(at)
            .and_then(|choice| lens.engine(choice.engine).contradicts.get(&need.signal));
        (severity.map(|statement| statement.severity), std::cmp::Reverse(at))
    })
}

/// The stores that the decision names beside what is chosen, and does not turn down: the data that a need speaks of may be theirs.
pub(super) fn beside(reading: &Reading) -> impl Iterator<Item = &Choice> {
    let choices = reading.choices.iter();
    choices.filter(|choice| choice.affirmed && choice.role != Role::Chosen)
}

/// The stores that stay beside what is chosen. One that the record names as what existing code speaks to is being replaced, or gives
/// no more than its protocol.
fn staying(reading: &Reading) -> impl Iterator<Item = &Choice> {
    let spoken_to = |choice: &Choice| {
        let mut needs = reading.requirements.iter();
        needs.any(|need| need.engine == Some(choice.engine) && need.polarity == Polarity::Required)
    };
    reading
        .with_role(Role::Incumbent)
        .filter(move |choice| !spoken_to(choice))
}

/// A second store of a family that answers the need, or words of the record that do.
fn mitigated(statement: &Statement, choice: &Choice, reading: &Reading, lens: &Lens) -> bool {
    let mut stores = reading
        .with_role(Role::Chosen)
        .chain(staying(reading))
        .chain(beside(reading));
    let beside = stores.any(|other| {
        other.engine != choice.engine && statement.mitigated_by.contains(&lens.engine(other.engine).family)
    });
    let said = || {
        reading.record.sentences.iter().enumerate().any(|(number, sentence)| {
            let place = !matches!(
                sentence.role,
                SectionRole::Options | SectionRole::Pros | SectionRole::Cons | SectionRole::Links | SectionRole::Status
            );
            place
                && reading
                    .cues
                    .of(number)
                    .iter()
                    .any(|hit| hit.payload == Cue::Mitigation(statement.number))
        })
    };
    beside || said()
}

pub(super) fn finding(
    text: &str,
    choice: &Choice,
    against: Against,
    evidence: Vec<Span>,
    acknowledgements: &Acknowledgements,
    reading: &Reading,
    lens: &Lens,
) -> Finding {
    let status = reading.record.status;
    let acknowledged = against
        .signal
        .and_then(|signal| acknowledgements.of(choice.engine, signal, &evidence));
    let severity = tone(against.severity, status).unwrap_or(Severity::Info);
    let quote = evidence
        .first()
        .map(|span| shortened(span.of(text)))
        .unwrap_or_default();
    let remedy = match status {
        Status::Accepted => format!(
            "{} Since this record is accepted, say so in one that supersedes it.",
            against.remedy
        ),
        _ => against.remedy.clone(),
    };
    let name = &lens.engine(choice.engine).name;
    Finding {
        rule: against.rule,
        category: Category::Choice,
        severity: if acknowledged.is_some() {
            severity.min(Severity::Info)
        } else {
            severity
        },
        span: choice.span,
        message: format!(
            "this record decides for {name} and needs {}: \u{201c}{quote}\u{201d}",
            against.needs
        ),
        because: against.because,
        remedy,
        source: against.source,
        engine: Some(choice.engine),
        signal: against.signal,
        evidence,
        elsewhere: Vec::new(),
        mend: None,
        alternatives: against
            .signal
            .map_or(Vec::new(), |signal| alternatives(choice.engine, signal, reading, lens)),
        acknowledged,
        suppressed: None,
        known: false,
        fingerprint: String::new(),
    }
}

/// At most this many characters of a quoted need stand in a message.
const QUOTE: usize = 90;

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(QUOTE) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// At most three engines that meet the need and contradict nothing that was stated, of the chosen engine's vendor first.
fn alternatives(chosen: EngineId, signal: SignalId, reading: &Reading, lens: &Lens) -> Vec<Alternative> {
    let vendor = &lens.engine(chosen).vendor;
    let ranking = recommend::rank(reading, &[], lens, |_| true);
    let mut fitting: Vec<_> = ranking
        .into_iter()
        .filter(|ranked| {
            let engine = lens.engine(ranked.engine);
            ranked.contradicts.is_empty()
                && ranked.out_of_reach.is_empty()
                && engine.satisfies.contains(&signal)
                && !lens.same_product(ranked.engine, chosen)
        })
        .collect();
    fitting.sort_by_key(|ranked| lens.engine(ranked.engine).vendor != *vendor);
    let into = |ranked: recommend::Ranked| Alternative {
        engine: ranked.engine,
        satisfies: ranked.satisfies,
        contradicts: ranked.contradicts,
    };
    fitting.into_iter().take(3).map(into).collect()
}
