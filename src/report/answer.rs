//! Answers of a conversation: for people, part by part as they come, and as JSON.

use std::collections::VecDeque;
use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use crate::conversation::{Answer, Basis, Citation, Edit, Fact, Part, Place, Remark};

/// Of the places a sentence rests on, so many are quoted.
const QUOTED: usize = 3;
/// A quotation is cut at this many characters.
const QUOTE: usize = 110;
/// Words this short are pointed at, not quoted.
const SHORT: usize = 28;

/// Writes an answer for people. Sources are numbered as they come, and listed at the end.
pub struct AnswerText {
    width: usize,
    /// The record the talk is about: a place in it is a line, in another record a path and a line.
    path: String,
    sources: Vec<(Citation, Vec<String>)>,
    /// Quotations, sources and questions that lead on stand back.
    styled: bool,
}

impl AnswerText {
    /// `width` in columns.
    pub fn new(path: &str, width: usize) -> AnswerText {
        AnswerText {
            width: width.clamp(40, 110),
            path: path.to_owned(),
            sources: Vec::new(),
            styled: false,
        }
    }

    /// The same with what stands back dimmed, for a terminal.
    pub fn styled(self, styled: bool) -> AnswerText {
        AnswerText { styled, ..self }
    }

    /// Lines that stand back.
    fn dim(&self, lines: String) -> String {
        if !self.styled {
            return lines;
        }
        let dim = anstyle::Style::new().dimmed();
        lines.lines().map(|line| format!("{dim}{line}{dim:#}\n")).collect()
    }

    pub fn part(&mut self, part: &Part) -> String {
        match part {
            Part::Fact(fact) => self.fact(fact),
            Part::Remark(remark) => self.wrapped("", "", &said(remark)),
        }
    }

    /// What stands behind the parts: proposed edits, the question that is asked back, sources, questions that lead on.
    pub fn end(&self, answer: &Answer) -> String {
        let mut out = String::new();
        for edit in &answer.edits {
            out.push_str(&self.edit(edit));
        }
        if let Some(ask) = &answer.asks {
            let more = match ask.open {
                0 | 1 => String::new(),
                open => format!(" {} more are open;", open - 1),
            };
            let question = format!(
                "? {} (Such as: {}.{more} \u{201c}skip\u{201d} passes it over.)",
                ask.question, ask.example
            );
            out.push_str(&self.wrapped("", "  ", &question));
        }
        if !self.sources.is_empty() {
            out.push('\n');
        }
        for (number, (source, of)) in self.sources.iter().enumerate() {
            let url = if source.url.is_empty() {
                String::new()
            } else {
                format!(", {}", source.url)
            };
            let of = if of.is_empty() {
                String::new()
            } else {
                format!(" {}", of.join(", "))
            };
            let line = format!("[{}] {}{url} (as of {}){of}", number + 1, source.title, source.as_of);
            out.push_str(&self.dim(self.wrapped("", "    ", &line)));
        }
        if !answer.follow_ups.is_empty() {
            out.push('\n');
            let line = format!("You may go on: {}", answer.follow_ups.join(" \u{b7} "));
            out.push_str(&self.dim(self.wrapped("", "  ", &line)));
        }
        if answer.stopped {
            out.push_str("(stopped)\n");
        }
        out
    }

    fn fact(&mut self, fact: &Fact) -> String {
        let mut marks: Vec<usize> = Vec::new();
        for basis in fact.basis() {
            if let Some(source) = basis.citation() {
                let rule = match basis {
                    Basis::Rule { id, .. } => Some(id),
                    _ => None,
                };
                let number = self.number(source, rule);
                if !marks.contains(&number) {
                    marks.push(number);
                }
            }
        }
        let (short, long): (Vec<&Place>, Vec<&Place>) = fact
            .quotes()
            .partition(|place| place.text.chars().count() <= SHORT || fact.text().contains(&place.text));
        let mut line = fact.text().to_owned();
        let places: Vec<String> = short
            .iter()
            .map(|place| self.place(place))
            .fold(Vec::new(), |mut kept, place| {
                if !kept.contains(&place) {
                    kept.push(place);
                }
                kept
            });
        if !places.is_empty() {
            let _ = write!(line, " ({})", places.join(", "));
        }
        for mark in marks {
            let _ = write!(line, " [{mark}]");
        }
        let mut out = self.wrapped("\u{2022} ", "  ", &line);
        for place in long.iter().take(QUOTED) {
            let quote = format!("{}: \u{201c}{}\u{201d}", self.place(place), shortened(&place.text));
            out.push_str(&self.dim(self.wrapped("    ", "      ", &quote)));
        }
        if long.len() > QUOTED {
            let _ = writeln!(out, "    and {} more places", long.len() - QUOTED);
        }
        out
    }

    /// "line 12", or with its path when it stands in another record.
    fn place(&self, place: &Place) -> String {
        match place.path == self.path {
            true => format!("line {}", place.line()),
            false => format!("{}:{}", place.path, place.line()),
        }
    }

    fn number(&mut self, source: &Citation, rule: Option<&String>) -> usize {
        let at = self.sources.iter().position(|(known, _)| known == source);
        let at = at.unwrap_or_else(|| {
            self.sources.push((source.clone(), Vec::new()));
            self.sources.len() - 1
        });
        if let (Some(rule), Some((_, of))) = (rule, self.sources.get_mut(at))
            && !of.contains(rule)
        {
            of.push(rule.clone());
        }
        at + 1
    }

    fn edit(&self, edit: &Edit) -> String {
        let mut out = String::new();
        let place = format!("line {}", edit.span.start.line);
        let head = match edit.consented {
            true => format!("{} ({place}):", edit.title),
            false => format!(
                "Proposed: {} ({place}). Say \u{201c}yes\u{201d} to apply it, \u{201c}no\u{201d} to leave it.",
                edit.title
            ),
        };
        out.push_str(&self.wrapped("", "  ", &head));
        for line in edit.text.lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(out, "  + {line}");
        }
        out
    }

    fn wrapped(&self, first: &str, rest: &str, text: &str) -> String {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let mut out: VecDeque<String> = VecDeque::new();
        for (number, line) in text.lines().enumerate() {
            let options = match number {
                0 => options.clone(),
                _ => options.clone().initial_indent(rest),
            };
            out.extend(textwrap::wrap(line, options).into_iter().map(|line| line.into_owned()));
        }
        out.iter().fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "{line}");
            all
        })
    }
}

/// A whole answer for people.
pub fn answer_text(answer: &Answer, path: &str, width: usize) -> String {
    let mut text = AnswerText::new(path, width);
    let mut out: String = answer.parts.iter().map(|part| text.part(part)).collect();
    out.push_str(&text.end(answer));
    out
}

/// An answer as JSON has it (schema `adr-lens/answer/1`).
#[derive(Serialize, JsonSchema)]
pub struct AnswerWire<'a> {
    schema: &'static str,
    path: &'a str,
    #[serde(flatten)]
    answer: &'a Answer,
}

impl<'a> AnswerWire<'a> {
    pub fn new(path: &'a str, answer: &'a Answer) -> Self {
        AnswerWire {
            schema: "adr-lens/answer/1",
            path,
            answer,
        }
    }
}

/// An answer as one line of JSON.
pub fn answer_json(answer: &Answer, path: &str) -> String {
    serde_json::to_string(&AnswerWire::new(path, answer)).unwrap_or_default()
}

/// A remark in words.
fn said(remark: &Remark) -> String {
    let listed = |head: &str, items: &[String]| {
        items.iter().fold(head.to_owned(), |mut text, item| {
            let _ = write!(text, "\n  {item}");
            text
        })
    };
    match remark {
        Remark::Supposing { statements } => format!("Supposing: {}", statements.join("; ")),
        Remark::NothingSupposed => "Nothing is supposed: the record is taken as it is written.".to_owned(),
        Remark::TakenBack { statements } => format!("Taken back: {}", statements.join("; ")),
        Remark::NotUnderstood { nearest } => listed("I do not understand that. I can answer, for example:", nearest),
        Remark::NotRead { statement, examples } => listed(
            &format!("I read no need, no figure and no choice in \u{201c}{statement}\u{201d}. For example:"),
            examples,
        ),
        Remark::AboutWhat { examples } => {
            listed("About what? Name an engine, a need or a rule, for example:", examples)
        }
        Remark::NoRecord => "That is asked of one record, and this talk is about a folder.".to_owned(),
        Remark::NoFolder => "There are no other records here to look at.".to_owned(),
        Remark::NothingToUndo => "There is nothing to take back.".to_owned(),
        Remark::NothingAsked => "Nothing waits for an answer.".to_owned(),
        Remark::NothingBefore => "There is no answer yet to say more about.".to_owned(),
        Remark::NoAnswer { answer, example } => {
            format!("I read no answer to the question in \u{201c}{answer}\u{201d}. It could be: {example}.")
        }
        Remark::Skipped => "Passed over.".to_owned(),
        Remark::Applied => "As you said yes:".to_owned(),
        Remark::Declined => "Left as it is.".to_owned(),
        Remark::Can { examples } => listed("You can ask, for example:", examples),
        Remark::More { count } => format!("\u{2026} and {count} more."),
    }
}

/// On one line, cut between words.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(QUOTE) else {
        return line;
    };
    let kept = line.get(..cut).unwrap_or_default();
    let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    format!("{kept} \u{2026}")
}
