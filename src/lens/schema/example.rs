//! The examples that a rule is held to.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A small record, or a folder of them: what a rule must find in it, or must not.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleExample {
    #[serde(default)]
    pub context: String,
    #[serde(default)]
    pub decision: String,
    #[serde(default)]
    pub consequences: String,
    /// Whole files by their names, for what one record cannot show; then nothing else is given.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Whether the rule reports it.
    pub finds: bool,
}

impl RuleExample {
    /// The files of the example, by their names.
    pub fn folder(&self) -> BTreeMap<String, String> {
        match self.files.is_empty() {
            true => BTreeMap::from([("0001-store.md".to_owned(), self.record())]),
            false => self.files.clone(),
        }
    }

    /// The example as a record, where it is one.
    pub fn record(&self) -> String {
        let consequences = match self.consequences.as_str() {
            "" => "The team reviews this in a year.",
            said => said,
        };
        format!(
            "# Store\n\n## Status\n\nProposed\n\n## Context\n\n{}\n\n## Decision\n\n{}\n\n## Consequences\n\n{consequences}\n",
            self.context, self.decision
        )
    }
}
