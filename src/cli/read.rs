//! `adr-lens read`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CLEAN, Failure, Outcome, terminal};
use crate::report;
use crate::workspace::{Configurations, discover, read_all};

#[derive(Args)]
pub struct Read {
    /// Records, or folders of records; the usual places when none is named
    paths: Vec<PathBuf>,
    /// How the reading is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

impl Read {
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let found = discover(&self.paths, Path::new(""))
            .map_err(|missing| Failure(missing.iter().map(ToString::to_string).collect()))?;
        let bar = terminal::bar(found.files.len());
        let outcomes = read_all(found, |path| lenses.lens_for(path), || bar.inc(1));
        bar.finish_and_clear();
        let text = match self.format {
            Format::Text => report::read_text(&outcomes, terminal::colour(), terminal::width()),
            Format::Json => report::read_json(&outcomes),
        };
        terminal::print(&text)?;
        Ok(CLEAN)
    }
}
