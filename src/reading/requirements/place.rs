//! What a sentence may state, by where it stands.

use crate::lens::{Cue, Scope, SectionRole, TriggerKind};
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

/// The words of a name with its edition, or of a label.
const NAME: usize = 3;

impl Place {
    pub(super) fn of(record: &Record, cues: &Cues, sentence: &Sentence) -> Place {
        let block = record.outline.blocks.get(sentence.block);
        if block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. })) {
            return Place::Silent;
        }
        if tells_of_an_engine(record, sentence.block) || is_label(record, sentence) {
            return Place::Silent;
        }
        let headless = record.sections.iter().all(|section| section.heading.is_none());
        let place = match Place::of_section(sentence.role) {
            // A text without any heading, as one pastes it to ask what to use, describes a workload.
            Place::Free if headless => Place::Need,
            place => place,
        };
        let states = matches!(place, Place::Need | Place::Free | Place::Driver | Place::Decision);
        if states && is_denied(record, cues, sentence.block) {
            return Place::Denied;
        }
        match answer(record, cues, sentence) {
            // An entry of a list of drivers may ask of each option what is wanted.
            Some(Answer::No) if states => Place::Denied,
            Some(Answer::Other) if states && place != Place::Driver => Place::Silent,
            _ => place,
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

/// A row or a column with an engine for its label says what that engine is like.
fn tells_of_an_engine(record: &Record, block: usize) -> bool {
    let outline = &record.outline;
    let Some(BlockKind::Cell { table, row, column }) = outline.blocks.get(block).map(|block| block.kind) else {
        return false;
    };
    let labelled = |row: usize, column: usize| {
        let label = outline.cell(table, row, column).map(|cell| record.block_words(cell));
        label.is_some_and(|words| words.len() <= NAME && words.iter().any(|word| word.mention.is_some()))
    };
    column > 0 && row > 0 && (labelled(row, 0) || labelled(0, column))
}

/// "**Offline**" in a line of its own: a short paragraph in bold is the heading of what follows, and asks for nothing.
fn is_label(record: &Record, sentence: &Sentence) -> bool {
    let paragraph = record
        .outline
        .blocks
        .get(sentence.block)
        .is_some_and(|block| block.kind == BlockKind::Paragraph);
    let words = record.block_words(sentence.block);
    paragraph && words.len() <= NAME && words.iter().all(|word| word.strong)
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
                let last = blocks.get(intro.block).and_then(|block| block.runs.last());
                let introduces = last.is_some_and(|run| run.text.trim_end().ends_with(':'));
                introduces
                    && Assertion::new(words, cues.of(number)).stands(TriggerKind::Negated, words.len(), words.len())
            })
        })
}

/// What the sentence behind a question answers.
enum Answer {
    No,
    Yes,
    Other,
}

/// "Do we need transactions? No, files are written once." None where nothing is asked.
fn answer(record: &Record, cues: &Cues, sentence: &Sentence) -> Option<Answer> {
    if !record.asks(sentence) {
        return None;
    }
    let behind = record
        .sentences
        .partition_point(|other| other.words.start < sentence.words.end);
    let next = Some(behind).filter(|next| record.sentences_in(sentence.block).contains(next));
    let opening = next.map(|number| cues.of(number)).unwrap_or_default();
    let mut first = opening.iter().filter(|hit| hit.start == 0).map(|hit| hit.payload);
    let answered = first.find_map(|cue| match cue {
        Cue::WinnerAnswer => Some(Answer::Yes),
        Cue::LoserAnswer => Some(Answer::No),
        Cue::Trigger {
            kind: TriggerKind::Bare | TriggerKind::Negated,
            scope: Scope::Following,
        } => Some(Answer::No),
        _ => None,
    });
    Some(answered.unwrap_or(Answer::Other))
}
