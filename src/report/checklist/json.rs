//! A checklist as JSON (schema `adr-lens/checklist/1`).

use schemars::JsonSchema;
use serde::Serialize;

use super::{Sheet, Sheets};
use crate::lens::checklist::{Choice, Help};
use crate::lens::{Lens, Status};
use crate::report::wire::{FileWire, FindingWire, SourceWire, files};
use crate::review::checklist::{Answer, State};
use crate::text::PlaceSpan;

/// The checklists of some records.
#[derive(Serialize, JsonSchema)]
pub struct ChecklistWire<'a> {
    pub schema: &'static str,
    pub version: &'static str,
    /// The date the lifecycle of engines was judged as of.
    pub as_of: String,
    pub records: Vec<SheetWire<'a>>,
    pub passed_over: Vec<FileWire<'a>>,
    pub unreadable: Vec<FileWire<'a>>,
    pub notes: Vec<FileWire<'a>>,
}

/// The checklist of one record.
#[derive(Serialize, JsonSchema)]
pub struct SheetWire<'a> {
    pub path: &'a str,
    pub title: Option<&'a str>,
    pub status: Status,
    /// Ids of the engines it decides for.
    pub decides_for: Vec<&'a str>,
    pub summary: SummaryWire,
    pub groups: Vec<GroupWire<'a>>,
    /// Findings that no question asks about.
    pub others: Vec<FindingWire<'a>>,
}

/// How many questions are in which state.
#[derive(Serialize, JsonSchema)]
pub struct SummaryWire {
    pub ticked: usize,
    pub failed: usize,
    pub open: usize,
    pub human: usize,
}

#[derive(Serialize, JsonSchema)]
pub struct GroupWire<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub items: Vec<ItemWire<'a>>,
}

#[derive(Serialize, JsonSchema)]
pub struct ItemWire<'a> {
    pub id: &'a str,
    pub question: &'a str,
    pub why: &'a str,
    pub state: State,
    /// The words of the record that answer it.
    pub evidence: Vec<QuoteWire<'a>>,
    pub findings: Vec<FindingWire<'a>>,
    /// What the lens can put beside an open question.
    pub prompts: Vec<String>,
    /// Texts and pages that help to understand the question.
    pub help: Vec<HelpWire<'a>>,
    /// Answers that a reviewer can tick, where the lens offers some.
    pub choices: Vec<ChoiceWire<'a>>,
    pub source: Option<SourceWire<'a>>,
}

/// An answer that a question offers.
#[derive(Serialize, JsonSchema)]
pub struct ChoiceWire<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub help: Vec<HelpWire<'a>>,
    /// What to do where it does not hold yet.
    pub plan: Vec<HelpWire<'a>>,
}

/// A text, an address, or both.
#[derive(Serialize, JsonSchema)]
pub struct HelpWire<'a> {
    pub text: &'a str,
    pub url: &'a str,
}

impl<'a> HelpWire<'a> {
    fn all(help: &'a [Help]) -> Vec<HelpWire<'a>> {
        let wire = |help: &'a Help| HelpWire {
            text: &help.text,
            url: &help.url,
        };
        help.iter().map(wire).collect()
    }
}

#[derive(Serialize, JsonSchema)]
pub struct QuoteWire<'a> {
    pub path: &'a str,
    pub span: PlaceSpan,
    pub text: &'a str,
    pub note: Option<String>,
}

/// `adr-lens checklist --format json`
pub fn checklist_json(sheets: &Sheets) -> String {
    crate::report::json::print(&checklist_wire(sheets))
}

/// The shape of [`checklist_json`].
pub fn checklist_wire(sheets: &Sheets) -> ChecklistWire<'_> {
    ChecklistWire {
        schema: "adr-lens/checklist/1",
        version: env!("CARGO_PKG_VERSION"),
        as_of: sheets.as_of.to_string(),
        records: sheets.records.iter().map(record).collect(),
        passed_over: files(&sheets.passed_over),
        unreadable: files(&sheets.unreadable),
        notes: files(&sheets.notes),
    }
}

fn record(sheet: &Sheet) -> SheetWire<'_> {
    let lens = &sheet.lens;
    let checklist = sheet.checklist();
    let summary = SummaryWire {
        ticked: checklist.count(State::Ticked),
        failed: checklist.count(State::Failed),
        open: checklist.count(State::Open),
        human: checklist.count(State::Human),
    };
    let finding = |finding| FindingWire::new(&sheet.path, &sheet.source, finding, lens);
    let mut engines: Vec<&str> = Vec::new();
    for choice in sheet.reading.with_role(crate::reading::Role::Chosen) {
        let id = lens.engine(choice.engine).id.as_str();
        if !engines.contains(&id) {
            engines.push(id);
        }
    }
    SheetWire {
        path: &sheet.path,
        title: sheet.reading.record.title.as_ref().map(|title| title.text.as_str()),
        status: sheet.reading.record.status,
        decides_for: engines,
        summary,
        others: checklist.others.iter().copied().map(finding).collect(),
        groups: checklist
            .groups
            .into_iter()
            .map(|group| GroupWire {
                id: group.id,
                title: group.title,
                items: group
                    .answers
                    .into_iter()
                    .map(|answer| item(answer, sheet, lens))
                    .collect(),
            })
            .collect(),
    }
}

fn choice(choice: &Choice) -> ChoiceWire<'_> {
    ChoiceWire {
        id: &choice.id,
        title: &choice.title,
        help: HelpWire::all(&choice.help),
        plan: HelpWire::all(&choice.plan),
    }
}

fn item<'a>(answer: Answer<'a>, sheet: &'a Sheet, lens: &'a Lens) -> ItemWire<'a> {
    let quote = |evidence: crate::review::checklist::Evidence| QuoteWire {
        path: &sheet.path,
        span: PlaceSpan::new(&sheet.source, evidence.span),
        text: evidence.span.of(&sheet.source.text),
        note: evidence.note,
    };
    ItemWire {
        id: &answer.item.id,
        question: &answer.item.question,
        why: &answer.item.why,
        state: answer.state,
        evidence: answer.evidence.into_iter().map(quote).collect(),
        findings: answer
            .findings
            .into_iter()
            .map(|finding| FindingWire::new(&sheet.path, &sheet.source, finding, lens))
            .collect(),
        prompts: answer.prompts,
        help: HelpWire::all(&answer.item.help),
        choices: answer.item.choices.iter().map(choice).collect(),
        source: SourceWire::of(&answer.item.source, lens),
    }
}
