//! Which records decide about X?

use super::names;
use crate::conversation::answer::{Basis, Fact, Place, Remark};
use crate::conversation::neighbour::Neighbour;
use crate::conversation::session::Turn;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, Lens, Status};
use crate::reading::Role;

/// So many records are told.
const TOLD: usize = 12;

pub(super) fn records(turn: &mut Turn) {
    let question = turn.question.clone();
    if question.is_about_nothing() {
        let examples = turn.examples(&[Intent::Records]);
        turn.writer.remark(Remark::AboutWhat { examples });
        return;
    }
    let Some(neighbours) = turn.subject.neighbours else {
        turn.writer.remark(Remark::NoFolder);
        return;
    };
    let records = neighbours();
    let lens = turn.lens();
    let mut found: Vec<(Role, String, Place)> = Vec::new();
    for record in &records {
        let wanted = |engine: EngineId| {
            question.engines.iter().any(|&other| lens.understands(engine, other))
                || question.engines.is_empty() && question.families.contains(&lens.engine(engine).family)
        };
        let choices = record.choices.iter().filter(|(engine, ..)| wanted(*engine));
        if let Some((engine, role, place)) = choices.min_by_key(|(_, role, _)| *role) {
            found.push((*role, told(record, *engine, *role, lens), place.clone()));
        }
        if question.engines.is_empty() && question.families.is_empty() {
            let needs = record
                .needs
                .iter()
                .filter(|(signal, _)| question.signals.contains(signal));
            for (signal, place) in needs.take(1) {
                let text = format!(
                    "\u{201c}{}\u{201d} asks for {}{}.",
                    record.title,
                    names::need(*signal, lens),
                    settled(record.status)
                );
                found.push((Role::Mentioned, text, place.clone()));
            }
        }
    }
    found.sort_by(|a, b| (a.0, &a.2.path).cmp(&(b.0, &b.2.path)));
    if found.is_empty() {
        let names: Vec<String> = question
            .engines
            .iter()
            .map(|&engine| names::engine(engine, lens).to_owned())
            .chain(
                question
                    .families
                    .iter()
                    .map(|&family| format!("a {}", lens.family(family).name)),
            )
            .chain(question.signals.iter().map(|&signal| names::need(signal, lens)))
            .collect();
        let text = format!(
            "None of the {} records here speaks of {}.",
            records.len(),
            names::any(&names)
        );
        let mut read = records.iter().map(|record| Basis::Record {
            path: record.path.clone(),
        });
        match read.next() {
            Some(first) => turn.writer.fact(Fact::new(text, first).and(read)),
            None => turn.writer.remark(Remark::NoFolder),
        }
        return;
    }
    for (_, text, place) in found.iter().take(TOLD) {
        turn.writer.say(text.clone(), Basis::Place(place.clone()));
    }
    if found.len() > TOLD {
        turn.writer.remark(Remark::More {
            count: found.len() - TOLD,
        });
    }
}

fn told(record: &Neighbour, engine: EngineId, role: Role, lens: &Lens) -> String {
    let name = names::engine(engine, lens);
    let what = match role {
        Role::Chosen => format!("decides for {name}"),
        Role::Rejected => format!("turns {name} down"),
        Role::Considered => format!("weighs {name}"),
        Role::Incumbent => format!("has {name} in use already"),
        Role::Mentioned => format!("mentions {name}"),
    };
    format!("\u{201c}{}\u{201d} {what}{}.", record.title, settled(record.status))
}

fn settled(status: Status) -> &'static str {
    match status {
        Status::Unknown => "",
        Status::Proposed => " (proposed)",
        Status::Accepted => " (accepted)",
        Status::Rejected => " (rejected)",
        Status::Deprecated => " (deprecated)",
        Status::Superseded => " (superseded)",
    }
}
