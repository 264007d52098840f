//! `what_if`: what changes when something is supposed.

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
    /// A record.
    #[schemars(length(max = 2000))]
    path: Option<String>,
    /// A record as Markdown that stands in no file, such as a draft. Either this or `path`.
    #[schemars(length(max = 1_048_576))]
    text: Option<String>,
    /// What is supposed, one after the other, such as "p99 must be under 5 ms", "joins are not needed" or "we chose Aurora". All hold
    /// together; the answer says what the last one changes.
    #[schemars(length(min = 1, max = 50), inner(length(max = 2000)))]
    statements: Vec<String>,
}

fn tool() -> Tool {
    described::<Arguments, AnswerWire<'static>>(
        "what_if",
        "Suppose something",
        "Supposes statements about the workload, or another choice, and reviews the record again: which findings come, which go, and what \
         would fit. The record itself is not changed.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text, statements } = arguments(given)?;
    lines("statements", &statements, 1, MOST_QUESTIONS)?;
    let material = Material::of(path.as_deref(), text, desk)?;
    let questions: Vec<String> = statements.iter().map(|statement| question(statement)).collect();
    said(&ask(desk, Some(material), &questions)?)
}

fn question(statement: &str) -> String {
    let statement = statement.trim().trim_end_matches('?');
    let asked = statement.get(.."what if ".len()).unwrap_or_default();
    if asked.eq_ignore_ascii_case("what if ") {
        format!("{statement}?")
    } else {
        format!("what if {statement}?")
    }
}
