//! What stands under the cursor → what there is to know about it: findings first, then the engine, the need or the status
//! itself.

mod engine;
mod finding;
mod record;
mod requirement;
mod status;

use std::cmp::Reverse;

use tower_lsp::ls_types::{Hover, HoverContents, Position};

use super::diagnostics::is_shown;
use super::markup::Markup;
use super::session::Stopped;
use super::state::Snapshot;
use super::things::{self, What};
use crate::lens::Severity;
use crate::review::Finding;
use crate::text::Span;

pub(super) fn hover(snapshot: &Snapshot, position: Position) -> Result<Option<Hover>, Stopped> {
    let analysis = snapshot.analysis()?;
    let at = snapshot.offset(position);
    let holds = |span: Span| span.start <= at && at < span.end.max(span.start + 1);
    let mut markup = Markup::new(snapshot.features.hover_markdown);
    let mut places: Vec<Span> = Vec::new();

    let here = |finding: &&Finding| {
        holds(finding.span) && (finding.suppressed.is_some() || is_shown(finding, &snapshot.settings))
    };
    let (questions, mut findings): (Vec<&Finding>, Vec<&Finding>) = analysis
        .findings
        .iter()
        .filter(here)
        .partition(|finding| finding.severity == Severity::Hint);
    // What matters most is read first.
    findings.sort_by_key(|finding| Reverse(finding.severity));
    for finding in findings {
        between(&mut markup);
        finding::finding(&mut markup, snapshot, finding);
        places.push(finding.span);
    }
    if !questions.is_empty() {
        between(&mut markup);
        finding::questions(&mut markup, &questions);
        places.extend(questions.iter().map(|finding| finding.span));
    }

    let reading = &analysis.reading;
    if let Some(mention) = reading.record.mentions.iter().find(|mention| holds(mention.span)) {
        between(&mut markup);
        engine::engine(&mut markup, snapshot, reading, mention.engine);
        places.push(mention.span);
    } else {
        for need in reading.requirements.iter().filter(|need| holds(need.span)) {
            between(&mut markup);
            requirement::requirement(&mut markup, snapshot, reading, need);
            places.push(need.span);
        }
    }
    if let Some(span) = reading.record.status_span.filter(|&span| holds(span)) {
        between(&mut markup);
        status::status(&mut markup, reading);
        places.push(span);
    }
    if let Some(place) = &analysis.place {
        for thing in things::records(snapshot, &analysis)
            .into_iter()
            .filter(|thing| holds(thing.span))
        {
            if let What::Record(card) = &thing.what {
                between(&mut markup);
                record::record(&mut markup, card, place, &snapshot.lens);
                places.push(thing.span);
            }
        }
    }
    // The smallest of what was spoken of is what the editor marks.
    let place = places.into_iter().min_by_key(|span| span.end - span.start);
    Ok(place.map(|span| Hover {
        contents: HoverContents::Markup(markup.finish()),
        range: Some(snapshot.range(span)),
    }))
}

fn between(markup: &mut Markup) {
    if !markup.is_empty() {
        markup.rule();
    }
}
