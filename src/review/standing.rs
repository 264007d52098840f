//! A chosen engine that the team forbids, has put on hold, tries, or has not approved.

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::Lens;
use crate::reading::{Reading, Role};

pub(super) fn review(reading: &Reading, lens: &Lens) -> Vec<Finding> {
    let chosen = reading.with_role(Role::Chosen).filter_map(|choice| {
        let standing = lens.policy.standing(choice.engine)?;
        let rule = lens.rules.iter().find(|rule| rule.standing == Some(standing.kind))?;
        let severity = tone(rule.severity, reading.record.status)?;
        let name = &lens.engine(choice.engine).name;
        let reason = standing
            .reason
            .as_ref()
            .map_or(String::new(), |reason| format!(": {reason}"));
        let place = standing.place.as_ref();
        let listed = place.map_or(String::new(), |place| format!(" ({place})"));
        let found = Finding::of_rule(rule, Category::Portfolio, severity, choice.span);
        Some(Finding {
            message: format!("{} ({name}{reason})", rule.says.trim_end_matches('.')),
            because: format!("{}{listed}", rule.why),
            engine: Some(choice.engine),
            ..found
        })
    });
    chosen.collect()
}
