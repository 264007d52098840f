//! Which engines a record chooses, which it turns down, and its status. Each file of `fixtures/roles` is a small record for one way of
//! saying so, and ends with what a reader finds in it.

mod fixtures;

use std::collections::BTreeSet;

use adr_lens::lens::{Lens, Status};
use adr_lens::reading::{Reading, Role};

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
    let count = fixtures::hold("roles", |text, language, lens| {
        told(&Reading::of(text, language, lens), lens)
    });
    assert!(count >= 25, "{count}");
}
