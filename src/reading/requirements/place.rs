//! What a sentence may state, by where it stands.

use crate::lens::SectionRole;
use crate::record::{Record, Sentence};
use crate::syntax::BlockKind;

/// What a place lets a sentence state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A statement about the workload.
    Need,
    /// The same, in a place without a heading that says so: the bare name of a topic states nothing.
    Free,
    /// An entry of a list of drivers or requirements: naming it is asking for it.
    Driver,
    /// The decision: what is stated here is a reason or a plan.
    Decision,
    /// How it is carried out: what is stated here is shown, and never held against a choice.
    Aside,
    /// Only what is expressly not needed.
    Consequence,
    Silent,
}

impl Place {
    pub(super) fn of(record: &Record, sentence: &Sentence) -> Place {
        let block = record.outline.blocks.get(sentence.block);
        if block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. })) {
            return Place::Silent;
        }
        match sentence.role {
            SectionRole::Context => Place::Need,
            SectionRole::Free => Place::Free,
            SectionRole::Other => Place::Aside,
            SectionRole::Drivers | SectionRole::Requirements => Place::Driver,
            SectionRole::Decision => Place::Decision,
            SectionRole::Consequences | SectionRole::ConsequencesBad | SectionRole::ConsequencesGood => {
                Place::Consequence
            }
            _ => Place::Silent,
        }
    }

    /// Whether a sentence may state a need here that no cue finds.
    pub(super) fn may_state_unsaid(self) -> bool {
        matches!(self, Place::Need | Place::Driver | Place::Decision)
    }
}
