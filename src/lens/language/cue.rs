//! What a phrase of a sentence stands for.

use crate::lens::{GroupId, SignalId};

/// What a phrase in a sentence stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Signal {
        signal: SignalId,
        kind: CueKind,
    },
    Trigger {
        kind: TriggerKind,
        scope: Scope,
    },
    /// Ends the scope of triggers.
    End,
    /// Tells where in a sentence a clause with a subject of its own begins.
    Clause(ClauseWord),
    /// A pattern of `language/roles.toml`, by its number.
    Role(u16),
    NotAfterName,
    NotBeforeName,
    Joiner,
    WinnerMark,
    LoserMark,
    WinnerAnswer,
    LoserAnswer,
    Workload,
    Barrier,
    Bridge,
    Lead,
    Present,
    Supposing,
    Conditional,
    /// A verb that makes a sentence of a name.
    Verb,
    Test,
    /// A cache, a queue: what a store is for that holds no data of its own.
    Passing,
    Subordinate,
    Placing,
    Part,
    OptionWord,
    /// A place in a count, from 0; the last one is `u8::MAX`.
    Ordinal(u8),
    WorkloadColumn,
    StoreColumn,
    Total,
    /// What speaks to an engine has to go on working as it is.
    Unchanged,
    Rank,
    /// The record accepts a cost.
    Accepts,
    /// The record accepts what it said right before.
    Knowingly,
    /// The sentence speaks of a cost.
    Cost,
    /// Answers the contradiction of this number.
    Mitigation(usize),
    /// A phrase of this group of a design rule.
    Design(GroupId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    Cue,
    Weak,
    Denial,
    NotCue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerKind {
    Negated,
    Bare,
    Hypothetical,
    Conditional,
    Historical,
    Elsewhere,
    SetAside,
    Praise,
    Must,
    Should,
    May,
    Reason,
}

/// What a word tells of the clauses of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseWord {
    /// May begin a clause: "and", "so".
    Opener,
    /// Makes a clause of the words beside it: "is", "must".
    Verb,
    /// The subject of a clause: "we", "nobody".
    Subject,
    /// Speaks of what stands before: "it", "which", "neither".
    Referring,
    /// Says nothing by itself: "just", "really".
    Light,
}

/// Which words of a sentence a trigger governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It stands before what it governs.
    Following,
    /// It stands behind what it governs.
    Preceding,
    Sentence,
    /// Holds a trigger that triggers nothing.
    Pseudo,
}

/// What a phrase about other records stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceCue {
    Relation(Relation),
    /// The phrase speaks of a part of the other record.
    Partly,
    /// What turns the phrase behind it into its opposite.
    Denied,
    LeadIn,
    /// The decision forbids an engine.
    Forbids,
}

/// What a record says of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    SupersededBy,
    Supersedes,
    /// The other record is a premise of this one.
    RestsOn,
}
