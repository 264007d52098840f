//! `recommend`: how `adr-lens recommend` ranks.

use rmcp::model::{CallToolResult, JsonObject, Tool};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Offer, arguments, described, found};
use crate::lens::Lens;
use crate::mcp::desk::Desk;
use crate::mcp::material::Material;
use crate::mcp::refusal::{Refusal, quoted};
use crate::report::{RecommendWire, recommend_text, recommend_wire};
use crate::review::recommend;

pub(super) const OFFER: Offer = Offer { tool, run };

/// So many engines are told when the caller does not say how many.
const USUAL: usize = 10;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// A record.
    #[schemars(length(max = 2000))]
    path: Option<String>,
    /// Any text that says what is needed: a whole record, or only its context. Either this or `path`.
    #[schemars(length(max = 1_048_576))]
    text: Option<String>,
    /// Rank only the engines of this vendor, such as `amazon`, `google` or `microsoft`.
    #[schemars(length(max = 2000))]
    among: Option<String>,
    /// Tell at most so many engines, best first; 10 when not said.
    at_most: Option<usize>,
}

fn tool() -> Tool {
    described::<Arguments, RecommendWire<'static>>(
        "recommend",
        "Recommend a data store",
        "Ranks data stores for what a text asks for: an order with its reasons, never a score. Says which needs each store meets, which \
         speak against it and where the framework is silent, what would change the order, and what the text leaves open.",
    )
}

fn run(desk: &Desk, given: JsonObject) -> Result<CallToolResult, Refusal> {
    let Arguments {
        path,
        text,
        among,
        at_most,
    } = arguments(given)?;
    let material = Material::of(path.as_deref(), text, desk)?;
    let lens = &material.lens(desk);
    if let Some(vendor) = &among
        && !lens.engines.iter().any(|engine| engine.vendor == *vendor)
    {
        return Err(unknown_vendor(vendor, lens));
    }
    let talk = material.talk(desk)?;
    let Some(document) = talk.document() else {
        return Err(Refusal::Said(format!("{}: a folder; name one record of it", talk.path)));
    };
    let reading = crate::reading::Reading::of(&document.source.text, document.language, lens);
    let admits = |engine: &crate::lens::Engine| among.as_ref().is_none_or(|vendor| engine.vendor == *vendor);
    let mut recommendation = recommend(&reading, lens, admits);
    recommendation.ranking.truncate(at_most.unwrap_or(USUAL));
    let text = recommend_text(document.source, &reading, &recommendation, lens);
    found(text, &recommend_wire(document.source, &reading, &recommendation, lens))
}

fn unknown_vendor(vendor: &str, lens: &Lens) -> Refusal {
    let mut known: Vec<&str> = lens.engines.iter().map(|engine| engine.vendor.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    Refusal::UnknownVendor {
        vendor: quoted(vendor),
        known: known.join(", "),
    }
}
