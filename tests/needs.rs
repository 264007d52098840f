//! Which needs a record states. Each file of `fixtures/needs` is a small record for one way of saying so, and ends with what a reader
//! finds in it; a need in brackets is shown and never held against a choice.

mod fixtures;

use std::collections::BTreeMap;

use adr_lens::lens::Lens;
use adr_lens::reading::{Polarity, Reading};

/// `joins, not full-text-search, (low-cost)`, in the order of the ids.
fn told(reading: &Reading, lens: &Lens) -> String {
    let mut needs: BTreeMap<(&str, Polarity), bool> = BTreeMap::new();
    for need in &reading.requirements {
        let firm = needs
            .entry((lens.signal(need.signal).id.as_str(), need.polarity))
            .or_default();
        *firm |= need.firm;
    }
    let written = needs.into_iter().map(|((signal, polarity), firm)| {
        let said = match polarity {
            Polarity::Required => signal.to_owned(),
            Polarity::NotRequired => format!("not {signal}"),
        };
        if firm { said } else { format!("({said})") }
    });
    let written: Vec<String> = written.collect();
    if written.is_empty() {
        "none".to_owned()
    } else {
        written.join(", ")
    }
}

#[test]
fn needs_are_read_as_a_reader_reads_them() {
    let count = fixtures::hold("needs", |text, language, lens| {
        told(&Reading::of(text, language, lens), lens)
    });
    assert!(count >= 11, "{count}");
}
