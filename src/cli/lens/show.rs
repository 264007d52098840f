//! `adr-lens lens show`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::read::Format;
use crate::cli::{CLEAN, Outcome, sound, terminal};
use crate::report::{self, InForceWire};
use crate::workspace::{Configurations, shown_path};

#[derive(Args)]
pub struct Show {
    /// A record, or a folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Show every rule, not only those that something is set for
    #[arg(long)]
    all: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Show {
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let path: &Path = &self.path;
        let lens = lenses.lens_for(path);
        let in_force = lenses.in_force(path);
        let file = in_force.as_ref().map(|in_force| shown_path(&in_force.path));
        let layers = in_force.as_ref().and_then(|in_force| in_force.loaded());
        let layers = layers.map(|loaded| loaded.layers.clone()).unwrap_or_default();
        let known = in_force.as_ref().map_or(0, |in_force| in_force.known(path));
        let baseline = in_force.as_ref().and_then(|in_force| in_force.baseline_path.as_deref());
        let shown = InForceWire::new(
            report::shown(path),
            file,
            layers,
            baseline.map(|path| (shown_path(path), known)),
            &lens,
            self.all,
        );
        let text = match self.format {
            Format::Text => report::in_force_text(&shown),
            Format::Json => report::in_force_json(&shown),
        };
        terminal::print(&text)?;
        sound(lenses, CLEAN)
    }
}
