//! The files of a lens as they are written (see `lenses/README.md`): serde types, nothing compiled yet.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::origin::Origin;
use super::rule::Place;
use super::team::StandingKind;

#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Family {
    pub id: String,
    pub name: String,
    pub says: String,
    pub source: String,
    #[serde(default)]
    pub satisfies: Vec<String>,
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
    #[serde(default)]
    pub cues: Vec<String>,
    #[serde(default)]
    pub weak: Vec<String>,
    #[serde(default)]
    pub denials: Vec<String>,
    #[serde(default)]
    pub not_cues: Vec<String>,
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

/// How sure the trained models must be, as probabilities from 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Likeness {
    /// From here on a sentence without a cue speaks of the signal it is most like, if it is the only one of its record; the more there
    /// are, the surer the model must be.
    pub propose: f32,
    /// From here on such a sentence requires the signal, or says that it is not required.
    pub state: f32,
    /// Below this the words of a cue are taken to mean something else.
    pub doubt: f32,
    /// The same for a weak cue.
    pub doubt_weak: f32,
}

impl Default for Likeness {
    /// Proposes nothing and doubts nothing.
    fn default() -> Self {
        Likeness {
            propose: 2.0,
            state: 2.0,
            doubt: 0.0,
            doubt_weak: 0.0,
        }
    }
}

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
    pub about: Vec<String>,
    /// The design that is spoken against: any of these.
    pub when: Vec<Passage>,
    /// The need it fails: any of these. Empty: it is wrong whatever is needed.
    pub needs: Vec<DesignNeed>,
    /// Phrases of the decision or its consequences that answer it.
    pub unless: Vec<String>,
    /// Phrases, wherever they stand, by which the rule does not apply to this record: "test environment".
    pub exempt: Vec<String>,
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
    pub says: Vec<Vec<String>>,
    /// Phrases in which the words mean something else; what overlaps one does not count.
    pub except: Vec<String>,
    /// Phrases beside which, in one sentence, the words are no such statement.
    pub beside: Vec<String>,
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
    pub says: Vec<Vec<String>>,
    pub except: Vec<String>,
    pub beside: Vec<String>,
}

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

/// `language/lists.toml`: lists of phrases that several design rules share.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lists {
    pub lists: BTreeMap<String, Vec<String>>,
    /// Words by which a record that names no engine may still be about a design.
    pub subjects: Vec<String>,
}

/// `language/words-*.toml`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub classes: BTreeMap<String, Vec<String>>,
}

/// `language/assertion.toml`: ConText's tables.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Assertion {
    /// The need is denied: "no need for".
    pub negated: Triggers,
    /// The thing is denied, not yet the need: "no", "not", "without".
    pub bare: Triggers,
    pub hypothetical: Triggers,
    /// What makes the main clause of a conditional sentence a supposition too: "would".
    pub conditional: Triggers,
    pub historical: Triggers,
    pub elsewhere: Triggers,
    /// A design that is spoken of and not taken: "rejected", "would".
    pub set_aside: Triggers,
    pub praise: Triggers,
    pub must: Triggers,
    pub should: Triggers,
    pub may: Triggers,
    /// Phrases that give a reason: what follows states a need.
    pub reason: Triggers,
    /// Phrases that end the scope of a trigger.
    pub ends: Vec<String>,
}

/// Phrases whose scope is what follows (`before`), what precedes (`after`), or the whole sentence (`anywhere`); `pseudo` phrases
/// hold a trigger that triggers nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Triggers {
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub anywhere: Vec<String>,
    pub pseudo: Vec<String>,
}

/// `language/roles.toml`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Roles {
    pub patterns: Vec<RolePattern>,
    /// Phrases between two names that share one role: `,` and `and` are always such.
    pub joiners: Vec<String>,
    /// Phrases after a name that make it no choice: "MySQL-compatible".
    pub not_after: Vec<String>,
    /// Phrases before a name that make it no choice: "compatible with MySQL".
    pub not_before: Vec<String>,
    /// What marks the winning option: "(chosen)", "✅".
    pub winner_marks: Vec<String>,
    /// Words beside which a doubtful name is an engine's.
    pub store_words: Vec<String>,
    /// Phrases after a chosen name that tell its workload: "for", "as".
    pub workload: Vec<String>,
    /// What marks an option that lost: "(rejected)".
    pub loser_marks: Vec<String>,
    /// What answers for an option, behind its colon: "MariaDB: yes".
    pub winner_answers: Vec<String>,
    pub loser_answers: Vec<String>,
    /// Words behind which a name belongs to something else: "use a trigger *in* PostgreSQL".
    pub barriers: Vec<String>,
    /// Phrases that hold a barrier which is none: "a cluster *of* Redis".
    pub bridges: Vec<String>,
    /// What may stand between the start of a sentence and the name it is about: "the", "full", "a self-hosted".
    pub leads: Vec<String>,
    /// Words that say that a use is today's: "currently", "already".
    pub present: Vec<String>,
    /// Words that make what follows them in the sentence a supposition: "if the load test fails, we fall back to Aurora".
    pub supposing: Vec<String>,
    /// Words that speak of tests: a store in them is a stand-in.
    pub tests: Vec<String>,
    /// "Would", "could": a decision behind them is not taken.
    pub conditionals: Vec<String>,
    /// Words that open a clause which tells how things are, and decides nothing: "*since* the server uses Firestore".
    pub subordinates: Vec<String>,
    /// Words before the name that a title ends with: "carts *in* Redis".
    pub placings: Vec<String>,
    /// Words after a name that speak of a part of the engine: "Redis *streams*".
    pub parts: Vec<String>,
    /// "It", "this": what stands for a name of the sentence before.
    pub pronouns: Vec<String>,
    /// How verbs of the past end: "Redis evict*ed* keys" tells a story.
    pub past_endings: Vec<String>,
    /// What a decision calls an option by: "option", "alternative", "number".
    pub option_words: Vec<String>,
    /// For each place, its words; the last line stands for the last option.
    pub ordinals: Vec<String>,
    /// Headers of the column that names data, and of the one that names its store.
    pub workload_columns: Vec<String>,
    pub store_columns: Vec<String>,
    /// Headers of the row or column of totals.
    pub totals: Vec<String>,
    /// Headers of the row or column of ranks.
    pub ranks: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RolePattern {
    /// The role of the names a phrase speaks of; of each `@engine` of it, in their order, where the names are `inside`.
    pub roles: Vec<RoleName>,
    /// Where the phrases count; anywhere when empty.
    #[serde(default)]
    pub places: Vec<PlaceName>,
    #[serde(default)]
    pub names: Names,
    /// The name may stand behind a barrier: "stored *in* a table *of* PostgreSQL".
    #[serde(default)]
    pub through: bool,
    /// The name stands in a place, with a word like "in" before it: "store counters *in* PostgreSQL".
    #[serde(default)]
    pub placed: bool,
    /// The phrase begins its clause: "Use PostgreSQL".
    #[serde(default)]
    pub opens: bool,
    /// The phrase ends its clause: "Firestore it is."
    #[serde(default)]
    pub closes: bool,
    /// The phrases state a use, which is the decision where decisions stand and how things are today where they do not.
    #[serde(default)]
    pub states: bool,
    pub phrases: Vec<String>,
}

/// Where the names stand that a phrase speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// As the `@engine`s of the phrase.
    #[default]
    Inside,
    /// The first name behind it, in the same clause.
    Behind,
    /// The last name before it, in the same clause.
    Before,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleName {
    Chosen,
    Rejected,
    Considered,
    Incumbent,
    Mentioned,
    /// Named by the phrase, its role is told elsewhere.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceName {
    Title,
    Decision,
    Context,
    Options,
    Consequences,
    Free,
}

/// `language/sections.toml`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sections {
    /// Section role → headings.
    pub sections: BTreeMap<String, Vec<String>>,
    /// Status → words.
    pub status: BTreeMap<String, Vec<String>>,
    /// Words that name the status entry: "status", "state".
    pub status_keys: Vec<String>,
    /// Words that name the date entry.
    pub date_keys: Vec<String>,
    /// Words behind a label at the head of a heading that leave it a label: "options *we* looked at".
    #[serde(default)]
    pub followers: Vec<String>,
}

/// `language/acceptance.toml`: how a record accepts a cost or names a mitigation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Acceptance {
    pub accepts: Vec<String>,
    /// Words that make a sentence about a need a sentence about a cost.
    pub costs: Vec<String>,
}

/// `language/references.toml`: how a record refers to another one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct References {
    /// What stands before the number of a record: "ADR 12".
    pub names: Vec<String>,
    pub superseded_by: Vec<String>,
    pub supersedes: Vec<String>,
    /// The other record is a premise of this one.
    pub rests_on: Vec<String>,
    /// The phrase speaks of a part of the other record.
    pub partly: Vec<String>,
    /// What turns the phrase behind it into its opposite, or into a supposition.
    pub denied: Vec<String>,
    /// What may stand between the start of a sentence and a phrase.
    pub lead_ins: Vec<String>,
    /// A decision forbids the engine of the phrase.
    pub forbids: Vec<String>,
}

/// `language/compatibility.toml`: how a text says that what speaks to an engine has to go on working.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Compatibility {
    /// Phrases that name no engine: the one meant is the one spoken of last.
    pub unchanged: Vec<String>,
}
