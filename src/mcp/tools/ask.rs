//! `ask`: questions as people ask them.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{MOST_QUESTIONS, Offer, arguments, described, said};
use crate::mcp::desk::Desk;
use crate::mcp::material::{Material, lines};
use crate::mcp::refusal::Refusal;
use crate::mcp::talk::ask;
use crate::report::AnswerWire;

pub(super) const OFFER: Offer = Offer { tool, run };

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// A record, or a folder of records.
    #[schemars(length(max = 2000))]
    path: Option<String>,
    /// A record as Markdown that stands in no file, such as a draft. Either this or `path`.
    #[schemars(length(max = 1_048_576))]
    text: Option<String>,
    /// The talk so far and the next question, such as ["why is this flagged?", "and Aurora?"]. The last one is answered; those before it
    /// say what it follows.
    #[schemars(length(min = 1, max = 50), inner(length(max = 2000)))]
    questions: Vec<String>,
}

fn tool() -> Tool {
    described::<Arguments, AnswerWire<'static>>(
        "ask",
        "Ask about a record",
        "Answers a question about a decision record in plain English, from its findings, the framework and its own words: why it is \
         flagged, why not another store, what is missing, what should be written. Each sentence of fact names what it rests on. A proposed \
         edit is text to show, never made here.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text, questions } = arguments(given)?;
    lines("questions", &questions, 1, MOST_QUESTIONS)?;
    let material = Material::maybe(path.as_deref(), text, desk)?;
    said(&ask(desk, material, &questions)?)
}
