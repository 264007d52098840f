//! Findings and readings → text for people and formats for machines, one file each. Nothing is judged here.

mod answer;
mod check;
mod checklist;
mod github;
mod in_force;
mod json;
mod junit;
mod read;
mod recommend;
mod rules;
mod sarif;
mod text;
mod wire;

pub use answer::{AnswerText, AnswerWire, answer_json, answer_text};
pub use check::{Report, Reviewed, Settled, Summary};
pub use checklist::{ChecklistWire, Sheet, Sheets, checklist_html, checklist_json, checklist_markdown, checklist_wire};
pub use github::github;
pub use in_force::{InForceWire, in_force_json, in_force_text};
pub use json::{CheckWire, ReadWire, check_json, check_wire, read_json, read_wire};
pub use junit::junit;
pub use read::read_text;
pub(crate) use read::word;
pub use recommend::{RecommendWire, recommend_json, recommend_text, recommend_wire};
pub use rules::rule_list;
pub use sarif::sarif;
pub use text::{check_text, finding_text};
pub use wire::RecordWire;

pub use crate::workspace::shown;
