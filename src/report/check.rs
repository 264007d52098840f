//! What `check` found, as every format takes it.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use crate::lens::{Lens, Severity};
use crate::review::Finding;
use crate::text::Source;
use crate::workspace::{Baseline, Checked, Entry, Outcome};

/// A record with its findings.
pub struct Reviewed {
    pub path: String,
    pub source: Source,
    pub findings: Vec<Finding>,
    /// The lens in force for it.
    pub lens: Lens,
}

/// Everything `check` looked at.
#[derive(Default)]
pub struct Report {
    pub records: Vec<Reviewed>,
    /// Files that were passed over, with the reason.
    pub passed_over: Vec<(String, String)>,
    /// Files that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Records that were read, with something a user should know about the file.
    pub notes: Vec<(String, String)>,
    /// What became of the findings of a baseline, where one is in use.
    pub baseline: Option<Settled>,
}

/// A baseline held against what was found.
#[derive(Debug, Default, serde::Serialize, schemars::JsonSchema)]
pub struct Settled {
    /// Its findings that were not found again.
    pub resolved: Vec<Entry>,
}

/// How many of what was found.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, schemars::JsonSchema)]
pub struct Summary {
    pub records: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub hints: usize,
    pub suppressed: usize,
    /// Of those that are suppressed: by the baseline.
    pub known: usize,
    pub acknowledged: usize,
    pub passed_over: usize,
    pub unreadable: usize,
}

impl Report {
    pub fn new(outcomes: Vec<Outcome<Checked>>) -> Report {
        let mut report = Report::default();
        let shown = |path: PathBuf| super::shown(&path);
        for outcome in outcomes {
            match outcome {
                Outcome::PassedOver { path, why } => report.passed_over.push((shown(path), why)),
                Outcome::Unreadable { path, why } => report.unreadable.push((shown(path), why)),
                Outcome::Done(checked) => {
                    let path = shown(checked.path);
                    if let Some(note) = checked.note {
                        report.notes.push((path.clone(), note));
                    }
                    report.records.push(Reviewed {
                        path,
                        source: checked.source,
                        findings: checked.findings,
                        lens: checked.lens,
                    });
                }
            }
        }
        report
    }

    /// The same, with what became of the findings of the baselines in use.
    pub fn against(outcomes: Vec<Outcome<Checked>>, baselines: &[Arc<Baseline>]) -> Report {
        let checked = || {
            outcomes.iter().filter_map(|outcome| match outcome {
                Outcome::Done(checked) => Some(checked),
                _ => None,
            })
        };
        let resolved = baselines
            .iter()
            .flat_map(|baseline| baseline.resolved(checked()))
            .collect();
        let settled = (!baselines.is_empty()).then_some(Settled { resolved });
        Report {
            baseline: settled,
            ..Report::new(outcomes)
        }
    }

    /// Every finding with its record.
    pub fn findings(&self) -> impl Iterator<Item = (&Reviewed, &Finding)> {
        self.records
            .iter()
            .flat_map(|record| record.findings.iter().map(move |finding| (record, finding)))
    }

    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            records: self.records.len(),
            passed_over: self.passed_over.len(),
            unreadable: self.unreadable.len(),
            ..Summary::default()
        };
        for (_, finding) in self.findings() {
            summary.acknowledged += usize::from(finding.acknowledged.is_some());
            if finding.suppressed.is_some() {
                summary.suppressed += 1;
                summary.known += usize::from(finding.known);
                continue;
            }
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
                Severity::Hint => summary.hints += 1,
            }
        }
        summary
    }

    /// Whether a finding that is not suppressed is at or above a severity.
    pub fn fails_at(&self, severity: Severity) -> bool {
        self.findings()
            .any(|(_, finding)| finding.suppressed.is_none() && finding.severity >= severity)
    }
}

/// For formats that know one place for each finding: the places in other records, a line each, with a line break before each.
pub(super) fn others(finding: &Finding) -> String {
    finding.elsewhere.iter().fold(String::new(), |mut out, other| {
        let line = other.card.source.lines.line_of(other.span.start) + 1;
        let _ = write!(out, "\n{}:{line} {}", other.card.shown, other.says);
        out
    })
}
