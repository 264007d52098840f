//! The words of a lens for measured statements, as written in `language/quantities.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Comparison, Metric, Unit};

/// What is wrong with the words of a lens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// A phrase that begins with a gap, an optional word or nothing.
    #[error("the phrase \"{0}\" must begin with a word or with #")]
    Phrase(String),
    /// The automaton of the first look could not be built.
    #[error("the words of quantities cannot be compiled: {0}")]
    Automaton(String),
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dimension {
    /// Seconds.
    Time,
    /// Bytes.
    Bytes,
    /// Bytes per second.
    Bandwidth,
    /// Operations per second.
    Rate,
    /// A share of one.
    Share,
    /// Nines of availability.
    Nines,
    /// US dollars.
    Money,
    /// Money that is no US dollar.
    OtherMoney,
    /// So many of a thing.
    Count,
}

/// A unit behind a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct UnitWord {
    pub dimension: Dimension,
    /// How many base units.
    pub factor: f64,
    pub metric: Option<Metric>,
}

impl UnitWord {
    pub fn seconds(self) -> Option<f64> {
        (self.dimension == Dimension::Time).then_some(self.factor)
    }

    pub fn is_money(self) -> bool {
        matches!(self.dimension, Dimension::Money | Dimension::OtherMoney)
    }
}

/// The file `language/quantities.toml` of a lens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuantityWords {
    pub(super) units: Vec<UnitEntry>,
    pub(super) periods: Vec<PeriodEntry>,
    pub(super) numbers: Vec<NumberEntry>,
    pub(super) digit_classes: Vec<NumberEntry>,
    pub(super) ordinals: Vec<NumberEntry>,
    pub(super) metrics: Vec<MetricEntry>,
    pub(super) nouns: Vec<NounEntry>,
    pub(super) wordings: Vec<WordingEntry>,
    pub(super) per: Vec<PerEntry>,
    pub(super) classes: HashMap<Class, Vec<String>>,
    /// Words that make a first look worth while, beside digits, number words and units.
    pub(super) starters: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    pub(super) of: Dimension,
    pub(super) factor: f64,
    pub(super) names: Vec<String>,
    pub(super) metric: Option<Metric>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodEntry {
    pub(super) seconds: f64,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) adverbs: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberEntry {
    pub(super) value: f64,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) vague: bool,
}

/// Words that say what a figure of one dimension measures; without a metric they say that it measures nothing of ours.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetricEntry {
    pub(super) metric: Option<Metric>,
    pub(super) of: Vec<Dimension>,
    /// The plausible values, in base units: nothing else is taken for this metric.
    #[serde(default)]
    pub(super) from: f64,
    #[serde(default = "unbounded")]
    pub(super) to: f64,
    #[serde(default)]
    pub(super) strong: Vec<String>,
    #[serde(default)]
    pub(super) weak: Vec<String>,
}

/// What a counted noun stands for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounEntry {
    pub(super) noun: Noun,
    pub(super) words: Vec<String>,
}

/// A statement without a figure: "not a single order may get lost", "doubles every year".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordingEntry {
    pub(super) metric: Metric,
    pub(super) unit: Unit,
    pub(super) value: f64,
    #[serde(default = "equal")]
    pub(super) comparison: Comparison,
    pub(super) phrases: Vec<String>,
}

fn unbounded() -> f64 {
    f64::INFINITY
}

fn equal() -> Comparison {
    Comparison::Equal
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PerEntry {
    pub(super) name: String,
    pub(super) words: Vec<String>,
}

/// Classes of counted nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Noun {
    Users,
    /// People who run things: team size unless they use something.
    Staff,
    Records,
    Connections,
    Hops,
    Regions,
    Reads,
    Writes,
    Requests,
    /// Things one can count that are no metric of ours.
    Other,
}

/// Classes of phrases that are not about one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub(super) enum Class {
    Demand,
    NotDemand,
    Future,
    Today,
    Past,
    PastForSure,
    Capability,
    Elsewhere,
    Example,
    NoNeed,
    Negation,
    Change,
    Downtime,
    Emit,
    Label,
    Effort,
    UsesIt,
    Team,
    Holds,
    Miss,
    AtMost,
    AtLeast,
    Less,
    Turn,
    ItemNoun,
    WholeNoun,
    Times,
    RatioWords,
    Portion,
    ForEvery,
    Once,
    Growing,
    HopContext,
    Owns,
    /// What is counted off: "a second building" lasts no second.
    CountedOff,
    Ignore,
}
