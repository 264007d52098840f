//! What can be folded away: sections with all under them, the front matter, comments and code of several lines.

use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind};

use super::session::Stopped;
use super::state::Snapshot;
use crate::amend::Page;
use crate::syntax::BlockKind;
use crate::text::Span;

pub(super) fn ranges(snapshot: &Snapshot) -> Result<Vec<FoldingRange>, Stopped> {
    let analysis = snapshot.analysis()?;
    let record = &analysis.reading.record;
    let page = Page::new(snapshot.text(), record);
    let title = record.title.as_ref().and_then(|title| title.block);
    let headed = |number: &usize| record.sections.get(*number).and_then(|section| section.heading);
    let sections = (0..record.sections.len())
        // The title would fold the whole record away.
        .filter(|number| headed(number).is_some_and(|heading| Some(heading) != title))
        .map(|number| (Span::new(page.start(number), page.whole_end(number)), None));
    let comments = record
        .outline
        .comments
        .iter()
        .map(|&span| (span, Some(FoldingRangeKind::Comment)));
    let code = record
        .outline
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Code)
        .map(|block| (block.span, None));
    let front_matter = front_matter(snapshot.text()).map(|span| (span, Some(FoldingRangeKind::Region)));
    let mut ranges: Vec<FoldingRange> = sections
        .chain(comments)
        .chain(code)
        .chain(front_matter)
        .filter_map(|(span, kind)| range(snapshot, span, kind))
        .collect();
    ranges.sort_by_key(|range| (range.start_line, std::cmp::Reverse(range.end_line)));
    ranges.dedup_by_key(|range| (range.start_line, range.end_line));
    ranges.truncate(snapshot.features.most_folds);
    Ok(ranges)
}

/// By whole lines, which every client can fold; nothing for what stands on one line.
fn range(snapshot: &Snapshot, span: Span, kind: Option<FoldingRangeKind>) -> Option<FoldingRange> {
    let text = span.of(snapshot.text());
    let end = span.start + text.trim_end().len();
    let lines = &snapshot.source.lines;
    let (start_line, end_line) = (lines.line_of(span.start), lines.line_of(end));
    (end_line > start_line).then_some(FoldingRange {
        start_line: start_line as u32,
        start_character: None,
        end_line: end_line as u32,
        end_character: None,
        kind,
        collapsed_text: None,
    })
}

/// From the fence on the first line to the next one like it.
fn front_matter(text: &str) -> Option<Span> {
    let fence = text
        .lines()
        .next()
        .map(str::trim_end)
        .filter(|line| ["---", "+++"].contains(line))?;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim_end() == fence {
            return Some(Span::new(0, at + fence.len()));
        }
        at += line.len();
    }
    None
}
