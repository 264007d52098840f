//! Compare X, Y and Z for this record: where they differ on what it needs, then what they share.

use super::findings::sentence;
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, Standing};
use crate::conversation::question::statement_rule;
use crate::conversation::session::Turn;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, Lens, SignalId};
use crate::review::Category;

/// So many engines are compared at once.
pub const MOST_COMPARED: usize = 6;
/// So many needs that nobody stated and that would tell them apart are named.
const WOULD_DIFFER: usize = 3;

pub(super) fn compare(turn: &mut Turn) {
    turn.supposing();
    let mut engines = turn.question.engines.clone();
    let left_out = engines.len().saturating_sub(MOST_COMPARED);
    engines.truncate(MOST_COMPARED);
    let Some(mut case) = turn.case() else { return };
    if engines.len() < 2 {
        // "Is there anything better than X?" compares with what is decided.
        let chosen = case
            .chosen()
            .map(|choice| choice.engine)
            .find(|engine| !engines.contains(engine));
        engines.splice(0..0, chosen);
    }
    if engines.len() < 2 {
        let examples = turn.examples(&[Intent::Compare]);
        turn.writer.remark(Remark::AboutWhat { examples });
        return;
    }
    let standings: Vec<Standing> = engines.iter().map(|&engine| case.stand(engine)).collect();
    differences(turn, &case, &standings);
    others(turn, &case, &standings);
    verdicts(turn, &case, &standings);
    would_differ(turn, &case, &engines);
    if left_out > 0 {
        turn.writer.remark(Remark::More { count: left_out });
    }
}

/// How an engine stands to a need.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Meets,
    Silent,
    Against,
}

fn stands(engine: EngineId, signal: SignalId, lens: &Lens) -> Stands {
    let engine = lens.engine(engine);
    match (
        engine.contradicts.contains_key(&signal),
        engine.satisfies.contains(&signal),
    ) {
        (true, _) => Stands::Against,
        (false, true) => Stands::Meets,
        (false, false) => Stands::Silent,
    }
}

fn differences(turn: &mut Turn, case: &Case, standings: &[Standing]) {
    let lens = case.lens;
    let engines: Vec<EngineId> = standings.iter().map(|standing| standing.engine).collect();
    let mut shared = Vec::new();
    let mut told = 0;
    let needs: Vec<(SignalId, crate::text::Span)> = case.needs().iter().map(|need| (need.signal, need.span)).collect();
    for &(signal, span) in &needs {
        let of = |wanted: Stands| -> Vec<EngineId> {
            engines
                .iter()
                .copied()
                .filter(|&engine| stands(engine, signal, lens) == wanted)
                .collect()
        };
        let (meeting, against, silent) = (of(Stands::Meets), of(Stands::Against), of(Stands::Silent));
        if meeting.len() == engines.len() {
            shared.push(signal);
            continue;
        }
        if meeting.is_empty() && against.is_empty() {
            continue;
        }
        told += 1;
        let mut clauses = Vec::new();
        let mut basis: Vec<Basis> = engines.iter().map(|&engine| Basis::engine(engine, lens)).collect();
        if !meeting.is_empty() {
            let verb = if meeting.len() == 1 { "meets it" } else { "meet it" };
            clauses.push(format!("{} {verb}", names::engines(&meeting, lens)));
        }
        for &engine in &against {
            if let Some(statement) = lens.engine(engine).contradicts.get(&signal) {
                let because = statement.because.trim_end_matches('.');
                clauses.push(format!(
                    "{} works against it ({})",
                    names::engine(engine, lens),
                    names::small(because)
                ));
                basis.push(Basis::rule(
                    &statement_rule(signal, &statement.owner, lens),
                    &statement.source,
                    lens,
                ));
            }
        }
        if !silent.is_empty() {
            clauses.push(format!("of {} the lens does not say", names::engines(&silent, lens)));
        }
        let text = format!(
            "{}: {}.",
            names::capital(&names::need(signal, lens)),
            clauses.join("; ")
        );
        turn.writer.fact(Fact::new(text, Basis::place(case, span)).and(basis));
    }
    if !shared.is_empty() {
        let text = format!("{} meet {}.", both(engines.len()), names::needs(&shared, lens));
        let places = needs.iter().filter(|(signal, _)| shared.contains(signal));
        let places: Vec<Basis> = places.map(|&(_, span)| Basis::place(case, span)).collect();
        let basis = engines.iter().map(|&engine| Basis::engine(engine, lens));
        if let Some(first) = engines.first() {
            turn.writer
                .fact(Fact::new(text, Basis::engine(*first, lens)).and(basis).and(places));
        }
    }
    if told == 0 && shared.is_empty() {
        turn.writer
            .say("The record states no need that tells them apart.", case.whole());
        for &engine in &engines {
            let engine_says = format!("{}: {}", names::engine(engine, lens), lens.engine(engine).says);
            turn.writer.say(engine_says, Basis::engine(engine, lens));
        }
    }
}

fn both(count: usize) -> &'static str {
    if count == 2 { "Both" } else { "All" }
}

/// Limits, lifecycles and other products: what speaks against one of them beside its needs.
fn others(turn: &mut Turn, case: &Case, standings: &[Standing]) {
    for standing in standings {
        for finding in standing.against() {
            let by_statement = finding
                .signal
                .and_then(|signal| case.lens.engine(standing.engine).contradicts.get(&signal))
                .is_some_and(|statement| statement.because == finding.because);
            if by_statement {
                continue;
            }
            let text = match finding.category {
                Category::Lifecycle => sentence(&finding.message),
                _ => format!(
                    "{}: {}",
                    names::engine(standing.engine, case.lens),
                    sentence(&finding.because)
                ),
            };
            let rule = Basis::rule(&finding.rule, &finding.source, case.lens);
            let places = finding.evidence.iter().map(|&span| Basis::place(case, span));
            turn.writer.fact(Fact::new(text, rule).and(places));
        }
    }
}

fn verdicts(turn: &mut Turn, case: &Case, standings: &[Standing]) {
    let lens = case.lens;
    for standing in standings {
        let against = standing.against();
        let name = names::engine(standing.engine, lens);
        let fact = match against.as_slice() {
            [] => Fact::new(
                format!("Nothing that is stated speaks against {name}."),
                Basis::engine(standing.engine, lens),
            )
            .and([case.whole()]),
            [first, rest @ ..] => {
                let needs: Vec<String> = against.iter().map(|finding| names::needed(finding, lens)).collect();
                let needs: Vec<String> = needs.into_iter().filter(|need| !need.is_empty()).collect();
                let words = if needs.is_empty() {
                    sentence(&first.message)
                } else {
                    format!("Against {name} speaks the need of {}.", names::all(&needs))
                };
                let rules = rest
                    .iter()
                    .map(|finding| Basis::rule(&finding.rule, &finding.source, lens));
                Fact::new(words, Basis::rule(&first.rule, &first.source, lens)).and(rules)
            }
        };
        turn.writer.fact(fact);
    }
    let fitting = standings.iter().find(|standing| standing.against().is_empty());
    if let Some(fitting) = fitting {
        let name = names::engine(fitting.engine, lens);
        if !case.decides_for(fitting.engine) {
            turn.writer.lead_on(format!("What if we chose {name} instead?"));
        }
    }
    if let Some(other) = standings.iter().find(|standing| !standing.against().is_empty()) {
        let name = names::engine(other.engine, lens);
        turn.writer.lead_on(format!("What would make {name} right?"));
    }
}

/// Needs that nobody stated, which one of them meets and all others work against.
fn would_differ(turn: &mut Turn, case: &Case, engines: &[EngineId]) {
    let lens = case.lens;
    let stated = |signal| case.reading.requirements.iter().any(|need| need.signal == signal);
    for &meets in engines {
        let others: Vec<EngineId> = engines.iter().copied().filter(|&other| other != meets).collect();
        let alone = |&signal: &SignalId| {
            !stated(signal)
                && others
                    .iter()
                    .all(|&other| stands(other, signal, lens) == Stands::Against)
        };
        let signals = lens.engine(meets).satisfies.iter().copied().filter(alone);
        let named: Vec<String> = signals
            .take(WOULD_DIFFER)
            .map(|signal| names::need(signal, lens))
            .collect();
        if named.is_empty() {
            continue;
        }
        let text = format!(
            "For {} would speak a need of {}.",
            names::engine(meets, lens),
            names::any(&named)
        );
        let others = others.iter().map(|&other| Basis::engine(other, lens));
        turn.writer
            .fact(Fact::new(text, Basis::engine(meets, lens)).and(others));
    }
}
