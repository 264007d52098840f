//! `check_record`: what `adr-lens check` finds.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, WIDTH, arguments, described, found};
use crate::mcp::desk::Desk;
use crate::mcp::material::Material;
use crate::mcp::refusal::Refusal;
use crate::report::{CheckWire, check_text, check_wire};

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
    described::<Arguments, CheckWire<'static>>(
        "check_record",
        "Check a record",
        "Reports where a decision record contradicts itself: a chosen data store against a need the record states, a design that does not \
         fit the store, a service that has ended, what the record leaves out, and disagreements with other records. Each finding quotes \
         its words with their place and names its rule, its source and a way out. No finding means that nothing stated speaks against the \
         choice.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments { path, text } = arguments(given)?;
    let report = Material::of(path.as_deref(), text, desk)?.checked(desk)?;
    let text = check_text(&report, false, WIDTH, true);
    found(text, &check_wire(&report))
}
