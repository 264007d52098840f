//! A chosen engine contradicts a stated need: the four-part test. A choice, a need of strength must or should, a statement of the
//! lens that opposes them, and no mitigation named in the record; miss one and nothing is said.

use std::collections::BTreeMap;

use super::acknowledge::Acknowledgements;
use super::finding::{Alternative, Category, Finding};
use super::stores::{beside, is_opposed, may_hold, meets, staying};
use super::{recommend, tone};
use crate::lens::phrase::Match;
use crate::lens::{Cue, CueKind, EngineId, Lens, SectionRole, Severity, SignalId, Statement, Status};
use crate::reading::{Choice, Polarity, Reading, Requirement, Role, Strength, taken_back};
use crate::record::Sentence;
use crate::text::Span;

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens) -> Vec<Finding> {
    if tone(Severity::Error, reading.record.status).is_none() {
        return Vec::new();
    }
    let chosen: Vec<&Choice> = reading.with_role(Role::Chosen).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let mut by_pair: BTreeMap<(usize, SignalId), Vec<&Requirement>> = BTreeMap::new();
    for need in asked(reading) {
        if let Some(at) = contradicted(need, &chosen, reading, lens) {
            by_pair.entry((at, need.signal)).or_default().push(need);
        }
    }
    if by_pair.is_empty() {
        return Vec::new();
    }
    let acknowledgements = Acknowledgements::find(reading);
    let pairs = by_pair
        .into_iter()
        .filter_map(|((at, signal), needs)| Some((*chosen.get(at)?, signal, needs)));
    pairs
        .filter_map(|(choice, signal, needs)| {
            let evidence: Vec<Span> = needs.iter().map(|need| need.span).collect();
            let against = match needs.iter().find_map(|need| need.engine) {
                Some(asked) => incompatible(choice, signal, asked, &needs, reading, lens)?,
                None => unmet(choice, signal, &needs, reading, lens)?,
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
fn unmet(choice: &Choice, signal: SignalId, needs: &[&Requirement], reading: &Reading, lens: &Lens) -> Option<Against> {
    let statement = lens.engine(choice.engine).contradicts.get(&signal)?;
    if mitigated(statement, choice, needs, reading, lens) {
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

fn incompatible(
    choice: &Choice,
    signal: SignalId,
    asked: EngineId,
    needs: &[&Requirement],
    reading: &Reading,
    lens: &Lens,
) -> Option<Against> {
    let statement = lens.engine(choice.engine).contradicts.get(&signal);
    if statement.is_some_and(|statement| mitigated(statement, choice, needs, reading, lens)) {
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
    let denied = taken_back(&reading.requirements);
    reading.requirements.iter().filter(move |need| {
        need.polarity == Polarity::Required
            && need.firm
            && need.strength >= Strength::Should
            && !denied.contains(&need.signal)
    })
}

/// The chosen engine that a need speaks against: none when any store that could hold the data meets it or might.
fn contradicted(need: &Requirement, chosen: &[&Choice], reading: &Reading, lens: &Lens) -> Option<usize> {
    let choice = |at: usize| chosen.get(at).copied();
    let relevant =
        (0..chosen.len()).filter(|&at| choice(at).is_some_and(|choice| may_hold(choice, need, reading, lens)));
    let relevant: Vec<usize> = relevant.collect();
    let all = relevant
        .iter()
        .all(|&at| choice(at).is_some_and(|choice| is_opposed(choice.engine, need, reading, lens)));
    // A store that stays beside the chosen one goes on meeting what it meets.
    // But for compatibility: there, what is in use today is just what the new store has to understand.
    let kept = need.engine.is_none() && staying(reading).any(|choice| meets(choice.engine, need, lens));
    if !all || kept || beside(reading).any(|choice| meets(choice.engine, need, lens)) {
        return None;
    }
    relevant.into_iter().max_by_key(|&at| {
        let severity = chosen
            .get(at)
            .and_then(|choice| lens.engine(choice.engine).contradicts.get(&need.signal));
        (severity.map(|statement| statement.severity), std::cmp::Reverse(at))
    })
}

/// A second store of a family that answers the needs, or words of the record that do.
fn mitigated(statement: &Statement, choice: &Choice, needs: &[&Requirement], reading: &Reading, lens: &Lens) -> bool {
    let mut stores = reading
        .with_role(Role::Chosen)
        .chain(staying(reading))
        .chain(beside(reading));
    let beside = stores.any(|other| {
        other.engine != choice.engine && statement.mitigated_by.contains(&lens.engine(other.engine).family)
    });
    let said = || {
        reading.record.sentences.iter().enumerate().any(|(number, sentence)| {
            let mut hits = reading.cues.of(number).iter();
            hits.any(|hit| {
                hit.payload == Cue::Mitigation(statement.number)
                    && !asks(hit, number, needs, reading)
                    && match sentence.role {
                        SectionRole::Links | SectionRole::Status => false,
                        // What is asked for is no answer yet.
                        SectionRole::Drivers | SectionRole::Requirements => false,
                        // What is said there of another option mends nothing.
                        SectionRole::Options | SectionRole::Pros | SectionRole::Cons => {
                            names_beside(hit, sentence, choice.engine, reading, lens)
                        }
                        _ => true,
                    }
            })
        })
    };
    beside || said()
}

/// Whether a phrase stands among the very words that ask for one of the needs: "it needs strongly consistent reads".
fn asks(hit: &Match<Cue>, sentence: usize, needs: &[&Requirement], reading: &Reading) -> bool {
    let mut here = needs.iter().filter(|need| need.sentence == sentence);
    here.any(|need| {
        reading.cues.of(sentence).iter().any(|other| {
            let asks = matches!(other.payload, Cue::Signal { signal, kind: CueKind::Cue | CueKind::Weak } if signal == need.signal);
            asks && other.start < hit.end && hit.start < other.end
        })
    })
}

/// Whether a sentence names an engine, by whatever name, with other words than those of a phrase.
fn names_beside(hit: &Match<Cue>, sentence: &Sentence, engine: EngineId, reading: &Reading, lens: &Lens) -> bool {
    let words = reading.record.sentence_words(sentence).iter().enumerate();
    let mut beside = words.filter(|(at, _)| !(hit.start..hit.end).contains(at));
    beside.any(|(_, word)| {
        let mention = word.mention.and_then(|mention| reading.record.mentions.get(mention));
        mention.is_some_and(|mention| lens.same_product(mention.engine, engine))
    })
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
