//! `check_record`: what `adr-lens check` finds.

use rmcp::model::{CallToolResult, JsonObject, Tool};

use super::{Offer, WIDTH, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Given;
use crate::mcp::refusal::Refusal;
use crate::report::{CheckWire, check_text, check_wire};

pub(super) const OFFER: Offer = Offer { tool, run };

fn tool() -> Tool {
    described::<Given, CheckWire<'static>>(
        "check_record",
        "Check a record",
        "Reports where a decision record contradicts itself: a chosen data store against a need the record states, a design that does not \
         fit the store, a service that has ended, what the record leaves out, and disagreements with other records. Each finding quotes \
         its words with their place and names its rule, its source and a way out. No finding means that nothing stated speaks against the \
         choice.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let given: Given = arguments(given)?;
    let report = given.material(desk)?.checked(desk)?;
    let text = check_text(&report, false, WIDTH, true);
    found(text, &check_wire(&report))
}
