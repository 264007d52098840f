//! `adr-lens checklist`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CLEAN, FAILED, Failure, Outcome, terminal};
use crate::report::{self, Sheets};
use crate::workspace::{Configurations, discover, review_all};

#[derive(Args)]
pub struct Checklist {
    /// Records, or folders of records; the usual places when none is named
    paths: Vec<PathBuf>,
    /// How the checklist is written; by default as the name of the output file says, else Markdown
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Judge the lifecycle of engines as of this date (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Markdown,
    Html,
    Json,
}

impl Format {
    fn of(output: Option<&Path>) -> Format {
        let extension = output.and_then(|path| path.extension()?.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm") => Format::Html,
            Some("json") => Format::Json,
            _ => Format::Markdown,
        }
    }
}

impl Checklist {
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let found = discover(&self.paths, Path::new(""))
            .map_err(|missing| Failure(missing.iter().map(ToString::to_string).collect()))?;
        if let Some(output) = &self.output {
            refuse_a_record(output, found.files.iter().map(|file| file.path()))?;
        }
        let as_of = self.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        let bar = terminal::bar(found.files.len());
        let outcomes = review_all(found, lenses, as_of, || bar.inc(1));
        bar.finish_and_clear();
        let sheets = Sheets::new(outcomes, as_of);
        if sheets.records.is_empty() && !sheets.unreadable.is_empty() {
            for (path, why) in &sheets.unreadable {
                anstream::eprintln!("adr-lens: {path}: {why}");
            }
            return Ok(FAILED);
        }
        let text = match self.format.unwrap_or_else(|| Format::of(self.output.as_deref())) {
            Format::Markdown => report::checklist_markdown(&sheets),
            Format::Html => report::checklist_html(&sheets),
            Format::Json => report::checklist_json(&sheets),
        };
        match &self.output {
            None => terminal::print(&text)?,
            Some(path) => std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?,
        }
        super::sound(lenses, CLEAN)
    }
}

/// A slip of the keyboard must not cost a record.
fn refuse_a_record<'a>(output: &Path, records: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    let Ok(output) = output.canonicalize() else {
        return Ok(());
    };
    for record in records {
        if record.canonicalize().is_ok_and(|record| record == output) {
            return Err(format!(
                "{}: is one of the records; the checklist would replace it",
                record.display()
            )
            .into());
        }
    }
    Ok(())
}
