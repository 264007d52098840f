//! The language server: messages of an editor come in; diagnostics, hovers, code actions and inlay hints go out, all made from the
//! same reading and findings as the command line's. It translates and never judges. One file per capability.
//!
//! The bytes of the client pass `wire`, are decoded by tower-lsp-server, and arrive in `backend`; `state` is what the server knows,
//! `session` how work is done for the client. This room alone uses tokio.

mod actions;
mod analysis;
mod backend;
mod capabilities;
mod client;
mod commands;
mod completion;
mod conversation;
mod convert;
mod definition;
mod diagnostics;
mod figure;
mod folding;
mod highlight;
mod hints;
mod hover;
mod lens_file;
mod lenses;
mod links;
mod markup;
mod matrix;
mod orphan;
mod outlet;
mod progress;
mod publish;
mod pull;
mod records;
mod references;
mod reload;
mod rename;
mod selection;
mod session;
mod settings;
mod shelf;
mod state;
mod sweep;
mod symbols;
mod text;
mod things;
mod tokens;
mod trace;
mod wire;
mod workspace_diagnostics;
mod workspace_symbols;

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server};

pub use analysis::{Analyse, Analysis, Before, analyse};

use crate::workspace::{Base, Configurations, From};

/// What we call ourselves, to clients and as the source of diagnostics.
const NAME: &str = "adr-lens";
/// Messages handled at once. Handlers only take snapshots and wait for a blocking thread, so this is a bound on waiting, not on work.
const CONCURRENCY: usize = 128;
/// Threads for analyses and for standard input and output.
const THREADS: usize = 32;
/// Bytes held between the client and the protocol layer, in each direction.
const PIPE: usize = 64 << 10;
/// Messages to the client that wait to be written.
const QUEUE: usize = 64;

/// How long the last messages may take to be read.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a server is to run.
pub struct Setup {
    /// What `extends = "databases"` names; one from a folder is loaded again when its files change.
    pub base: Base,
    pub from: From,
    pub analyse: Analyse,
    /// How long to wait for an answer of the client.
    pub patience: Duration,
}

impl Setup {
    pub fn new(base: Base, from: From) -> Setup {
        Setup {
            base,
            from,
            analyse: Arc::new(analyse),
            patience: Duration::from_secs(10),
        }
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client asked for the shutdown first, as it should.
    Orderly,
    /// The client left without a word; a server then exits with status 1.
    Abrupt,
}

/// Runs the server on standard input and output until the client ends it.
pub fn run(setup: Setup) -> std::io::Result<Ending> {
    // Messages pass several tasks, each of which has next to nothing to do: on one thread none waits for another to wake up.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(THREADS)
        .build()?;
    let ending = runtime.block_on(serve(setup, tokio::io::stdin(), tokio::io::stdout()));
    // A thread may still wait for standard input, which a client need not close.
    runtime.shutdown_background();
    Ok(ending)
}

/// Serves one client until it ends the session or its stream ends.
pub async fn serve<I, O>(setup: Setup, input: I, output: O) -> Ending
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let Setup {
        base,
        from,
        analyse,
        patience,
    } = setup;
    let state = state::State::new(Arc::new(Configurations::new(base, from)), analyse);
    let (outgoing, messages) = tokio::sync::mpsc::channel(QUEUE);
    let outlet = outlet::Outlet::of(&outgoing);
    let build = |client| backend::Backend {
        session: Arc::new(session::Session::new(client, outlet, state, patience)),
    };
    let (service, socket) = LspService::build(build)
        .custom_method(text::METHOD, backend::Backend::text)
        .custom_method(matrix::METHOD, backend::Backend::record)
        .custom_method(commands::checklist::METHOD, backend::Backend::checklist)
        .custom_method(conversation::CREATE, backend::Backend::begin_conversation)
        .custom_method(conversation::TURN, backend::Backend::converse)
        .custom_method(conversation::DESTROY, backend::Backend::end_conversation)
        .custom_method("window/workDoneProgress/cancel", backend::Backend::cancel)
        .custom_method("$/setTrace", backend::Backend::set_trace)
        .finish();
    let session = service.inner().session.clone();

    let (admitted, server_input) = tokio::io::duplex(PIPE);
    let (server_output, collected) = tokio::io::duplex(PIPE);
    let admit = tokio::spawn(wire::admit(input, admitted, outgoing.clone()));
    let collect = tokio::spawn(wire::collect(collected, outgoing));
    let deliver = tokio::spawn(wire::deliver(messages, output));
    let reload = tokio::spawn(reload::run(session.clone()));
    let sweep = tokio::spawn(sweep::run(session.clone()));

    let serving = Server::new(server_input, server_output, socket)
        .concurrency_level(CONCURRENCY)
        .serve(service);
    tokio::select! {
        () = serving => {}
        () = session.orphaned() => admit.abort(),
    }

    reload.abort();
    sweep.abort();
    session.state().close_all();
    // What the server said last is still delivered, if the client reads it; the client need not close its end for that.
    let farewell = async {
        let _ = collect.await;
        admit.abort();
        let _ = admit.await;
        let _ = deliver.await;
    };
    let _ = tokio::time::timeout(FAREWELL, farewell).await;
    let shutdown = session.state().shutdown;
    if shutdown { Ending::Orderly } else { Ending::Abrupt }
}
