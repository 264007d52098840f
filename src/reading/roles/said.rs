//! What a sentence makes of a phrase in it: denied, supposed, conditional, past, somebody else's, told in passing.

use super::cues::Reader;
use crate::lens::phrase::{Break, Match};
use crate::lens::schema::{PlaceName, RoleName, RolePattern};
use crate::lens::{Cue, TriggerKind};
use crate::reading::Role;

/// How many words behind "currently" its verb may stand.
const PRESENT_REACH: usize = 4;
/// How many words behind "would" its verb may stand.
const CONDITIONAL_REACH: usize = 5;

impl Reader<'_> {
    /// The role that a phrase gives, seen with what its sentence says of it.
    pub(super) fn asserted(&self, role: RoleName, pattern: &RolePattern, hit: &Match<Cue>) -> Option<Role> {
        let role = match role {
            RoleName::Chosen => Role::Chosen,
            RoleName::Rejected => Role::Rejected,
            RoleName::Considered => Role::Considered,
            RoleName::Incumbent => Role::Incumbent,
            RoleName::Mentioned => Role::Mentioned,
            RoleName::Any => return None,
        };
        let governs = |kind| self.assertion.governs(kind, hit.start, hit.end);
        let in_title = self.place == PlaceName::Title;
        let supposed = self
            .hits
            .iter()
            .any(|other| other.payload == Cue::Supposing && other.end <= hit.start);
        let imagined = supposed || governs(TriggerKind::Hypothetical) || pattern.states && self.is_elsewhere(hit);
        if imagined && !in_title {
            return Some(Role::Mentioned);
        }
        if role != Role::Chosen {
            return Some(role);
        }
        // A phrase that holds a negation has counted it: "cannot do without".
        let counted = self.hits.iter().any(|other| {
            let negates = matches!(
                other.payload,
                Cue::Trigger {
                    kind: TriggerKind::Bare | TriggerKind::Negated,
                    ..
                }
            );
            negates && hit.start <= other.start && other.end <= hit.end
        });
        if !counted && (governs(TriggerKind::Bare) || governs(TriggerKind::Negated)) {
            let decides = matches!(self.place, PlaceName::Decision | PlaceName::Title | PlaceName::Free);
            return Some(if decides { Role::Rejected } else { Role::Mentioned });
        }
        let decides = self.place == PlaceName::Decision || in_title;
        // "We would use Redis"; and "running Neo4j would mean two clusters" is no order.
        let conditional = |other: &Match<Cue>| {
            let before = other.end <= hit.start && hit.start - other.end < CONDITIONAL_REACH;
            other.payload == Cue::Conditional && (before || pattern.opens && hit.end <= other.start)
        };
        if self.hits.iter().any(conditional) {
            return Some(Role::Considered);
        }
        let in_tests = || self.hits.iter().any(|other| other.payload == Cue::Test);
        // "Unit tests may continue to use H2."
        let of_tests = |other: &Match<Cue>| {
            other.payload == Cue::Test && other.end <= hit.start && !self.breaks(other.end, hit.start)
        };
        if self.hits.iter().any(of_tests) {
            return Some(Role::Mentioned);
        }
        if pattern.states && (self.is_subordinate(hit) || in_tests()) {
            return Some(Role::Mentioned);
        }
        if pattern.states && self.is_today(hit) || !decides && governs(TriggerKind::Historical) {
            return Some(Role::Incumbent);
        }
        match self.place {
            PlaceName::Context if pattern.states => Some(Role::Incumbent),
            PlaceName::Consequences if pattern.states => None,
            _ => Some(role),
        }
    }

    /// Whether the clause of a phrase speaks of somebody else's system before it.
    fn is_elsewhere(&self, hit: &Match<Cue>) -> bool {
        let elsewhere = |other: &&Match<Cue>| {
            matches!(
                other.payload,
                Cue::Trigger {
                    kind: TriggerKind::Elsewhere,
                    ..
                }
            )
        };
        self.hits
            .iter()
            .filter(elsewhere)
            .any(|other| other.end <= hit.start && !self.breaks(other.end, hit.start))
    }

    /// Whether a comma or more stands between two words.
    pub(super) fn breaks(&self, from: usize, to: usize) -> bool {
        self.words
            .get(from..=to)
            .is_some_and(|words| words.iter().any(|word| word.before >= Break::Comma))
    }

    /// Whether a clause that decides nothing holds a phrase: "since the server uses Firestore".
    fn is_subordinate(&self, hit: &Match<Cue>) -> bool {
        self.hits.iter().any(|other| {
            other.payload == Cue::Subordinate && other.end <= hit.start && !self.breaks(other.end, hit.start)
        })
    }

    /// Whether "currently" or its like governs a phrase: right before it, or at the head of the sentence.
    fn is_today(&self, hit: &Match<Cue>) -> bool {
        self.hits
            .iter()
            .filter(|other| other.payload == Cue::Present)
            .any(|other| {
                let near = other.end <= hit.start && hit.start - other.end <= PRESENT_REACH;
                near || other.start == 0 || hit.start <= other.start && other.end <= hit.end + 1
            })
    }
}
