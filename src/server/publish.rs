//! Pushed diagnostics, for clients that do not ask: one worker for each open document waits for a pause in the typing, analyses the
//! newest version and publishes it with its number, unless that version has passed meanwhile.

use std::sync::Arc;

use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;

use super::analysis::guarded;
use super::diagnostics;
use super::session::Session;
use super::state::Worker;

/// The worker of a document; it runs until it is dropped.
pub(super) fn worker(session: &Arc<Session>, uri: Uri) -> Worker {
    let wake = Arc::new(Notify::new());
    let task = tokio::spawn(run(session.clone(), uri, wake.clone())).abort_handle();
    Worker { wake, task }
}

async fn run(session: Arc<Session>, uri: Uri, wake: Arc<Notify>) {
    loop {
        wake.notified().await;
        tokio::time::sleep(session.debounce).await;
        let Some(snapshot) = session.state().snapshot(&uri) else {
            return;
        };
        let work = move || {
            let found = guarded(|| diagnostics::all(&snapshot)).and_then(|found| found);
            (snapshot, found)
        };
        let Ok((snapshot, found)) = tokio::task::spawn_blocking(work).await else {
            continue;
        };
        match found {
            Ok(found) => {
                let _turn = session.publishing.lock().await;
                if session.state().is_current(&snapshot) {
                    session
                        .client
                        .publish_diagnostics(uri.clone(), found, Some(snapshot.version))
                        .await;
                }
            }
            Err(failed) => session.log(format!("{}: {failed}", uri.as_str())),
        }
    }
}

/// Takes back the diagnostics of a document that was closed, after whatever its worker was still sending.
pub(super) fn clear(session: &Arc<Session>, uri: Uri) {
    let session = session.clone();
    tokio::spawn(async move {
        let _turn = session.publishing.lock().await;
        let reopened = session.state().snapshot(&uri).is_some();
        if !reopened {
            session.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    });
}
