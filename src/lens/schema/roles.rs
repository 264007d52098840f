//! `language/roles.toml`: how a text decides for an engine, against it, or only speaks of it.

use serde::Deserialize;

use crate::lens::phrase::Phrase;

/// `language/roles.toml`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Roles {
    pub patterns: Vec<RolePattern>,
    /// Phrases between two names that share one role: `,` and `and` are always such.
    pub joiners: Vec<Phrase>,
    /// Phrases after a name that make it no choice: "MySQL-compatible".
    pub not_after: Vec<Phrase>,
    /// Phrases before a name that make it no choice: "compatible with MySQL".
    pub not_before: Vec<Phrase>,
    /// What marks the winning option: "(chosen)", "✅".
    pub winner_marks: Vec<Phrase>,
    /// Words beside which a doubtful name is an engine's.
    pub store_words: Vec<Phrase>,
    /// Phrases after a chosen name that tell its workload: "for", "as".
    pub workload: Vec<Phrase>,
    /// What marks an option that lost: "(rejected)".
    pub loser_marks: Vec<Phrase>,
    /// What answers for an option, behind its colon: "MariaDB: yes".
    pub winner_answers: Vec<Phrase>,
    pub loser_answers: Vec<Phrase>,
    /// Words behind which a name belongs to something else: "use a trigger *in* PostgreSQL".
    pub barriers: Vec<Phrase>,
    /// Phrases that hold a barrier which is none: "a cluster *of* Redis".
    pub bridges: Vec<Phrase>,
    /// What may stand between the start of a sentence and the name it is about: "the", "full", "a self-hosted".
    pub leads: Vec<Phrase>,
    /// Words that say that a use is today's: "currently", "already".
    pub present: Vec<Phrase>,
    /// Words that make what follows them in the sentence a supposition: "if the load test fails, we fall back to Aurora".
    pub supposing: Vec<Phrase>,
    /// Words that speak of tests: a store in them is a stand-in.
    pub tests: Vec<Phrase>,
    /// "Would", "could": a decision behind them is not taken.
    pub conditionals: Vec<Phrase>,
    /// What a store is for that holds no data of its own: a cache, a queue.
    pub passing: Vec<Phrase>,
    /// Verbs that make a sentence of a name and what stands behind it, so that it is no mere label.
    pub verbs: Vec<Phrase>,
    /// Words that open a clause which tells how things are, and decides nothing: "*since* the server uses Firestore".
    pub subordinates: Vec<Phrase>,
    /// Words before the name that a title ends with: "carts *in* Redis".
    pub placings: Vec<Phrase>,
    /// Words after a name that speak of a part of the engine: "Redis *streams*".
    pub parts: Vec<Phrase>,
    /// "It", "this": what stands for a name of the sentence before.
    pub pronouns: Vec<Phrase>,
    /// How verbs of the past end: "Redis evict*ed* keys" tells a story.
    pub past_endings: Vec<String>,
    /// What a decision calls an option by: "option", "alternative", "number".
    pub option_words: Vec<Phrase>,
    /// For each place, its words; the last line stands for the last option.
    pub ordinals: Vec<Phrase>,
    /// Headers of the column that names data, and of the one that names its store.
    pub workload_columns: Vec<Phrase>,
    pub store_columns: Vec<Phrase>,
    /// Headers of the row or column of totals.
    pub totals: Vec<Phrase>,
    /// Headers of the row or column of ranks.
    pub ranks: Vec<Phrase>,
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
    /// The phrases keep what is in use, which decides where nothing else is decided.
    #[serde(default)]
    pub keeps: bool,
    pub phrases: Vec<Phrase>,
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
