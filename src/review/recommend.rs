//! Requirements → an order of engines with reasons. No scores: eliminate by what must be, prefer by what should be, then the least
//! work to run, then the boring default.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::limits;
use crate::lens::{Engine, EngineId, Lens, Operation, Severity, SignalId, Weighs};
use crate::quantity::{Metric, Quantity};
use crate::reading::{By, Choice, Polarity, Reading, Requirement, Role, Strength, taken_back};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
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
    /// What is measured by the stated targets that are beyond a limit of the engine.
    pub out_of_reach: Vec<Metric>,
    /// Stated needs that the engine meets badly: the lens has a note on them, not a warning.
    pub costs: Vec<SignalId>,
    /// Stated needs of which the lens says nothing for this engine.
    pub silent: Vec<SignalId>,
    /// The needs for one of which alone the engine is made, where none of them is stated.
    pub only_for: Vec<SignalId>,
}

impl Ranked {
    /// The needs that speak against the engine: those that some words ask for beyond doubt, and those that may be meant.
    pub fn contradicts_and_may(&self, reading: &Reading) -> (Vec<SignalId>, Vec<SignalId>) {
        self.contradicts.iter().partition(|&&signal| reading.is_sure(signal))
    }
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

/// How a text asks for one signal.
struct Asked<'a> {
    strength: Strength,
    /// The figures it rests on, when it rests on nothing else.
    figures: Option<Vec<&'a Quantity>>,
    /// For a need of compatibility: the engine that has to be understood.
    engine: Option<EngineId>,
}

/// What a text asks for: each signal at its greatest strength, denied ones left out, and the targets.
struct Demand<'a> {
    asked: BTreeMap<SignalId, Asked<'a>>,
    /// Those of them that another brings with it.
    implied: BTreeSet<SignalId>,
    targets: Vec<&'a Quantity>,
}

impl<'a> Demand<'a> {
    fn new(requirements: &[&'a Requirement], targets: Vec<&'a Quantity>, lens: &Lens) -> Self {
        let denied = taken_back(requirements.iter().copied());
        let mut asked: BTreeMap<SignalId, Asked> = BTreeMap::new();
        for &need in requirements
            .iter()
            .filter(|need| need.polarity == Polarity::Required && !denied.contains(&need.signal))
        {
            let strength = match lens.signal(need.signal).weighs {
                Weighs::Tolerance => Strength::May,
                // What is not beyond doubt can make an engine preferred, and never excludes one as what must be does.
                _ if !need.firm || need.is_likely() => need.strength.min(Strength::Should),
                Weighs::Quality | Weighs::Shape => need.strength,
            };
            let entry = asked.entry(need.signal).or_insert(Asked {
                strength,
                figures: Some(Vec::new()),
                engine: None,
            });
            entry.strength = entry.strength.max(strength);
            entry.engine = entry.engine.or(need.engine);
            match (&need.by, &need.quantity, &mut entry.figures) {
                (By::Figure, Some(figure), Some(figures)) => figures.push(figure),
                _ => entry.figures = None,
            }
        }
        // Rows that are joined are found by their keys as well: to meet the lesser need sets no engine apart.
        let signals = asked.keys().copied();
        let implied = signals.filter(|&signal| is_implied(signal, &asked, lens)).collect();
        Demand {
            asked,
            implied,
            targets,
        }
    }

    /// Whether the need rests on figures alone and the engine is known to reach them all.
    fn settled(&self, signal: SignalId, engine: &Engine) -> bool {
        let figures = self.asked.get(&signal).and_then(|asked| asked.figures.as_ref());
        figures.is_some_and(|figures| !figures.is_empty() && figures.iter().all(|figure| engine.reaches(figure)))
    }

    /// Whether an engine understands the one that a need of compatibility names; `None` where it names none.
    fn understood(&self, signal: SignalId, by: EngineId, lens: &Lens) -> Option<bool> {
        let named = self.asked.get(&signal)?.engine?;
        Some(lens.understands(by, named))
    }

    /// Whether an engine, or the one it offers, is what a need of compatibility names: for PL/SQL rather RDS for Oracle than RDS.
    fn names(&self, engine: EngineId, offers: Option<EngineId>) -> bool {
        let mut named = self.asked.values().filter_map(|asked| asked.engine);
        named.any(|named| named == engine || Some(named) == offers)
    }

    fn strength(&self, signal: SignalId) -> Option<Strength> {
        self.asked.get(&signal).map(|asked| asked.strength)
    }
}

/// Whether a need that is stated as firmly brings this one with it.
fn is_implied(signal: SignalId, asked: &BTreeMap<SignalId, Asked>, lens: &Lens) -> bool {
    let strength = |signal| asked.get(&signal).map(|need| need.strength);
    let mut by = lens.signal(signal).implied_by.iter();
    by.any(|id| {
        lens.signal_by_id(id)
            .is_some_and(|other| strength(other) >= strength(signal))
    })
}

/// The vendor of the services that a text names, where they are of one: who names Aurora and DynamoDB is with Amazon.
fn home<'a>(named: &[EngineId], lens: &'a Lens) -> Option<&'a str> {
    let services = named.iter().map(|&id| lens.engine(id));
    let mut vendors = services
        .filter(|engine| matches!(engine.operation, Operation::Serverless | Operation::Managed))
        .map(|engine| engine.vendor.as_str());
    let first = vendors.next()?;
    vendors.all(|other| other == first).then_some(first)
}

/// Orders the engines that `admits` lets in. Engines nobody can start on are left out. What must be decides first, then what should be;
/// within each, what is stored and asked for comes before how well the store is kept; an engine that is made for a need which nobody
/// stated stands behind those that are made for any, and where the services that the text names are of one vendor, the others stand behind
/// that. Of two that do as much, the one that is, offers or
/// speaks an engine the text names comes first: what is there already moves with the least work.
pub(super) fn rank(
    reading: &Reading,
    named: &[EngineId],
    lens: &Lens,
    admits: impl Fn(&Engine) -> bool,
) -> Vec<Ranked> {
    let requirements: Vec<&Requirement> = reading.requirements.iter().collect();
    let targets = limits::targets(reading).map(|measured| &measured.quantity).collect();
    let demand = Demand::new(&requirements, targets, lens);
    let home = home(named, lens);
    let mut ranking: Vec<Ranked> = lens
        .engine_ids()
        .filter(|&id| !lens.engine(id).retired && lens.policy.recommends(id) && admits(lens.engine(id)))
        .map(|id| hold(id, &demand, lens))
        .collect();
    ranking.sort_by_cached_key(|ranked| {
        let engine = lens.engine(ranked.engine);
        let count = |signals: &[SignalId], strength| {
            signals
                .iter()
                .filter(|&&signal| demand.strength(signal) == Some(strength))
                .count()
        };
        let met = |weighs, strength| {
            let counts = |signal: SignalId| {
                lens.signal(signal).weighs == weighs
                    && demand.strength(signal) == Some(strength)
                    && !demand.implied.contains(&signal)
            };
            Reverse(ranked.satisfies.iter().filter(|&&signal| counts(signal)).count())
        };
        (
            (
                ranked.out_of_reach.len() + count(&ranked.contradicts, Strength::Must),
                count(&ranked.contradicts, Strength::Should),
                !ranked.only_for.is_empty(),
                home.is_some_and(|home| engine.vendor != home),
            ),
            met(Weighs::Shape, Strength::Must),
            count(&ranked.costs, Strength::Must),
            met(Weighs::Shape, Strength::Should),
            !named.iter().any(|&other| lens.understands(ranked.engine, other)),
            count(&ranked.costs, Strength::Should),
            met(Weighs::Quality, Strength::Must),
            met(Weighs::Quality, Strength::Should),
            met(Weighs::Shape, Strength::May),
            met(Weighs::Quality, Strength::May),
            !demand.names(ranked.engine, engine.offers),
            (
                lens.policy.standing(ranked.engine).map(|standing| standing.kind),
                engine.default_rank.unwrap_or(u32::MAX),
                engine.operation,
                engine.id.clone(),
            ),
        )
    });
    ranking
}

/// The engines a text names, neither turning them down nor saying that they are not there.
fn named(reading: &Reading) -> Vec<EngineId> {
    reading
        .choices
        .iter()
        .filter(|choice| choice.role != Role::Rejected && !choice.denied)
        .map(|choice| choice.engine)
        .collect()
}

fn hold(id: EngineId, demand: &Demand, lens: &Lens) -> Ranked {
    let engine = lens.engine(id);
    let signals = || demand.asked.keys().copied();
    let opposed = signals().filter_map(|signal| match demand.understood(signal, id, lens) {
        Some(understood) => (!understood).then_some((signal, Severity::Error)),
        None if demand.settled(signal, engine) => None,
        None => Some((signal, engine.contradicts.get(&signal)?.severity)),
    });
    let (loud, noted): (Vec<_>, Vec<_>) = opposed.partition(|(_, severity)| *severity >= Severity::Warning);
    let only = |pairs: Vec<(SignalId, Severity)>| pairs.into_iter().map(|(signal, _)| signal).collect::<Vec<_>>();
    let (contradicts, costs) = (only(loud), only(noted));
    let satisfies: Vec<SignalId> = signals()
        .filter(|&signal| {
            let met = || engine.satisfies.contains(&signal) || demand.settled(signal, engine);
            demand.understood(signal, id, lens).unwrap_or_else(met)
        })
        .collect();
    let silent = signals()
        .filter(|signal| {
            let opposed = engine.contradicts.contains_key(signal) || contradicts.contains(signal);
            !opposed && !satisfies.contains(signal)
        })
        .collect();
    let out_of_reach: Vec<Metric> = demand
        .targets
        .iter()
        .filter_map(|target| Some(engine.excludes(target)?.metric))
        .collect();
    let worst = contradicts.iter().filter_map(|&signal| demand.strength(signal)).max();
    let verdict = match worst {
        _ if !out_of_reach.is_empty() => Verdict::Contradicted,
        None if costs.is_empty() => Verdict::Fits,
        None => Verdict::FitsWithCost,
        Some(Strength::Must) => Verdict::Contradicted,
        Some(_) => Verdict::FitsWithCost,
    };
    let meant = engine.only_for.iter().any(|signal| demand.asked.contains_key(signal));
    let only_for = engine.only_for.iter().copied().filter(|_| !meant).collect();
    Ranked {
        engine: id,
        verdict,
        satisfies,
        contradicts,
        out_of_reach,
        costs,
        silent,
        only_for,
    }
}

/// Holds one choice against the needs of its record that may be of its data.
pub fn held(choice: &Choice, reading: &Reading, lens: &Lens) -> Ranked {
    let may_be = |need: &&Requirement| match (&need.workload, &choice.workload) {
        (Some(wanted), Some(workload)) => wanted == workload,
        _ => true,
    };
    let needs: Vec<&Requirement> = reading.requirements.iter().filter(may_be).collect();
    let targets = limits::targets(reading).map(|measured| &measured.quantity).collect();
    hold(choice.engine, &Demand::new(&needs, targets, lens), lens)
}

/// Ranks engines for what a text asks for, and says what would change the answer and what to ask.
pub fn recommend(reading: &Reading, lens: &Lens, admits: impl Fn(&Engine) -> bool) -> Recommendation {
    let requirements = &reading.requirements;
    let ranking = rank(reading, &named(reading), lens, &admits);
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
