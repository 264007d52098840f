//! What leans on the turns before: undo, what changed, which suppositions hold, why, says who.

use super::findings::{sentence, tell_some};
use super::{names, recommend, what_if};
use crate::conversation::answer::{Basis, Citation, Fact, Remark};
use crate::conversation::case::{Case, loud};
use crate::conversation::open::open;
use crate::conversation::session::Turn;
use crate::lens::EngineId;
use crate::lens::questions::Intent;
use crate::review;

/// Takes the last supposition back, or else what was proposed last.
pub(super) fn undo(turn: &mut Turn) {
    if turn.session.proposed.take().is_some() {
        turn.writer.remark(Remark::Declined);
        return;
    }
    let Some(before) = turn.case() else { return };
    let Some(last) = turn.session.suppositions.pop() else {
        turn.writer.remark(Remark::NothingToUndo);
        return;
    };
    turn.writer.remark(Remark::TakenBack {
        statements: vec![last.statement().to_owned()],
    });
    back(turn, &before);
}

pub(super) fn reset(turn: &mut Turn) {
    let statements = turn.session.suppositions();
    let Some(before) = turn.case() else { return };
    turn.session.suppositions.clear();
    turn.session.skipped.clear();
    turn.session.asked = None;
    turn.session.proposed = None;
    if statements.is_empty() {
        turn.writer.remark(Remark::NothingSupposed);
        return;
    }
    turn.writer.remark(Remark::TakenBack { statements });
    back(turn, &before);
}

/// What is different now that something was taken back.
fn back(turn: &mut Turn, before: &Case) {
    turn.supposing();
    let Some(after) = turn.case() else { return };
    what_if::difference(&mut turn.writer, before, &after);
}

pub(super) fn changes(turn: &mut Turn) {
    if turn.session.suppositions.is_empty() {
        turn.writer.remark(Remark::NothingSupposed);
        return;
    }
    turn.supposing();
    let Some(before) = turn.written() else { return };
    let after = before.with(&turn.session.suppositions);
    what_if::difference(&mut turn.writer, &before, &after);
    turn.writer.lead_on("Undo that");
}

pub(super) fn assumptions(turn: &mut Turn) {
    if turn.session.suppositions.is_empty() {
        turn.writer.remark(Remark::NothingSupposed);
        return;
    }
    turn.supposing();
    turn.writer.lead_on("What changed?");
    turn.writer.lead_on("Undo that");
    turn.writer.lead_on("Start over");
}

/// Why the last answer is as it is: the findings, the first of an order, or the question that was put. Before any, why the record is flagged.
pub(super) fn why(turn: &mut Turn) {
    let Some(last) = turn.session.last.clone() else {
        return super::findings::why_flagged(turn);
    };
    let lens = turn.lens();
    if turn.session.asked.is_some() && matches!(last.intent, Intent::Missing | Intent::Skip | Intent::Answer) {
        asked(turn);
        return;
    }
    let engines: Vec<EngineId> = last.engines.iter().filter_map(|id| lens.engine_by_id(id)).collect();
    turn.supposing();
    let Some(mut case) = turn.case() else { return };
    match last.intent {
        Intent::Recommend => {
            let ranking = review::recommend(&case.reading, lens, |_| true).ranking;
            if let Some(first) = ranking.first() {
                recommend::one(turn, &case, first, 0);
                let id = first.engine;
                turn.writer.say(
                    format!("{}: {}", names::engine(id, lens), lens.engine(id).says),
                    Basis::engine(id, lens),
                );
            }
            let found = loud(&case.findings);
            tell_some(&mut turn.writer, &case, &found);
        }
        _ if !engines.is_empty() => {
            for engine in engines {
                let standing = case.stand(engine);
                let against = standing.against();
                tell_some(&mut turn.writer, &case, &against);
                if against.is_empty() {
                    let text = format!("Nothing that is stated speaks against {}.", names::engine(engine, lens));
                    turn.writer
                        .fact(Fact::new(text, case.whole()).and([Basis::engine(engine, lens)]));
                }
            }
        }
        _ => {
            let found = loud(&case.findings);
            tell_some(&mut turn.writer, &case, &found);
            if found.is_empty() {
                cite(turn, &last.basis);
            }
        }
    }
}

/// Why the question that was put is put.
fn asked(turn: &mut Turn) {
    let Some(case) = turn.case() else { return };
    let of = turn.session.asked.clone();
    let open = open(&case, &turn.session.skipped);
    let found = open.iter().find(|open| Some(&open.of) == of.as_ref());
    if let Some(question) = found {
        turn.writer.say(sentence(&question.because), question.basis.clone());
        turn.writer.ask(question.ask(open.len()));
    }
}

/// Where the last answer comes from.
pub(super) fn sources(turn: &mut Turn) {
    let Some(last) = turn.session.last.clone() else {
        turn.writer.remark(Remark::NothingBefore);
        return;
    };
    cite(turn, &last.basis);
}

fn cite(turn: &mut Turn, basis: &[Basis]) {
    let mut told: Vec<&Citation> = Vec::new();
    for one in basis {
        match one.citation() {
            Some(source) if !told.contains(&source) => {
                told.push(source);
                let url = if source.url.is_empty() {
                    String::new()
                } else {
                    format!(", {}", source.url)
                };
                let text = format!("{}{url} (as of {}).", source.title, source.as_of);
                turn.writer.say(text, one.clone());
            }
            _ => {}
        }
    }
    let places = basis.iter().filter(|one| matches!(one, Basis::Place(_)));
    let mut places: Vec<Basis> = places.cloned().collect();
    if !places.is_empty() {
        let first = places.remove(0);
        turn.writer
            .fact(Fact::new("These words of the record.", first).and(places));
    }
    if turn.writer.is_empty() {
        turn.writer.remark(Remark::NothingBefore);
    }
}
