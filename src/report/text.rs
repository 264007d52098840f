//! Findings as rustc prints its own: the source line, the words of the choice, the words of the need, why, and the way out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::check::{Report, Reviewed, Summary};
use crate::lens::{Lens, Severity};
use crate::review::{Category, Elsewhere, Finding};
use crate::text::Span;
use crate::workspace::Entry;

/// Lines longer than this, in bytes, are not shown: a pasted megabyte helps nobody.
pub(super) const LONGEST_LINE: usize = 20_000;

/// More places that state a need than these are counted, not shown.
const MOST_PLACES: usize = 8;

/// The whole report; `width` is the terminal's, in columns.
pub fn check_text(report: &Report, colour: bool, width: usize, quiet_gaps: bool) -> String {
    let mut out = String::new();
    for (record, finding) in report.findings() {
        let shown = finding.suppressed.is_none() && !(quiet_gaps && finding.severity == Severity::Hint);
        if shown {
            out.push_str(&finding_text(record, finding, colour, width));
            out.push_str("\n\n");
        }
    }
    for (path, why) in &report.notes {
        out.push_str(&format!("note: {path}: {why}\n"));
    }
    for (path, why) in &report.unreadable {
        out.push_str(&format!("unreadable: {path}: {why}\n"));
    }
    if let Some(baseline) = &report.baseline {
        for Entry { path, rule, text, .. } in &baseline.resolved {
            out.push_str(&format!("resolved: {path}: {rule} at \u{201c}{text}\u{201d}\n"));
        }
        if !baseline.resolved.is_empty() {
            let count = counted(baseline.resolved.len(), "finding");
            out.push_str(&format!(
                "note: {count} of the baseline no longer found; `adr-lens check --write-baseline` writes it anew\n"
            ));
        }
    }
    out.push_str(&closing(report, quiet_gaps));
    out
}

/// One finding.
pub fn finding_text(record: &Reviewed, finding: &Finding, colour: bool, width: usize) -> String {
    let lens = &record.lens;
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.rule.as_str());
    let mut group = match snippet(record, finding, lens) {
        Some(snippet) => title.element(snippet),
        None => {
            let line = record.source.lines.line_of(finding.span.start) + 1;
            title.element(annotate_snippets::Origin::path(record.path.as_str()).line(line))
        }
    };
    for other in &finding.elsewhere {
        group = match other_snippet(other) {
            Some(snippet) => group.element(snippet),
            None => {
                let line = other.card.source.lines.line_of(other.span.start) + 1;
                group.element(annotate_snippets::Origin::path(&*other.card.shown).line(line))
            }
        };
    }
    let more = finding.evidence.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        let places = format!("in {} as well", counted(more, "more place"));
        group = group.element(Level::NOTE.with_name("said").message(places));
    }
    group = notes(group, finding, lens);
    renderer.term_width(width).render(&[group])
}

fn notes<'a>(mut group: Group<'a>, finding: &'a Finding, lens: &'a Lens) -> Group<'a> {
    group = group.element(Level::NOTE.with_name("why").message(finding.because.as_str()));
    group = group.element(Level::HELP.with_name("way out").message(finding.remedy.as_str()));
    let names = finding.alternative_names(lens);
    if !names.is_empty() {
        let label = if finding.category == Category::Lifecycle {
            "successors"
        } else {
            "would fit"
        };
        group = group.element(Level::HELP.with_name(label).message(names.join(", ")));
    }
    if let Some(source) = lens.sources.get(&finding.source) {
        let url = if source.url.is_empty() {
            String::new()
        } else {
            format!(", {}", source.url)
        };
        let text = format!("{}{url} (as of {})", source.title, source.as_of);
        group = group.element(Level::NOTE.with_name("source").message(text));
    }
    group
}

/// The lines that hold the finding's words and its evidence.
fn snippet<'a>(
    record: &'a Reviewed,
    finding: &'a Finding,
    lens: &'a Lens,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let lines = &record.source.lines;
    let spans = || {
        std::iter::once(finding.span)
            .chain(places(finding))
            .chain(finding.acknowledged)
    };
    let first = spans().map(|span| lines.line_of(span.start)).min()?;
    let last = spans().map(|span| lines.line_of(span.end)).max()?;
    if spans().any(|span| lines.range(lines.line_of(span.start)).len() > LONGEST_LINE) {
        return None;
    }
    let start = lines.range(first).start;
    let text = record.source.text.get(start..lines.range(last).end)?;
    let place = |span: Span| span.start - start..(span.end - start).max(span.start - start + 1).min(text.len());
    let unnamed = match finding.category {
        Category::Record | Category::Portfolio => "said here",
        _ => "asked for here",
    };
    let need = finding
        .signal
        .map_or(unnamed.to_owned(), |signal| format!("needs {}", lens.signal(signal).id));
    let mut snippet = Snippet::source(text)
        .line_start(first + 1)
        .path(record.path.as_str())
        .annotation(AnnotationKind::Primary.span(place(finding.span)));
    for span in places(finding) {
        snippet = snippet.annotation(AnnotationKind::Context.span(place(span)).label(need.clone()));
    }
    if let Some(span) = finding.acknowledged {
        snippet = snippet.annotation(
            AnnotationKind::Context
                .span(place(span))
                .label("this cost is named here"),
        );
    }
    Some(snippet)
}

/// The places of the need that are shown.
fn places(finding: &Finding) -> impl Iterator<Item = Span> {
    finding.evidence.iter().copied().take(MOST_PLACES)
}

/// The line of another record that the finding rests on.
fn other_snippet(other: &Elsewhere) -> Option<Snippet<'_, annotate_snippets::Annotation<'_>>> {
    let (lines, text) = (&other.card.source.lines, &other.card.source.text);
    let first = lines.line_of(other.span.start);
    let last = lines.line_of(other.span.end);
    let start = lines.range(first).start;
    let shown = text.get(start..lines.range(last).end)?;
    if shown.len() > LONGEST_LINE {
        return None;
    }
    let end = (other.span.end - start)
        .max(other.span.start - start + 1)
        .min(shown.len());
    let words = AnnotationKind::Context.span(other.span.start - start..end);
    let snippet = Snippet::source(shown).line_start(first + 1).path(&*other.card.shown);
    Some(snippet.annotation(words.label(other.says.as_str())))
}

/// The last lines: what was looked at and what was found.
fn closing(report: &Report, quiet_gaps: bool) -> String {
    let Summary {
        records,
        errors,
        warnings,
        infos,
        hints,
        suppressed,
        known,
        acknowledged,
        passed_over,
        unreadable,
    } = report.summary();
    let mut files = vec![counted(records, "record")];
    if passed_over > 0 {
        files.push(format!("{passed_over} passed over"));
    }
    if unreadable > 0 {
        files.push(format!("{unreadable} unreadable"));
    }
    let mut found = Vec::new();
    for (count, name) in [
        (errors, "error"),
        (warnings, "warning"),
        (infos, "note"),
        (hints, "open question"),
    ] {
        if count > 0 {
            found.push(counted(count, name));
        }
    }
    for (count, name) in [
        (suppressed - known, "suppressed"),
        (known, "known from the baseline"),
        (acknowledged, "acknowledged in the record"),
    ] {
        if count > 0 {
            found.push(format!("{count} {name}"));
        }
    }
    let found = if found.is_empty() {
        "nothing to report".to_owned()
    } else {
        found.join(", ")
    };
    let tail = if quiet_gaps && hints > 0 {
        "; open questions are shown by --hints"
    } else {
        ""
    };
    format!("{}: {found}{tail}\n", files.join(", "))
}

fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
