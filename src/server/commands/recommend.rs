//! `adrLens.recommend`: which engines fit what a record states, in the shape of `adr-lens recommend --format json`.
//!
//! Arguments: the URI of a record; the vendor whose engines alone are ranked, if any.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::LSPAny;

use super::show;
use crate::lens::Engine;
use crate::report;
use crate::review::recommend;
use crate::server::session::Session;

pub(in crate::server) const COMMAND: &str = "adrLens.recommend";

/// What it is opened as.
const FILE: &str = "recommendation.txt";

pub(super) async fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let uri = super::document(arguments)?
        .ok_or_else(|| Error::invalid_params("the first argument is the URI of a record"))?;
    let vendor = super::text(arguments, 1).map(str::to_owned);
    let lens = session.state().lens();
    if let Some(vendor) = &vendor
        && !lens.engines.iter().any(|engine| engine.vendor == *vendor)
    {
        return Err(Error::invalid_params(format!(
            "no engine of vendor `{vendor}` in the lens"
        )));
    }
    let answer = session.answer_of_file(&uri, move |snapshot, _| {
        let analysis = snapshot.analysis()?;
        let (reading, lens) = (&analysis.reading, &snapshot.lens);
        let admits = |engine: &Engine| vendor.as_ref().is_none_or(|vendor| engine.vendor == *vendor);
        let found = recommend(reading, lens, admits);
        Ok((
            report::recommend_text(&snapshot.source, reading, &found, lens),
            report::recommend_json(&snapshot.source, reading, &found, lens),
        ))
    });
    let (text, json) = answer.await?;
    show::file(session, FILE, &text);
    Ok(super::value(&json))
}
