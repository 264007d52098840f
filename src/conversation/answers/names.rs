//! Names in sentences.

use crate::lens::{EngineId, Lens, SignalId};
use crate::quantity::{Comparison, Quantity, Unit};
use crate::reading::{Measured, Requirement};
use crate::review::Finding;

/// A need as it stands in a sentence: "joins".
pub(super) fn need(signal: SignalId, lens: &Lens) -> String {
    let id = &lens.signal(signal).id;
    lens.language
        .questions
        .need(id)
        .map_or_else(|| id.replace('-', " "), |need| need.name.clone())
}

pub(super) fn needs(signals: &[SignalId], lens: &Lens) -> String {
    let names: Vec<String> = signals.iter().map(|&signal| need(signal, lens)).collect();
    all(&names)
}

pub(super) fn engine(id: EngineId, lens: &Lens) -> &str {
    &lens.engine(id).name
}

pub(super) fn engines(ids: &[EngineId], lens: &Lens) -> String {
    let names: Vec<&str> = ids.iter().map(|&id| engine(id, lens)).collect();
    all(&names)
}

/// "Redis or Memcached".
pub(super) fn either(ids: &[EngineId], lens: &Lens) -> String {
    let names: Vec<&str> = ids.iter().map(|&id| engine(id, lens)).collect();
    any(&names)
}

/// "a, b and c".
pub(super) fn all<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "and")
}

/// "a, b or c".
pub(super) fn any<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "or")
}

fn joined<S: AsRef<str>>(names: &[S], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., end] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", rest.join(", "), end.as_ref())
        }
    }
}

/// With a capital first letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence that begins in the middle of another one: "joins are not needed".
pub(super) fn small(words: &str) -> String {
    let mut letters = words.chars();
    let second_is_small = words.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == ' ');
    match letters.next() {
        Some(first) if second_is_small => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// What a finding's need is called: "joins", "an item size".
pub(super) fn needed(finding: &Finding, lens: &Lens) -> String {
    // The reviewer's own words: "this record decides for X and needs …: “…”".
    let own = finding
        .message
        .split_once(" and needs ")
        .and_then(|(_, rest)| rest.split_once(": \u{201c}"))
        .map(|(need, _)| need.to_owned());
    let plain = finding.signal.map(|signal| need(signal, lens));
    match (own, finding.signal) {
        // A statement about a need is called by its name; a limit or another product by the reviewer's words.
        (Some(own), Some(signal)) if own == lens.signal(signal).id.replace('-', " ") => need(signal, lens),
        (Some(own), _) => own,
        (None, _) => plain.unwrap_or_default(),
    }
}

/// A figure in units people use: "latency < 5 ms (p99)".
pub(super) fn figure(measured: &Measured) -> String {
    let quantity = &measured.quantity;
    let metric = word(quantity.metric).replace('-', " ");
    let value = amount(quantity.value, quantity.unit);
    let value = match (quantity.comparison, quantity.upper) {
        (Comparison::Range, Some(upper)) => format!("{value} to {}", amount(upper, quantity.unit)),
        (Comparison::Less, _) => format!("below {value}"),
        (Comparison::AtMost, _) => format!("at most {value}"),
        (Comparison::AtLeast, _) => format!("at least {value}"),
        (Comparison::More, _) => format!("more than {value}"),
        (Comparison::About, _) => format!("about {value}"),
        (Comparison::Equal | Comparison::Range, _) => value,
    };
    let percentile = percentile(quantity);
    format!("{metric} {value}{percentile}")
}

fn percentile(quantity: &Quantity) -> String {
    quantity.percentile.map_or(String::new(), |p| format!(" at p{p}"))
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The metric of a figure as the contract writes it.
pub(super) fn metric(measured: &Measured) -> String {
    word(measured.quantity.metric)
}

/// A value of a base unit in the largest unit that leaves a figure above one.
fn amount(value: f64, unit: Unit) -> String {
    let scaled = |steps: &[(f64, &str)]| {
        let step = steps.iter().find(|(size, _)| value.abs() >= *size).or(steps.last());
        step.map_or_else(
            || value.to_string(),
            |(size, name)| format!("{}{name}", round(value / size)),
        )
    };
    match unit {
        Unit::Seconds => scaled(&[
            (86_400.0, " days"),
            (3_600.0, " h"),
            (60.0, " min"),
            (1.0, " s"),
            (1e-3, " ms"),
            (1e-6, " µs"),
        ]),
        Unit::Bytes => scaled(&[
            (1e15, " PB"),
            (1e12, " TB"),
            (1e9, " GB"),
            (1e6, " MB"),
            (1e3, " KB"),
            (1.0, " B"),
        ]),
        Unit::BytesPerSecond => scaled(&[(1e9, " GB/s"), (1e6, " MB/s"), (1e3, " KB/s"), (1.0, " B/s")]),
        Unit::OperationsPerSecond => scaled(&[(1e6, " million/s"), (1.0, "/s"), (1e-9, "/s")]),
        Unit::Ratio if value <= 1.0 => format!("{}%", round(value * 100.0)),
        Unit::Ratio | Unit::Count => round(value),
        Unit::UsdPerMonth => format!("{} USD a month", round(value)),
    }
}

/// At most four places behind the point, and no zeros at the end; 99.999 stays what it is.
fn round(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A need as a what-if would take it back: "joins are not needed".
pub(super) fn denied(signal: SignalId, lens: &Lens) -> Option<String> {
    lens.language
        .questions
        .need(&lens.signal(signal).id)
        .map(|need| small(&need.denied))
}

pub(super) fn strength(need: &Requirement) -> &'static str {
    use crate::reading::Strength;
    match need.strength {
        Strength::Must => "must",
        Strength::Should => "should",
        Strength::May => "may",
    }
}
