//! `adr-lens lens export`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::{CLEAN, Outcome, sound, terminal};
use crate::report::shown;
use crate::well_architected::{Wanted, export};
use crate::workspace::Configurations;

#[derive(Args)]
pub struct Export {
    /// What is written
    #[arg(long, value_enum, default_value_t = Format::WellArchitected)]
    format: Format,
    /// Only this group of questions; may be given several times
    #[arg(long = "group", value_name = "ID")]
    groups: Vec<String>,
    /// The name of the lens
    #[arg(long, default_value = "Architecture decisions on data stores")]
    name: String,
    /// What the lens is for, in a sentence or two
    #[arg(long, default_value = DESCRIPTION)]
    description: String,
    /// The file to write; standard output when none is named
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const DESCRIPTION: &str = "The questions that adr-lens asks of an architecture decision record about a data store.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A custom lens of the AWS Well-Architected Tool (JSON, schemaVersion 2021-11-01)
    WellArchitected,
}

impl Export {
    /// Writes the checklist of the lens in force here.
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let lens = lenses.lens_for(Path::new("."));
        let wanted = Wanted {
            name: self.name,
            description: self.description,
            groups: self.groups,
        };
        let exported = match self.format {
            Format::WellArchitected => export(&lens, &wanted)?,
        };
        for left_out in &exported.left_out {
            anstream::eprintln!("adr-lens: note: {left_out}");
        }
        match self.output {
            None => terminal::print(&exported.json)?,
            Some(path) => {
                let name = shown(&path);
                std::fs::write(&path, &exported.json).map_err(|error| format!("{name}: {error}"))?;
                terminal::print(&format!(
                    "wrote {name}: {} pillars, {} questions",
                    exported.pillars, exported.questions
                ))?;
            }
        }
        sound(lenses, CLEAN)
    }
}
