//! A need: what it asks for, which chosen engines meet it, and which would.

use crate::lens::{Lens, Severity};
use crate::reading::{Polarity, Reading, Requirement, Role, Strength};
use crate::review::recommend;
use crate::server::markup::{Markup, Piece};
use crate::server::state::Snapshot;

/// At most this many engines that would meet a need are named.
const NAMED: usize = 5;

pub(super) fn requirement(markup: &mut Markup, snapshot: &Snapshot, reading: &Reading, need: &Requirement) {
    let lens: &Lens = &snapshot.lens;
    let signal = lens.signal(need.signal);
    let strength = match (need.polarity, need.strength) {
        (Polarity::NotRequired, _) => ": expressly not needed",
        (Polarity::Required, Strength::Must) => ": must be",
        (Polarity::Required, Strength::Should) => ": should be",
        (Polarity::Required, Strength::May) => ": would be nice",
    };
    let group = format!("{strength} (a {} need)", signal.group);
    markup.paragraph(&[Piece::Strong(&signal.id), Piece::Text(&group)]);
    markup.paragraph(&[Piece::Text(&signal.says)]);
    if need.polarity == Polarity::NotRequired {
        return;
    }
    for choice in reading.with_role(Role::Chosen) {
        let engine = lens.engine(choice.engine);
        match engine.contradicts.get(&need.signal) {
            Some(statement) => {
                let (mark, verdict) = match statement.severity {
                    Severity::Warning | Severity::Error => ("✗ ", "contradicts it"),
                    Severity::Info | Severity::Hint => ("△ ", "meets it at a cost"),
                };
                let because = format!(" {verdict}: {}", statement.because);
                markup.item(&[Piece::Text(mark), Piece::Strong(&engine.name), Piece::Text(&because)]);
            }
            None if engine.satisfies.contains(&need.signal) => {
                markup.item(&[Piece::Text("✓ "), Piece::Strong(&engine.name), Piece::Text(" meets it")]);
            }
            None => markup.item(&[
                Piece::Text("· of "),
                Piece::Strong(&engine.name),
                Piece::Text(" the lens does not say"),
            ]),
        }
    }
    let ranking = recommend(reading, lens, |engine| {
        engine.satisfies.contains(&need.signal)
    })
    .ranking;
    let fitting = ranking
        .iter()
        .filter(|ranked| ranked.contradicts.is_empty())
        .take(NAMED);
    let names: Vec<&str> = fitting.map(|ranked| lens.engine(ranked.engine).name.as_str()).collect();
    if !names.is_empty() {
        markup.paragraph(&[
            Piece::Strong("Would meet it, and contradict nothing stated here:"),
            Piece::Text(" "),
            Piece::Text(&names.join(", ")),
        ]);
    }
}
