//! `explain`: what the lens says of a rule, an engine, a need or a family.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, arguments, described, said_of, spoken, unknown};
use crate::conversation::Intent;
use crate::mcp::desk::Desk;
use crate::mcp::material::{Material, line};
use crate::mcp::refusal::Refusal;
use crate::mcp::talk::ask;
use crate::pages;
use crate::report::AnswerWire;

pub(super) const OFFER: Offer = Offer { tool, run };

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// A rule (`choice/joins-on-key-value`), an engine (`amazon-dynamodb`, "Aurora PostgreSQL"), a need (`joins`) or a family
    /// (`key-value`).
    #[schemars(length(min = 1, max = 2000))]
    name: String,
    /// A record, for what it means there.
    #[schemars(length(max = 2000))]
    path: Option<String>,
}

fn tool() -> Tool {
    described::<Arguments, AnswerWire<'static>>(
        "explain",
        "Explain a rule, an engine or a need",
        "What the framework says of a rule, a data store, a need or a family of stores: what it is for, what it meets, what it works \
         against, its limits and its end, each sentence with its source. With a record, what that record says about it too.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { name, path } = arguments(given)?;
    line("name", &name)?;
    // What looks like a rule is one, or is nothing: its need alone is not what was asked for.
    if name.contains('/') && pages::page(name.trim(), &desk.lens, None).is_none() {
        return Err(unknown(&name, &desk.lens));
    }
    let material = Material::maybe(path.as_deref(), None, desk)?;
    let answer = ask(desk, material, &[question(&name, desk)])?;
    said_of(&answer, Intent::About, 1, &[&name], desk)
}

fn question(name: &str, desk: &Desk) -> String {
    format!("what does the framework say about {}?", spoken(name, &desk.lens))
}

/// Whether the conversation knows what is called so.
pub(super) fn is_known(name: &str, desk: &Desk) -> bool {
    let answer = ask(desk, None, &[question(name, desk)]);
    answer.is_ok_and(|said| said.answer.intent == Intent::About && !said.answer.about.is_empty())
}
