//! Completion: names of engines, needs and rules behind the cursor's word, and whole questions at the beginning of a line.

use rustyline::completion::{Completer, Pair};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::{Context, Helper, Highlighter, Validator};

use crate::lens::Lens;
use crate::pages;

#[derive(Helper, Highlighter, Validator)]
pub(super) struct Questions {
    /// Names of engines as people write them, ids of needs and rules.
    names: Vec<String>,
    questions: Vec<String>,
    before: HistoryHinter,
}

impl Questions {
    pub fn new(lens: &Lens) -> Questions {
        let engines = lens.engines.iter().map(|engine| engine.name.clone());
        let mut names: Vec<String> = engines.chain(pages::names(lens)).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names.dedup();
        let examples = lens.language.questions.examples();
        Questions {
            names,
            questions: examples.map(|(_, example)| example.to_owned()).collect(),
            before: HistoryHinter::new(),
        }
    }

    /// Where the completion begins, and what could stand there.
    pub fn candidates(&self, line: &str) -> (usize, Vec<String>) {
        let begins = |candidate: &str, typed: &str| candidate.to_lowercase().starts_with(&typed.to_lowercase());
        let questions: Vec<String> = self
            .questions
            .iter()
            .filter(|question| begins(question, line))
            .cloned()
            .collect();
        if !line.is_empty() && !questions.is_empty() {
            return (0, questions);
        }
        // The longest tail of the line with which some name begins: names are of several words.
        let starts = line.char_indices().filter(|&(at, c)| {
            !c.is_whitespace()
                && line
                    .get(..at)
                    .unwrap_or_default()
                    .chars()
                    .next_back()
                    .is_none_or(char::is_whitespace)
        });
        for (start, _) in starts {
            let typed = line.get(start..).unwrap_or_default();
            let names: Vec<String> = self.names.iter().filter(|name| begins(name, typed)).cloned().collect();
            if !names.is_empty() {
                return (start, names);
            }
        }
        (line.len(), Vec::new())
    }
}

impl Completer for Questions {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, found) = self.candidates(line.get(..at).unwrap_or_default());
        let pair = |text: String| Pair {
            display: text.clone(),
            replacement: text,
        };
        Ok((start, found.into_iter().map(pair).collect()))
    }
}

impl Hinter for Questions {
    type Hint = String;

    fn hint(&self, line: &str, at: usize, context: &Context<'_>) -> Option<String> {
        self.before.hint(line, at, context)
    }
}
