//! Where a sentence stands, and what a decision weighs there.

use super::{Scene, Weight};
use crate::lens::schema::PlaceName;
use crate::lens::{SectionRole, Status};
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// Where a sentence stands, as the phrases of the lens name it; none where nothing is decided.
pub(super) fn of(scene: &Scene, sentence: &Sentence) -> Option<(PlaceName, Weight)> {
    if scene.is_title(sentence) {
        return Some((PlaceName::Title, Weight::Title));
    }
    // "Superseded in 2024. We have since moved to X": what stands beside such a status is about the successor.
    let over = matches!(scene.record.status, Status::Superseded | Status::Deprecated);
    let block = scene.record.outline.blocks.get(sentence.block)?;
    if over
        && scene
            .record
            .status_span
            .is_some_and(|status| block.span.start <= status.start && status.end <= block.span.end)
    {
        return None;
    }
    Some(match sentence.role {
        SectionRole::Decision => (PlaceName::Decision, Weight::Decision),
        SectionRole::Free => (PlaceName::Free, Weight::Free),
        SectionRole::Context if tells_all(scene) => (PlaceName::Free, Weight::Free),
        SectionRole::Context | SectionRole::Drivers | SectionRole::Requirements => {
            (PlaceName::Context, Weight::Context)
        }
        // Where nothing else is headed as the decision, it ends the weighing.
        SectionRole::Options if concludes(scene, sentence) => (PlaceName::Free, Weight::Free),
        SectionRole::Options | SectionRole::Pros | SectionRole::Cons => (PlaceName::Options, Weight::Context),
        SectionRole::Consequences | SectionRole::ConsequencesBad | SectionRole::ConsequencesGood => {
            (PlaceName::Consequences, Weight::Consequences)
        }
        _ => return None,
    })
}

/// Whether a record has no place for its decision but its context.
fn tells_all(scene: &Scene) -> bool {
    let decides = |section: &crate::record::Section| section.role == SectionRole::Decision;
    let free = |sentence: &Sentence| {
        matches!(sentence.role, SectionRole::Free | SectionRole::Options) && !scene.is_title(sentence)
    };
    !scene.record.sections.iter().any(decides) && !scene.record.sentences.iter().any(free)
}

/// Whether a sentence stands in a paragraph about all options, in a record without a section for its decision.
fn concludes(scene: &Scene, sentence: &Sentence) -> bool {
    let record = scene.record;
    let decides = record
        .sections
        .iter()
        .any(|section| section.role == SectionRole::Decision);
    let paragraph = record
        .outline
        .blocks
        .get(sentence.block)
        .is_some_and(|block| block.kind == BlockKind::Paragraph);
    !decides && paragraph && !super::options::under_option_heading(scene, sentence.block)
}
