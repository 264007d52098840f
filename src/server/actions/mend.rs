//! What has one right answer: a finding that brings its own mend, a title's number that is not its file's, a comment of ours that
//! silences nothing. Each is offered where it stands, and all at once by `source.fixAll.adr-lens`. The review says what a mend is.

use super::draft::Draft;
use super::{Analysis, Page, remove};
use crate::review::{Finding, renumbered};
use crate::server::state::Snapshot;
use crate::text::{Change, Span};

/// A slip, and what to write instead.
pub(super) struct Mend<'a> {
    /// What tells of it, where it is told.
    pub finding: Option<&'a Finding>,
    /// Where it is offered: on its line.
    pub place: Span,
    pub change: Change,
}

impl Mend<'_> {
    pub fn title(&self, snapshot: &Snapshot) -> String {
        let written = self.change.span.of(snapshot.text());
        format!(
            "Write \u{201c}{}\u{201d} in place of \u{201c}{written}\u{201d}",
            self.change.text
        )
    }
}

pub(super) fn mends<'a>(snapshot: &Snapshot, analysis: &'a Analysis) -> Vec<Mend<'a>> {
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let line = |span: Span| Span::new(page.line_start(span.start), page.line_end(span.end));
    let told = analysis.findings.iter().filter(|finding| finding.suppressed.is_none());
    let told = told.filter_map(|finding| {
        Some(Mend {
            finding: Some(finding),
            place: line(finding.span),
            change: finding.mend.clone()?,
        })
    });
    let mut mends: Vec<Mend> = told.collect();
    let number = analysis.place.as_ref().and_then(|place| {
        let change = renumbered(&place.card, &place.index)?;
        Some(Mend {
            finding: None,
            place: line(change.span),
            change,
        })
    });
    mends.extend(number.filter(|number| !mends.iter().any(|mend| mend.change == number.change)));
    // What the record decides must stay.
    mends.retain(|mend| harmless(snapshot, analysis, &mend.change.clone().into()));
    mends
}

/// All of them, with the comments that silence nothing.
pub(super) fn all(snapshot: &Snapshot, analysis: &Analysis) -> Option<Draft> {
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let idle = analysis.findings.iter().filter(|finding| remove::applies(finding));
    let idle = idle.flat_map(|finding| remove::changes(finding, &page));
    let mends = mends(snapshot, analysis).into_iter().map(|mend| mend.change);
    let changes: Vec<Change> = mends.chain(idle).collect();
    let draft = Draft { changes, file: None };
    (!draft.changes.is_empty() && harmless(snapshot, analysis, &draft)).then_some(draft)
}

fn harmless(snapshot: &Snapshot, before: &Analysis, draft: &Draft) -> bool {
    let text = draft.apply(snapshot.text());
    let after = super::guarded(|| snapshot.analyse(&text));
    after.is_ok_and(|after| super::chosen(&before.reading) == super::chosen(&after.reading))
}
