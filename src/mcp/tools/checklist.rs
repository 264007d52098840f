//! `checklist`: what `adr-lens checklist` asks, and what answers it.

use rmcp::model::{CallToolResult, JsonObject, Tool};

use super::{Offer, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Given;
use crate::mcp::refusal::Refusal;
use crate::report::{ChecklistWire, checklist_markdown, checklist_wire};

pub(super) const OFFER: Offer = Offer { tool, run };

fn tool() -> Tool {
    described::<Given, ChecklistWire<'static>>(
        "checklist",
        "Review checklist",
        "The questions of a review for a decision record: answered with its words, failed by a finding, open, or for people alone. Leave \
         those for people to people. The text is a Markdown task list that a pull request can carry.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let given: Given = arguments(given)?;
    let sheets = given.material(desk)?.sheets(desk)?;
    let text = checklist_markdown(&sheets);
    found(text, &checklist_wire(&sheets))
}
