//! What a sentence may state, by where it stands.

use crate::lens::{SectionRole, TriggerKind};
use crate::reading::Cues;
use crate::reading::assertion::Assertion;
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
    /// What is not needed: an entry of a list of non-goals.
    Denied,
    /// Only what is expressly not needed.
    Consequence,
    Silent,
}

impl Place {
    pub(super) fn of(record: &Record, cues: &Cues, sentence: &Sentence) -> Place {
        let block = record.outline.blocks.get(sentence.block);
        if block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. })) {
            return Place::Silent;
        }
        let place = Place::of_section(sentence.role);
        match place {
            Place::Need | Place::Free | Place::Driver | Place::Decision if is_denied(record, cues, sentence.block) => {
                Place::Denied
            }
            place => place,
        }
    }

    fn of_section(role: SectionRole) -> Place {
        match role {
            SectionRole::Context => Place::Need,
            SectionRole::Free => Place::Free,
            SectionRole::Other => Place::Aside,
            SectionRole::Drivers | SectionRole::Requirements => Place::Driver,
            SectionRole::NonGoals => Place::Denied,
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

/// "We do not need:" before a list: whether the sentence that introduces an item, or one of the items around it, denies what they name.
fn is_denied(record: &Record, cues: &Cues, block: usize) -> bool {
    let blocks = &record.outline.blocks;
    let above = std::iter::successors(Some(block), |&block| blocks.get(block)?.parent);
    let introduced = above.filter_map(|block| match blocks.get(block)?.kind {
        BlockKind::Item { intro, .. } => intro,
        _ => None,
    });
    introduced
        .filter_map(|intro| record.sentences_in(intro).next_back())
        .any(|number| {
            record.sentences.get(number).is_some_and(|intro| {
                let words = record.sentence_words(intro);
                let introduces = blocks
                    .get(intro.block)
                    .is_some_and(|block| block.plain().trim_end().ends_with(':'));
                introduces
                    && Assertion::new(words, cues.of(number)).stands(TriggerKind::Negated, words.len(), words.len())
            })
        })
}
