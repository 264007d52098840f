//! Why not X? The engine in the place of what the record decides for, before the same reviewer.

use super::findings::{accepted, sentence, tell_some};
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, Standing};
use crate::conversation::session::Turn;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, SignalId};
use crate::reading::Role;

pub(super) fn why_not(turn: &mut Turn) {
    turn.supposing();
    let Some(mut case) = turn.case() else { return };
    let engines = turn.question.engines.clone();
    if engines.is_empty() {
        let examples = turn.examples(&[Intent::WhyNot]);
        turn.writer.remark(Remark::AboutWhat { examples });
        return;
    }
    for engine in engines {
        one(turn, &mut case, engine);
    }
}

fn one(turn: &mut Turn, case: &mut Case, engine: EngineId) {
    let lens = case.lens;
    let name = names::engine(engine, lens);
    its_role(turn, case, engine);
    let standing = case.stand(engine);
    let against = standing.against();
    let taken = standing.findings.iter().any(|finding| finding.acknowledged.is_some());
    if against.is_empty() && !taken {
        turn.writer.fact(
            Fact::new(format!("Nothing that is stated speaks against {name}."), case.whole())
                .and([Basis::engine(engine, lens)]),
        );
    }
    tell_some(&mut turn.writer, case, &against);
    for finding in standing
        .findings
        .iter()
        .filter(|finding| finding.acknowledged.is_some())
    {
        accepted(&mut turn.writer, case, finding);
    }
    costs(turn, case, &standing);
    meets(turn, case, &standing);
    if against.is_empty() {
        turn.writer.lead_on(format!("What if we chose {name} instead?"));
    } else {
        turn.writer.lead_on(format!("What would make {name} right?"));
    }
    let chosen = case.chosen().map(|choice| choice.engine).find(|&other| other != engine);
    if let Some(chosen) = chosen {
        turn.writer
            .lead_on(format!("Compare {} and {name}", names::engine(chosen, lens)));
    }
}

/// What the record says of the engine itself.
fn its_role(turn: &mut Turn, case: &Case, engine: EngineId) {
    let Some(choice) = case.choice(engine) else { return };
    let name = names::engine(choice.engine, case.lens);
    let text = match choice.role {
        Role::Chosen => format!("The record decides for {name}."),
        Role::Rejected => format!("The record weighs {name} and turns it down."),
        Role::Considered => format!("The record weighs {name}."),
        Role::Incumbent => format!("{name} is in use already."),
        Role::Mentioned => return,
    };
    turn.writer.say(text, Basis::place(case, choice.span));
}

/// Needs it meets badly: the lens has a note on them, not a warning.
fn costs(turn: &mut Turn, case: &Case, standing: &Standing) {
    let lens = case.lens;
    for &signal in &standing.ranked.costs {
        let Some(statement) = lens.engine(standing.engine).contradicts.get(&signal) else {
            continue;
        };
        let rule = turn.rule_of(signal, &statement.owner);
        let text = format!(
            "At a cost, {}: {}",
            names::need(signal, lens),
            sentence(&statement.because)
        );
        let place = case.need(signal).map(|need| Basis::place(case, need.span));
        turn.writer
            .fact(Fact::new(text, Basis::rule(&rule, &statement.source, lens)).and(place));
    }
}

/// What it meets of what is stated, and what the lens does not say.
fn meets(turn: &mut Turn, case: &Case, standing: &Standing) {
    let lens = case.lens;
    let places = |signals: &[SignalId]| -> Vec<Basis> {
        let needs = signals.iter().filter_map(|&signal| case.need(signal));
        needs.map(|need| Basis::place(case, need.span)).collect()
    };
    let ranked = &standing.ranked;
    if !ranked.satisfies.is_empty() {
        let text = format!("It meets {}.", names::needs(&ranked.satisfies, lens));
        turn.writer
            .fact(Fact::new(text, Basis::engine(standing.engine, lens)).and(places(&ranked.satisfies)));
    }
    if !ranked.silent.is_empty() {
        let text = format!(
            "The lens does not say whether it meets {}.",
            names::needs(&ranked.silent, lens)
        );
        turn.writer.say(text, Basis::engine(standing.engine, lens));
    }
}
