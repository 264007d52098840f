//! What a sentence makes of a phrase in it: denied, supposed, conditional, past, somebody else's, told in passing.

use super::cues::Reader;
use crate::lens::phrase::{Break, Match};
use crate::lens::schema::{Names, PlaceName, RoleName, RolePattern};
use crate::lens::{Cue, Scope, SectionRole, TriggerKind};
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
            return Some(if role == Role::Considered {
                role
            } else {
                Role::Mentioned
            });
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
        if !counted && (governs(TriggerKind::Bare) || governs(TriggerKind::Negated)) && self.is_denied(hit, pattern) {
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

    /// Whether a sentence of the decision stands below a heading that is not the decision's own.
    pub(super) fn elaborates(&self) -> bool {
        let record = self.scene.record;
        let section = |at: usize| record.sections.get(at);
        let own = record.section_of.get(self.sentence.block).and_then(|&at| section(at));
        own.is_some_and(|own| {
            own.inherited
                && own
                    .parent
                    .and_then(section)
                    .is_some_and(|up| up.role == SectionRole::Decision)
        })
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
    fn breaks(&self, from: usize, to: usize) -> bool {
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

    /// Whether a denial stands close to a phrase: before it in the same clause, and behind the name where the name comes first; or
    /// behind it.
    fn is_denied(&self, hit: &Match<Cue>, pattern: &RolePattern) -> bool {
        let name = (0..hit.start)
            .rev()
            .find(|&at| self.words.get(at).is_some_and(|word| word.mention.is_some()));
        let from = name.filter(|_| pattern.names == Names::Before).map_or(0, |at| at + 1);
        self.hits.iter().any(|other| match other.payload {
            Cue::Trigger {
                kind: TriggerKind::Bare | TriggerKind::Negated,
                scope: Scope::Following,
            } => from <= other.start && other.end <= hit.start && !self.breaks(other.end, hit.start),
            Cue::Trigger {
                kind: TriggerKind::Bare | TriggerKind::Negated,
                scope: Scope::Preceding,
            } => hit.end <= other.start,
            _ => false,
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
