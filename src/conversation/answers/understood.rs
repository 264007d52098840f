//! What did you understand?

use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::Case;
use crate::conversation::session::Turn;
use crate::lens::{EngineId, SignalId, Status};
use crate::quantity::When;
use crate::reading::{Polarity, Role};

/// So many figures are told.
const FIGURES: usize = 6;

pub(super) fn understood(turn: &mut Turn) {
    turn.supposing();
    let Some(case) = turn.case() else { return };
    let signals = turn.question.signals.clone();
    if signals.is_empty() {
        form(turn, &case);
        roles(turn, &case);
    }
    needs(turn, &case, &signals);
    if signals.is_empty() {
        figures(turn, &case);
        turn.writer.lead_on("What is missing?");
        turn.writer.lead_on("Why is this flagged?");
    }
}

fn form(turn: &mut Turn, case: &Case) {
    let record = &case.reading.record;
    let title = record.title.as_ref();
    let status = match record.status {
        Status::Unknown => "no status that I know".to_owned(),
        status => format!("status {}", format!("{status:?}").to_lowercase()),
    };
    let place = |span| Basis::place(case, span);
    let status_place = record.status_span.map(place);
    match title {
        Some(title) => {
            let text = format!("The record is called \u{201c}{}\u{201d}, with {status}.", title.text);
            turn.writer.fact(Fact::new(text, place(title.span)).and(status_place));
        }
        None => turn
            .writer
            .fact(Fact::new(format!("The record has no title, and {status}."), case.whole()).and(status_place)),
    }
}

fn roles(turn: &mut Turn, case: &Case) {
    let lens = case.lens;
    let kinds = [
        (Role::Chosen, "It decides for"),
        (Role::Considered, "It weighs"),
        (Role::Rejected, "It turns down"),
        (Role::Incumbent, "In use already:"),
    ];
    for (role, words) in kinds {
        let choices: Vec<_> = case.reading.with_role(role).collect();
        let engines: Vec<EngineId> = choices.iter().map(|choice| choice.engine).collect();
        let mut places = choices.iter().map(|choice| Basis::place(case, choice.span));
        if let Some(first) = places.next() {
            let text = format!("{words} {}.", names::engines(&engines, lens));
            turn.writer.fact(Fact::new(text, first).and(places));
        } else if role == Role::Chosen {
            turn.writer
                .say("It decides for no engine that the lens knows.", case.whole());
        }
    }
}

fn needs(turn: &mut Turn, case: &Case, wanted: &[SignalId]) {
    let lens = case.lens;
    let asked = |signal: SignalId| wanted.is_empty() || wanted.contains(&signal);
    let needs = &case.reading.requirements;
    let mut told: Vec<(SignalId, Polarity)> = Vec::new();
    for need in needs.iter().filter(|need| asked(need.signal)) {
        let key = (need.signal, need.polarity);
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        let name = names::capital(&names::need(need.signal, lens));
        let text = match need.polarity {
            Polarity::Required => format!("{name}: needed ({}).", names::strength(need)),
            Polarity::NotRequired => format!("{name}: not needed."),
        };
        let same = needs.iter().filter(|other| (other.signal, other.polarity) == key);
        let mut places = same.map(|other| Basis::place(case, other.span));
        if let Some(first) = places.next() {
            turn.writer.fact(Fact::new(text, first).and(places.take(2)));
        }
    }
    for &signal in wanted
        .iter()
        .filter(|signal| !told.iter().any(|(other, _)| other == *signal))
    {
        let text = format!("I read nothing about {} in the record.", names::need(signal, lens));
        turn.writer.say(text, case.whole());
    }
    if wanted.is_empty() && told.is_empty() {
        turn.writer
            .say("I read no need in it that the framework knows.", case.whole());
    }
}

fn figures(turn: &mut Turn, case: &Case) {
    let measured = &case.reading.quantities;
    for measured in measured.iter().take(FIGURES) {
        let when = match measured.quantity.when {
            When::Target => "wanted",
            When::Today => "today",
            When::Past => "of the past",
            When::Capability => "what a product does",
            When::Example => "an example",
        };
        let text = format!("Figure, {when}: {}.", names::figure(measured));
        turn.writer.say(text, Basis::place(case, measured.span));
    }
    if measured.len() > FIGURES {
        turn.writer.remark(Remark::More {
            count: measured.len() - FIGURES,
        });
    }
}
