//! What was understood of a record, for people, under the record's own words: the reasons a finding came or did not.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::text::LONGEST_LINE;
use crate::lens::Lens;
use crate::quantity::When;
use crate::reading::{By, Measured, Polarity, Requirement, Role, Strength};
use crate::text::Span;
use crate::workspace::{Outcome, Read};

/// Each record with its reading under its words; `width` is the terminal's, in columns.
pub fn read_text(outcomes: &[Outcome<Read>], colour: bool, width: usize) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut out = String::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Done(read) => out.push_str(&record(read, &renderer)),
            Outcome::PassedOver { path, why } => {
                out.push_str(&format!("{}: passed over: {why}\n", super::shown(path)));
            }
            Outcome::Unreadable { path, why } => {
                out.push_str(&format!("{}: unreadable: {why}\n", super::shown(path)));
            }
        }
        out.push('\n');
    }
    out
}

/// Serde's word for a value: the one the JSON has.
pub(crate) fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn record(read: &Read, renderer: &Renderer) -> String {
    let record = &read.reading.record;
    let path = super::shown(&read.path);
    let title = record.title.as_ref().map_or("(no title)", |title| title.text.as_str());
    let date = record.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
    let form = format!("a {} record, {}{date}", word(record.template), word(record.status));
    let said = said(read);
    let mut group: Group<'_> = Level::INFO
        .with_name("record")
        .primary_title(title)
        .elements(std::iter::empty::<annotate_snippets::Origin<'_>>());
    let shown: Vec<Annotation<'_>> = said
        .iter()
        .filter(|(span, _)| read.source.lines.range(read.source.lines.line_of(span.start)).len() <= LONGEST_LINE)
        .map(|(span, label)| AnnotationKind::Primary.span(span.start..span.end).label(label.as_str()))
        .collect();
    let left = said.len() - shown.len();
    if !shown.is_empty() {
        let snippet = Snippet::source(&*read.source.text)
            .path(path.as_str())
            .annotations(shown);
        group = group.element(snippet);
    } else {
        group = group.element(annotate_snippets::Origin::path(path.as_str()));
    }
    group = group.element(Level::NOTE.with_name("form").message(form.as_str()));
    let more = format!("{left} more in lines too long to print; `--format json` has them");
    if left > 0 {
        group = group.element(Level::NOTE.with_name("left out").message(more.as_str()));
    }
    if said.is_empty() {
        group = group.element(
            Level::NOTE
                .with_name("read")
                .message("no engine, no need and no figure"),
        );
    }
    renderer.render(&[group]) + "\n"
}

/// What was understood of which words, in the order of the text.
fn said(read: &Read) -> Vec<(Span, String)> {
    let lens: &Lens = &read.lens;
    let reading = &read.reading;
    let mut said: Vec<(Span, String)> = Vec::new();
    for choice in reading.choices.iter().filter(|choice| choice.role != Role::Mentioned) {
        let workload = choice
            .workload
            .as_ref()
            .map_or(String::new(), |workload| format!(" for {workload}"));
        said.push((
            choice.span,
            format!("{} {}{workload}", word(choice.role), lens.engine(choice.engine).name),
        ));
    }
    said.extend(
        reading
            .requirements
            .iter()
            .map(|need| (need.span, need_text(need, lens))),
    );
    let targets = reading
        .quantities
        .iter()
        .filter(|measured| measured.quantity.when == When::Target);
    said.extend(targets.map(|measured| (measured.span, figure(measured))));
    said.sort_by_key(|(span, _)| (span.start, span.end));
    said
}

fn need_text(need: &Requirement, lens: &Lens) -> String {
    let says = match (need.polarity, need.strength) {
        (Polarity::NotRequired, _) => "not needed",
        (Polarity::Required, Strength::Must) => "must",
        (Polarity::Required, Strength::Should) => "should",
        (Polarity::Required, Strength::May) => "may",
    };
    let by = match &need.by {
        By::Cue(phrase) => format!("by \u{201c}{}\u{201d}", lens.language.cues.written(*phrase)),
        By::Figure => "by its figure".to_owned(),
        By::Likeness(words) => format!("by its likeness: {}", words.join(", ")),
    };
    let weak = if need.firm { "" } else { "; not firm" };
    format!("{says}: {} ({by}{weak})", lens.signal(need.signal).id)
}

fn figure(measured: &Measured) -> String {
    let quantity = &measured.quantity;
    let unit = word(quantity.unit);
    let upper = quantity.upper.map_or(String::new(), |upper| format!(" to {upper}"));
    let percentile = quantity
        .percentile
        .map_or(String::new(), |percentile| format!(" p{percentile}"));
    format!(
        "{}{percentile} {} {}{upper} {unit}",
        word(quantity.metric),
        word(quantity.comparison),
        quantity.value
    )
}
