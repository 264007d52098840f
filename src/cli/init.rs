//! `adr-lens init`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{CLEAN, Outcome, terminal};
use crate::workspace::NAME;

/// A file in which everything is explained and nothing is set.
const BEGINNING: &str = include_str!("init.toml");

#[derive(Args)]
pub struct Init {
    /// The folder to write it in
    #[arg(default_value = ".")]
    folder: PathBuf,
}

impl Init {
    /// Writes the file; one that is there already is left as it is.
    pub fn run(self) -> Outcome {
        let path = self.folder.join(NAME);
        let shown = crate::report::shown(&path);
        let mut file = std::fs::File::create_new(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => format!("{shown} is there already; it was left as it is"),
            _ => format!("{shown}: {error}"),
        })?;
        file.write_all(BEGINNING.as_bytes())
            .map_err(|error| format!("{shown}: {error}"))?;
        terminal::print(&format!("wrote {shown}; `adr-lens lens show` tells what is in force"))?;
        Ok(CLEAN)
    }
}
