//! `adr-lens explain`

use clap::Args;

use super::{CLEAN, Outcome, terminal};
use crate::lens::Lens;
use crate::pages;

#[derive(Args)]
pub struct Explain {
    /// A rule (choice/joins-on-key-value), an engine (amazon-dynamodb, "Amazon DynamoDB") or a signal (joins)
    name: String,
}

impl Explain {
    pub fn run(self, lens: &'static Lens) -> Outcome {
        let today = jiff::Zoned::now().date();
        let Some(text) = pages::page(&self.name, lens, Some(today)) else {
            let known = pages::names(lens);
            let nearest = known
                .iter()
                .max_by(|a, b| strsim::jaro_winkler(&self.name, a).total_cmp(&strsim::jaro_winkler(&self.name, b)));
            let hint = nearest.map_or(String::new(), |name| format!("; the nearest name is `{name}`"));
            return Err(format!("no rule, engine or signal is called `{}`{hint}", self.name).into());
        };
        terminal::print(&text)?;
        Ok(CLEAN)
    }
}
