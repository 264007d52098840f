//! "Remove this comment": takes away a comment of ours that silences nothing, with its line when nothing else stands on it.

use super::{Analysis, Change, Page};
use crate::review::Finding;
use crate::text::Span;

const RULE: &str = "record/unused-ignore";

pub(super) fn applies(finding: &Finding) -> bool {
    finding.rule == RULE
}

pub(super) fn is_done(before: &Analysis, after: &Analysis) -> bool {
    let count = |analysis: &Analysis| analysis.findings.iter().filter(|finding| finding.rule == RULE).count();
    count(after) < count(before)
}

pub(super) fn changes(finding: &Finding, page: &Page) -> Vec<Change> {
    let Span { start, end } = finding.span;
    let line = page.line_start(start);
    let rest = page.text.get(end..).unwrap_or_default();
    let tail = rest.split(['\n', '\r']).next().unwrap_or_default();
    let alone = page.text.get(line..start).unwrap_or_default().trim().is_empty() && tail.trim().is_empty();
    let behind = rest.get(tail.len()..).unwrap_or_default();
    let ending = if behind.starts_with("\r\n") {
        2
    } else {
        usize::from(!behind.is_empty())
    };
    let whole = Span::new(line, end + tail.len() + ending);
    let span = if alone { whole } else { finding.span };
    vec![Change {
        span,
        text: String::new(),
    }]
}
