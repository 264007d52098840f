//! The files of a lens as they are written (see `lenses/README.md`): serde types, nothing compiled yet. A file for each folder of a
//! lens; here stands what they share.

mod engine;
mod example;
mod family;
mod language;
mod roles;
mod rule;
mod signal;

use serde::Deserialize;

pub use engine::{Engine, Event, Lifecycle, Limit, Operation};
pub use example::RuleExample;
pub use family::{Contradiction, Family};
pub use language::{Acceptance, Assertion, Compatibility, Likeness, Lists, References, Sections, Triggers, Words};
pub use roles::{Names, PlaceName, RoleName, RolePattern, Roles};
pub use rule::{Design, DesignNeed, Meaning, Passage, Rule, Within};
pub use signal::{Figure, Signal, Weighs};

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Hash,
    Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Hint,
    Info,
    #[default]
    Warning,
    Error,
}

/// How sure a statement is; `unconfirmed` is never louder than information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    Vendor,
    Secondary,
    Known,
    Unconfirmed,
}

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    pub title: String,
    #[serde(default)]
    pub url: String,
    #[schemars(with = "String")]
    pub as_of: toml::value::Datetime,
    pub certainty: Certainty,
}
