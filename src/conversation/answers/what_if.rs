//! What if …? The supposition goes through the reader, the record through the reviewer again, and the answer is what changed.

use super::findings::{sentence, tell};
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, Supposition, loud};
use crate::conversation::session::Turn;
use crate::conversation::writer::Writer;
use crate::lens::EngineId;
use crate::lens::questions::Intent;
use crate::reading::Polarity;
use crate::review::{self, Finding};

/// New findings told in full.
const TOLD: usize = 2;

pub(super) fn what_if(turn: &mut Turn) {
    let supposition = turn.supposition();
    let Some(before) = turn.case() else { return };
    let (supposition, after) = match understood(turn, supposition) {
        Some(found) => found,
        None => {
            let statement = turn.question.rest.clone();
            let examples = turn.examples(&[Intent::WhatIf]);
            turn.writer.remark(Remark::NotRead { statement, examples });
            return;
        }
    };
    turn.session.suppositions.push(supposition.clone());
    turn.supposing();
    let about = about(&supposition, &after);
    turn.writer.understood(Intent::WhatIf, about);
    read_as(turn, &supposition, &before, &after);
    difference(&mut turn.writer, &before, &after);
    turn.writer.lead_on("What should I use?");
    turn.writer.lead_on("Undo that");
}

/// The supposition with the record under it, when something was read from it: as it stands, or as a choice when it only names an
/// engine.
fn understood<'a>(turn: &mut Turn<'_, 'a>, supposition: Supposition) -> Option<(Supposition, Case<'a>)> {
    let lens = turn.lens();
    let mut all = turn.session.suppositions.clone();
    all.push(supposition.clone());
    let case = turn.case_with(&all)?;
    if matches!(supposition, Supposition::Choice { .. }) {
        return Some((supposition, case));
    }
    let (needs, figures) = case.read_from_last();
    if !(needs.is_empty() && figures.is_empty()) {
        return Some((supposition, case));
    }
    // A bare name of a need: "and geospatial queries?"; a bare engine: "and Aurora?".
    let by_name = turn.question.signals.first().and_then(|&signal| {
        let words = lens.language.questions.need(&lens.signal(signal).id)?;
        Some(Supposition::Need {
            statement: words.needed.clone(),
        })
    });
    let by_engine = || {
        turn.question.engines.first().map(|&engine| Supposition::Choice {
            statement: turn.question.rest.clone(),
            engine: lens.engine(engine).id.clone(),
            how: crate::conversation::case::Chosen::Instead(None),
        })
    };
    let other = by_name.or_else(by_engine)?;
    all.pop();
    all.push(other.clone());
    let case = turn.case_with(&all)?;
    let (needs, figures) = case.read_from_last();
    let read = matches!(other, Supposition::Choice { .. }) || !(needs.is_empty() && figures.is_empty());
    read.then_some((other, case))
}

/// Ids of what was read from it.
fn about(supposition: &Supposition, after: &Case) -> Vec<String> {
    if let Supposition::Choice { engine, .. } = supposition {
        return vec![engine.clone()];
    }
    let (needs, figures) = after.read_from_last();
    let signals = needs.iter().map(|need| {
        let id = &after.lens.signal(need.signal).id;
        match need.polarity {
            Polarity::Required => id.clone(),
            Polarity::NotRequired => format!("-{id}"),
        }
    });
    let metrics = figures
        .iter()
        .map(|measured| format!("metric={}", names::metric(measured)));
    signals.chain(metrics).collect()
}

fn read_as(turn: &mut Turn, supposition: &Supposition, before: &Case, after: &Case) {
    let lens = after.lens;
    let supposed = || Basis::Supposed {
        statement: supposition.statement().to_owned(),
    };
    if let Supposition::Choice { engine, .. } = supposition {
        if let Some(engine) = lens.engine_by_id(engine) {
            let name = names::engine(engine, lens);
            turn.writer
                .fact(Fact::new(format!("Read as: {name} is chosen."), supposed()).and([Basis::engine(engine, lens)]));
        }
    } else {
        let (needs, figures) = after.read_from_last();
        let mut read: Vec<String> = Vec::new();
        for need in &needs {
            let name = names::need(need.signal, lens);
            read.push(match need.polarity {
                Polarity::Required => format!("{name} needed"),
                Polarity::NotRequired => format!("{name} not needed"),
            });
        }
        read.extend(figures.iter().map(|measured| names::figure(measured)));
        let basis: Vec<Basis> = needs.iter().map(|need| Basis::need(need.signal, lens)).collect();
        turn.writer
            .fact(Fact::new(format!("Read as: {}.", read.join("; ")), supposed()).and(basis));
    }
    let replaced = after.replaced.iter().filter(|span| !before.replaced.contains(span));
    let places: Vec<Basis> = replaced.map(|&span| Basis::place(after, span)).collect();
    if let Some((first, rest)) = places.split_first() {
        turn.writer
            .fact(Fact::new("It takes the place of what the record says.", first.clone()).and(rest.to_vec()));
    }
}

/// What the suppositions between two readings of a record changed.
pub(super) fn difference(writer: &mut Writer, before: &Case, after: &Case) {
    let lens = after.lens;
    let (old, new) = (loud(&before.findings), loud(&after.findings));
    let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.engine == b.engine;
    let gone: Vec<&&Finding> = old.iter().filter(|a| !new.iter().any(|b| same(a, b))).collect();
    let come: Vec<&&Finding> = new.iter().filter(|a| !old.iter().any(|b| same(a, b))).collect();
    let stay = new.len() - come.len();
    for finding in &gone {
        let engine = finding
            .engine
            .map(|engine| names::engine(engine, lens))
            .unwrap_or_default();
        let need = names::needed(finding, lens);
        let text = match need.is_empty() {
            true => format!("No longer reported: {}", sentence(&finding.message)),
            false => format!("No longer reported: {engine} against {need}."),
        };
        writer.say(text, Basis::rule(&finding.rule, &finding.source, lens));
    }
    for finding in come.iter().take(TOLD) {
        tell(writer, after, finding);
    }
    for finding in come.iter().skip(TOLD) {
        let text = format!("Also reported: {}", sentence(&finding.because));
        let places = finding.evidence.iter().map(|&span| Basis::place(after, span));
        writer.fact(Fact::new(text, Basis::rule(&finding.rule, &finding.source, lens)).and(places));
    }
    if stay > 0 {
        let needs: Vec<String> = new
            .iter()
            .filter(|finding| !come.iter().any(|other| same(other, finding)))
            .map(|finding| names::needed(finding, lens))
            .filter(|need| !need.is_empty())
            .collect();
        let rules: Vec<Basis> = new
            .iter()
            .map(|finding| Basis::rule(&finding.rule, &finding.source, lens))
            .collect();
        if let (Some((first, rest)), false) = (rules.split_first(), needs.is_empty()) {
            let text = format!("Still reported: {}.", names::all(&needs));
            writer.fact(Fact::new(text, first.clone()).and(rest.to_vec()));
        }
    } else if new.is_empty() {
        let chosen: Vec<EngineId> = after.chosen().map(|choice| choice.engine).collect();
        if let Some((&first, rest)) = chosen.split_first() {
            let text = format!(
                "Nothing that is stated then speaks against {}.",
                names::engines(&chosen, lens)
            );
            let more = rest.iter().map(|&engine| Basis::engine(engine, lens));
            writer.fact(
                Fact::new(text, after.whole())
                    .and([Basis::engine(first, lens)])
                    .and(more),
            );
        }
    }
    let unchanged = gone.is_empty() && come.is_empty();
    best(writer, before, after, unchanged);
}

/// Whether another engine comes first.
fn best(writer: &mut Writer, before: &Case, after: &Case, unchanged: bool) {
    let lens = after.lens;
    let first = |case: &Case| {
        let ranking = review::recommend(&case.reading, lens, |_| true).ranking;
        ranking.first().map(|ranked| ranked.engine)
    };
    let (Some(old), Some(new)) = (first(before), first(after)) else {
        return;
    };
    if old != new {
        let text = format!(
            "What fits best is then {}, no longer {}.",
            names::engine(new, lens),
            names::engine(old, lens)
        );
        writer.fact(Fact::new(text, Basis::engine(new, lens)).and([Basis::engine(old, lens)]));
    } else if unchanged {
        let text = format!("It changes nothing: {} still fits best.", names::engine(new, lens));
        writer.fact(Fact::new(text, Basis::engine(new, lens)).and([after.whole()]));
    }
}
