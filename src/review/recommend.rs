//! Requirements → an order of engines with reasons. No scores: eliminate by what must be, prefer by what should be, then the least
//! work to run, then the boring default.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::lens::{Engine, EngineId, Lens, Severity, SignalId};
use crate::reading::{Choice, Polarity, Reading, Requirement, Role, Strength};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Fits,
    FitsWithCost,
    Contradicted,
}

/// One engine, held against what was stated.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub engine: EngineId,
    pub verdict: Verdict,
    pub satisfies: Vec<SignalId>,
    pub contradicts: Vec<SignalId>,
    /// Stated needs that the engine meets badly: the lens has a note on them, not a warning.
    pub costs: Vec<SignalId>,
    /// Stated needs of which the lens says nothing for this engine.
    pub silent: Vec<SignalId>,
}

/// A need that was not stated and would change the first answer.
#[derive(Clone, Debug)]
pub struct WouldChange {
    pub signal: SignalId,
    pub then: EngineId,
    pub because: String,
}

/// A question the text leaves open.
#[derive(Clone, Debug)]
pub struct Question {
    pub group: String,
    pub question: String,
}

pub struct Recommendation {
    pub ranking: Vec<Ranked>,
    pub would_change: Vec<WouldChange>,
    pub questions: Vec<Question>,
}

/// What is asked for, each signal at its greatest strength; denied ones left out.
fn asked(requirements: &[Requirement]) -> BTreeMap<SignalId, Strength> {
    let denied: BTreeSet<SignalId> = requirements
        .iter()
        .filter(|need| need.polarity == Polarity::NotRequired)
        .map(|need| need.signal)
        .collect();
    let mut asked = BTreeMap::new();
    for need in requirements
        .iter()
        .filter(|need| need.polarity == Polarity::Required && !denied.contains(&need.signal))
    {
        let strength = asked.entry(need.signal).or_insert(need.strength);
        *strength = (*strength).max(need.strength);
    }
    asked
}

/// Orders the engines that `admits` lets in. Engines nobody can start on are left out; of two that meet as much of what must be,
/// the one that is, offers or speaks an engine in `named` comes first: what is there already moves with the least work.
pub fn rank(
    requirements: &[Requirement],
    named: &[EngineId],
    lens: &Lens,
    admits: impl Fn(&Engine) -> bool,
) -> Vec<Ranked> {
    let asked = asked(requirements);
    let mut ranking: Vec<Ranked> = lens
        .engine_ids()
        .filter(|&id| !lens.engine(id).retired && lens.policy.recommends(id) && admits(lens.engine(id)))
        .map(|id| hold(id, &asked, lens))
        .collect();
    ranking.sort_by_cached_key(|ranked| {
        let engine = lens.engine(ranked.engine);
        let count = |signals: &[SignalId], strength| {
            signals
                .iter()
                .filter(|signal| asked.get(signal) == Some(&strength))
                .count()
        };
        (
            count(&ranked.contradicts, Strength::Must),
            count(&ranked.contradicts, Strength::Should),
            count(&ranked.costs, Strength::Must),
            Reverse(count(&ranked.satisfies, Strength::Must)),
            !named.iter().any(|&other| lens.understands(ranked.engine, other)),
            count(&ranked.costs, Strength::Should),
            Reverse(count(&ranked.satisfies, Strength::Should)),
            Reverse(count(&ranked.satisfies, Strength::May)),
            lens.policy.standing(ranked.engine).map(|standing| standing.kind),
            engine.default_rank.unwrap_or(u32::MAX),
            engine.operation,
            engine.id.clone(),
        )
    });
    ranking
}

/// The engines a text names without turning them down.
fn named(reading: &Reading) -> Vec<EngineId> {
    reading
        .choices
        .iter()
        .filter(|choice| choice.role != Role::Rejected)
        .map(|choice| choice.engine)
        .collect()
}

fn hold(id: EngineId, asked: &BTreeMap<SignalId, Strength>, lens: &Lens) -> Ranked {
    let engine = lens.engine(id);
    let opposed = asked
        .keys()
        .copied()
        .filter_map(|signal| Some((signal, engine.contradicts.get(&signal)?.severity)));
    let (loud, noted): (Vec<_>, Vec<_>) = opposed.partition(|(_, severity)| *severity >= Severity::Warning);
    let signals = |pairs: Vec<(SignalId, Severity)>| pairs.into_iter().map(|(signal, _)| signal).collect::<Vec<_>>();
    let (contradicts, costs) = (signals(loud), signals(noted));
    let satisfies: Vec<SignalId> = asked
        .keys()
        .copied()
        .filter(|signal| engine.satisfies.contains(signal))
        .collect();
    let silent = asked
        .keys()
        .copied()
        .filter(|signal| !engine.contradicts.contains_key(signal) && !satisfies.contains(signal))
        .collect();
    let verdict = match contradicts.iter().filter_map(|signal| asked.get(signal)).max() {
        None if costs.is_empty() => Verdict::Fits,
        None => Verdict::FitsWithCost,
        Some(Strength::Must) => Verdict::Contradicted,
        Some(_) => Verdict::FitsWithCost,
    };
    Ranked {
        engine: id,
        verdict,
        satisfies,
        contradicts,
        costs,
        silent,
    }
}

/// Holds one choice against the needs of its record that may be of its data.
pub fn held(choice: &Choice, reading: &Reading, lens: &Lens) -> Ranked {
    let may_be = |need: &&Requirement| match (&need.workload, &choice.workload) {
        (Some(wanted), Some(workload)) => wanted == workload,
        _ => true,
    };
    let needs: Vec<Requirement> = reading.requirements.iter().filter(may_be).cloned().collect();
    hold(choice.engine, &asked(&needs), lens)
}

/// Ranks engines for what a text asks for, and says what would change the answer and what to ask.
pub fn recommend(reading: &Reading, lens: &Lens, admits: impl Fn(&Engine) -> bool) -> Recommendation {
    let requirements = &reading.requirements;
    let ranking = rank(requirements, &named(reading), lens, &admits);
    let would_change = would_change(requirements, &ranking, lens);
    let questions = questions(requirements, lens);
    Recommendation {
        ranking,
        would_change,
        questions,
    }
}

/// At most this many needs that would change the answer are named.
const CHANGES: usize = 5;

/// For each need that the first engine cannot meet and nobody stated: the best engine that meets it.
fn would_change(requirements: &[Requirement], ranking: &[Ranked], lens: &Lens) -> Vec<WouldChange> {
    let Some(first) = ranking.first() else {
        return Vec::new();
    };
    let stated: BTreeSet<SignalId> = requirements.iter().map(|need| need.signal).collect();
    let open = lens
        .engine(first.engine)
        .contradicts
        .iter()
        .filter(|(signal, _)| !stated.contains(signal));
    open.filter_map(|(&signal, statement)| {
        let next = ranking
            .iter()
            .find(|ranked| lens.engine(ranked.engine).satisfies.contains(&signal))?;
        (next.verdict <= first.verdict).then(|| WouldChange {
            signal,
            then: next.engine,
            because: statement.because.clone(),
        })
    })
    .take(CHANGES)
    .collect()
}

/// The questions of the gap rules that the requirements leave unanswered.
fn questions(requirements: &[Requirement], lens: &Lens) -> Vec<Question> {
    lens.rules
        .iter()
        .filter_map(|rule| {
            let question = rule.asks.clone()?;
            let answered = requirements.iter().any(|need| {
                let signal = lens.signal(need.signal);
                rule.answered_by
                    .iter()
                    .any(|wanted| *wanted == signal.group || *wanted == signal.id)
            });
            let group = rule.answered_by.first()?.clone();
            (!answered).then_some(Question { group, question })
        })
        .collect()
}
