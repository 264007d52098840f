//! Which choices a record is told off for. Each file of `fixtures/choice` is a small record, and ends with the loud findings about its
//! choice that an architect would raise in a review.

mod fixtures;

use adr_lens::lens::{Lens, Severity};
use adr_lens::review::{Category, review_text};
use adr_lens::syntax::Language;

const AS_OF: &str = "2026-11-01";

/// `warning amazon-dynamodb joins`, one for each loud finding about a choice, in the order of the text.
fn told(text: &str, language: Language, lens: &Lens) -> String {
    let findings = review_text(text, language, lens, AS_OF.parse().expect("a date"));
    let loud = findings
        .iter()
        .filter(|finding| finding.category == Category::Choice && finding.is_loud());
    let written: Vec<String> = loud
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "error",
                _ => "warning",
            };
            let engine = finding.engine.map_or("", |engine| lens.engine(engine).id.as_str());
            let signal = finding.signal.map_or("", |signal| lens.signal(signal).id.as_str());
            format!("{severity} {engine} {signal}")
        })
        .collect();
    if written.is_empty() {
        "none".to_owned()
    } else {
        written.join(", ")
    }
}

#[test]
fn choices_are_contradicted_where_an_architect_would() {
    let count = fixtures::hold("choice", told);
    assert!(count >= 7, "{count}");
}
