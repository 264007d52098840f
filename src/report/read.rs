//! What was understood of a record, for people: the reasons a finding came or did not.

use std::fmt::Write;

use crate::reading::{Polarity, Strength};
use crate::text::Span;
use crate::workspace::{Outcome, Read};

pub fn read_text(outcomes: &[Outcome<Read>]) -> String {
    let mut out = String::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Done(read) => record(&mut out, read),
            Outcome::PassedOver { path, why } => {
                let _ = writeln!(out, "{}: passed over: {why}\n", super::shown(path));
            }
            Outcome::Unreadable { path, why } => {
                let _ = writeln!(out, "{}: unreadable: {why}\n", super::shown(path));
            }
        }
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

fn record(out: &mut String, read: &Read) {
    let lens = &read.lens;
    let record = &read.reading.record;
    let title = record.title.as_ref().map_or("(no title)", |title| title.text.as_str());
    let _ = writeln!(out, "{}: {title}", super::shown(&read.path));
    let _ = writeln!(
        out,
        "  {} record, status {}{}",
        word(record.template),
        word(record.status),
        record.date.as_ref().map_or(String::new(), |date| format!(", {date}"))
    );
    let line = |span: Span| read.source.lines.line_of(span.start) + 1;
    for choice in &read.reading.choices {
        let workload = choice
            .workload
            .as_ref()
            .map_or(String::new(), |workload| format!(" for {workload}"));
        let _ = writeln!(
            out,
            "  line {:>4}  {:<10} {}{workload}",
            line(choice.span),
            word(choice.role),
            lens.engine(choice.engine).name
        );
    }
    for need in &read.reading.requirements {
        let says = match (need.polarity, need.strength) {
            (Polarity::NotRequired, _) => "not needed",
            (Polarity::Required, Strength::Must) => "must",
            (Polarity::Required, Strength::Should) => "should",
            (Polarity::Required, Strength::May) => "may",
        };
        let quote = need
            .span
            .of(&read.source.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let _ = writeln!(
            out,
            "  line {:>4}  {says:<10} {}: \u{201c}{quote}\u{201d}",
            line(need.span),
            lens.signal(need.signal).id
        );
    }
    out.push('\n');
}
