//! Progress that the user sees, and results that come in parts: `$/progress`, by a token of the client's or by one of ours.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::runtime::Handle;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// `$/progress` with any value: the type of the library below knows work-done progress alone.
struct AnyProgress;

#[derive(Serialize, Deserialize)]
struct AnyProgressParams {
    token: ProgressToken,
    value: Value,
}

impl Notification for AnyProgress {
    type Params = AnyProgressParams;
    const METHOD: &'static str = "$/progress";
}

/// Sends news of the work that a token stands for, or a part of its result.
pub(super) async fn send(client: &Client, token: ProgressToken, value: Value) {
    let params = AnyProgressParams { token, value };
    client.send_notification::<AnyProgress>(params).await;
}

/// Where news of one piece of work goes. For use on a blocking thread: it waits until the client's queue takes the news.
#[derive(Clone)]
pub(super) struct Progress {
    client: Client,
    token: ProgressToken,
    runtime: Handle,
}

impl Progress {
    pub fn new(client: &Client, token: ProgressToken) -> Progress {
        Progress {
            client: client.clone(),
            token,
            runtime: Handle::current(),
        }
    }

    pub fn begin(&self, title: &str, cancellable: bool) {
        self.tell(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(cancellable),
            message: None,
            percentage: Some(0),
        }));
    }

    pub fn report(&self, done: usize, total: usize) {
        self.tell(WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: None,
            message: Some(format!("{done} of {total}")),
            percentage: Some((done * 100 / total.max(1)) as u32),
        }));
    }

    pub fn end(&self, message: String) {
        self.tell(WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) }));
    }

    /// A part of a result.
    pub fn part(&self, value: &impl Serialize) {
        self.tell(value);
    }

    fn tell(&self, value: impl Serialize) {
        if let Ok(value) = serde_json::to_value(value) {
            self.runtime.block_on(send(&self.client, self.token.clone(), value));
        }
    }
}
