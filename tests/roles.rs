//! Which engines a record chooses, which it turns down, and its status. Each file of `fixtures/roles` is a small record for one way of
//! saying so, and ends with what a reader finds in it.

use std::collections::BTreeSet;
use std::path::Path;

use adr_lens::lens::{Lens, Status, builtin};
use adr_lens::reading::{Reading, Role};
use adr_lens::syntax::Language;

/// `status accepted; chosen: postgresql; rejected: mongodb, mysql`, in the order of the ids.
fn told(reading: &Reading, lens: &Lens) -> String {
    let of = |role| {
        let ids: BTreeSet<&str> = reading
            .with_role(role)
            .map(|choice| lens.engine(choice.engine).id.as_str())
            .collect();
        if ids.is_empty() {
            "none".to_owned()
        } else {
            ids.into_iter().collect::<Vec<_>>().join(", ")
        }
    };
    let status = match reading.record.status {
        Status::Unknown => "unknown",
        Status::Proposed => "proposed",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
        Status::Deprecated => "deprecated",
        Status::Superseded => "superseded",
    };
    format!(
        "status {status}; chosen: {}; rejected: {}",
        of(Role::Chosen),
        of(Role::Rejected)
    )
}

#[test]
fn roles_are_read_as_a_reader_reads_them() {
    let lens = builtin().expect("the built-in lens has no problems");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/roles");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures") {
        let path = entry.expect("an entry of the folder").path();
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let language = path
            .extension()
            .and_then(|end| end.to_str())
            .and_then(Language::of_extension)
            .expect("a document language");
        let (_, rest) = text.split_once("expect: ").expect("an expectation");
        let expected = rest.lines().next().unwrap_or_default().trim_end_matches(" -->");
        let read = told(&Reading::of(&text, language, lens), lens);
        if read != expected {
            wrong.push(format!("{}:\n  read     {read}\n  expected {expected}", path.display()));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 25);
}
