//! `adr-lens train`

use std::path::PathBuf;

use clap::Args;

use super::{CLEAN, FOUND, Outcome};
use crate::lens::LIKENESS;
use crate::workspace::train_lens;

#[derive(Args)]
pub struct Train {
    /// A folder of example sentences: one file for each signal, named after it
    #[arg(value_name = "EXAMPLES")]
    examples: PathBuf,
    /// The lens folder that gets the model
    #[arg(value_name = "LENS")]
    into: PathBuf,
    /// Write nothing; fail when the model there was trained on other examples
    #[arg(long)]
    check: bool,
}

impl Train {
    pub fn run(self) -> Outcome {
        let bytes = train_lens(&self.examples)?.to_bytes();
        let path = self.into.join(LIKENESS);
        if self.check {
            let same = std::fs::read(&path).is_ok_and(|there| there == bytes);
            if !same {
                anstream::eprintln!("{}: not what the examples give; run `adr-lens train`", path.display());
            }
            return Ok(if same { CLEAN } else { FOUND });
        }
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(CLEAN)
    }
}
