//! "Replace … by …": a service that has ended gives way to its successor wherever this record names it as its choice or option. Only
//! in a record that is still open: one that was accepted is superseded instead.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{Analysis, Case, chosen};
use crate::lens::{EngineId, SectionRole, Status};
use crate::review::Category;
use crate::text::Change;

/// The successors to offer.
pub(super) fn successors(case: &Case) -> Vec<EngineId> {
    let open = matches!(case.analysis.reading.record.status, Status::Proposed | Status::Unknown);
    if case.finding.category != Category::Lifecycle || !open {
        return Vec::new();
    }
    case.finding.alternatives.iter().map(|other| other.engine).collect()
}

/// Whether the record decides for the successor instead, and for all else as before.
pub(super) fn is_done(case: &Case, successor: EngineId, after: &Analysis) -> bool {
    let mut wanted: BTreeSet<EngineId> = chosen(&case.analysis.reading);
    if let Some(ended) = case.finding.engine {
        wanted.remove(&ended);
    }
    wanted.insert(successor);
    chosen(&after.reading) == wanted && !after.findings.iter().any(|other| other.rule == case.finding.rule)
}

/// What the context tells of the service stays true.
pub(super) fn draft(case: &Case, successor: EngineId) -> Option<Draft> {
    let record = &case.analysis.reading.record;
    let name = &case.snapshot.lens.engine(successor).name;
    let title = record.title.as_ref().and_then(|title| title.block);
    let decides = |sentence: usize| {
        record.sentences.get(sentence).is_some_and(|sentence| {
            let role = matches!(
                sentence.role,
                SectionRole::Decision
                    | SectionRole::Options
                    | SectionRole::Pros
                    | SectionRole::Cons
                    | SectionRole::Free
            );
            role || Some(sentence.block) == title
        })
    };
    let ended = case.finding.engine?;
    let changes: Vec<Change> = record
        .mentions
        .iter()
        .filter(|mention| mention.engine == ended && decides(mention.sentence))
        .map(|mention| Change {
            span: mention.span,
            text: name.clone(),
        })
        .collect();
    (!changes.is_empty()).then_some(Draft { changes, file: None })
}
