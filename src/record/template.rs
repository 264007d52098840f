//! Which template a record follows.

use super::Section;
use crate::lens::SectionRole;
use crate::syntax::Outline;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    Nygard,
    Madr,
    YStatement,
    TyreeAkerman,
    Freeform,
}

/// A section of a template, as the template writes it.
#[derive(Clone, Copy, Debug)]
pub struct TemplateSection {
    pub title: &'static str,
    pub level: u8,
    /// A section of this role stands for it, whatever its heading; none when only the heading tells it.
    pub role: Option<SectionRole>,
}

const fn part(title: &'static str, level: u8, role: Option<SectionRole>) -> TemplateSection {
    TemplateSection { title, level, role }
}

const NYGARD_SECTIONS: [TemplateSection; 4] = [
    part("Status", 2, Some(SectionRole::Status)),
    part("Context", 2, Some(SectionRole::Context)),
    part("Decision", 2, Some(SectionRole::Decision)),
    part("Consequences", 2, Some(SectionRole::Consequences)),
];
const MADR_SECTIONS: [TemplateSection; 7] = [
    part("Context and Problem Statement", 2, Some(SectionRole::Context)),
    part("Decision Drivers", 2, Some(SectionRole::Drivers)),
    part("Considered Options", 2, Some(SectionRole::Options)),
    part("Decision Outcome", 2, Some(SectionRole::Decision)),
    part("Consequences", 3, Some(SectionRole::Consequences)),
    part("Pros and Cons of the Options", 2, None),
    part("More Information", 2, Some(SectionRole::Links)),
];
const TYREE_SECTIONS: [TemplateSection; 14] = [
    part("Issue", 2, None),
    part("Decision", 2, None),
    part("Status", 2, None),
    part("Group", 2, None),
    part("Assumptions", 2, None),
    part("Constraints", 2, None),
    part("Positions", 2, None),
    part("Argument", 2, None),
    part("Implications", 2, None),
    part("Related decisions", 2, None),
    part("Related requirements", 2, None),
    part("Related artifacts", 2, None),
    part("Related principles", 2, None),
    part("Notes", 2, None),
];

impl Template {
    /// The sections of the template, in its order. A record without a template is offered the oldest one's; one that is a single
    /// sentence has none.
    pub fn sections(self) -> &'static [TemplateSection] {
        match self {
            Template::Nygard | Template::Freeform => &NYGARD_SECTIONS,
            Template::Madr => &MADR_SECTIONS,
            Template::TyreeAkerman => &TYREE_SECTIONS,
            Template::YStatement => &[],
        }
    }
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
