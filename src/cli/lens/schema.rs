//! `adr-lens lens schema`

use clap::Args;

use crate::cli::{CLEAN, Outcome, terminal};
use crate::lens::team::json_schema;

#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Outcome {
        terminal::print(&json_schema())?;
        Ok(CLEAN)
    }
}
