//! What does the framework say about X? An engine, a need, a family or a rule.

use super::findings::{article, sentence};
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::Case;
use crate::conversation::question::statement_rule;
use crate::conversation::session::Turn;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, FamilyId, Lens, SignalId};

/// So many events of a lifecycle are told, the latest first.
const EVENTS: usize = 3;
/// So many engines are named where many would do.
const NAMED: usize = 6;

pub(super) fn about(turn: &mut Turn) {
    let question = turn.question.clone();
    // What the record asks for comes first in what is said of an engine.
    let case = turn.subject.document.is_some().then(|| turn.case()).flatten();
    for id in &question.rules {
        rule(turn, case.as_ref(), id);
    }
    if !question.rules.is_empty() {
        return;
    }
    match (question.engines.as_slice(), question.signals.as_slice()) {
        ([], []) => {}
        ([], signals) => signals.iter().for_each(|&signal| need(turn, case.as_ref(), signal)),
        (engines, []) => engines.iter().for_each(|&id| engine(turn, case.as_ref(), id)),
        (engines, signals) => {
            for &id in engines {
                signals.iter().for_each(|&signal| pair(turn, id, signal));
            }
        }
    }
    if question.signals.is_empty() && question.engines.is_empty() {
        question.families.iter().for_each(|&id| family(turn, id));
    }
    if question.is_about_nothing() {
        let examples = turn.examples(&[Intent::About]);
        turn.writer.remark(Remark::AboutWhat { examples });
    }
}

fn engine(turn: &mut Turn, case: Option<&Case>, id: EngineId) {
    let lens = turn.lens();
    let engine = lens.engine(id);
    let basis = || Basis::engine(id, lens);
    let family = lens.family(engine.family);
    turn.writer.say(format!("{}: {}", engine.name, engine.says), basis());
    turn.writer.say(
        format!("It is {}: {}", article(&family.name), family.says),
        Basis::family(engine.family, lens),
    );
    let needed: Vec<SignalId> = case
        .map(|case| case.needs().iter().map(|need| need.signal).collect())
        .unwrap_or_default();
    let (of_record, others): (Vec<SignalId>, Vec<SignalId>) =
        engine.satisfies.iter().partition(|signal| needed.contains(signal));
    if !of_record.is_empty() {
        let text = format!(
            "It meets what this record needs of it: {}.",
            names::needs(&of_record, lens)
        );
        turn.writer.say(text, basis());
    }
    if !others.is_empty() {
        turn.writer.say(format!("It meets {}.", some(&others, lens)), basis());
    }
    // What this record needs is told with its reason; the rest by name.
    let (told, named): (Vec<SignalId>, Vec<SignalId>) =
        engine.contradicts.keys().partition(|signal| needed.contains(signal));
    for signal in told {
        against(turn, case, id, signal);
    }
    if !named.is_empty() {
        turn.writer
            .say(format!("It is not made for {}.", some(&named, lens)), basis());
    }
    for limit in &engine.limits {
        let text = format!("Limit: {}", sentence(&limit.because));
        turn.writer.say(text, Basis::statement(id, &limit.source, lens));
    }
    let mut events: Vec<_> = engine.lifecycle.iter().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.on.to_string()));
    for event in events.into_iter().take(EVENTS) {
        let text = format!("{}: {}", event.on, sentence(&event.says));
        turn.writer.say(text, Basis::statement(id, &event.source, lens));
    }
    if case.is_some() {
        let name = &engine.name;
        turn.writer.lead_on(format!("Why not {name}?"));
        turn.writer.lead_on(format!("What would make {name} right?"));
    }
}

/// The first of many needs, and how many more there are.
fn some(signals: &[SignalId], lens: &Lens) -> String {
    let (shown, rest) = signals.split_at(signals.len().min(NAMED));
    let mut words: Vec<String> = shown.iter().map(|&signal| names::need(signal, lens)).collect();
    if !rest.is_empty() {
        words.push(format!("{} more", rest.len()));
    }
    names::all(&words)
}

/// The statement of the lens against an engine for one need.
fn against(turn: &mut Turn, case: Option<&Case>, id: EngineId, signal: SignalId) {
    let lens = turn.lens();
    let Some(statement) = lens.engine(id).contradicts.get(&signal) else {
        return;
    };
    let rule = statement_rule(signal, &statement.owner, lens);
    let text = format!(
        "Against {}: {}",
        names::need(signal, lens),
        sentence(&statement.because)
    );
    let place = case.and_then(|case| Some(Basis::place(case, case.need(signal)?.span)));
    turn.writer
        .fact(Fact::new(text, Basis::rule(&rule, &statement.source, lens)).and(place));
}

/// Can X do Y?
fn pair(turn: &mut Turn, id: EngineId, signal: SignalId) {
    let lens = turn.lens();
    let engine = lens.engine(id);
    let need = names::need(signal, lens);
    if let Some(statement) = engine.contradicts.get(&signal) {
        let rule = statement_rule(signal, &statement.owner, lens);
        let basis = || Basis::rule(&rule, &statement.source, lens);
        let text = format!("{} works against {need}: {}", engine.name, statement.because);
        turn.writer.say(text, basis());
        turn.writer.say(format!("Way out: {}", statement.remedy), basis());
    } else if engine.satisfies.contains(&signal) {
        turn.writer
            .say(format!("{} meets {need}.", engine.name), Basis::engine(id, lens));
    } else {
        turn.writer.say(
            format!(
                "The lens says neither that {} meets {need} nor that it works against it.",
                engine.name
            ),
            Basis::engine(id, lens),
        );
    }
}

fn need(turn: &mut Turn, case: Option<&Case>, signal: SignalId) {
    let lens = turn.lens();
    let basis = || Basis::need(signal, lens);
    let stated = lens.signal(signal);
    turn.writer.say(
        format!("{}: {}", names::capital(&names::need(signal, lens)), stated.says),
        basis(),
    );
    match case.map(|case| (case, case.need(signal))) {
        Some((case, Some(need))) => turn
            .writer
            .say("This record asks for it.", Basis::place(case, need.span)),
        Some((case, None)) => turn.writer.say("This record does not ask for it.", case.whole()),
        None => {}
    }
    let usual = usual(lens, |id| lens.engine(id).satisfies.contains(&signal));
    if let Some((&first, rest)) = usual.split_first() {
        let more: Vec<Basis> = rest.iter().map(|&id| Basis::engine(id, lens)).collect();
        let text = format!("Met by {}, among others.", names::engines(&usual, lens));
        turn.writer.fact(Fact::new(text, Basis::engine(first, lens)).and(more));
    }
    // One statement of a family stands for all its engines.
    let mut told: Vec<&str> = Vec::new();
    for engine in &lens.engines {
        let Some(statement) = engine.contradicts.get(&signal) else {
            continue;
        };
        let of_family = lens.families.iter().any(|family| family.id == statement.owner);
        if of_family && !told.contains(&statement.owner.as_str()) {
            told.push(&statement.owner);
        }
    }
    let families: Vec<FamilyId> = told.iter().filter_map(|id| lens.family_by_id(id)).collect();
    if let Some((&first, rest)) = families.split_first() {
        let named: Vec<&str> = families.iter().map(|&id| lens.family(id).name.as_str()).collect();
        let text = format!("These families work against it: {}.", names::all(&named));
        let more: Vec<Basis> = rest.iter().map(|&id| Basis::family(id, lens)).collect();
        turn.writer.fact(Fact::new(text, Basis::family(first, lens)).and(more));
    }
    turn.writer.say(format!("The framework asks: {}", stated.asks), basis());
}

fn family(turn: &mut Turn, id: FamilyId) {
    let lens = turn.lens();
    let family = lens.family(id);
    turn.writer.say(
        format!("{}: {}", names::capital(&family.name), family.says),
        Basis::family(id, lens),
    );
    let members = usual(lens, |engine| lens.engine(engine).family == id);
    if let Some((&first, rest)) = members.split_first() {
        let more: Vec<Basis> = rest.iter().map(|&id| Basis::engine(id, lens)).collect();
        let text = format!("Among them: {}.", names::engines(&members, lens));
        turn.writer.fact(Fact::new(text, Basis::engine(first, lens)).and(more));
        turn.writer.lead_on(format!(
            "What does the framework say about {}?",
            names::engine(first, lens)
        ));
    }
}

fn rule(turn: &mut Turn, case: Option<&Case>, id: &str) {
    let lens = turn.lens();
    if let Some(rule) = lens.rule(id) {
        let basis = || Basis::rule(id, &rule.source, lens);
        turn.writer.say(format!("{}: {}", rule.id, rule.says), basis());
        turn.writer.say(sentence(&rule.why), basis());
        turn.writer.say(format!("Way out: {}", sentence(&rule.remedy)), basis());
    } else {
        let found = lens.engines.iter().find_map(|engine| {
            engine
                .contradicts
                .iter()
                .find(|(signal, statement)| statement_rule(**signal, &statement.owner, lens) == id)
        });
        let Some((&signal, statement)) = found else { return };
        let basis = || Basis::rule(id, &statement.source, lens);
        turn.writer.say(
            format!(
                "{id} speaks where a record needs {}: {}",
                names::need(signal, lens),
                lens.signal(signal).says
            ),
            basis(),
        );
        turn.writer.say(sentence(&statement.because), basis());
        turn.writer
            .say(format!("Way out: {}", sentence(&statement.remedy)), basis());
    }
    let here = case.and_then(|case| Some((case, case.findings.iter().find(|finding| finding.rule == id)?)));
    if let Some((case, finding)) = here {
        let places = finding.evidence.iter().map(|&span| Basis::place(case, span));
        let fact = Fact::new("It is reported in this record.", Basis::place(case, finding.span));
        turn.writer.fact(fact.and(places));
    }
}

/// Engines in the order of how usual a choice they are, those without a rank by name; none that nobody can start on.
fn usual(lens: &Lens, admits: impl Fn(EngineId) -> bool) -> Vec<EngineId> {
    let mut found: Vec<EngineId> = lens
        .engine_ids()
        .filter(|&id| !lens.engine(id).retired && admits(id))
        .collect();
    found.sort_by_key(|&id| {
        let engine = lens.engine(id);
        (engine.default_rank.unwrap_or(u32::MAX), engine.id.clone())
    });
    found.truncate(NAMED);
    found
}
