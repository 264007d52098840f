//! `adr-lens chat`: a talk about a record in the terminal, or with questions from a pipe, one a line.

mod complete;
mod history;

use std::io::{BufRead, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use rustyline::error::ReadlineError;
use rustyline::{CompletionType, Config, Editor};

use super::ask::{beside, open};
use super::read::Format;
use super::{CLEAN, Outcome, terminal};
use crate::conversation::{Answer, Edit, Session, Subject};
use crate::lens::Lens;
use crate::report::{self, AnswerText};
use crate::workspace::Talk;
use complete::Questions;

#[derive(Args)]
pub struct Chat {
    /// A record, or a folder of records
    path: PathBuf,
    /// How the answers are written; JSON has one answer a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Judge the lifecycle of engines as of this date (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
    /// Keep no history of questions
    #[arg(long)]
    no_history: bool,
}

/// One talk, with what it needs for each turn.
struct Talking {
    lens: &'static Lens,
    path: PathBuf,
    as_of: jiff::civil::Date,
    format: Format,
    session: Session,
    /// Raised by Ctrl-C while an answer is on its way.
    stop: Arc<AtomicBool>,
}

impl Chat {
    /// What it is asked about: its lens answers.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    pub fn run(self, lens: &'static Lens) -> Outcome {
        // A path that cannot be read is told before the first question.
        let talk = open(&self.path)?;
        let stop = Arc::new(AtomicBool::new(false));
        let mut talking = Talking {
            lens,
            path: self.path.clone(),
            as_of: self.as_of.unwrap_or_else(|| jiff::Zoned::now().date()),
            format: self.format,
            session: Session::new(),
            stop: stop.clone(),
        };
        if std::io::stdin().is_terminal() {
            ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))?;
            self.interactive(&mut talking, &talk)?;
        } else {
            for line in std::io::stdin().lock().lines() {
                talking.turn(&line?, true)?;
            }
        }
        Ok(CLEAN)
    }

    fn interactive(&self, talking: &mut Talking, talk: &Talk) -> Result<(), super::Failure> {
        let config = Config::builder()
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .build();
        let mut editor: Editor<Questions, _> = Editor::with_config(config)?;
        editor.set_helper(Some(Questions::new(talking.lens)));
        let history = (!self.no_history).then(history::file).flatten();
        if let Some(file) = &history {
            // Without one there is none yet.
            let _ = editor.load_history(file);
        }
        terminal::print(&format!(
            "About {}. Ask, or type \u{201c}help\u{201d}; Ctrl-D ends.",
            talk.path
        ))?;
        loop {
            match editor.readline("\n> ") {
                Ok(line) => {
                    let _ = editor.add_history_entry(line.as_str());
                    talking.turn(&line, false)?;
                }
                // Ctrl-C leaves the line, not the talk.
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => break,
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(file) = &history
            && let Err(why) = history::save(&mut editor, file)
        {
            anstream::eprintln!("adr-lens: {}: {why}", file.display());
        }
        Ok(())
    }
}

impl Talking {
    /// One question and its answer, about the record as it now is on disk.
    fn turn(&mut self, line: &str, echo: bool) -> Result<(), super::Failure> {
        let question = line.trim();
        if question.is_empty() {
            return Ok(());
        }
        let talk = open(&self.path)?;
        let beside = beside(&talk, self.lens);
        let subject = Subject {
            lens: self.lens,
            as_of: self.as_of,
            document: talk.document(),
            neighbours: talk.folder.is_some().then_some(&beside),
        };
        self.stop.store(false, Ordering::Relaxed);
        let answer = match self.format {
            Format::Json => {
                let answer = self.session.turn(question, &subject);
                terminal::print(&report::answer_json(&answer, &talk.path))?;
                answer
            }
            Format::Text => {
                if echo {
                    terminal::print(&format!("> {question}"))?;
                }
                let answer = self.stream(question, &subject, &talk.path)?;
                if echo {
                    terminal::print("\n")?;
                }
                answer
            }
        };
        for edit in answer.edits.iter().filter(|edit| edit.consented) {
            self.write(edit, &talk)?;
        }
        Ok(())
    }

    /// Prints each part as it stands.
    fn stream(&mut self, question: &str, subject: &Subject<'_>, path: &str) -> Result<Answer, super::Failure> {
        let mut text = AnswerText::new(path, terminal::width()).styled(terminal::colour());
        let stop = self.stop.clone();
        let mut failed = None;
        let answer = self.session.turn_to(question, subject, &mut |part| {
            if stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            match terminal::print(&text.part(part)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let end = text.end(&answer);
        if !end.is_empty() {
            terminal::print(&end)?;
        }
        Ok(answer)
    }

    /// Makes a change that was said yes to. The bytes around it stay as they are, valid UTF-8 or not.
    fn write(&self, edit: &Edit, talk: &Talk) -> Result<(), super::Failure> {
        if talk.path == "-" {
            return Ok(());
        }
        let shown = &talk.path;
        let failed = |error: std::io::Error| format!("{shown}: {error}");
        let bytes = std::fs::read(&self.path).map_err(failed)?;
        let now = Talk::of_bytes(shown.clone(), bytes.clone(), talk.language)?;
        let same = now.source.as_ref().map(|source| &*source.text) == talk.source.as_ref().map(|source| &*source.text);
        let [start, end] = edit.span.bytes;
        let (Some(before), Some(after), true) = (bytes.get(..start), bytes.get(end..), same) else {
            anstream::eprintln!("adr-lens: {shown} has changed meanwhile; nothing was written");
            return Ok(());
        };
        std::fs::write(&self.path, [before, edit.text.as_bytes(), after].concat()).map_err(failed)?;
        if self.format_is_text() {
            std::io::stdout().flush()?;
            terminal::print(&format!("Written to {shown}."))?;
        }
        Ok(())
    }

    fn format_is_text(&self) -> bool {
        matches!(self.format, Format::Text)
    }
}
