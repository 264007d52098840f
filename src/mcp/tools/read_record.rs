//! `read_record`: what `adr-lens read` understands.

use rmcp::model::{CallToolResult, JsonObject, Tool};

use super::{Offer, WIDTH, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Given;
use crate::mcp::refusal::Refusal;
use crate::report::{ReadWire, read_text, read_wire};

pub(super) const OFFER: Offer = Offer { tool, run };

fn tool() -> Tool {
    described::<Given, ReadWire<'static>>(
        "read_record",
        "Read a record",
        "What was understood of a decision record: its status and template, which data stores it decides for, weighs or turns down, what \
         it says the workload needs and does not need, and every measured statement in base units; each with the words it was read from.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let given: Given = arguments(given)?;
    let outcomes = given.material(desk)?.read(desk)?;
    let text = read_text(&outcomes, false, WIDTH);
    found(text, &read_wire(&outcomes))
}
