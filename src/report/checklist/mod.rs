//! Checklists of records → Markdown for a pull request, one HTML file, JSON. Nothing is judged here.

mod html;
mod json;
mod markdown;

pub use html::checklist_html;
pub use json::{ChecklistWire, checklist_json, checklist_wire};
pub use markdown::checklist_markdown;

use std::sync::Arc;

use jiff::civil::Date;

use crate::lens::{Lens, Severity, Status};
use crate::reading::{Reading, Role};
use crate::report::shown;
use crate::review::Finding;
use crate::review::checklist::{Answer, Checklist, State, checklist};
use crate::text::{Encoding, Source, Span};
use crate::workspace::{Outcome, Reviewed};

/// A record with its reading and its findings.
pub struct Sheet {
    pub path: String,
    pub source: Source,
    pub reading: Arc<Reading>,
    pub findings: Vec<Finding>,
    /// The lens in force for it.
    pub lens: Lens,
}

/// Everything a checklist was asked for.
pub struct Sheets {
    pub records: Vec<Sheet>,
    pub as_of: Date,
    /// Files that were passed over, with the reason.
    pub passed_over: Vec<(String, String)>,
    /// Files that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Records that were read, with something a user should know about the file.
    pub notes: Vec<(String, String)>,
}

impl Sheets {
    /// Records that were reviewed as of a date.
    pub fn of(records: Vec<Sheet>, as_of: Date) -> Sheets {
        Sheets {
            records,
            as_of,
            passed_over: Vec::new(),
            unreadable: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// What became of files that were reviewed as of a date.
    pub fn new(outcomes: Vec<Outcome<Reviewed>>, as_of: Date) -> Sheets {
        let mut sheets = Sheets::of(Vec::new(), as_of);
        for outcome in outcomes {
            match outcome {
                Outcome::PassedOver { path, why } => sheets.passed_over.push((shown(&path), why)),
                Outcome::Unreadable { path, why } => sheets.unreadable.push((shown(&path), why)),
                Outcome::Done(Reviewed { read, findings }) => {
                    let path = shown(&read.path);
                    if let Some(note) = read.note {
                        sheets.notes.push((path.clone(), note));
                    }
                    sheets.records.push(Sheet {
                        path,
                        source: read.source,
                        reading: Arc::new(read.reading),
                        findings,
                        lens: read.lens,
                    });
                }
            }
        }
        sheets
    }
}

impl Sheet {
    fn checklist(&self) -> Checklist<'_> {
        checklist(&self.source.text, &self.reading, &self.findings, &self.lens)
    }

    fn title(&self) -> &str {
        let title = self.reading.record.title.as_ref();
        title.map_or(self.path.as_str(), |title| title.text.as_str())
    }

    fn status(&self) -> &'static str {
        match self.reading.record.status {
            Status::Unknown => "no status",
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
            Status::Deprecated => "deprecated",
            Status::Superseded => "superseded",
        }
    }

    /// The names of the engines it decides for, each once.
    fn decides_for(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for choice in self.reading.with_role(Role::Chosen) {
            let name = self.lens.engine(choice.engine).name.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What the record is about, in a line.
    fn summary(&self) -> String {
        match self.decides_for().as_slice() {
            [] => format!("{}, decides for no store that the lens knows", self.status()),
            names => format!("{}, decides for {}", self.status(), names.join(", ")),
        }
    }

    /// The line of some words, from 1.
    fn line(&self, span: Span) -> u32 {
        let position = self
            .source
            .lines
            .position(&self.source.text, span.start, Encoding::Utf32);
        position.line + 1
    }

    /// Words of the record on one line, cut where they grow long.
    fn quote(&self, span: Span) -> String {
        shortened(span.of(&self.source.text))
    }
}

/// At most this many characters of the record are quoted at once.
const QUOTE: usize = 180;

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(QUOTE) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// What a tick means, and what it does not.
const READ_IT_SO: &str = "A tick shows where the record speaks to the question; whether the answer is good is for its reviewers. \
    Failed items are findings of the review. Boxes for people are left empty.";

/// The findings that are told under a question: not those that are settled, and not those that only ask the same question.
fn told<'a>(answer: &Answer<'a>) -> Vec<&'a Finding> {
    let open = |finding: &&Finding| finding.suppressed.is_none() && finding.acknowledged.is_none();
    let findings = answer.findings.iter().copied();
    findings
        .filter(|finding| open(finding) && finding.severity > Severity::Hint)
        .collect()
}

/// What a finding that no question asks about is, as if one did.
fn state_besides(finding: &Finding) -> State {
    if finding.acknowledged.is_some() {
        State::Ticked
    } else if finding.severity >= Severity::Warning {
        State::Failed
    } else {
        State::Open
    }
}

/// What is left to do, then what is done: "2 failed, 5 open, 7 answered, 4 for people".
fn counted(checklist: &Checklist) -> String {
    let states = [
        (State::Failed, "failed"),
        (State::Open, "open"),
        (State::Ticked, "answered"),
        (State::Human, "for people"),
    ];
    let parts: Vec<String> = states
        .iter()
        .map(|(state, name)| (checklist.count(*state), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    parts.join(", ")
}

/// Title, address and date of a source of the lens.
fn cited<'l>(id: &str, lens: &'l Lens) -> Option<(&'l str, &'l str, String)> {
    let source = lens.sources.get(id)?;
    Some((&source.title, &source.url, source.as_of.to_string()))
}
