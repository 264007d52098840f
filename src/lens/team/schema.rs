//! `adr-lens.toml` as it is written: serde types, nothing looked up yet. The JSON Schema in `schemas/` is made from them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lens::Severity;
use crate::lens::schema;

/// One lens, or several: names of built-in lenses, folders, files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Extends {
    One(String),
    Many(Vec<String>),
}

impl Extends {
    pub fn list(&self) -> &[String] {
        match self {
            Extends::One(name) => std::slice::from_ref(name),
            Extends::Many(names) => names,
        }
    }
}

/// How loud a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// The rule reports nothing.
    Off,
    Hint,
    Info,
    #[serde(alias = "warn")]
    Warning,
    Error,
    /// As loud as the lens that defines the rule has it.
    Default,
}

impl Setting {
    /// The severity that is set; none for `off` and `default`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Setting::Hint => Some(Severity::Hint),
            Setting::Info => Some(Severity::Info),
            Setting::Warning => Some(Severity::Warning),
            Setting::Error => Some(Severity::Error),
            Setting::Off | Setting::Default => None,
        }
    }
}

/// Rules, by id or with `*` for any characters (`choice/*`), and how loud each is. The more exact name wins.
pub type Settings = BTreeMap<String, Setting>;

/// The ids of engines, or a table of ids with the reason for each.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a list of ids, or a table of ids with the reason for each"
)]
pub enum Listing {
    Ids(Vec<String>),
    Reasons(BTreeMap<String, String>),
}

impl Default for Listing {
    fn default() -> Self {
        Listing::Ids(Vec::new())
    }
}

impl Listing {
    /// Each id with its reason, if one is given.
    pub fn entries(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Listing::Ids(ids) => ids.iter().map(|id| (id.as_str(), None)).collect(),
            Listing::Reasons(reasons) => reasons
                .iter()
                .map(|(id, reason)| (id.as_str(), Some(reason.as_str())))
                .collect(),
        }
    }
}

/// What the team thinks of engines. An engine speaks for its flavours and managed offerings that are not named themselves.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Engines {
    /// May be chosen without a word. Where this list is not empty, what stands in no list is reported as not approved.
    pub approved: Listing,
    /// May be chosen to learn about it: reported as information.
    pub trial: Listing,
    /// Not to be started on: reported as a warning.
    pub hold: Listing,
    /// Not to be chosen: reported as an error.
    pub forbidden: Listing,
}

/// Other settings for records in some places.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs, relative to the folder of the `adr-lens.toml` in force: `legacy/**`.
    pub paths: Vec<String>,
    #[serde(default)]
    pub rules: Settings,
    #[serde(default)]
    pub engines: Engines,
}

/// What a record cannot silence, and no later lens, override or baseline can make quieter.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Locked {
    /// Rules, by id or with `*`.
    pub rules: Vec<String>,
}

/// A bound that stands in the place of the lens's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Threshold {
    /// With its unit: `20 ms`.
    pub at_most: Option<String>,
    /// Of a limit of an engine: a target below it is out of reach.
    pub at_least: Option<String>,
    /// Of a need: figures of this or less do not state it.
    pub above: Option<String>,
}

/// Phrases added to those of a signal, or taken from them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Cues {
    /// Phrases that state the need wherever a need can stand.
    pub cues: Vec<String>,
    /// Phrases that state it only where the sentence itself asks.
    pub weak: Vec<String>,
    /// Phrases that state the opposite.
    pub denials: Vec<String>,
    /// Phrases in which a cue means something else.
    pub not_cues: Vec<String>,
    /// Phrases of the lens that no longer count, written as the lens has them.
    pub without: Vec<String>,
}

/// "This engine or family cannot meet that need": the rule `choice/<signal>-on-<id>`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Against {
    /// The id of the engine or family.
    pub on: String,
    /// The id of the need.
    pub signal: String,
    /// Why it cannot meet it, in one sentence.
    pub because: String,
    /// The way out, in one sentence.
    pub remedy: String,
    /// Families a second store of which answers the need.
    #[serde(default)]
    pub mitigated_by: Vec<String>,
    /// Phrases of a record that answer it.
    #[serde(default)]
    pub mitigation: Vec<String>,
    #[serde(default)]
    pub severity: Severity,
    /// The id of a source.
    pub source: String,
    pub certainty: Option<schema::Certainty>,
}

impl Against {
    pub fn contradiction(self) -> schema::Contradiction {
        schema::Contradiction {
            signal: self.signal,
            because: self.because,
            remedy: self.remedy,
            mitigated_by: self.mitigated_by,
            mitigation: self.mitigation,
            severity: self.severity,
            source: self.source,
            certainty: self.certainty,
            origin: None,
        }
    }
}

/// A record and what is found in it; `adr-lens lens test` holds the lens to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// What the case shows, in a few words.
    pub name: String,
    /// The record as Markdown.
    pub record: String,
    /// Every rule that reports, in any order. Questions (hints) count only when one is named here.
    pub finds: Vec<String>,
    /// Where the record would stand, for overrides: `legacy/0007-orders.md`.
    pub path: Option<String>,
    /// Judge lifecycles as of this day; today when there is none.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<toml::value::Datetime>,
}

/// `adr-lens.toml`: how a team bends the lens to its house.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename = "adr-lens.toml", deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct File {
    /// Lenses that this one builds on, the most general first: a folder of the shape of a lens, or another `adr-lens.toml`, relative to
    /// this file; or `databases`, the built-in lens, which lies beneath all others when it is not named.
    pub extends: Option<Extends>,
    /// A file of findings that are known and not reported, relative to this file. `adr-lens check --write-baseline` writes it.
    pub baseline: Option<String>,
    /// Rules, by id or with `*` for any characters (`choice/*`), and how loud each is. The more exact name wins.
    pub rules: Settings,
    /// For a need or an engine, by id, and a metric: the bound in place of the lens's own.
    pub thresholds: BTreeMap<String, BTreeMap<String, Threshold>>,
    pub engines: Engines,
    /// Other settings for records in some places. The last that fits wins.
    pub overrides: Vec<Override>,
    pub locked: Locked,
    /// Phrases added to those of a signal, or taken from them.
    pub cues: BTreeMap<String, Cues>,
    /// Words of one meaning, which phrases name with `@`; the words of a class replace those the lens has.
    pub words: BTreeMap<String, Vec<String>>,
    /// Engines of the team's own, or in place of the lens's of the same id.
    pub engine: Vec<schema::Engine>,
    /// Families of the team's own, or in place of the lens's of the same id.
    pub family: Vec<schema::Family>,
    /// Needs of the team's own, or in place of the lens's of the same id.
    pub signal: Vec<schema::Signal>,
    /// Rules of the team's own, or in place of the lens's of the same id.
    pub rule: Vec<schema::Rule>,
    /// What an engine or family cannot meet, added to the lens or in place of its statement.
    pub contradicts: Vec<Against>,
    /// Where statements of this file come from.
    pub sources: BTreeMap<String, schema::Source>,
    /// Records with the findings that are expected.
    pub test: Vec<Case>,
}

/// The keys of the file, in the order of this page.
pub const KEYS: [&str; 16] = [
    "extends",
    "baseline",
    "rules",
    "thresholds",
    "engines",
    "overrides",
    "locked",
    "cues",
    "words",
    "engine",
    "family",
    "signal",
    "rule",
    "contradicts",
    "sources",
    "test",
];
