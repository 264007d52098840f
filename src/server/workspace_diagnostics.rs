//! `workspace/diagnostic`: the findings of every record of the workspace, for clients that ask. In parts when the client can take
//! them, and in a word where nothing changed since its last question.

use std::collections::{HashMap, HashSet};

use tower_lsp::ls_types::*;

use super::progress::Progress;
use super::records::{Records, Reviewed};
use super::session::{Cancelled, Stopped};

/// The answer, and what the client shows after it.
pub(super) struct Answer {
    pub report: WorkspaceDiagnosticReportResult,
    /// Records it was given findings of.
    pub found: Vec<Uri>,
    /// Records it was told to show nothing of any more.
    pub gone: HashSet<Uri>,
}

/// `closed` are documents that it was given findings of and that are not open; `told` hears how far it is; `parts` takes results as
/// they come, and then nothing is left to answer with.
pub(super) fn report(
    records: &Records,
    previous: Vec<PreviousResultId>,
    mut closed: HashSet<Uri>,
    told: Option<Progress>,
    parts: Option<Progress>,
    cancelled: &Cancelled,
) -> Result<Answer, Stopped> {
    let mut previous: HashMap<Uri, String> = previous.into_iter().map(|known| (known.uri, known.value)).collect();
    let mut items = Vec::new();
    let mut found = Vec::new();
    let mut hand_over = |lot: Vec<WorkspaceDocumentDiagnosticReport>| match &parts {
        Some(parts) if !lot.is_empty() => parts.part(&WorkspaceDiagnosticReport { items: lot }),
        Some(_) => {}
        None => items.extend(lot),
    };
    if let Some(told) = &told {
        told.begin("Reviewing decision records", false);
    }
    let mut count = 0;
    let reviewed = records.review(cancelled, |lot, done, total| {
        count = total;
        if let Some(told) = &told {
            told.report(done, total);
        }
        for reviewed in &lot {
            closed.remove(&reviewed.uri);
            if !reviewed.diagnostics.is_empty() {
                found.push(reviewed.uri.clone());
            }
        }
        hand_over(lot.into_iter().map(|reviewed| item(reviewed, &mut previous)).collect());
    });
    if let Some(told) = &told {
        told.end(format!("{count} records"));
    }
    reviewed?;
    // What the client still shows of records that are gone. Without a mark, it will not ask for them again.
    let known = previous.into_keys().filter(|uri| !is_open(uri, records));
    let gone: HashSet<Uri> = known.chain(closed).collect();
    hand_over(
        gone.iter()
            .map(|uri| full(uri.clone(), None, None, Vec::new()))
            .collect(),
    );
    let report = WorkspaceDiagnosticReport { items }.into();
    Ok(Answer { report, found, gone })
}

fn is_open(uri: &Uri, records: &Records) -> bool {
    records.open.values().any(|snapshot| snapshot.uri == *uri)
}

fn item(reviewed: Reviewed, previous: &mut HashMap<Uri, String>) -> WorkspaceDocumentDiagnosticReport {
    let Reviewed {
        uri,
        version,
        diagnostics,
        mark,
    } = reviewed;
    match previous.remove(&uri) {
        Some(known) if known == mark => WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version: version.map(i64::from),
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: mark },
        }
        .into(),
        _ => full(uri, version, Some(mark), diagnostics.to_vec()),
    }
}

fn full(
    uri: Uri,
    version: Option<i32>,
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceFullDocumentDiagnosticReport {
        uri,
        version: version.map(i64::from),
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    }
    .into()
}
