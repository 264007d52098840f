//! The list of rules.

use std::fmt::Write;

use crate::lens::Lens;
use crate::pages::rules;

/// Every rule that can report, with its severity and one sentence.
pub fn rule_list(lens: &Lens) -> String {
    let rules = rules(lens);
    let width = rules.iter().map(|(id, ..)| id.len()).max().unwrap_or(0);
    rules.iter().fold(String::new(), |mut out, (id, severity, says)| {
        let loud = format!("{severity:?}").to_lowercase();
        let _ = writeln!(out, "{id:<width$}  {loud:<7} {says}");
        out
    })
}
