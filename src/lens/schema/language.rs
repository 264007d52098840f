//! `language/`: the tables of English, but for the longest (`roles`) and those that a room of their own reads.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lens::phrase::Phrase;

/// `language/lists.toml`: lists of phrases that several design rules share.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lists {
    pub lists: BTreeMap<String, Vec<Phrase>>,
    /// Words by which a record that names no engine may still be about a design.
    pub subjects: Vec<Phrase>,
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
    pub ends: Vec<Phrase>,
    pub clauses: Clauses,
}

/// Words by which a clause with a subject of its own is told: what it denies is its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clauses {
    /// What may begin a clause, as a comma does: "and", "so".
    pub openers: Vec<Phrase>,
    /// What makes a clause of the words beside it: "is", "must".
    pub verbs: Vec<Phrase>,
    /// What is the subject of a clause: "we", "nobody".
    pub subjects: Vec<Phrase>,
    /// What speaks of the words before: "it", "which", "neither".
    pub referring: Vec<Phrase>,
    /// What says nothing by itself: "just", "really".
    pub light: Vec<Phrase>,
}

/// Phrases whose scope is what follows (`before`), what precedes (`after`), or the whole sentence (`anywhere`); `pseudo` phrases
/// hold a trigger that triggers nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Triggers {
    pub before: Vec<Phrase>,
    pub after: Vec<Phrase>,
    pub anywhere: Vec<Phrase>,
    pub pseudo: Vec<Phrase>,
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
    /// The same of what was said right before: "we know this".
    pub knowingly: Vec<String>,
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

/// `language/likeness.toml`: how sure the trained model must be, as probabilities from 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Likeness {
    /// From here on a sentence without a cue states a need, if it is the only such sentence of its record; the more there are, the surer
    /// the model must be.
    pub propose: f32,
    /// From here on, in the same way, that need may be held against a choice.
    pub assert: f32,
    /// From here on what a weak cue says may be held against a choice, as what a cue says.
    pub vouch: f32,
    /// What a cue says is shown, and never held against a choice, where it is so likely that the sentence says the contrary, and likelier.
    pub contrary: f32,
    /// Below this the words of a cue are taken to mean something else.
    pub doubt: f32,
    /// The same for a weak cue.
    pub doubt_weak: f32,
    /// The same where a cue is denied.
    pub doubt_denial: f32,
    /// The same for a figure.
    pub doubt_figure: f32,
}

impl Default for Likeness {
    /// Proposes nothing and doubts nothing.
    fn default() -> Self {
        Likeness {
            propose: 2.0,
            assert: 2.0,
            vouch: 2.0,
            contrary: 2.0,
            doubt: 0.0,
            doubt_weak: 0.0,
            doubt_denial: 0.0,
            doubt_figure: 0.0,
        }
    }
}
