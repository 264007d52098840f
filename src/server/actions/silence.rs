//! "Silence with a reason": the comment that suppresses a finding, on a line of its own before the paragraph it stands in. The reason
//! is left to the author.

use super::{Analysis, Change, Page};
use crate::review::Finding;
use crate::syntax::BlockKind;

/// What the author is to replace.
const PLACEHOLDER: &str = "say why it does not apply here";
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The rules about our own comments.
const ABOUT_COMMENTS: [&str; 2] = ["record/ignore-without-reason", "record/unused-ignore"];

/// A finding about a comment of ours is answered by mending the comment.
pub(super) fn applies(finding: &Finding) -> bool {
    !ABOUT_COMMENTS.contains(&finding.rule.as_str())
}

pub(super) fn is_done(finding: &Finding, after: &Analysis) -> bool {
    super::each_of_its_rule(finding, after, |other| other.suppressed.is_some())
}

pub(super) fn changes(finding: &Finding, page: &Page) -> Vec<Change> {
    let comment = format!("<!-- adr-lens-ignore {}: {PLACEHOLDER} -->", finding.rule);
    let before = Change::insert(paragraph(finding, page), format!("{comment}{}", page.eol));
    vec![before, page.add_paragraph(page.end(), &[comment])]
}

/// Where the paragraph begins: of a list, a table or a quotation the whole, which a comment inside would break.
fn paragraph(finding: &Finding, page: &Page) -> usize {
    let blocks = &page.record.outline.blocks;
    let holding = blocks.iter().rposition(|block| block.span.contains(finding.span));
    // Words of the front matter: the first line behind it.
    let Some(number) = holding.or_else(|| (!blocks.is_empty()).then_some(0)) else {
        return first(page);
    };
    let top = page
        .top_item(number)
        .and_then(|item| page.items_beside(item).first().copied())
        .unwrap_or(number);
    let Some(block) = page.block(top) else {
        return first(page);
    };
    let mut start = page.line_start(block.span.start);
    if block.quoted || matches!(block.kind, BlockKind::Cell { .. }) {
        while let Some(above) = start.checked_sub(1).map(|end| page.line_start(end)) {
            if page.text.get(above..start).unwrap_or_default().trim().is_empty() {
                break;
            }
            start = above;
        }
    }
    start.max(first(page))
}

/// The first byte of text.
fn first(page: &Page) -> usize {
    if page.text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len_utf8()
    } else {
        0
    }
}
