//! What should I use? The first engines of the reviewer's order, with what they meet, and what would change it.

use super::names;
use crate::conversation::answer::{Basis, Fact};
use crate::conversation::case::{Case, loud};
use crate::conversation::open::open;
use crate::conversation::session::Turn;
use crate::lens::{EngineId, Lens, SignalId};
use crate::reading::Role;
use crate::review::{self, Ranked, Verdict};
use crate::text::Span;

/// So many engines are named.
const NAMED: usize = 3;
/// So many needs that would change the answer are named.
const CHANGES: usize = 2;

pub(super) fn recommend(turn: &mut Turn) {
    turn.supposing();
    let Some(mut case) = turn.case() else { return };
    let lens = case.lens;
    let vendor = turn.question.vendor.clone();
    let recommendation = review::recommend(&case.reading, lens, |engine| {
        vendor.as_ref().is_none_or(|vendor| engine.vendor == *vendor)
    });
    let needs_nothing = case.needs().is_empty();
    if needs_nothing {
        turn.writer.say(
            "The record states no need that the framework knows, so nothing tells the engines apart yet.",
            case.whole(),
        );
    } else {
        decided(turn, &case);
        options(turn, &mut case);
        let better_than = turn.question.engines.clone();
        let ranking = recommendation
            .ranking
            .iter()
            .filter(|ranked| !better_than.iter().any(|&other| lens.same_product(ranked.engine, other)));
        for (at, ranked) in ranking.take(NAMED).enumerate() {
            one(turn, &case, ranked, at);
        }
        for change in recommendation.would_change.iter().take(CHANGES) {
            let text = format!(
                "With {} it would be {}: {}",
                names::need(change.signal, lens),
                names::engine(change.then, lens),
                change.because
            );
            let first = recommendation.ranking.first().map(|ranked| ranked.engine);
            let statement = first.and_then(|engine| {
                let statement = lens.engine(engine).contradicts.get(&change.signal)?;
                Some(Basis::statement(engine, &statement.source, lens))
            });
            turn.writer
                .fact(Fact::new(text, Basis::engine(change.then, lens)).and(statement));
        }
    }
    let open = open(&case, &turn.session.skipped);
    if needs_nothing {
        super::missing::put(turn, &open);
    } else if !open.is_empty() {
        turn.writer.lead_on("What is missing?");
    }
    if let Some(first) = recommendation.ranking.first().filter(|_| !needs_nothing) {
        if !case.decides_for(first.engine) {
            let name = names::engine(first.engine, lens);
            turn.writer.lead_on(format!("What if we chose {name} instead?"));
        }
        turn.writer.lead_on("Why?");
    }
}

/// One engine with its verdict, and the words of the needs it meets.
pub(super) fn one(turn: &mut Turn, case: &Case, ranked: &Ranked, at: usize) {
    let lens = case.lens;
    let name = names::engine(ranked.engine, lens);
    let mut text = format!("{}. {name}", at + 1);
    if !ranked.satisfies.is_empty() {
        text.push_str(&format!(" meets {}", names::needs(&ranked.satisfies, lens)));
    }
    let against: Vec<SignalId> = ranked.contradicts.iter().chain(&ranked.costs).copied().collect();
    text.push_str(match ranked.verdict {
        Verdict::Fits => "; nothing that is stated speaks against it",
        Verdict::FitsWithCost | Verdict::Contradicted => "; against it speaks ",
    });
    if ranked.verdict != Verdict::Fits {
        text.push_str(&names::needs(&against, lens));
    }
    text.push('.');
    let places = ranked.satisfies.iter().filter_map(|&signal| case.need(signal));
    // Only the first is told with all its places: the others meet the same words.
    let places: Vec<Basis> = places.map(|need| Basis::place(case, need.span)).collect();
    let places = if at == 0 { places } else { Vec::new() };
    let statements = against_statements(&against, ranked, lens);
    turn.writer.fact(
        Fact::new(text, Basis::engine(ranked.engine, lens))
            .and(statements)
            .and(places),
    );
}

fn against_statements(against: &[SignalId], ranked: &Ranked, lens: &Lens) -> Vec<Basis> {
    let statements = against
        .iter()
        .filter_map(|signal| lens.engine(ranked.engine).contradicts.get(signal));
    statements
        .map(|statement| Basis::statement(ranked.engine, &statement.source, lens))
        .collect()
}

/// What the record weighs, or would fit in the place of what it decides for: nearer to it than the first of all engines.
fn options(turn: &mut Turn, case: &mut Case) {
    let lens = case.lens;
    let weighed: Vec<(EngineId, Span)> = case
        .reading
        .choices
        .iter()
        .filter(|choice| matches!(choice.role, Role::Considered | Role::Rejected))
        .map(|choice| (choice.engine, choice.span))
        .collect();
    for (engine, span) in weighed {
        let standing = case.stand(engine);
        let against = standing.against();
        let needs: Vec<String> = against.iter().map(|finding| names::needed(finding, lens)).collect();
        let name = names::engine(engine, lens);
        let text = match (against.is_empty(), standing.ranked.satisfies.is_empty()) {
            (false, _) => format!(
                "Against {name}, which it weighs, speaks the need of {}.",
                names::all(&needs)
            ),
            (true, true) => format!("Nothing that is stated speaks against {name}, which it weighs."),
            (true, false) => format!(
                "Nothing that is stated speaks against {name}, which it weighs; it meets {}.",
                names::needs(&standing.ranked.satisfies, lens)
            ),
        };
        let rules = against
            .iter()
            .map(|finding| Basis::rule(&finding.rule, &finding.source, lens));
        let fact = Fact::new(text, Basis::place(case, span));
        turn.writer.fact(fact.and([Basis::engine(engine, lens)]).and(rules));
    }
    let findings = loud(&case.findings);
    let others = findings
        .iter()
        .flat_map(|finding| &finding.alternatives)
        .map(|other| other.engine);
    let others: Vec<EngineId> = others.fold(Vec::new(), |mut kept, engine| {
        if !kept.contains(&engine) {
            kept.push(engine);
        }
        kept
    });
    if let Some((&first, rest)) = others.split_first() {
        let text = format!(
            "In the place of what it decides for would fit {}.",
            names::either(&others, lens)
        );
        let more: Vec<Basis> = rest.iter().map(|&engine| Basis::engine(engine, lens)).collect();
        turn.writer.fact(Fact::new(text, Basis::engine(first, lens)).and(more));
    }
}

/// How what is decided stands beside that.
fn decided(turn: &mut Turn, case: &Case) {
    let lens = case.lens;
    let choices: Vec<_> = case.chosen().cloned().collect();
    for choice in choices {
        let against: Vec<String> = loud(&case.findings)
            .iter()
            .filter(|finding| finding.engine == Some(choice.engine))
            .map(|finding| names::needed(finding, lens))
            .filter(|need| !need.is_empty())
            .collect();
        let name = names::engine(choice.engine, lens);
        let text = match against.is_empty() {
            true => format!("{name}, which is decided for, has nothing that is stated against it."),
            false => format!(
                "Against {name}, which is decided for, speaks the need of {}.",
                names::all(&against)
            ),
        };
        let basis = Basis::engine(choice.engine, lens);
        turn.writer
            .fact(Fact::new(text, basis).and([Basis::place(case, choice.span)]));
    }
}
