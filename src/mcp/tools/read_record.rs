//! `read_record`: what `adr-lens read` understands.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, WIDTH, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Material;
use crate::mcp::refusal::Refusal;
use crate::report::{ReadWire, read_text, read_wire};

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
}

fn tool() -> Tool {
    described::<Arguments, ReadWire<'static>>(
        "read_record",
        "Read a record",
        "What was understood of a decision record: its status and template, which data stores it decides for, weighs or turns down, what \
         it says the workload needs and does not need, and every measured statement in base units; each with the words it was read from.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text } = arguments(given)?;
    let outcomes = Material::of(path.as_deref(), text, desk)?.read(desk)?;
    let text = read_text(&outcomes, false, WIDTH);
    found(text, &read_wire(&outcomes))
}
