//! `engines/`: what an engine is called, what it adds to its family, its limits and its life.

use serde::Deserialize;

use super::{Certainty, Contradiction};

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Engine {
    pub id: String,
    pub name: String,
    pub family: String,
    pub vendor: String,
    pub says: String,
    pub source: String,
    #[serde(default)]
    pub written: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub not_when: Vec<String>,
    /// Languages and libraries that are this engine's own: code in one asks for the engine, and names no store. "PL/SQL"
    #[serde(default)]
    pub dialects: Vec<String>,
    #[serde(default)]
    pub also: Vec<String>,
    pub kind_of: Option<String>,
    pub offers: Option<String>,
    #[serde(default)]
    pub speaks: Vec<String>,
    #[serde(default)]
    pub satisfies: Vec<String>,
    #[serde(default)]
    pub lacks: Vec<String>,
    #[serde(default)]
    pub overrules: Vec<String>,
    /// Needs, one of which a text must state before the engine is recommended ahead of others; none said, those of its family.
    #[serde(default)]
    pub only_for: Vec<String>,
    pub operation: Operation,
    pub default_rank: Option<u32>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub contradicts: Vec<Contradiction>,
    #[serde(default)]
    pub limits: Vec<Limit>,
    #[serde(default)]
    pub lifecycle: Vec<Lifecycle>,
}

/// The work of running an engine, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    Serverless,
    Embedded,
    Managed,
    SelfRun,
}

/// A figure beyond which the engine cannot go: a target above `at-most`, or below `at-least`.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limit {
    pub metric: String,
    pub at_most: Option<String>,
    pub at_least: Option<String>,
    pub signal: Option<String>,
    /// A target within the limit is met, whatever the family says of such figures.
    #[serde(default)]
    pub settles: bool,
    pub because: String,
    pub remedy: String,
    pub source: String,
    pub certainty: Option<Certainty>,
}

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lifecycle {
    pub event: Event,
    #[schemars(with = "String")]
    pub on: toml::value::Datetime,
    #[serde(default)]
    pub versions: Vec<String>,
    #[serde(default)]
    pub successors: Vec<String>,
    pub says: String,
    pub source: String,
    pub certainty: Option<Certainty>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    EndOfSupport,
    ClosedToNewCustomers,
    EndOfStandardSupport,
    Deprecated,
    Renamed,
    LicenceChange,
}
