//! What a phrase of a heading or of a status entry stands for.

/// A phrase of a heading or of a status entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Section(SectionRole),
    Status(Status),
    StatusKey,
    DateKey,
    /// A word behind a label that leaves it a label: "options *we* looked at".
    Follower,
}

/// What a section of a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    Context,
    Drivers,
    Requirements,
    /// What is expressly not asked for.
    NonGoals,
    Options,
    Decision,
    Pros,
    Cons,
    Consequences,
    ConsequencesGood,
    ConsequencesBad,
    Status,
    Date,
    Links,
    Notes,
    Other,
    /// No heading that says what it is for.
    Free,
}

#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Unknown,
    Proposed,
    Accepted,
    Rejected,
    Deprecated,
    Superseded,
}
