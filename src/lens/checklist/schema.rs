//! `checklist/*.toml` as it is written (see `lenses/README.md`).

use serde::{Deserialize, Serialize};

use crate::lens::{SectionRole, Status};

/// A file of the checklist: a group of items under one heading. Files that name the same group add to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    pub id: String,
    pub title: String,
    /// Groups stand in this order; equal ones by their ids.
    #[serde(default = "last")]
    pub order: u32,
    /// Ids of items of this group, from this or another lens, that are not asked.
    #[serde(default)]
    pub off: Vec<String>,
    /// Its id as a pillar of a Well-Architected lens, where it has one.
    #[serde(default)]
    pub known_as: Option<String>,
    #[serde(default)]
    pub items: Vec<Item>,
}

fn last() -> u32 {
    1000
}

/// One question of the checklist. An item of the same id in a later lens takes its place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    pub id: String,
    /// It takes over from the earlier item of its id what it does not say itself.
    #[serde(default)]
    pub inherit: bool,
    /// What a reviewer asks.
    #[serde(default)]
    pub question: String,
    /// One sentence: why it is asked.
    #[serde(default)]
    pub why: String,
    #[serde(default)]
    pub source: String,
    /// Its id in a Well-Architected lens, where it has one.
    #[serde(default)]
    pub known_as: Option<String>,
    /// What helps to understand the question.
    #[serde(default)]
    pub help: Vec<Help>,
    /// Answers that a reviewer can tick; shown while the question is open or for people.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Which risk the choices leave; the first condition that holds says it.
    #[serde(default)]
    pub risks: Vec<RiskRule>,
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub ticked_by: TickedBy,
    /// Rules whose findings fail the item: ids, or the beginning of ids with `*`.
    #[serde(default)]
    pub failed_by: Vec<String>,
    /// What the lens can put beside the question.
    #[serde(default)]
    pub prompt: Option<Prompt>,
    /// Only people can answer it: the box is always left empty.
    #[serde(default)]
    pub human: bool,
}

/// A text, an address, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Help {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// An answer that a question offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub title: String,
    /// What helps to understand it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<Help>,
    /// What to do where it does not hold yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<Help>,
}

/// A condition on the choices, and the risk that it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskRule {
    /// Ids of choices with `&&`, `||`, `!` and parentheses; `default` holds when nothing before it does.
    pub when: String,
    pub risk: Risk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    None,
    Medium,
    High,
}

/// The records an item is for; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct When {
    /// Statuses; when none is given: unknown, proposed and accepted.
    pub status: Vec<Status>,
    /// A chosen engine is of one of these families.
    pub family: Vec<String>,
    /// A chosen engine is one of these, or a flavour or managed offering of one.
    pub engine: Vec<String>,
    /// The record decides for an engine.
    pub choice: bool,
    /// The record decides for at least so many engines.
    pub stores: usize,
    /// The record states one of these needs (ids or groups of signals).
    pub needs: Vec<String>,
}

/// What answers an item; any of it does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TickedBy {
    /// Needs that are stated or expressly denied (ids or groups of signals).
    pub signals: Vec<String>,
    /// Figures of these metrics.
    pub figures: Vec<String>,
    /// Sections of these roles that hold something.
    pub sections: Vec<SectionRole>,
    /// Phrases in a place where a decision is described.
    pub phrases: Vec<String>,
    /// The places where the phrases count, if others than those.
    pub places: Vec<SectionRole>,
    pub entries: Vec<Entry>,
    /// At least so many engines or options that were weighed.
    pub options: Option<usize>,
    /// The engine that is decided for, when no rule of `failed-by` speaks against it.
    pub choice: bool,
    /// The needs that a chosen engine meets, when no rule of `failed-by` speaks against it.
    pub met_needs: bool,
    /// Whatever answers this `gap/…` rule.
    pub answers: Option<String>,
}

/// An entry at the head of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    Title,
    Status,
    Date,
}

/// What the lens knows that helps to answer an open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prompt {
    /// Limits and costs of the chosen engines.
    Limits,
    /// Engines that meet all that is stated and are not named.
    Fitting,
}

/// `language/checklist.toml`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Words {
    /// Phrases of a sentence that leaves something open: it answers nothing.
    pub unanswered: Vec<String>,
}
