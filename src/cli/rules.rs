//! `adr-lens rules`

use clap::Args;

use super::{CLEAN, Outcome, terminal};
use crate::lens::Lens;
use crate::report;

#[derive(Args)]
pub struct Rules {}

impl Rules {
    pub fn run(self, lens: &'static Lens) -> Outcome {
        terminal::print(&report::rule_list(lens))?;
        Ok(CLEAN)
    }
}
