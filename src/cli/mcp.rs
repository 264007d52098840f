//! `adr-lens mcp`

use std::path::PathBuf;

use clap::Args;

use super::{CLEAN, Outcome};
use crate::mcp::{self, Setup};
use crate::workspace::{Base, From};

#[derive(Args)]
pub struct Mcp {
    /// Folders outside of which nothing is read; the working directory when none is named
    #[arg(value_name = "ROOT")]
    roots: Vec<PathBuf>,
    /// Judge the lifecycle of engines as of this date (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
}

impl Mcp {
    /// Serves an assistant on standard input and output until it leaves.
    pub fn run(self, base: Base, from: From) -> Outcome {
        mcp::run(Setup {
            base,
            from,
            roots: self.roots,
            as_of: self.as_of,
        })?;
        Ok(CLEAN)
    }
}
