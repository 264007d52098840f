//! `find_records`: which records speak of something.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, arguments, described, said_of, spoken};
use crate::conversation::Intent;
use crate::mcp::desk::Desk;
use crate::mcp::material::{Material, line};
use crate::mcp::refusal::Refusal;
use crate::mcp::talk::ask;
use crate::report::AnswerWire;

pub(super) const OFFER: Offer = Offer { tool, run };

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// An engine, a family of engines or a need, by name or by id.
    #[schemars(length(min = 1, max = 2000))]
    about: String,
    /// A folder, or a record whose folder is meant; all records when not said.
    #[schemars(length(max = 2000))]
    path: Option<String>,
}

fn tool() -> Tool {
    described::<Arguments, AnswerWire<'static>>(
        "find_records",
        "Find records",
        "Which decision records decide for a data store, weigh it, turn it down or use it already, or ask for a need; each with its status \
         and the place of the words.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { about, path } = arguments(given)?;
    line("about", &about)?;
    let material = Material::maybe(path.as_deref(), None, desk)?;
    let question = format!("which records decide about {}?", spoken(&about, &desk.lens));
    let answer = ask(desk, material, &[question])?;
    said_of(&answer, Intent::Records, 1, &[&about], desk)
}
