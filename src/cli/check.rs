//! `adr-lens check`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CLEAN, FAILED, FOUND, Failure, Outcome, terminal};
use crate::lens::{Lens, Severity};
use crate::report::{self, Report};
use crate::workspace::{check_all, discover};

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
}

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
    pub fn run(self, lens: &'static Lens) -> Outcome {
        let found = discover(&self.paths, Path::new(""))
            .map_err(|missing| Failure(missing.iter().map(ToString::to_string).collect()))?;
        let as_of = self.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        let bar = terminal::bar(found.files.len());
        let outcomes = check_all(found, lens, as_of, || bar.inc(1));
        bar.finish_and_clear();
        let report = Report::new(outcomes);
        let text = match self.format {
            Format::Text => report::check_text(&report, lens, terminal::colour(), terminal::width(), !self.hints),
            Format::Json => report::check_json(&report, lens),
            Format::Sarif => report::sarif(&report, lens)?,
            Format::Github => report::github(&report),
            Format::Junit => report::junit(&report)?,
        };
        terminal::print(&text)?;
        Ok(self.status(&report))
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
