//! `adr-lens lsp`

use clap::Args;

use super::{CLEAN, FOUND, Outcome};
use crate::server::{self, Ending, Setup};
use crate::workspace::{Base, From};

#[derive(Args)]
pub struct Lsp {}

impl Lsp {
    /// Serves an editor on standard input and output. The status is the protocol's: 1 when the client left without a shutdown.
    pub fn run(self, base: Base, from: From) -> Outcome {
        match server::run(Setup::new(base, from))? {
            Ending::Orderly => Ok(CLEAN),
            Ending::Abrupt => Ok(FOUND),
        }
    }
}
