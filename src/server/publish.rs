//! Pushed diagnostics, for clients that do not ask: one worker for each open document analyses the newest version and publishes it
//! with its number, unless that version has passed meanwhile. It needs no pause in the typing: what is typed while it works waits
//! for it, and is looked at as one.

use std::sync::Arc;

use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;

use super::analysis::guarded;
use super::diagnostics;
use super::session::Session;
use super::state::{Snapshot, Worker};

/// The worker of a document; it runs until it is dropped.
pub(super) fn worker(session: &Arc<Session>, uri: Uri) -> Worker {
    let wake = Arc::new(Notify::new());
    let task = tokio::spawn(run(session.clone(), uri, wake.clone())).abort_handle();
    Worker { wake, task }
}

async fn run(session: Arc<Session>, uri: Uri, wake: Arc<Notify>) {
    let mut told: Option<Snapshot> = None;
    // The neighbours of a record may wake it without changing a word of what there is to say.
    let mut last = None;
    loop {
        wake.notified().await;
        let Some(snapshot) = session.state().snapshot(&uri) else {
            return;
        };
        // An edit that came before the snapshot was taken woke us again, and was in what we told already.
        if told.as_ref().is_some_and(|told| told.is_same(&snapshot)) {
            continue;
        }
        let work = move || {
            let found = guarded(|| diagnostics::all(&snapshot)).and_then(|found| found);
            (snapshot, found)
        };
        let Ok((snapshot, found)) = tokio::task::spawn_blocking(work).await else {
            continue;
        };
        session.tell_of_lenses();
        match found {
            Ok(found) => {
                let _turn = session.publishing.lock().await;
                let news = Some((snapshot.version, found));
                if session.state().is_current(&snapshot) {
                    if last != news {
                        last = news;
                        let found = last.as_ref().map(|(_, found)| found.clone()).unwrap_or_default();
                        session
                            .client
                            .publish_diagnostics(uri.clone(), found, Some(snapshot.version))
                            .await;
                    }
                    told = Some(snapshot);
                }
            }
            Err(failed) => session.log(format!("{}: {failed}", uri.as_str())),
        }
    }
}
