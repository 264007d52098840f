//! What is missing? What the framework asks and the record leaves open; the most decisive question is put.

use super::findings::sentence;
use super::names;
use crate::conversation::answer::Fact;
use crate::conversation::case::Case;
use crate::conversation::open::{Open, open};
use crate::conversation::session::Turn;
use crate::lens::EngineId;

pub(super) fn missing(turn: &mut Turn) {
    turn.supposing();
    let Some(case) = turn.case() else { return };
    let open = open(&case, &turn.session.skipped);
    if open.is_empty() {
        turn.writer.say(
            "The record answers every question of the framework that would decide something.",
            case.whole(),
        );
        turn.writer.lead_on("What should I use?");
        return;
    }
    let (rules, needs): (Vec<&Open>, Vec<&Open>) = open.iter().partition(|open| open.signal.is_none());
    for question in rules {
        turn.writer
            .fact(Fact::new(sentence(&question.says), question.basis.clone()).and([case.whole()]));
    }
    let named = needs
        .iter()
        .filter_map(|open| Some(names::need(open.signal?, case.lens)));
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        let decided: Vec<EngineId> = case.chosen().map(|choice| choice.engine).collect();
        let whose = match decided.is_empty() {
            true => "decides between engines".to_owned(),
            false => format!("would speak against {}", names::either(&decided, case.lens)),
        };
        let text = format!(
            "It does not say whether it needs {}, which {whose}.",
            names::any(&named)
        );
        let basis = needs.iter().map(|open| open.basis.clone());
        turn.writer.fact(Fact::new(text, case.whole()).and(basis));
    }
    put(turn, &open);
}

/// Puts the first of the open questions, with why it decides.
pub(super) fn put(turn: &mut Turn, open: &[Open]) {
    let Some(first) = open.first() else { return };
    turn.writer.say(
        format!("Why it matters: {}", sentence(&first.because)),
        first.basis.clone(),
    );
    turn.writer.ask(first.ask(open.len()));
    turn.session.asked = Some(first.of.clone());
}

/// Puts the next question, if one is open.
pub(super) fn ask_next(turn: &mut Turn, case: &Case) {
    let open = open(case, &turn.session.skipped);
    if open.is_empty() {
        turn.session.asked = None;
        turn.writer.say(
            "The record answers every other question of the framework that would decide something.",
            case.whole(),
        );
        return;
    }
    put(turn, &open);
}
