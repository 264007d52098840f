//! What if …? The supposition goes through the reader, the record through the reviewer again, and the answer is what changed.

use super::findings::{sentence, tell};
use super::names;
use crate::conversation::Document;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::{Case, Chosen, Supposition, loud};
use crate::conversation::session::Turn;
use crate::conversation::writer::Writer;
use crate::lens::EngineId;
use crate::lens::questions::Intent;
use crate::reading::Polarity;
use crate::review::{self, Finding};
use crate::syntax::Language;
use crate::text::Source;

/// Words of a statement that is nothing but a name: of a longer one, what it says of the name is not known.
const BARE: usize = 3;
/// New findings told in full.
const TOLD: usize = 2;

pub(super) fn what_if(turn: &mut Turn) {
    if turn.subject.document.is_none() {
        turn.writer.remark(Remark::NoRecord);
        return;
    }
    let Some(supposition) = understood(turn) else {
        not_read(turn);
        return;
    };
    let earlier = turn.session.suppositions.clone();
    turn.session.suppositions.push(supposition.clone());
    // Said before the record is read: it may be long.
    turn.supposing();
    let Some(before) = turn.case_with(&earlier) else { return };
    let after = before.with(&turn.session.suppositions);
    if matches!(supposition, Supposition::Need { .. }) && after.read_nothing() {
        turn.session.suppositions = earlier;
        not_read(turn);
        return;
    }
    let about = about(&supposition, &after);
    turn.writer.understood(Intent::WhatIf, about);
    read_as(turn, &supposition, &before, &after);
    difference(&mut turn.writer, &before, &after);
    turn.writer.lead_on("What should I use?");
    turn.writer.lead_on("Undo that");
}

fn not_read(turn: &mut Turn) {
    let statement = turn.question.rest.clone();
    let examples = turn.examples(&[Intent::WhatIf]);
    turn.writer.remark(Remark::NotRead { statement, examples });
}

/// What is supposed: a choice, a statement in which something is read, or what a bare name stands for ("and geospatial queries?", "and
/// Aurora?").
fn understood(turn: &Turn) -> Option<Supposition> {
    let lens = turn.lens();
    let supposition = turn.supposition();
    if matches!(supposition, Supposition::Choice { .. }) || is_read(turn, &supposition) {
        return Some(supposition);
    }
    let question = &turn.question;
    let bare = question.rest.split_whitespace().count() <= BARE;
    let named = question.signals.first().filter(|_| bare);
    let need = named.and_then(|&signal| lens.language.questions.need(&lens.signal(signal).id));
    if let Some(need) = need {
        let supposition = Supposition::Need {
            statement: need.needed.clone(),
        };
        return is_read(turn, &supposition).then_some(supposition);
    }
    question.engines.first().map(|&engine| Supposition::Choice {
        statement: question.rest.clone(),
        engine: lens.engine(engine).id.clone(),
        how: Chosen::Instead(None),
    })
}

/// Whether the reader finds anything in a statement that stands among the drivers of a record.
fn is_read(turn: &Turn, supposition: &Supposition) -> bool {
    let source = Source::new(String::new());
    let document = Document {
        path: "",
        source: &source,
        language: Language::Markdown,
        earlier: None,
    };
    let alone = Case::new(
        document,
        turn.lens(),
        turn.subject.as_of,
        std::slice::from_ref(supposition),
    );
    !alone.read_nothing()
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
