//! Two statuses that say different things.

use crate::lens::Lens;
use crate::record::Record;
use crate::review::finding::{Category, Finding};

pub(super) fn review(record: &Record, lens: &Lens) -> Option<Finding> {
    let [first, second] = record.told.as_slice() else {
        return None;
    };
    let differ = first.status.zip(second.status).is_some_and(|(a, b)| a != b);
    // In the rule's own severity: what a status says of how loud a finding may be is what is in doubt.
    let rule = lens.rule("record/status-disagrees").filter(|_| differ)?;
    let finding = Finding::of_rule(rule, Category::Record, rule.severity, second.span);
    Some(Finding {
        evidence: vec![first.span],
        ..finding
    })
}
