//! A place → what is selected when the selection grows: the word, the name, the clause, the sentence, the paragraph, the section
//! with its heading, the sections above, the record.

use tower_lsp::ls_types::{Position, SelectionRange};

use super::session::Stopped;
use super::state::Snapshot;
use crate::amend::Page;
use crate::reading::Reading;
use crate::text::Span;

/// One answer for each place, in their order.
pub(super) fn ranges(snapshot: &Snapshot, places: &[Position]) -> Result<Vec<SelectionRange>, Stopped> {
    let analysis = snapshot.analysis()?;
    Ok(places
        .iter()
        .map(|&place| range(snapshot, &analysis.reading, snapshot.offset(place)))
        .collect())
}

fn range(snapshot: &Snapshot, reading: &Reading, at: usize) -> SelectionRange {
    let whole = Span::new(0, snapshot.text().len());
    let mut range = SelectionRange {
        range: snapshot.range(whole),
        parent: None,
    };
    let mut within = whole;
    for span in around(snapshot, reading, at) {
        // Each lies in the one before it, and is smaller.
        if within.contains(span) && span != within {
            within = span;
            range = SelectionRange {
                range: snapshot.range(span),
                parent: Some(Box::new(range)),
            };
        }
    }
    range
}

/// Everything that stands around an offset, largest first.
fn around(snapshot: &Snapshot, reading: &Reading, at: usize) -> Vec<Span> {
    let record = &reading.record;
    let page = Page::new(snapshot.text(), record);
    let sections = (0..record.sections.len())
        .filter(|&number| page.heading(number).is_some())
        .flat_map(|number| {
            let start = page.start(number);
            [
                Span::new(start, page.whole_end(number)),
                Span::new(start, page.own_end(number)),
            ]
        });
    let blocks = record.outline.blocks.iter().map(|block| block.span);
    let sentences = record.sentences.iter().map(|sentence| sentence.span);
    let needs = reading.requirements.iter().map(|need| need.span);
    let figures = reading.quantities.iter().map(|measured| measured.span);
    let mentions = record.mentions.iter().map(|mention| mention.span);
    let words = record.words.iter().map(|word| word.span);
    let mut found: Vec<Span> = sections
        .chain(blocks)
        .chain(sentences)
        .chain(needs)
        .chain(figures)
        .chain(mentions)
        .chain(words)
        .filter(|span| span.start <= at && at <= span.end && !span.is_empty())
        .collect();
    found.sort_by_key(|span| (std::cmp::Reverse(span.end - span.start), span.start));
    found
}
