//! Progress that the user sees, and results that come in parts: `$/progress`, by a token of the client's or by one of ours.

use serde::Serialize;
use serde_json::json;
use tokio::runtime::Handle;
use tower_lsp::ls_types::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::outlet::Outlet;

/// Sends news of the work that a token stands for, or a part of its result.
pub(super) async fn send(outlet: &Outlet, token: &ProgressToken, value: &impl Serialize) {
    outlet
        .notify("$/progress", &json!({"token": token, "value": value}))
        .await;
}

/// Where news of one piece of work goes. For use on a blocking thread: it waits until the queue to the client takes the news.
#[derive(Clone)]
pub(super) struct Progress {
    outlet: Outlet,
    token: ProgressToken,
    runtime: Handle,
}

impl Progress {
    pub fn new(outlet: &Outlet, token: ProgressToken) -> Progress {
        Progress {
            outlet: outlet.clone(),
            token,
            runtime: Handle::current(),
        }
    }

    pub fn begin(&self, title: &str, cancellable: bool) {
        self.tell(&WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(cancellable),
            message: None,
            percentage: Some(0),
        }));
    }

    pub fn report(&self, done: usize, total: usize) {
        self.tell(&WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: None,
            message: Some(format!("{done} of {total}")),
            percentage: Some((done * 100 / total.max(1)) as u32),
        }));
    }

    pub fn end(&self, message: String) {
        self.tell(&WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) }));
    }

    /// A part of a result.
    pub fn part(&self, value: &impl Serialize) {
        self.tell(value);
    }

    fn tell(&self, value: &impl Serialize) {
        self.runtime.block_on(send(&self.outlet, &self.token, value));
    }
}
