//! An engine: what the lens says of it, what became of it, its limits, and how it stands to each need of this record.

use crate::lens::{EngineId, Lens, Limit, SignalId};
use crate::reading::{Choice, Reading, Role};
use crate::review::held;
use crate::server::markup::{Markup, Piece};
use crate::server::state::Snapshot;

pub(super) fn engine(markup: &mut Markup, snapshot: &Snapshot, reading: &Reading, id: EngineId) {
    let lens: &Lens = &snapshot.lens;
    let engine = lens.engine(id);
    let family = format!(" ({})", lens.family(engine.family).name);
    markup.paragraph(&[Piece::Strong(&engine.name), Piece::Text(&family)]);
    markup.paragraph(&[Piece::Text(&engine.says)]);
    for event in &engine.lifecycle {
        let when = format!("{}:", event.on);
        markup.item(&[Piece::Strong(&when), Piece::Text(" "), Piece::Text(&event.says)]);
    }
    for limit in &engine.limits {
        let figure = format!("{} {}:", metric(limit), limit.written);
        markup.item(&[Piece::Strong(&figure), Piece::Text(" "), Piece::Text(&limit.because)]);
    }
    needs(markup, snapshot, reading, id);
    markup.source(&engine.source, lens);
}

/// What this record needs of the engine.
fn needs(markup: &mut Markup, snapshot: &Snapshot, reading: &Reading, id: EngineId) {
    let lens: &Lens = &snapshot.lens;
    let choice = reading.choices.iter().find(|choice| choice.engine == id);
    let role = match choice.map(|choice| choice.role) {
        Some(Role::Chosen) => "this record decides for it",
        Some(Role::Rejected) => "this record decides against it",
        Some(Role::Considered) => "an option of this record",
        Some(Role::Incumbent) => "already there before this decision",
        Some(Role::Mentioned) | None => "only mentioned in this record",
    };
    let unread = Choice {
        engine: id,
        role: Role::Mentioned,
        span: Default::default(),
        workload: None,
        sentence: 0,
        affirmed: false,
        denied: false,
        leaves: false,
    };
    let held = held(choice.unwrap_or(&unread), reading, lens);
    let head = format!(" ({role}):");
    let lists = [&held.satisfies, &held.contradicts, &held.costs, &held.silent];
    if lists.iter().all(|signals| signals.is_empty()) {
        let said = format!("In this record ({role}), no need is stated that the lens decides from.");
        return markup.paragraph(&[Piece::Text(&said)]);
    }
    markup.paragraph(&[Piece::Strong("What this record needs of it"), Piece::Text(&head)]);
    // What is not asked for beyond doubt is no finding, and no more is said of it here.
    let (contradicts, may_contradict) = held.contradicts_and_may(reading);
    for (word, signals) in [
        ("✗ contradicts ", &contradicts),
        ("? may contradict ", &may_contradict),
        ("△ meets at a cost ", &held.costs),
    ] {
        for &signal in signals {
            against(markup, snapshot, reading, id, signal, word);
        }
    }
    for (word, signals) in [("✓ meets ", &held.satisfies), ("· silent on ", &held.silent)] {
        for &signal in signals {
            let quote = quoted(snapshot, reading, signal);
            markup.item(&[
                Piece::Text(word),
                Piece::Code(&lens.signal(signal).id),
                Piece::Text(&quote),
            ]);
        }
    }
}

/// A need that the lens has a statement against, with the statement and its source.
fn against(markup: &mut Markup, snapshot: &Snapshot, reading: &Reading, id: EngineId, signal: SignalId, word: &str) {
    let lens: &Lens = &snapshot.lens;
    let Some(statement) = lens.engine(id).contradicts.get(&signal) else {
        return;
    };
    let quote = format!("{}: ", quoted(snapshot, reading, signal));
    let mut pieces = vec![
        Piece::Text(word),
        Piece::Code(&lens.signal(signal).id),
        Piece::Text(&quote),
        Piece::Text(&statement.because),
    ];
    if let Some(source) = lens.sources.get(&statement.source) {
        pieces.extend([
            Piece::Text(" ("),
            Piece::Link(&source.title, &source.url),
            Piece::Text(")"),
        ]);
    }
    markup.item(&pieces);
}

/// The contract's word for what a limit is on.
fn metric(limit: &Limit) -> String {
    serde_json::to_value(limit.metric)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Where the record first states a need: its words.
fn quoted(snapshot: &Snapshot, reading: &Reading, signal: SignalId) -> String {
    let need = reading.requirements.iter().find(|need| need.signal == signal);
    need.map_or(String::new(), |need| {
        format!(" \u{201c}{}\u{201d}", need.span.of(snapshot.text()))
    })
}
