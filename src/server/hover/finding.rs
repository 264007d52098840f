//! A finding: what is wrong, why, where that is known from, and the way out.

use crate::review::{Category, Finding};
use crate::server::diagnostics::page;
use crate::server::markup::{Markup, Piece};
use crate::server::state::Snapshot;

pub(super) fn finding(markup: &mut Markup, snapshot: &Snapshot, finding: &Finding) {
    let lens = &snapshot.lens;
    let severity = format!("{:?}", finding.severity).to_lowercase();
    let head = format!(" ({severity}): {}", finding.message);
    let url = page(finding, &snapshot.settings, lens)
        .map(|url| url.as_str().to_owned())
        .unwrap_or_default();
    match (&finding.suppressed, finding.acknowledged) {
        (Some(reason), _) => {
            markup.paragraph(&[
                Piece::Link(&finding.rule, &url),
                Piece::Text(" is silenced here: "),
                Piece::Text(reason),
            ]);
        }
        (None, Some(place)) => {
            markup.paragraph(&[Piece::Link(&finding.rule, &url), Piece::Text(&head)]);
            let words = format!("\u{201c}{}\u{201d}", place.of(snapshot.text()));
            markup.paragraph(&[Piece::Text("The record accepts this cost: "), Piece::Text(&words)]);
        }
        (None, None) => markup.paragraph(&[Piece::Link(&finding.rule, &url), Piece::Text(&head)]),
    }
    markup.paragraph(&[Piece::Strong("Why:"), Piece::Text(" "), Piece::Text(&finding.because)]);
    markup.paragraph(&[
        Piece::Strong("Way out:"),
        Piece::Text(" "),
        Piece::Text(&finding.remedy),
    ]);
    let names = finding.alternative_names(lens);
    if !names.is_empty() {
        let label = if finding.category == Category::Lifecycle {
            "Successors:"
        } else {
            "Would fit:"
        };
        markup.paragraph(&[Piece::Strong(label), Piece::Text(" "), Piece::Text(&names.join(", "))]);
    }
    markup.source(&finding.source, lens);
}

/// The questions that the record leaves open: a line each, they all stand at the choice.
pub(super) fn questions(markup: &mut Markup, questions: &[&Finding]) {
    markup.paragraph(&[Piece::Strong("Not said in this record, and worth a sentence:")]);
    for finding in questions {
        let rule = format!(" ({})", finding.rule);
        markup.item(&[Piece::Text(&finding.remedy), Piece::Text(&rule)]);
    }
}
