//! The tools, one file each: arguments with their schema → a text for people and the JSON of the command line.

mod ask;
mod check_record;
mod checklist;
mod compare;
mod explain;
mod find_records;
mod read_record;
mod recommend;
mod what_if;

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::desk::Desk;
use super::refusal::{Refusal, quoted};
use super::talk::Said;
use crate::conversation::Intent;
use crate::lens::Lens;
use crate::pages;
use crate::report::{AnswerWire, answer_text};

/// The most questions of one talk, and suppositions of one what-if.
pub(super) const MOST_QUESTIONS: usize = 50;

/// The width of texts, in columns.
const WIDTH: usize = 100;

/// A tool: how it is offered, and its work.
pub(super) struct Offer {
    pub tool: fn() -> Tool,
    pub run: fn(&Desk, JsonObject) -> Result<CallToolResult, Refusal>,
}

/// Every tool, in the order in which they are listed.
pub(super) const OFFERS: [Offer; 9] = [
    check_record::OFFER,
    read_record::OFFER,
    checklist::OFFER,
    recommend::OFFER,
    what_if::OFFER,
    compare::OFFER,
    explain::OFFER,
    find_records::OFFER,
    ask::OFFER,
];

/// A tool with the schemas of its arguments and of its result. No tool changes anything or looks beyond its folders.
fn described<A, R>(name: &'static str, title: &'static str, says: &'static str) -> Tool
where
    A: JsonSchema + 'static,
    R: JsonSchema + 'static,
{
    let hints = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(name, says, JsonObject::new())
        .with_title(title)
        .with_input_schema::<A>()
        .with_output_schema::<R>()
        .with_annotations(hints)
}

/// The arguments of a call; an error names the place of the first wrong one.
fn arguments<A: DeserializeOwned>(given: JsonObject) -> Result<A, Refusal> {
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|error| {
        let place = error.path().to_string();
        Refusal::Argument {
            place: if place == "." {
                "arguments".to_owned()
            } else {
                quoted(&place)
            },
            why: quoted(&error.into_inner().to_string()),
        }
    })
}

/// What a tool found: a text for people, and the same for machines.
fn found(text: String, wire: &impl Serialize) -> Result<CallToolResult, Refusal> {
    let structured = serde_json::to_value(wire).map_err(|error| Refusal::Said(error.to_string()))?;
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(structured);
    Ok(result)
}

/// An answer of the conversation.
fn said(said: &Said) -> Result<CallToolResult, Refusal> {
    let Said { path, answer } = said;
    found(answer_text(answer, path, WIDTH), &AnswerWire::new(path, answer))
}

/// An answer of this kind, about so many things at least; anything else means that one of the names was not understood.
fn said_of(
    answered: &Said,
    intent: Intent,
    least: usize,
    names: &[&str],
    desk: &Desk,
) -> Result<CallToolResult, Refusal> {
    if answered.answer.intent == intent && answered.answer.about.len() >= least {
        return said(answered);
    }
    let known = |name: &&str| explain::is_known(name, desk);
    let stranger = names.iter().copied().find(|name| !known(name));
    Err(match (stranger, names) {
        (Some(stranger), _) => unknown(stranger, &desk.lens),
        (None, [name]) => unknown(name, &desk.lens),
        (None, names) => Refusal::SameTwice {
            names: names.join(", "),
        },
    })
}

fn unknown(name: &str, lens: &Lens) -> Refusal {
    let known = names_of(lens);
    let nearness = |known: &String| strsim::jaro_winkler(&name.to_lowercase(), &known.to_lowercase());
    let nearest = known.iter().max_by(|a, b| nearness(a).total_cmp(&nearness(b)));
    Refusal::Unknown {
        name: quoted(name),
        hint: nearest.map_or(String::new(), |name| format!("; the nearest name is `{name}`")),
    }
}

/// Every id, and the names that engines and families are called by.
fn names_of(lens: &Lens) -> Vec<String> {
    let engines = lens.engines.iter().map(|engine| engine.name.clone());
    let families = lens
        .families
        .iter()
        .flat_map(|family| [family.id.clone(), family.name.clone()]);
    pages::names(lens).into_iter().chain(engines).chain(families).collect()
}

/// An id as people call what it names; any other name as it is.
fn spoken<'a>(name: &'a str, lens: &'a Lens) -> &'a str {
    let name = name.trim();
    match (lens.engine_by_id(name), lens.family_by_id(name)) {
        (Some(id), _) => &lens.engine(id).name,
        (None, Some(id)) => &lens.family(id).name,
        (None, None) => name,
    }
}
