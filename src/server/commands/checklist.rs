//! `adrLens.checklist`: the checklist of a record, of its text as it is in the editor.
//!
//! Arguments: the URI of a record; the format, `markdown` unless told otherwise. The result is `{"format": …, "text": …}`, shown as
//! well unless it is JSON, which a program asked for.
//!
//! `adrLens/checklist`, a request with a `TextDocumentIdentifier`, gives the JSON of an open document and shows nothing: for editors that
//! have a view of their own.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::LSPAny;

use super::show;
use crate::report::{self, Sheet, Sheets};
use crate::server::conversation::shown;
use crate::server::convert;
use crate::server::session::Session;
use crate::server::state::Snapshot;

pub(in crate::server) const COMMAND: &str = "adrLens.checklist";
/// The name of the request.
pub(in crate::server) const METHOD: &str = "adrLens/checklist";

/// How a checklist is written, and what a file of it is called behind the point.
type Format = (fn(&Sheets) -> String, &'static str);

pub(super) async fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let uri = super::document(arguments)?
        .ok_or_else(|| Error::invalid_params("the first argument is the URI of a record"))?;
    let name = super::text(arguments, 1).unwrap_or("markdown").to_owned();
    let (write, extension): Format = match name.as_str() {
        "markdown" => (report::checklist_markdown, "md"),
        "html" => (report::checklist_html, "html"),
        "json" => (report::checklist_json, "json"),
        other => {
            let sentence = format!("no format is called `{other}`; there are markdown, html, json");
            return Err(Error::invalid_params(sentence));
        }
    };
    let answer = session.answer_of_file(&uri, move |snapshot, _| Ok(write(&sheets(snapshot))));
    let text = answer.await?;
    if extension != "json" {
        show::file(session, &format!("checklist.{extension}"), &text);
    }
    Ok(Some(json!({"format": name, "text": text})))
}

/// The checklist as `adr-lens checklist --format json` has it.
pub(in crate::server) fn value(snapshot: &Snapshot) -> Value {
    super::value(&report::checklist_json(&sheets(snapshot))).unwrap_or_default()
}

fn sheets(snapshot: &Snapshot) -> Sheets {
    let analysis = snapshot.analyse(snapshot.text());
    let file = convert::file_path(&snapshot.uri);
    let sheet = Sheet {
        path: file.map_or_else(|| snapshot.uri.as_str().to_owned(), |file| shown(&file)),
        source: snapshot.source.clone(),
        reading: analysis.reading,
        findings: analysis.findings,
        lens: (*snapshot.lens).clone(),
    };
    Sheets::of(vec![sheet], snapshot.settings.date())
}
