//! Which template a record follows.

use super::Section;
use crate::lens::SectionRole;
use crate::syntax::Outline;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    Nygard,
    Madr,
    YStatement,
    TyreeAkerman,
    Freeform,
}

/// Headings that only one template has; the names are the templates' own.
const MADR: [&str; 5] = [
    "considered options",
    "decision outcome",
    "decision drivers",
    "pros and cons of the options",
    "context and problem statement",
];
const TYREE: [&str; 6] = [
    "positions",
    "argument",
    "implications",
    "related artifacts",
    "related principles",
    "assumptions",
];

pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Template {
    if is_y_statement(text) {
        return Template::YStatement;
    }
    let headings: Vec<String> = outline
        .blocks
        .iter()
        .filter(|block| {
            block.level().is_some() || matches!(block.kind, crate::syntax::BlockKind::Cell { column: 0, .. })
        })
        .map(|block| block.plain().trim().to_lowercase())
        .collect();
    let count = |names: &[&str]| {
        names
            .iter()
            .filter(|name| headings.iter().any(|heading| heading == *name))
            .count()
    };
    if count(&TYREE) >= 3 {
        return Template::TyreeAkerman;
    }
    if count(&MADR) >= 2 {
        return Template::Madr;
    }
    let has = |role| sections.iter().any(|section| section.role == role);
    if has(SectionRole::Context) && has(SectionRole::Decision) {
        Template::Nygard
    } else {
        Template::Freeform
    }
}

/// "In the context of …, facing …, we decided for … and neglected …, to achieve …, accepting …": in at least four clauses.
fn is_y_statement(text: &str) -> bool {
    let Some(start) = find_ignoring_case(text, "in the context of") else {
        return false;
    };
    let rest: String = text
        .get(start..)
        .unwrap_or_default()
        .chars()
        .take(1500)
        .collect::<String>()
        .to_lowercase();
    let clauses = ["facing", "we decided", "neglected", "to achieve", "accepting"];
    clauses.iter().filter(|clause| rest.contains(*clause)).count() >= 3
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let length = needle.len();
    text.as_bytes()
        .windows(length)
        .position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
