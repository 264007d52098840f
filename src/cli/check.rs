//! `adr-lens check`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::{CLEAN, FAILED, FOUND, Failure, Outcome, terminal};
use crate::lens::Severity;
use crate::report::{self, Report};
use crate::workspace::{Baseline, Checked, Configurations, Outcome as Checking, check_all, discover};

#[derive(Args)]
pub struct Check {
    /// Records, or folders of records; the usual places when none is named
    paths: Vec<PathBuf>,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Judge the lifecycle of engines as of this date (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
    /// Show the questions that records leave open as well
    #[arg(long)]
    hints: bool,
    /// Findings that are known and not reported, in the place of the `baseline` of adr-lens.toml
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found to the baseline, so that from now on only what is new is reported
    #[arg(long)]
    write_baseline: bool,
}

/// Where a baseline is written when neither the call nor an adr-lens.toml names a file.
const BASELINE: &str = "adr-lens-baseline.json";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
    Junit,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Hint,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Hint => Some(Severity::Hint),
            FailOn::Never => None,
        }
    }
}

impl Check {
    pub fn run(self, mut lenses: Configurations) -> Outcome {
        if let Some(path) = self.baseline.as_ref().filter(|_| !self.write_baseline) {
            let read = Baseline::read(path).map_err(|why| format!("{}: {why}", path.display()))?;
            lenses = lenses.with_baseline(Some(Arc::new(read)));
        }
        let found = discover(&self.paths, Path::new(""))
            .map_err(|missing| Failure(missing.iter().map(ToString::to_string).collect()))?;
        let as_of = self.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        let bar = terminal::bar(found.files.len());
        let outcomes = check_all(found, &lenses, as_of, || bar.inc(1));
        bar.finish_and_clear();
        if self.write_baseline {
            return self.write(&outcomes, &lenses);
        }
        let report = Report::against(outcomes, &lenses.baselines());
        let text = match self.format {
            Format::Text => report::check_text(&report, terminal::colour(), terminal::width(), !self.hints),
            Format::Json => report::check_json(&report),
            Format::Sarif => report::sarif(&report)?,
            Format::Github => report::github(&report),
            Format::Junit => report::junit(&report)?,
        };
        terminal::print(&text)?;
        super::sound(&lenses, self.status(&report))
    }

    /// Writes the findings to the file that the call names, else the one that adr-lens.toml names.
    fn write(&self, outcomes: &[Checking<Checked>], lenses: &Configurations) -> Outcome {
        let here = Path::new(".");
        let configured = || {
            lenses
                .in_force(here)
                .and_then(|in_force| in_force.baseline_path.clone())
        };
        let path = self
            .baseline
            .clone()
            .or_else(configured)
            .unwrap_or_else(|| PathBuf::from(BASELINE));
        let baseline = Baseline::of_findings(&path, outcomes.iter().filter_map(checked));
        baseline
            .write()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let count = baseline.len();
        let findings = if count == 1 { "finding is" } else { "findings are" };
        terminal::print(&format!(
            "{}: {count} {findings} known from now on",
            report::shown(&path)
        ))?;
        Ok(CLEAN)
    }

    /// 2 when a file that was named could not be read and nothing else was; a bad file in a folder is in the report.
    fn status(&self, report: &Report) -> u8 {
        if report.records.is_empty() && !report.unreadable.is_empty() {
            for (path, why) in &report.unreadable {
                anstream::eprintln!("adr-lens: {path}: {why}");
            }
            return FAILED;
        }
        let fails = self
            .fail_on
            .severity()
            .is_some_and(|severity| report.fails_at(severity));
        if fails { FOUND } else { CLEAN }
    }
}

fn checked(outcome: &Checking<Checked>) -> Option<&Checked> {
    match outcome {
        Checking::Done(checked) => Some(checked),
        _ => None,
    }
}
