//! One client's session: the state behind its lock, the client, and the ways work is done for it: on a snapshot off the reading
//! task, or in a task of its own that may wait for the client.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{MessageType, ProgressToken, Uri};

use super::analysis::{Failed, guarded};
use super::lens_file::LensSnapshot;
use super::orphan;
use super::outlet::Outlet;
use super::state::{Snapshot, State};
use super::trace::Trace;

pub(super) struct Session {
    state: Mutex<State>,
    pub client: Client,
    /// Takes what must come before the answer that follows it.
    pub outlet: Outlet,
    /// How long we wait for a client's answer.
    pub patience: Duration,
    /// Held while diagnostics go out, so that a check of their version and their sending are one step.
    pub publishing: tokio::sync::Mutex<()>,
    /// Woken when configuration or lens may have changed.
    pub reload: Notify,
    /// Woken when records that are not open may have changed.
    pub sweep: Notify,
    pub trace: Trace,
    /// Told the client's process, when it names one.
    client_process: watch::Sender<Option<u32>>,
    /// Work that shows its progress, and can be broken off there.
    works: Mutex<Vec<(ProgressToken, Cancelled)>>,
}

/// Why a request has no answer.
pub(super) enum Stopped {
    Cancelled,
    Failed(Failed),
    /// The request cannot be met; the sentence is for the user.
    Refused(String),
}

impl From<Failed> for Stopped {
    fn from(failed: Failed) -> Self {
        Stopped::Failed(failed)
    }
}

/// Raised when the client no longer wants an answer; polled between the steps of a computation.
#[derive(Clone, Default)]
pub(super) struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn check(&self) -> Result<(), Stopped> {
        if self.0.load(Ordering::Relaxed) {
            Err(Stopped::Cancelled)
        } else {
            Ok(())
        }
    }
}

/// Lives in the handler's future, which is dropped when the request is cancelled.
struct RaiseOnDrop(Cancelled);

impl Drop for RaiseOnDrop {
    fn drop(&mut self) {
        self.0.raise();
    }
}

/// LSP 3.17: the request failed although it was well-formed.
const REQUEST_FAILED: i64 = -32803;

impl Session {
    pub fn new(client: Client, outlet: Outlet, state: State, patience: Duration) -> Session {
        Session {
            state: Mutex::new(state),
            client,
            outlet,
            patience,
            publishing: tokio::sync::Mutex::new(()),
            reload: Notify::new(),
            sweep: Notify::new(),
            trace: Trace::default(),
            client_process: watch::Sender::new(None),
            works: Mutex::default(),
        }
    }

    /// The state. Never held across an await: the guard cannot be sent to another thread, so the compiler sees to it.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client is this process of this machine.
    pub fn watch_client(&self, process: Option<u32>) {
        self.client_process.send_replace(process);
    }

    /// Waits until the client is gone, once it has said who it is.
    pub async fn orphaned(&self) {
        let mut process = self.client_process.subscribe();
        let named = process.wait_for(Option::is_some).await.map(|process| *process);
        orphan::gone(named.ok().flatten()).await;
    }

    /// Changes the state on behalf of a notification. A panic must not take the server with it.
    pub fn apply(self: &Arc<Self>, change: impl FnOnce(&mut State)) {
        if let Err(failed) = guarded(|| change(&mut self.state())) {
            self.log(failed.to_string());
        }
    }

    /// Answers a request about a document from a snapshot taken now, before anything is awaited, on a blocking thread. Nothing for a
    /// document that is not of ours.
    ///
    /// An answer for a version that has passed meanwhile is still the answer to what was asked; the protocol leaves it to the client
    /// to drop it, and asks servers not to send ContentModified for changes they have not been told of by then.
    pub async fn answer<T, W>(self: &Arc<Self>, uri: &Uri, work: W) -> Result<Option<T>, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Snapshot, &Cancelled) -> Result<T, Stopped> + Send + 'static,
    {
        let Some(snapshot) = self.state().snapshot(uri) else {
            return Ok(None);
        };
        self.work(snapshot, work).await.map(Some)
    }

    /// Works on a snapshot on a blocking thread.
    pub async fn work<T, W>(self: &Arc<Self>, snapshot: Snapshot, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Snapshot, &Cancelled) -> Result<T, Stopped> + Send + 'static,
    {
        let uri = snapshot.uri.clone();
        self.compute(uri.as_str(), move |cancelled| work(&snapshot, cancelled))
            .await
    }

    /// The same about a document that need not be open: then its file is read. Refused when there is none.
    pub async fn answer_of_file<T, W>(self: &Arc<Self>, uri: &Uri, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Snapshot, &Cancelled) -> Result<T, Stopped> + Send + 'static,
    {
        let (open, records) = {
            let state = self.state();
            (state.snapshot(uri), state.records())
        };
        let asked = uri.clone();
        self.compute(uri.as_str(), move |cancelled| {
            let snapshot = match open {
                Some(snapshot) => snapshot,
                None => records.file(&asked).map_err(Stopped::Refused)?,
            };
            work(&snapshot, cancelled)
        })
        .await
    }

    /// Answers about something from what was taken from the state before, on a blocking thread.
    pub async fn compute<T, W>(self: &Arc<Self>, about: &str, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Cancelled) -> Result<T, Stopped> + Send + 'static,
    {
        let cancelled = Cancelled::default();
        let _raise = RaiseOnDrop(cancelled.clone());
        let work = move || {
            cancelled.check()?;
            guarded(|| work(&cancelled))?
        };
        let _told = self.trace.begin(&self.client, about);
        let done = tokio::task::spawn_blocking(work).await;
        self.tell_of_lenses();
        match done {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Stopped::Cancelled)) => Err(Error::request_cancelled()),
            Ok(Err(Stopped::Refused(why))) => Err(error(ErrorCode::ServerError(REQUEST_FAILED), why)),
            Ok(Err(Stopped::Failed(failed))) => {
                self.log(format!("{about}: {failed}"));
                Err(error(ErrorCode::InternalError, failed.to_string()))
            }
            Err(gone) => Err(error(ErrorCode::InternalError, gone.to_string())),
        }
    }

    /// Answers a request about an open lens file, in the manner of [`Session::answer`]. Nothing for a document that is none.
    pub async fn answer_of_lens<T, W>(self: &Arc<Self>, uri: &Uri, work: W) -> Result<Option<T>, Error>
    where
        T: Send + 'static,
        W: FnOnce(&LensSnapshot) -> T + Send + 'static,
    {
        let Some(snapshot) = self.state().lens_snapshot(uri) else {
            return Ok(None);
        };
        match tokio::task::spawn_blocking(move || guarded(|| work(&snapshot))).await {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(failed)) => {
                self.log(format!("{}: {failed}", uri.as_str()));
                Err(error(ErrorCode::InternalError, failed.to_string()))
            }
            Err(gone) => Err(error(ErrorCode::InternalError, gone.to_string())),
        }
    }

    /// Works on what was taken from the state before, on a blocking thread.
    pub async fn on_thread<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        match tokio::task::spawn_blocking(move || guarded(work)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failed)) => Err(error(ErrorCode::InternalError, failed.to_string())),
            Err(gone) => Err(error(ErrorCode::InternalError, gone.to_string())),
        }
    }

    /// Tells what is wrong with the lenses in force, once: records are then held against what is right of them.
    pub fn tell_of_lenses(self: &Arc<Self>) {
        // The lenses may be loading on another thread: the state is not held meanwhile.
        let lenses = self.state().lenses.clone();
        let problems = lenses.problems();
        let problems = self.state().news_of_lenses(problems);
        if let Some(first) = problems.first() {
            let more = problems.len() - 1;
            let rest = if more == 0 {
                String::new()
            } else {
                format!(" (and {more} more)")
            };
            self.warn(format!("{first}{rest}"));
        }
    }

    /// Puts settings in force and says what is wrong with them.
    pub fn configure(self: &Arc<Self>, value: &Value) {
        let (changed, wrong) = self.state().configure(value);
        wrong.into_iter().for_each(|sentence| self.warn(sentence));
        if changed {
            self.refresh();
        }
    }

    /// Has the client ask again for what it shows.
    pub fn refresh(self: &Arc<Self>) {
        self.sweep.notify_one();
        let features = self.state().features.clone();
        if features.refreshes_hints {
            self.ask(|client| async move { client.inlay_hint_refresh().await });
        }
        if features.refreshes_lenses {
            self.ask(|client| async move { client.code_lens_refresh().await });
        }
        if features.refreshes_tokens {
            self.ask(|client| async move { client.semantic_tokens_refresh().await });
        }
    }

    /// Has a client that asks for diagnostics ask again.
    pub fn refresh_diagnostics(self: &Arc<Self>) {
        let features = self.state().features.clone();
        if features.pulls_diagnostics && features.refreshes_diagnostics {
            self.ask(|client| async move { client.workspace_diagnostic_refresh().await });
        }
    }

    /// A flag that the user raises where the progress of the work is shown. Earlier work is over by then.
    pub fn cancellable(&self, token: ProgressToken) -> Cancelled {
        let cancelled = Cancelled::default();
        let mut works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        *works = vec![(token, cancelled.clone())];
        cancelled
    }

    pub fn cancel(&self, token: &ProgressToken) {
        let works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = works.iter().filter(|(other, _)| other == token);
        wanted.for_each(|(_, cancelled)| cancelled.raise());
    }

    /// Asks the client for something in a task of its own, with a time-out: a handler that waited for an answer would, with enough of
    /// its like, stop the server from reading that answer.
    pub fn ask<T, F>(self: &Arc<Self>, request: impl FnOnce(Client) -> F)
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
        T: Send + 'static,
    {
        let answer = tokio::time::timeout(self.patience, request(self.client.clone()));
        let session = self.clone();
        tokio::spawn(async move {
            match answer.await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => session.client.log_message(MessageType::WARNING, error.message).await,
                Err(_) => {
                    session
                        .client
                        .log_message(MessageType::WARNING, "the editor did not answer in time")
                        .await
                }
            }
        });
    }

    /// Tells the user something to act on.
    pub fn warn(self: &Arc<Self>, sentence: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(MessageType::WARNING, sentence).await });
    }

    pub fn log(self: &Arc<Self>, sentence: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.log_message(MessageType::ERROR, sentence).await });
    }
}

fn error(code: ErrorCode, message: String) -> Error {
    Error {
        code,
        message: message.into(),
        data: None,
    }
}
