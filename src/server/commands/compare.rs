//! `adrLens.compare`: an option beside what was chosen, need by need.
//!
//! Arguments: the URI of a record, the id of the option's engine. The result is `{"needs": [{"signal", "text", "engines": {id: how}}]}`
//! where "how" is `meets`, `contradicts`, `at-a-cost` or `silent`.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::LSPAny;

use super::show;
use crate::lens::{EngineId, Lens, SignalId};
use crate::reading::{Choice, Polarity, Reading, Role};
use crate::review::{Ranked, held};
use crate::server::session::{Session, Stopped};
use crate::server::state::Snapshot;

pub(in crate::server) const COMMAND: &str = "adrLens.compare";

/// What it is opened as.
const FILE: &str = "comparison.txt";

pub(super) async fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let uri = super::document(arguments)?
        .ok_or_else(|| Error::invalid_params("the first argument is the URI of a record"))?;
    let engine = super::text(arguments, 1)
        .ok_or_else(|| Error::invalid_params("the second argument is the id of an engine"))?
        .to_owned();
    let answer = session.answer_of_file(&uri, move |snapshot, _| compared(snapshot, &engine));
    let (value, text) = answer.await?;
    show::file(session, FILE, &text);
    Ok(Some(value))
}

fn compared(snapshot: &Snapshot, engine: &str) -> std::result::Result<(Value, String), Stopped> {
    let analysis = snapshot.analysis()?;
    let (reading, lens): (&Reading, &Lens) = (&analysis.reading, &snapshot.lens);
    let option = lens
        .engine_by_id(engine)
        .and_then(|id| reading.choices.iter().find(|choice| choice.engine == id));
    let Some(option) = option else {
        return Err(Stopped::Refused(format!("this record names no engine `{engine}`")));
    };
    let chosen = reading
        .with_role(Role::Chosen)
        .filter(|choice| choice.engine != option.engine);
    let sides: Vec<(&Choice, Ranked)> = chosen
        .chain([option])
        .map(|choice| (choice, held(choice, reading, lens)))
        .collect();
    let names: Vec<&str> = sides
        .iter()
        .map(|(choice, _)| lens.engine(choice.engine).name.as_str())
        .collect();
    let mut text = format!("{}\n", names.join(" beside "));
    let mut needs = Vec::new();
    for need in lens.signal_ids().filter_map(|signal| stated(signal, reading)) {
        let quote = need
            .span
            .of(snapshot.text())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let signal = lens.signal(need.signal).id.as_str();
        let _ = writeln!(text, "\n{signal}: \u{201c}{quote}\u{201d}");
        let mut engines = Map::new();
        for (choice, held) in &sides {
            let how = how(need.signal, held);
            let because = because(choice.engine, need.signal, lens);
            let _ = writeln!(text, "  {}: {how}{because}", lens.engine(choice.engine).name);
            engines.insert(lens.engine(choice.engine).id.clone(), Value::from(how));
        }
        needs.push(json!({"signal": signal, "text": quote, "engines": engines}));
    }
    if needs.is_empty() {
        text.push_str("\nThe record states no need that the lens decides from.\n");
    }
    Ok((json!({"needs": needs}), text))
}

/// The first sentence that states a need.
fn stated(signal: SignalId, reading: &Reading) -> Option<&crate::reading::Requirement> {
    let mut needs = reading.requirements.iter();
    needs.find(|need| need.signal == signal && need.polarity == Polarity::Required)
}

/// How what was held against a record's needs stands to one of them, in the word the protocol has for it.
pub(in crate::server) fn how(signal: SignalId, held: &Ranked) -> &'static str {
    if held.satisfies.contains(&signal) {
        "meets"
    } else if held.contradicts.contains(&signal) {
        "contradicts"
    } else if held.costs.contains(&signal) {
        "at-a-cost"
    } else {
        "silent"
    }
}

fn because(engine: EngineId, signal: SignalId, lens: &Lens) -> String {
    let statement = lens.engine(engine).contradicts.get(&signal);
    statement.map_or(String::new(), |statement| format!(": {}", statement.because))
}
