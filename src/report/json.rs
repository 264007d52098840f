//! The contract's JSON: `check` and `read`. The shapes say their schemas.

use schemars::JsonSchema;
use serde::Serialize;

use super::check::{Report, Settled, Summary};
use super::wire::{FileWire, FindingWire, RecordWire, files};
use crate::workspace::{Outcome, Read};

pub(super) fn print(value: &impl Serialize) -> String {
    // Serialising these shapes cannot fail: no map with other than string keys, no foreign `Serialize`.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The findings in some records.
#[derive(Serialize, JsonSchema)]
pub struct CheckWire<'a> {
    pub schema: &'static str,
    pub version: &'static str,
    pub findings: Vec<FindingWire<'a>>,
    pub summary: Summary,
    pub passed_over: Vec<FileWire<'a>>,
    pub unreadable: Vec<FileWire<'a>>,
    pub notes: Vec<FileWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<&'a Settled>,
}

/// `adr-lens check --format json`
pub fn check_json(report: &Report) -> String {
    print(&check_wire(report))
}

/// The shape of [`check_json`].
pub fn check_wire(report: &Report) -> CheckWire<'_> {
    CheckWire {
        schema: "adr-lens/check/1",
        version: env!("CARGO_PKG_VERSION"),
        findings: report
            .findings()
            .map(|(record, finding)| FindingWire::new(&record.path, &record.source, finding, &record.lens))
            .collect(),
        summary: report.summary(),
        passed_over: files(&report.passed_over),
        unreadable: files(&report.unreadable),
        notes: files(&report.notes),
        baseline: report.baseline.as_ref(),
    }
}

/// What was understood of some records.
#[derive(Serialize, JsonSchema)]
pub struct ReadWire<'a> {
    pub schema: &'static str,
    pub records: Vec<RecordWire<'a>>,
    pub passed_over: Vec<FileWire<'a>>,
    pub unreadable: Vec<FileWire<'a>>,
}

/// `adr-lens read --format json`
pub fn read_json(outcomes: &[Outcome<Read>]) -> String {
    print(&read_wire(outcomes))
}

/// The shape of [`read_json`].
pub fn read_wire(outcomes: &[Outcome<Read>]) -> ReadWire<'_> {
    let mut wire = ReadWire {
        schema: "adr-lens/read/1",
        records: Vec::new(),
        passed_over: Vec::new(),
        unreadable: Vec::new(),
    };
    for outcome in outcomes {
        match outcome {
            Outcome::Done(read) => wire.records.push(RecordWire::new(
                super::shown(&read.path),
                &read.source,
                &read.reading,
                read.note.as_deref(),
                &read.lens,
            )),
            Outcome::PassedOver { path, why } => wire.passed_over.push(FileWire {
                path: super::shown(path).into(),
                why,
            }),
            Outcome::Unreadable { path, why } => wire.unreadable.push(FileWire {
                path: super::shown(path).into(),
                why,
            }),
        }
    }
    wire
}
