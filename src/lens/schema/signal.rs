//! `signals/`: how people write a need, and the figures that state it.

use serde::Deserialize;

use crate::lens::phrase::Phrase;

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Signal {
    pub id: String,
    pub group: String,
    pub says: String,
    pub asks: String,
    /// Engines, or families, that the need can be about: compatibility with which?
    #[serde(default)]
    pub of: Vec<String>,
    /// What the need says of the engine that meets it.
    #[serde(default)]
    pub weighs: Weighs,
    /// Where one of these needs is stated as well, every engine that meets it meets this one: it sets none apart.
    #[serde(default)]
    pub implied_by: Vec<String>,
    /// What a cache or a queue does itself: one that is chosen is asked for it, wherever the text speaks of it.
    #[serde(default)]
    pub passing: bool,
    #[serde(default)]
    pub cues: Vec<Phrase>,
    #[serde(default)]
    pub weak: Vec<Phrase>,
    #[serde(default)]
    pub denials: Vec<Phrase>,
    #[serde(default)]
    pub not_cues: Vec<Phrase>,
    #[serde(default)]
    pub figures: Vec<Figure>,
}

/// What a need says of the engine that meets it; the weightiest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weighs {
    /// Something the workload can live with: it lets engines in and asks for none.
    Tolerance,
    /// How well the store is kept: most engines are run so, or can be.
    Quality,
    /// What is stored and asked: it decides the kind of engine.
    #[default]
    Shape,
}

/// Figures of a metric that state a need: a value `v` with `above < v <= at-most`.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Figure {
    pub metric: String,
    pub at_most: Option<String>,
    pub above: Option<String>,
    /// The sentence must name the metric: a second is not always a latency.
    #[serde(default)]
    pub named: bool,
}
