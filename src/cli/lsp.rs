//! `adr-lens lsp`

use std::path::PathBuf;

use clap::Args;

use super::{CLEAN, FOUND, Outcome};
use crate::lens::Lens;
use crate::server::{self, Ending, Setup};

#[derive(Args)]
pub struct Lsp {}

impl Lsp {
    /// Serves an editor on standard input and output. The status is the protocol's: 1 when the client left without a shutdown.
    pub fn run(self, lens: &'static Lens, lens_folder: Option<PathBuf>) -> Outcome {
        match server::run(Setup {
            lens_folder,
            ..Setup::new(lens)
        })? {
            Ending::Orderly => Ok(CLEAN),
            Ending::Abrupt => Ok(FOUND),
        }
    }
}
