//! `compare`: engines held against each other for one record.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, arguments, described, said_of, spoken};
use crate::conversation::{Intent, MOST_COMPARED};
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
    /// Two to six engines, by name or by id.
    #[schemars(length(min = 2, max = MOST_COMPARED), inner(length(max = 2000)))]
    engines: Vec<String>,
}

fn tool() -> Tool {
    described::<Arguments, AnswerWire<'static>>(
        "compare",
        "Compare data stores",
        "Compares two to six data stores for what a record asks for: need by need, which of them meet it and which it speaks against, with \
         the statements of the framework and their sources.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text, engines } = arguments(given)?;
    lines("engines", &engines, 2, MOST_COMPARED)?;
    let material = Material::of(path.as_deref(), text, desk)?;
    let names: Vec<&str> = engines.iter().map(|engine| spoken(engine, &desk.lens)).collect();
    let question = format!("compare {} for this record", names.join(" and "));
    let answer = ask(desk, Some(material), &[question])?;
    said_of(&answer, Intent::Compare, names.len(), &names, desk)
}
