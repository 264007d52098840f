//! `$/logTrace`: for a client that asked for it, how long each answer took; with `verbose`, what it was about as well.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tower_lsp::Client;
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{LogTraceParams, TraceValue};

#[derive(Default)]
pub(super) struct Trace(Mutex<TraceValue>);

/// Work that is being traced; told when it is dropped, be it done or cancelled.
pub(super) struct Traced {
    client: Client,
    about: Option<String>,
    start: Instant,
}

impl Trace {
    pub fn set(&self, value: TraceValue) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
    }

    /// Nothing when tracing is off.
    pub fn begin(&self, client: &Client, about: &str) -> Option<Traced> {
        let value = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (value != TraceValue::Off).then(|| Traced {
            client: client.clone(),
            about: (value == TraceValue::Verbose).then(|| about.to_owned()),
            start: Instant::now(),
        })
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        let params = LogTraceParams {
            message: format!("answered in {:.1} ms", self.start.elapsed().as_secs_f64() * 1000.0),
            verbose: self.about.take(),
        };
        let client = self.client.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { client.send_notification::<LogTrace>(params).await });
        }
    }
}
