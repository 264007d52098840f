//! A place → the other places of the record that speak of the same: an engine by any of its names, a need, and what stands against it.

use std::collections::BTreeSet;

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Position};

use super::session::Stopped;
use super::state::Snapshot;
use crate::reading::Role;
use crate::text::Span;

/// The words that decide are marked as written, all others as read.
pub(super) fn highlights(snapshot: &Snapshot, position: Position) -> Result<Option<Vec<DocumentHighlight>>, Stopped> {
    let analysis = snapshot.analysis()?;
    let reading = &analysis.reading;
    let at = snapshot.offset(position);
    let holds = |span: Span| span.start <= at && at <= span.end;
    let mut places: BTreeSet<Span> = BTreeSet::new();
    let mention = reading.record.mentions.iter().find(|mention| holds(mention.span));
    if let Some(mention) = mention {
        let same = reading
            .record
            .mentions
            .iter()
            .filter(|other| other.engine == mention.engine);
        places.extend(same.map(|other| other.span));
    } else if let Some(need) = reading.requirements.iter().find(|need| holds(need.span)) {
        let same = reading.requirements.iter().filter(|other| other.signal == need.signal);
        places.extend(same.map(|other| other.span));
        let against = analysis
            .findings
            .iter()
            .filter(|finding| finding.signal == Some(need.signal) && finding.evidence.contains(&need.span));
        places.extend(against.flat_map(|finding| finding.acknowledged.into_iter().chain([finding.span])));
    }
    let chosen: Vec<Span> = reading.with_role(Role::Chosen).map(|choice| choice.span).collect();
    let highlight = |span: &Span| DocumentHighlight {
        range: snapshot.range(*span),
        kind: Some(match chosen.contains(span) {
            true => DocumentHighlightKind::WRITE,
            false => DocumentHighlightKind::READ,
        }),
    };
    Ok((!places.is_empty()).then(|| places.iter().map(highlight).collect()))
}
