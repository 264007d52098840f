//! `adrLens.report`: the findings as a text to hand on, in a format of `adr-lens check`.
//!
//! Arguments: the URI of a record, or null for all records; the format, `text` unless told otherwise. The result is
//! `{"format": …, "text": …}`.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::LSPAny;

use super::{check, show};
use crate::report::{self, Report};
use crate::server::session::Session;

pub(in crate::server) const COMMAND: &str = "adrLens.report";

/// Columns of a report in plain text.
const WIDTH: usize = 120;

pub(super) async fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let format = super::text(arguments, 1).unwrap_or("text");
    let report = check::reviewed(session, super::document(arguments)?).await?.report;
    let questions = session.state().settings().hints;
    let (text, extension) = written(&report, format, questions)?;
    show::file(session, &format!("report.{extension}"), &text);
    Ok(Some(json!({"format": format, "text": text})))
}

/// The report in a format, and what a file of it is called behind the point.
fn written(report: &Report, format: &str, questions: bool) -> Result<(String, &'static str)> {
    let failed = |why: String| Error::invalid_params(why);
    Ok(match format {
        "text" => (report::check_text(report, false, WIDTH, !questions), "txt"),
        "json" => (report::check_json(report), "json"),
        "sarif" => (report::sarif(report).map_err(failed)?, "sarif"),
        "github" => (report::github(report), "txt"),
        "junit" => (report::junit(report).map_err(failed)?, "xml"),
        other => {
            let formats = "text, json, sarif, github, junit";
            return Err(failed(format!("no format is called `{other}`; there are {formats}")));
        }
    })
}
