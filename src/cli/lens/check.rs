//! `adr-lens lens check`

use std::path::PathBuf;

use clap::Args;

use crate::cli::{CLEAN, Outcome, sound, terminal};
use crate::workspace::{Configurations, shown_path};

#[derive(Args)]
pub struct Check {
    /// Lens files, or folders of a lens; the adr-lens.toml in force here when none is named
    paths: Vec<PathBuf>,
}

impl Check {
    /// One line for each lens that is sound, one on standard error for each mistake.
    pub fn run(self, lenses: &Configurations) -> Outcome {
        for in_force in super::named(&self.paths, lenses)? {
            if let (Some(loaded), true) = (in_force.loaded(), in_force.problems.is_empty()) {
                let lens = loaded.lens_for("");
                let names: Vec<&str> = loaded.layers.iter().map(|layer| layer.name.as_str()).collect();
                terminal::print(&format!(
                    "{}: sound ({} engines, {} needs, {} rules, {} cases; built on {})",
                    shown_path(&in_force.path),
                    lens.engines.len(),
                    lens.signals.len(),
                    lens.rule_ids().len(),
                    loaded.cases.len(),
                    names.join(", ")
                ))?;
            }
        }
        sound(lenses, CLEAN)
    }
}
