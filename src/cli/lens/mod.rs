//! `adr-lens lens …`: what a team does with its own lens.

mod check;
mod export;
mod import;
mod pages;
mod schema;
mod show;
mod test;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;

use super::Outcome;
use crate::workspace::{Configurations, InForce, NAME, absolute};

#[derive(Subcommand)]
pub enum Command {
    /// Say what is wrong with a lens
    Check(check::Check),
    /// Hold a lens to the cases in it
    Test(test::Test),
    /// Show what is in force for a record, and from where
    Show(show::Show),
    /// Write the pages of a book about a lens: each rule, each engine, all signals
    Pages(pages::Pages),
    /// Print the JSON Schema of adr-lens.toml
    Schema(schema::Schema),
    /// Make a lens folder of a custom lens of the AWS Well-Architected Tool
    Import(import::Import),
    /// Write the questions of the lens in force as a custom lens of the AWS Well-Architected Tool
    Export(export::Export),
}

impl Command {
    pub fn run(self, lenses: Configurations) -> Outcome {
        match self {
            Command::Check(command) => command.run(&lenses),
            Command::Test(command) => command.run(&lenses),
            Command::Show(command) => command.run(&lenses),
            Command::Pages(command) => command.run(&lenses),
            Command::Schema(command) => command.run(),
            Command::Import(command) => command.run(&lenses),
            Command::Export(command) => command.run(&lenses),
        }
    }
}

/// The lenses that a call names: files and folders; the one in force here when it names none.
fn named(paths: &[PathBuf], lenses: &Configurations) -> Result<Vec<Arc<InForce>>, String> {
    if paths.is_empty() {
        let here = lenses.in_force(Path::new("."));
        return here
            .map(|in_force| vec![in_force])
            .ok_or_else(|| format!("no {NAME} here or above; `adr-lens init` writes one, or name a lens"));
    }
    let one = |path: &PathBuf| {
        let inside = path.join(NAME);
        match (inside.is_file(), path.exists()) {
            (true, _) => Ok(lenses.load(&absolute(&inside))),
            (false, true) => Ok(lenses.load(&absolute(path))),
            (false, false) => Err(format!("{}: no such file or folder", path.display())),
        }
    };
    paths.iter().map(one).collect()
}
