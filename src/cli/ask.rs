//! `adr-lens ask`

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::read::Format;
use super::{CLEAN, FOUND, Outcome, terminal};
use crate::conversation::{Answer, Intent, Neighbour, Session, Subject};
use crate::lens::Lens;
use crate::report::{self, AnswerText};
use crate::syntax::Language;
use crate::workspace::{Reach, Talk, neighbours};

#[derive(Args)]
pub struct Ask {
    /// A record, a folder of records, or `-` for a text on standard input
    path: PathBuf,
    /// The question; several are asked one after the other, in one talk
    #[arg(required = true)]
    questions: Vec<String>,
    /// How the answers are written; JSON has one answer a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Judge the lifecycle of engines as of this date (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
}

impl Ask {
    /// What it is asked about: its lens answers.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// The status is 1 when a question was not understood.
    pub fn run(self, lens: &'static Lens) -> Outcome {
        let talk = open(&self.path)?;
        let as_of = self.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        let beside = beside(&talk, lens);
        let subject = Subject {
            lens,
            as_of,
            document: talk.document(),
            neighbours: talk.folder.is_some().then_some(&beside),
        };
        let mut session = Session::new();
        let mut status = CLEAN;
        for (number, question) in self.questions.iter().enumerate() {
            let answer = session.turn(question, &subject);
            if answer.intent == Intent::Unknown {
                status = FOUND;
            }
            let text = match self.format {
                Format::Json => report::answer_json(&answer, &talk.path),
                Format::Text => written(question, &answer, &talk.path, number, self.questions.len()),
            };
            terminal::print(&text)?;
        }
        Ok(status)
    }
}

fn written(question: &str, answer: &Answer, path: &str, number: usize, of: usize) -> String {
    let mut lines = AnswerText::new(path, terminal::width()).styled(terminal::colour());
    let mut text: String = answer.parts.iter().map(|part| lines.part(part)).collect();
    text.push_str(&lines.end(answer));
    match (of, number) {
        (0 | 1, _) => text,
        (_, 0) => format!("> {question}\n{text}"),
        _ => format!("\n> {question}\n{text}"),
    }
}

/// What a path stands for; `-` is a Markdown text on standard input.
pub(super) fn open(path: &Path) -> Result<Talk, String> {
    if path.as_os_str() != "-" {
        return Talk::of_path(path, report::shown(path));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| format!("standard input: {error}"))?;
    Talk::of_bytes("-".to_owned(), bytes, Language::Markdown)
}

/// The records beside the one that is talked about, read when a question asks for them.
pub(super) fn beside(talk: &Talk, lens: &'static Lens) -> impl Fn() -> Vec<Neighbour> + Sync {
    let folder = talk.folder.clone();
    move || {
        folder
            .as_ref()
            .map(|folder| neighbours(folder, lens, &Reach::default(), report::shown))
            .unwrap_or_default()
    }
}
