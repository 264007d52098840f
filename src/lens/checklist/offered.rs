//! The choices that an item offers and the risks they leave, held against each other.

use super::condition::{DEFAULT, named};
use super::schema;
use crate::lens::files::Files;
use crate::lens::nearest;
use crate::lens::origin::Origin;

/// Tells what an item leaves out, and what its choices and risks have wrong.
pub(super) fn check(files: &mut Files, origin: Origin, item: &schema::Item) {
    for (what, words) in [
        ("question", &item.question),
        ("why", &item.why),
        ("source", &item.source),
    ] {
        // What it inherits from is missing then, and that was told.
        if words.is_empty() && !item.inherit {
            files.problem(origin, &item.id, format!("the item `{}` has no `{what}`", item.id));
        }
    }
    for (at, choice) in item.choices.iter().enumerate() {
        let before = item.choices.get(..at).unwrap_or_default();
        if before.iter().any(|other| other.id == choice.id) {
            files.problem(
                origin,
                &choice.id,
                format!("two choices of `{}` are called `{}`", item.id, choice.id),
            );
        }
    }
    for rule in &item.risks {
        match named(&rule.when) {
            Err(malformed) => files.problem(origin, &rule.when, format!("`{}`: {malformed}", rule.when)),
            Ok(named) => {
                let known = || item.choices.iter().map(|choice| choice.id.as_str());
                for unknown in named.iter().filter(|named| !known().any(|id| id == named.choice)) {
                    let message = format!(
                        "unknown choice `{0}`{1}",
                        unknown.choice,
                        nearest(unknown.choice, known())
                    );
                    files.problem(origin, &rule.when, message);
                }
            }
        }
    }
    let defaults = item.risks.iter().filter(|rule| rule.when.trim() == DEFAULT).count();
    if !item.risks.is_empty() && defaults != 1 {
        let message = format!("the risks of `{}` need one `{DEFAULT}`, and have {defaults}", item.id);
        files.problem(origin, &item.id, message);
    }
}
