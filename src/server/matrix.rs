//! `adrLens/record`: the state of an open record and its matrix, each need it states against each option it weighs, for an editor to
//! show beside the text.
//!
//! Params: a `TextDocumentIdentifier`. Result: `{"version", "number", "title", "status", "options": [{"engine", "name", "role", "range"}],
//! "needs": [{"signal", "says", "polarity", "places": [{"range", "text", "strength", "figure"}], "stands": [{"how", "because"}]}]}`;
//! null for a document that is not open. `stands` has an entry for each option, in their order, and none where a need is expressly not
//! there; "how" is as in `adrLens.compare`, "because" what the lens
//! has against the option. What was chosen stands first.

use serde_json::{Value, json};

use super::commands::compare::how;
use super::figure;
use super::session::Stopped;
use super::state::Snapshot;
use crate::lens::{Lens, SignalId};
use crate::reading::{Choice, Polarity, Reading, Requirement, Role};
use crate::report::word;
use crate::review::{Ranked, held};

/// The name of the request.
pub(super) const METHOD: &str = "adrLens/record";

/// A need and all the places that state it.
type Stated<'a> = (SignalId, Polarity, Vec<&'a Requirement>);

pub(super) fn record(snapshot: &Snapshot) -> Result<Value, Stopped> {
    let analysis = snapshot.analysis()?;
    let (reading, lens): (&Reading, &Lens) = (&analysis.reading, &snapshot.lens);
    let options: Vec<(&Choice, Ranked)> = [Role::Chosen, Role::Considered, Role::Rejected]
        .into_iter()
        .flat_map(|role| reading.with_role(role))
        .map(|choice| (choice, held(choice, reading, lens)))
        .collect();
    let record = &reading.record;
    Ok(json!({
        "version": snapshot.version,
        "number": record.number,
        "title": record.title.as_ref().map(|title| &title.text),
        "status": word(record.status),
        "options": options.iter().map(|(choice, _)| option(choice, snapshot)).collect::<Vec<_>>(),
        "needs": stated(reading).iter().map(|need| row(need, &options, snapshot)).collect::<Vec<_>>(),
    }))
}

/// Each need once, in the order of the text.
fn stated(reading: &Reading) -> Vec<Stated<'_>> {
    let mut needs: Vec<Stated> = Vec::new();
    for need in &reading.requirements {
        match needs
            .iter_mut()
            .find(|(signal, polarity, _)| (*signal, *polarity) == (need.signal, need.polarity))
        {
            Some((_, _, places)) => places.push(need),
            None => needs.push((need.signal, need.polarity, vec![need])),
        }
    }
    needs
}

fn option(choice: &Choice, snapshot: &Snapshot) -> Value {
    let engine = snapshot.lens.engine(choice.engine);
    json!({
        "engine": engine.id,
        "name": engine.name,
        "role": word(choice.role),
        "range": snapshot.range(choice.span),
    })
}

fn row((signal, polarity, places): &Stated, options: &[(&Choice, Ranked)], snapshot: &Snapshot) -> Value {
    let lens: &Lens = &snapshot.lens;
    let stands = options.iter().filter(|_| *polarity == Polarity::Required);
    let stands = stands.map(|(choice, held)| {
        let against = lens.engine(choice.engine).contradicts.get(signal);
        json!({"how": how(*signal, held), "because": against.map(|statement| &statement.because)})
    });
    let places = places.iter().map(|need| {
        json!({
            "range": snapshot.range(need.span),
            "text": need.span.of(snapshot.text()).split_whitespace().collect::<Vec<_>>().join(" "),
            "strength": word(need.strength),
            "figure": need.quantity.as_ref().map(figure::shown),
        })
    });
    let signal = lens.signal(*signal);
    json!({
        "signal": signal.id,
        "says": signal.says,
        "polarity": word(*polarity),
        "places": places.collect::<Vec<_>>(),
        "stands": stands.collect::<Vec<_>>(),
    })
}
