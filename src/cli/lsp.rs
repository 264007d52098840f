//! `adr-lens lsp`

use clap::Args;

use super::{CLEAN, Outcome};
use crate::lens::Lens;

#[derive(Args)]
pub struct Lsp {}

impl Lsp {
    pub fn run(self, lens: &'static Lens) -> Outcome {
        let _ = lens;
        Ok(CLEAN)
    }
}
