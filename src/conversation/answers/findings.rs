//! Why is this flagged?

use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, loud};
use crate::conversation::session::Turn;
use crate::conversation::writer::Writer;
use crate::lens::{EngineId, Lens, Severity};
use crate::reading::Choice;
use crate::review::{Category, Finding, held};

/// Findings told in full; of more, only how many.
const TOLD: usize = 3;

pub(super) fn why_flagged(turn: &mut Turn) {
    turn.supposing();
    let Some(case) = turn.case() else { return };
    let question = turn.question.clone();
    let lens = case.lens;
    let wanted = |finding: &&Finding| {
        let engine = question.engines.is_empty()
            || question
                .engines
                .iter()
                .any(|&engine| finding.engine.is_some_and(|own| lens.same_product(own, engine)));
        let signal = question.signals.is_empty() || finding.signal.is_some_and(|own| question.signals.contains(&own));
        match question.rules.as_slice() {
            [] => engine && signal,
            rules => rules.contains(&finding.rule),
        }
    };
    let open = |finding: &&Finding| finding.acknowledged.is_none() && finding.suppressed.is_none();
    let found: Vec<&Finding> = match question.rules.as_slice() {
        [] => loud(&case.findings).into_iter().filter(wanted).collect(),
        _ => case.findings.iter().filter(wanted).filter(open).collect(),
    };
    tell_some(&mut turn.writer, &case, &found);
    let quiet: Vec<&Finding> = case.findings.iter().filter(wanted).collect();
    let taken = |finding: &&&Finding| finding.acknowledged.is_some() && finding.suppressed.is_none();
    let silenced = |finding: &&&Finding| finding.suppressed.is_some();
    for finding in quiet.iter().filter(taken) {
        accepted(&mut turn.writer, &case, finding);
    }
    for finding in quiet.iter().filter(silenced) {
        let text = format!("{} is silenced in the record.", finding.rule);
        let rule = Basis::rule(&finding.rule, &finding.source, lens);
        turn.writer
            .fact(Fact::new(text, Basis::place(&case, finding.span)).and([rule]));
    }
    let known = quiet.iter().any(|finding| taken(&finding) || silenced(&finding));
    if found.is_empty() && !known {
        // A rule that does not speak here is told by itself.
        if !question.rules.is_empty() {
            return super::about::about(turn);
        }
        nothing(turn, &case);
    }
    lead_on(&mut turn.writer, &found, lens);
    if found.is_empty() && case.findings.iter().any(|finding| finding.category == Category::Gap) {
        turn.writer.lead_on("What is missing?");
    }
}

pub(super) fn tell_some(writer: &mut Writer, case: &Case, found: &[&Finding]) {
    for finding in found.iter().take(TOLD) {
        if writer.stopped() {
            return;
        }
        tell(writer, case, finding);
        others(writer, case, finding);
    }
    if found.len() > TOLD {
        writer.remark(Remark::More {
            count: found.len() - TOLD,
        });
    }
}

/// Nothing was found: said of what was asked about.
fn nothing(turn: &mut Turn, case: &Case) {
    let lens = case.lens;
    let chosen: Vec<EngineId> = case.chosen().map(|choice| choice.engine).collect();
    if let Some(&signal) = turn.question.signals.first() {
        let name = names::need(signal, lens);
        match case.need(signal) {
            Some(need) => turn.writer.say(
                format!("The record needs {name}, and nothing is reported against that."),
                Basis::place(case, need.span),
            ),
            None => turn.writer.say(
                format!("The record does not ask for {name}, so nothing is held against it."),
                case.whole(),
            ),
        }
        return;
    }
    if chosen.is_empty() {
        turn.writer.say(
            "The record decides for no engine that the lens knows, so nothing is held against it.",
            case.whole(),
        );
        return;
    }
    let text = format!(
        "Nothing is flagged: no need that is stated speaks against {}.",
        names::engines(&chosen, lens)
    );
    let places: Vec<Basis> = case.chosen().map(|choice| Basis::place(case, choice.span)).collect();
    turn.writer.fact(Fact::new(text, case.whole()).and(places));
    for choice in case.chosen() {
        unsure(&mut turn.writer, case, choice);
    }
}

/// What would speak against a choice if the words asked for it beyond doubt.
fn unsure(writer: &mut Writer, case: &Case, choice: &Choice) {
    let lens = case.lens;
    let engine = choice.engine;
    let (_, may_contradict) = held(choice, &case.reading, lens).contradicts_and_may(&case.reading);
    for signal in may_contradict {
        let statement = lens.engine(engine).contradicts.get(&signal);
        let (Some(need), Some(statement)) = (case.need(signal), statement) else {
            continue;
        };
        let text = format!(
            "The record may need {}, which {} does not meet; these words leave it open, so nothing is reported.",
            names::need(signal, lens),
            names::engine(engine, lens)
        );
        let basis = Basis::statement(engine, &statement.source, lens);
        writer.fact(Fact::new(text, Basis::place(case, need.span)).and([basis]));
    }
}

/// One finding: what meets what, why, and what would change it.
pub(super) fn tell(writer: &mut Writer, case: &Case, finding: &Finding) {
    let lens = case.lens;
    let rule = || Basis::rule(&finding.rule, &finding.source, lens);
    let places = finding.evidence.iter().map(|&span| Basis::place(case, span));
    let headline = match (finding.category, finding.engine) {
        (Category::Choice, Some(engine)) => {
            let (name, need) = (names::engine(engine, lens), names::needed(finding, lens));
            match is_decided(case, finding) {
                true => format!("The record decides for {name} and needs {need}."),
                false => format!("The record needs {need}, and {name} works against it."),
            }
        }
        _ => sentence(&finding.message),
    };
    let first = if finding.span.is_empty() {
        rule()
    } else {
        Basis::place(case, finding.span)
    };
    writer.fact(Fact::new(headline, first).and(places).and([rule()]));
    writer.fact(Fact::new(sentence(&finding.because), rule()));
    writer.fact(Fact::new(format!("Way out: {}", sentence(&finding.remedy)), rule()));
    if let Some(change) = would_change(finding, lens) {
        writer.fact(Fact::new(change, rule()));
    }
}

/// What would fit in its place, as the reviewer has it. Only of what is decided: of an engine that was asked about, nobody asked.
fn others(writer: &mut Writer, case: &Case, finding: &Finding) {
    if !is_decided(case, finding) {
        return;
    }
    let lens = case.lens;
    let others: Vec<EngineId> = finding.alternatives.iter().map(|other| other.engine).collect();
    if let Some((&first, rest)) = others.split_first() {
        let text = match finding.category {
            Category::Lifecycle => format!("What comes after it: {}.", names::engines(&others, lens)),
            _ => format!(
                "Nothing that is stated speaks against {}.",
                names::either(&others, lens)
            ),
        };
        let more: Vec<Basis> = rest.iter().map(|&engine| Basis::engine(engine, lens)).collect();
        writer.fact(Fact::new(text, Basis::engine(first, lens)).and(more));
    }
}

/// Whether the record itself decides so: an engine that is only weighed or supposed has no words there.
fn is_decided(case: &Case, finding: &Finding) -> bool {
    !case.is_supposed(finding.span) && !finding.span.is_empty()
}

/// What would have to be otherwise for a contradiction to go.
fn would_change(finding: &Finding, lens: &Lens) -> Option<String> {
    if finding.category != Category::Choice {
        return None;
    }
    let need = names::needed(finding, lens);
    let engine = lens.engine(finding.engine?);
    let beside = finding
        .signal
        .and_then(|signal| engine.contradicts.get(&signal))
        .map(|statement| &statement.mitigated_by)
        .filter(|families| !families.is_empty());
    let limit = engine
        .limits
        .iter()
        .find(|limit| finding.source == limit.source && finding.because == limit.because);
    Some(match (limit, beside) {
        (Some(limit), _) => format!("It would no longer be reported with {need} of {}.", limit.written),
        (None, Some(families)) => {
            let names: Vec<String> = families
                .iter()
                .map(|&family| article(&lens.family(family).name))
                .collect();
            format!(
                "It would no longer be reported if {need} were not needed, or if {} stood beside it for that.",
                names::any(&names)
            )
        }
        (None, None) => format!("It would no longer be reported if {need} were not needed."),
    })
}

pub(super) fn article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    match name.ends_with('s') {
        true => name.to_owned(),
        false => format!("{} {name}", if vowel { "an" } else { "a" }),
    }
}

/// A cost that the record names itself.
pub(super) fn accepted(writer: &mut Writer, case: &Case, finding: &Finding) {
    let (Some(engine), Some(words)) = (finding.engine, finding.acknowledged) else {
        return;
    };
    let text = format!(
        "{} works against {}, and the record names and accepts that cost.",
        names::engine(engine, case.lens),
        names::needed(finding, case.lens)
    );
    let rule = Basis::rule(&finding.rule, &finding.source, case.lens);
    writer.fact(Fact::new(text, Basis::place(case, words)).and([rule]));
}

pub(super) fn lead_on(writer: &mut Writer, found: &[&Finding], lens: &Lens) {
    let Some(finding) = found.first() else { return };
    if let Some(denied) = finding.signal.and_then(|signal| names::denied(signal, lens)) {
        writer.lead_on(format!("What if {denied}?"));
    }
    if let (Some(engine), Some(other)) = (finding.engine, finding.alternatives.first()) {
        writer.lead_on(format!(
            "Compare {} and {}",
            names::engine(engine, lens),
            names::engine(other.engine, lens)
        ));
    }
    if finding.severity >= Severity::Warning {
        writer.lead_on("What should I write?");
    }
}

/// With a capital letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let words = names::capital(words.trim());
    match words.ends_with(['.', '!', '?']) {
        true => words,
        false => format!("{words}."),
    }
}
