//! What would make X right? What speaks against it, and for each the ways in which it would no longer do so; then the same reviewer
//! is asked whether that is enough.

use super::findings::{accepted, sentence};
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, Chosen, Standing, Supposition};
use crate::conversation::session::Turn;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, SignalId};
use crate::review::{Category, Finding};

pub(super) fn makes_right(turn: &mut Turn) {
    turn.supposing();
    let Some(mut case) = turn.case() else { return };
    let engines = match turn.question.engines.as_slice() {
        [] => case.chosen().map(|choice| choice.engine).collect(),
        named => named.to_vec(),
    };
    if engines.is_empty() {
        let examples = turn.examples(&[Intent::MakesRight]);
        turn.writer.remark(Remark::AboutWhat { examples });
    }
    for engine in engines {
        one(turn, &mut case, engine);
    }
}

fn one(turn: &mut Turn, case: &mut Case, engine: EngineId) {
    let lens = case.lens;
    let name = names::engine(engine, lens);
    let family = lens.engine(engine).family;
    let standing = case.stand(engine);
    let against = standing.against();
    let taken: Vec<&Finding> = standing
        .findings
        .iter()
        .filter(|finding| finding.acknowledged.is_some())
        .collect();
    for finding in &taken {
        accepted(&mut turn.writer, case, finding);
    }
    if against.is_empty() {
        let nothing = if taken.is_empty() { "nothing" } else { "nothing else" };
        let text = format!("As the record stands, {nothing} that is stated speaks against {name}.");
        turn.writer
            .fact(Fact::new(text, case.whole()).and([Basis::engine(engine, lens)]));
        if !standing.ranked.satisfies.is_empty() {
            let needs = names::needs(&standing.ranked.satisfies, lens);
            turn.writer
                .say(format!("It meets {needs}."), Basis::engine(engine, lens));
        }
    }
    for finding in &against {
        way(turn, case, finding);
    }
    enough(turn, &standing, &against);
    let text = format!("It is made for this: {}", lens.family(family).says);
    turn.writer
        .fact(Fact::new(text, Basis::family(family, lens)).and([Basis::engine(engine, lens)]));
    let first = against.iter().find_map(|finding| names::denied(finding.signal?, lens));
    if let Some(denied) = first {
        turn.writer.lead_on(format!("What if {denied}?"));
    }
    turn.writer.lead_on("What should I use?");
}

/// One thing against it, and what would take that away.
fn way(turn: &mut Turn, case: &Case, finding: &Finding) {
    let lens = case.lens;
    let rule = || Basis::rule(&finding.rule, &finding.source, lens);
    if finding.category == Category::Lifecycle {
        turn.writer
            .say(format!("Nothing: {}", sentence(&finding.message)), rule());
        return;
    }
    let need = names::needed(finding, lens);
    let statement = finding
        .signal
        .and_then(|signal| lens.engine(finding.engine?).contradicts.get(&signal));
    let mut ways = vec![format!("{need} would have to go")];
    if let Some(families) = statement
        .map(|statement| &statement.mitigated_by)
        .filter(|all| !all.is_empty())
    {
        let named: Vec<&str> = families
            .iter()
            .map(|&family| lens.family(family).name.as_str())
            .collect();
        ways.push(format!("be left to a second store ({})", names::any(&named)));
    }
    let text = format!("{}. {}", names::capital(&ways.join(", or ")), sentence(&finding.remedy));
    let places = finding.evidence.iter().map(|&span| Basis::place(case, span));
    turn.writer.fact(Fact::new(text, rule()).and(places));
}

/// Whether it would be right without the needs that speak against it, asked of the reviewer.
fn enough(turn: &mut Turn, standing: &Standing, against: &[&Finding]) {
    let lens = turn.lens();
    let mut signals: Vec<SignalId> = Vec::new();
    for signal in against.iter().filter_map(|finding| finding.signal) {
        if !signals.contains(&signal) {
            signals.push(signal);
        }
    }
    let denials: Vec<String> = signals
        .iter()
        .filter_map(|&signal| names::denied(signal, lens))
        .collect();
    if denials.is_empty() || denials.len() < signals.len() {
        return;
    }
    let engine = standing.engine;
    let name = names::engine(engine, lens);
    let mut all = turn.session.suppositions.clone();
    all.extend(denials.iter().map(|statement| Supposition::Need {
        statement: statement.clone(),
    }));
    all.push(Supposition::Choice {
        statement: format!("we chose {name}"),
        engine: lens.engine(engine).id.clone(),
        how: Chosen::Instead(None),
    });
    let Some(mut case) = turn.case_with(&all) else { return };
    let left = case.stand(engine);
    let supposed = denials.iter().map(|statement| Basis::Supposed {
        statement: statement.clone(),
    });
    let basis: Vec<Basis> = supposed.collect();
    let left = left.against();
    let text = match left.first() {
        None => format!("With that taken away, nothing that is stated speaks against {name}."),
        Some(finding) => {
            let need = names::needed(finding, lens);
            match need.is_empty() {
                true => format!("Even then this stays: {}", sentence(&finding.message)),
                false => format!("Even then {need} speaks against it."),
            }
        }
    };
    turn.writer
        .fact(Fact::new(text, Basis::engine(engine, lens)).and(basis));
}
