//! `checklist`: what `adr-lens checklist` asks, and what answers it.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Material;
use crate::mcp::refusal::Refusal;
use crate::report::{ChecklistWire, checklist_markdown, checklist_wire};

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
    described::<Arguments, ChecklistWire<'static>>(
        "checklist",
        "Review checklist",
        "The questions of a review for a decision record: answered with its words, failed by a finding, open, or for people alone. Leave \
         those for people to people. The text is a Markdown task list that a pull request can carry.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text } = arguments(given)?;
    let sheets = Material::of(path.as_deref(), text, desk)?.sheets(desk)?;
    let text = checklist_markdown(&sheets);
    found(text, &checklist_wire(&sheets))
}
