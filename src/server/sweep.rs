//! The whole folder of records for clients that do not ask: when the session begins, when folders, files, the lens or the settings
//! change, every record that is not open is reviewed, and its diagnostics are pushed. Clients that ask are told to ask again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tower_lsp::ls_types::{Diagnostic, NumberOrString, Uri};

use super::analysis::guarded;
use super::progress::Progress;
use super::records::Records;
use super::session::{Cancelled, Session};

/// Changes of files come in flocks: a branch is checked out, a folder renamed.
const PAUSE: Duration = Duration::from_millis(50);

/// Sweeps when woken; what wakes it meanwhile makes one more.
pub(super) async fn run(session: Arc<Session>) {
    let mut number = 0;
    loop {
        session.sweep.notified().await;
        tokio::time::sleep(PAUSE).await;
        if session.state().features.pulls_diagnostics {
            session.refresh_diagnostics();
            continue;
        }
        number += 1;
        let records = session.state().records();
        let token = NumberOrString::String(format!("adr-lens/records/{number}"));
        let told = begin(&session, token.clone()).await;
        let cancelled = session.cancellable(token);
        let work = {
            let session = session.clone();
            move || guarded(|| push(&session, &records, told, &cancelled))
        };
        if let Ok(Err(failed)) = tokio::task::spawn_blocking(work).await {
            session.log(failed.to_string());
        }
    }
}

/// A token the client agreed to show the progress of; none when it does not, or not soon.
async fn begin(session: &Arc<Session>, token: NumberOrString) -> Option<Progress> {
    if !session.state().features.progress {
        return None;
    }
    let asked = session.client.create_work_done_progress(token.clone());
    let agreed = tokio::time::timeout(session.patience, asked).await;
    matches!(agreed, Ok(Ok(()))).then(|| Progress::new(&session.outlet, token))
}

/// Publishes what is found in the records that are not open, and takes back what is found no more.
fn push(session: &Arc<Session>, records: &Records, told: Option<Progress>, cancelled: &Cancelled) {
    let runtime = Handle::current();
    let mut met = HashSet::new();
    let mut count = 0;
    if let Some(told) = &told {
        told.begin("Reviewing decision records", true);
    }
    let reviewed = records.review(cancelled, |lot, done, total| {
        count = total;
        for reviewed in lot {
            met.insert(reviewed.uri.clone());
            runtime.block_on(publish(session, reviewed.uri, &reviewed.diagnostics));
        }
        if let Some(told) = &told {
            told.report(done, total);
        }
    });
    if let Some(told) = &told {
        told.end(format!("{count} records"));
    }
    // When it was broken off, what is shown stays.
    if reviewed.is_ok() {
        let gone: Vec<Uri> = session.state().pushed.difference(&met).cloned().collect();
        for uri in gone {
            runtime.block_on(publish(session, uri, &[]));
        }
    }
}

/// Unless the record was opened meanwhile, for then its worker speaks for it, and unless there is nothing to say nor to take back.
async fn publish(session: &Arc<Session>, uri: Uri, diagnostics: &[Diagnostic]) {
    let _turn = session.publishing.lock().await;
    let news = {
        let mut state = session.state();
        let had = match diagnostics.is_empty() {
            true => state.pushed.remove(&uri),
            false => !state.pushed.insert(uri.clone()),
        };
        !state.is_open(&uri) && (had || !diagnostics.is_empty())
    };
    if news {
        session
            .client
            .publish_diagnostics(uri, diagnostics.to_vec(), None)
            .await;
    }
}

/// What takes the place of a closed document's diagnostics: those of its file, when it is one of the records, else none.
pub(super) fn closed(session: &Arc<Session>, uri: Uri) {
    let records = {
        let mut state = session.state();
        // What its worker published is to be taken back.
        state.pushed.insert(uri.clone());
        state.records()
    };
    let session = session.clone();
    tokio::spawn(async move {
        let asked = uri.clone();
        let work = move || guarded(|| records.review_closed(&asked)).ok().flatten();
        let reviewed = tokio::task::spawn_blocking(work).await.ok().flatten();
        let found = reviewed.map(|reviewed| reviewed.diagnostics).unwrap_or_default();
        publish(&session, uri, &found).await;
    });
}
