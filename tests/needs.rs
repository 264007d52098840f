//! Which needs a record states. Each file of `fixtures/needs` is a small record for one way of saying so, and ends with what a reader
//! finds in it; a need in brackets is shown and never held against a choice.

use std::collections::BTreeMap;
use std::path::Path;

use adr_lens::lens::{Lens, builtin};
use adr_lens::reading::{Polarity, Reading};
use adr_lens::syntax::Language;

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
    let lens = builtin().expect("the built-in lens has no problems");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/needs");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures") {
        let path = entry.expect("an entry of the folder").path();
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let (_, rest) = text.split_once("expect: ").expect("an expectation");
        let expected = rest.lines().next().unwrap_or_default().trim_end_matches(" -->");
        let read = told(&Reading::of(&text, Language::Markdown, lens), lens);
        if read != expected {
            wrong.push(format!("{}:\n  read     {read}\n  expected {expected}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
