//! What is wrong with a lens file, as diagnostics: pushed after a pause in the typing, or given to a client that asks.

use std::sync::Arc;
use std::time::Duration;

use tower_lsp::ls_types::{Diagnostic, DiagnosticSeverity, Uri};

use super::document::LensSnapshot;
use crate::server::NAME;
use crate::server::analysis::guarded;
use crate::server::session::Session;
use crate::workspace::shown_path;

/// How long a pause in the typing is: a lens takes tens of milliseconds to load, a record a fraction of one.
const PAUSE: Duration = Duration::from_millis(50);

/// One for each mistake in this file; mistakes in other files that it extends are shown in those.
pub(in crate::server) fn all(snapshot: &LensSnapshot) -> Vec<Diagnostic> {
    let Some(in_force) = snapshot.in_force() else {
        return Vec::new();
    };
    let path = shown_path(&snapshot.path());
    let here = in_force.problems.iter().filter(|problem| problem.path == path);
    here.map(|problem| Diagnostic {
        range: snapshot.range(problem.bytes.clone()),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(NAME.to_owned()),
        message: problem.message.clone(),
        ..Diagnostic::default()
    })
    .collect()
}

/// Publishes after a pause in the typing, unless the version has passed meanwhile.
pub(in crate::server) fn publish(session: &Arc<Session>, uri: Uri) {
    let session = session.clone();
    tokio::spawn(async move {
        let version = |session: &Session| session.state().lens_snapshot(&uri).map(|snapshot| snapshot.version);
        let asked = version(&session);
        tokio::time::sleep(PAUSE).await;
        let Some(snapshot) = session.state().lens_snapshot(&uri) else {
            return;
        };
        if asked != Some(snapshot.version) {
            return;
        }
        let Ok(found) = tokio::task::spawn_blocking(move || guarded(|| all(&snapshot))).await else {
            return;
        };
        match found {
            Ok(found) => {
                let _turn = session.publishing.lock().await;
                if version(&session) == asked {
                    session.client.publish_diagnostics(uri.clone(), found, asked).await;
                }
            }
            Err(failed) => session.log(format!("{}: {failed}", uri.as_str())),
        }
    });
}

/// Takes back the diagnostics of a lens file that was closed.
pub(in crate::server) fn clear(session: &Arc<Session>, uri: Uri) {
    let session = session.clone();
    tokio::spawn(async move {
        let _turn = session.publishing.lock().await;
        let reopened = session.state().lens_snapshot(&uri).is_some();
        if !reopened {
            session.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    });
}
