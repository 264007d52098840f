//! `rules/`: what is not of the shape "engine contradicts need".

use serde::Deserialize;

use crate::lens::phrase::Phrase;

use super::{Event, Figure, RuleExample, Severity};
use crate::lens::rule::Place;
use crate::lens::team::StandingKind;

/// A rule that is not of the shape "engine contradicts need".
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    pub id: String,
    pub severity: Severity,
    pub title: String,
    pub says: String,
    pub why: String,
    pub remedy: String,
    pub source: String,
    /// For a gap: groups of signals, any of which answers the question.
    #[serde(default)]
    pub answered_by: Vec<String>,
    /// For a gap: metrics, a figure of any of which answers the question.
    #[serde(default)]
    pub answered_by_figures: Vec<String>,
    /// For a gap: the question to put to the author.
    pub asks: Option<String>,
    /// For a lifecycle rule: the events it reports.
    #[serde(default)]
    pub events: Vec<Event>,
    /// For a portfolio rule: the standing with the team of the engines it reports.
    pub standing: Option<StandingKind>,
    /// For a lifecycle rule: only events of versions, or only events of the whole engine.
    pub of_versions: Option<bool>,
    /// For a lifecycle rule: it reports what lies ahead, up to so many days, not what has happened.
    pub days_ahead: Option<i64>,
    /// For a lifecycle rule: what the event means for a record, by its status.
    #[serde(default)]
    pub meaning: Meaning,
    /// For a design rule: what it looks for.
    pub design: Option<Design>,
    /// Records that the rule speaks about, and such that come close.
    #[serde(default)]
    pub examples: Vec<RuleExample>,
}

/// What an event in an engine's life means for a record that decides for it.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Meaning {
    /// For a record that is still open.
    pub open: Option<String>,
    /// For an accepted record that does not say when it was written, or was written after the event.
    pub accepted: Option<String>,
    /// For an accepted record that is older than the event: it chose well in its day.
    pub before: Option<String>,
}

/// The engine may fit; the design under it does not.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Design {
    /// Engines or families, one of which the record decides for, has in use, or names in passing. Empty: any record that speaks `about` it.
    pub engines: Vec<String>,
    /// Phrases that say the record is about this, where it names no such engine.
    pub about: Vec<Phrase>,
    /// The design that is spoken against: any of these.
    pub when: Vec<Passage>,
    /// The need it fails: any of these. Empty: it is wrong whatever is needed.
    pub needs: Vec<DesignNeed>,
    /// Phrases of the decision or its consequences that answer it.
    pub unless: Vec<Phrase>,
    /// Phrases, wherever they stand, by which the rule does not apply to this record: "test environment".
    pub exempt: Vec<Phrase>,
    /// Needs that make the design right.
    pub unless_signals: Vec<String>,
}

/// Lists of phrases, one of each in one sentence.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Passage {
    /// Where it counts.
    pub r#in: Vec<Place>,
    pub within: Within,
    pub says: Vec<Vec<Phrase>>,
    /// Phrases in which the words mean something else; what overlaps one does not count.
    pub except: Vec<Phrase>,
    /// Phrases beside which, in one sentence, the words are no such statement.
    pub beside: Vec<Phrase>,
}

/// How close together the phrases of a passage stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    #[default]
    Sentence,
    /// A paragraph, a list item or a table cell.
    Paragraph,
}

/// A need that a design fails: any of its signals, or what it says, or any of its figures; what it says with one of its figures in
/// that sentence, where it has both.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DesignNeed {
    pub signals: Vec<String>,
    pub figures: Vec<Figure>,
    pub r#in: Vec<Place>,
    pub within: Within,
    pub says: Vec<Vec<Phrase>>,
    pub except: Vec<Phrase>,
    pub beside: Vec<Phrase>,
}
