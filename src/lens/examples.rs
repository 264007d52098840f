//! The sentences beside a lens (`lenses/examples/<signal>.toml`) → examples to train and to measure the reader on.

use serde::Deserialize;

use super::likeness::{Example, Says};

/// Sentences that state a signal, deny it, or do neither. What else a sentence states stands behind it: `… | also: joins, sql`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Examples {
    pub required: Vec<String>,
    pub not_required: Vec<String>,
    pub nothing: Vec<String>,
    /// The same in words far from those of the cues: trained on like the others, measured by themselves.
    #[serde(default)]
    pub far: Option<Box<Examples>>,
}

impl Examples {
    /// The sentences as examples for the signal the file is named after.
    pub fn of(self, signal: &str) -> Vec<Example> {
        let far = self.far.map(|far| *far).unwrap_or_default();
        let all = [
            (self.required, Says::Required),
            (far.required, Says::Required),
            (self.not_required, Says::NotRequired),
            (far.not_required, Says::NotRequired),
            (self.nothing, Says::Nothing),
            (far.nothing, Says::Nothing),
        ];
        let example = |written: String, says| Example {
            text: also(&written).0.to_owned(),
            signal: signal.to_owned(),
            says,
        };
        all.into_iter()
            .flat_map(|(list, says)| list.into_iter().map(move |written| example(written, says)))
            .collect()
    }
}

/// A sentence and the other signals it states.
pub fn also(written: &str) -> (&str, Vec<&str>) {
    match written.split_once(" | also:") {
        Some((text, ids)) => (
            text.trim(),
            ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect(),
        ),
        None => (written, Vec::new()),
    }
}
