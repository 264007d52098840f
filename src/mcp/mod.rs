//! Calls of an assistant over the Model Context Protocol → the answers of the command line and of the conversation, as text and as the
//! same JSON. Read-only, and confined to the folders that were given; nothing is judged here.
//!
//! | file | what it does |
//! |---|---|
//! | `handler` | the protocol's methods, each worked off on a blocking thread |
//! | `desk` | what the tools work with: the folders, the date, and for each call the lenses as they are now |
//! | `material` | a path or a text → what is to be looked at |
//! | `talk` | questions about it → an answer of the conversation |
//! | `refusal` | why a call was not answered |
//! | `tools` | one file for each tool: its arguments, its schemas, its work |
//! | `resources`, `prompts` | records, rules, engines and needs to read; what to ask for |

mod desk;
mod handler;
mod material;
mod prompts;
mod refusal;
mod resources;
mod talk;
mod tools;

use std::path::PathBuf;
use std::sync::Arc;

use rmcp::ServiceExt;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::workspace::{Base, From};
use desk::Office;
use handler::Handler;

/// Calls that are worked off at once.
const THREADS: usize = 8;

/// How a server is to run.
pub struct Setup {
    /// The lens that an adr-lens.toml extends.
    pub base: Base,
    /// Where the configuration comes from.
    pub from: From,
    /// The folders outside of which nothing is read; the working directory when there are none.
    pub roots: Vec<PathBuf>,
    /// The date that lifecycles are compared with; none is today.
    pub as_of: Option<jiff::civil::Date>,
}

/// Serves an assistant on standard input and output until it leaves.
pub fn run(setup: Setup) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(THREADS)
        .build()
        .map_err(|error| error.to_string())?;
    let served = runtime.block_on(serve(setup, tokio::io::stdin(), tokio::io::stdout()));
    runtime.shutdown_background();
    served
}

/// Serves one assistant until its stream ends.
pub async fn serve<I, O>(setup: Setup, input: I, output: O) -> Result<(), String>
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let handler = Handler {
        office: Arc::new(Office::new(setup)?),
    };
    let service = handler
        .serve((input, output))
        .await
        .map_err(|error| error.to_string())?;
    service.waiting().await.map_err(|error| error.to_string())?;
    Ok(())
}
