//! `families/`, and what a family or an engine says it cannot do.

use serde::Deserialize;

use super::{Certainty, Severity};
use crate::lens::origin::Origin;

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Family {
    pub id: String,
    pub name: String,
    pub says: String,
    pub source: String,
    #[serde(default)]
    pub satisfies: Vec<String>,
    /// Needs, one of which a text must state before an engine of the family is recommended ahead of others.
    #[serde(default)]
    pub only_for: Vec<String>,
    #[serde(default)]
    pub contradicts: Vec<Contradiction>,
}

/// "This family or engine cannot meet that need."
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contradiction {
    pub signal: String,
    pub because: String,
    pub remedy: String,
    #[serde(default)]
    pub mitigated_by: Vec<String>,
    #[serde(default)]
    pub mitigation: Vec<String>,
    #[serde(default)]
    pub severity: Severity,
    pub source: String,
    pub certainty: Option<Certainty>,
    /// Where it was written, when that is not where its engine or family was.
    #[serde(skip)]
    pub(crate) origin: Option<Origin>,
}
