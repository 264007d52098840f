//! `textDocument/diagnostic` and `workspace/diagnostic`, for clients that ask.
//!
//! A client goes on asking about a record that it has closed, and shows what it is answered: then the file is read. It shows what it was
//! answered until it is told otherwise, and forgets by itself neither a record that was closed nor one that has another name now. So
//! every record it was given findings of is remembered, and taken back with the next answer about the workspace when it is gone.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::progress::Progress;
use super::session::Session;
use super::workspace_diagnostics::{self, Answer};
use super::{diagnostics, lens_file};

/// Of one document, open or not.
pub(super) async fn document(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let uri = params.text_document.uri;
    let found = if lens_file::is_lens_file(&uri) {
        let answer = session.answer_of_lens(&uri, lens_file::all).await?;
        answer.unwrap_or_default()
    } else {
        record(session, &uri).await?
    };
    if !found.is_empty() {
        session.state().answered.insert(uri);
    }
    Ok(diagnostics::report(found, params.previous_result_id).into())
}

async fn record(session: &Arc<Session>, uri: &Uri) -> Result<Vec<Diagnostic>> {
    let open = session.state().snapshot(uri);
    if let Some(snapshot) = open {
        let found = session.work(snapshot, |snapshot, _| Ok(diagnostics::all(snapshot)?));
        return found.await;
    }
    let records = session.state().records();
    let asked = uri.clone();
    let found = session.compute(uri.as_str(), move |_| Ok(records.review_closed(&asked)));
    let reviewed = found.await?;
    Ok(reviewed.map_or_else(Vec::new, |reviewed| reviewed.diagnostics.to_vec()))
}

/// Of every record of the workspace.
pub(super) async fn workspace(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let (records, closed) = {
        let state = session.state();
        (state.records(), state.answered_and_closed())
    };
    let progress = |token: Option<ProgressToken>| token.map(|token| Progress::new(&session.outlet, token));
    let told = progress(params.work_done_progress_params.work_done_token);
    let parts = progress(params.partial_result_params.partial_result_token);
    let previous = params.previous_result_ids;
    let answer = session.compute("the workspace", move |cancelled| {
        workspace_diagnostics::report(&records, previous, closed, told, parts, cancelled)
    });
    let Answer { report, found, gone } = answer.await?;
    let mut state = session.state();
    state.answered.extend(found);
    state.answered.retain(|uri| !gone.contains(uri));
    Ok(report)
}
