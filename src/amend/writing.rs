//! Additions to a page in its author's own hand: an item like the last one, a heading like the others, the same line ends.

use super::{List, Page};
use crate::syntax::Language;
use crate::text::Change;

/// How a record writes a heading.
enum Style {
    /// `## Heading`, perhaps with marks behind it as well.
    Atx {
        level: u8,
        closed: bool,
    },
    Setext {
        level: u8,
    },
    /// `== Heading`, so many marks.
    AsciiDoc {
        marks: u8,
    },
    /// A line of this mark under the heading, in reStructuredText.
    Underlined {
        mark: char,
    },
    /// A label that stands for a heading: what stands around its words, and whether text follows on its line.
    Label {
        open: &'static str,
        close: &'static str,
        inline: bool,
    },
}

impl Page<'_> {
    /// Whether the last item of a list ends as a sentence does.
    pub fn ends_with_stop(&self, list: &List) -> bool {
        list.items
            .last()
            .and_then(|&item| self.block(item))
            .is_none_or(|block| block.plain().trim_end().ends_with('.'))
    }

    pub fn add_item(&self, list: &List, words: &str) -> Change {
        self.add_items(list, &[words.to_owned()])
    }

    pub fn add_items(&self, list: &List, items: &[String]) -> Change {
        let gap = if list.loose {
            self.eol.repeat(2)
        } else {
            self.eol.to_owned()
        };
        let written = items
            .iter()
            .enumerate()
            .map(|(place, words)| format!("{gap}{}{words}", list.marker(place)));
        Change::insert(list.end, written.collect())
    }

    /// A paragraph (or several lines of a list) behind an offset that ends a text.
    pub fn add_paragraph(&self, at: usize, lines: &[String]) -> Change {
        let opening = if at == 0 { String::new() } else { self.eol.repeat(2) };
        Change::insert(at, format!("{opening}{}{}", lines.join(self.eol), self.closing(at)))
    }

    /// A section behind an offset that ends a text, in the style of another, `deeper` levels below it.
    pub fn add_section(&self, at: usize, like: Option<usize>, deeper: u8, title: &str, lines: &[String]) -> Change {
        self.section_at(at, like, deeper, &self.cased(title, like), lines)
    }

    /// The same beside another, with a title whose letters are as they must be.
    pub fn add_section_as_is(&self, at: usize, like: usize, title: &str, lines: &[String]) -> Change {
        self.section_at(at, Some(like), 0, title, lines)
    }

    fn section_at(&self, at: usize, like: Option<usize>, deeper: u8, title: &str, lines: &[String]) -> Change {
        let style = like.map_or_else(|| self.plain_style(), |section| self.style(section));
        let body = lines.join(self.eol);
        let eol = self.eol;
        let content = match style {
            Style::Atx { level, closed } => {
                let marks = "#".repeat(usize::from(level.saturating_add(deeper).clamp(1, 6)));
                let tail = if closed { format!(" {marks}") } else { String::new() };
                format!("{marks} {title}{tail}{eol}{eol}{body}")
            }
            Style::AsciiDoc { marks } => {
                let marks = "=".repeat(usize::from(marks.saturating_add(deeper).clamp(2, 6)));
                format!("{marks} {title}{eol}{eol}{body}")
            }
            Style::Underlined { mark } => {
                let line = mark.to_string().repeat(title.chars().count());
                format!("{title}{eol}{line}{eol}{eol}{body}")
            }
            Style::Setext { level } if level.saturating_add(deeper) <= 2 => {
                let line = if level.saturating_add(deeper) == 1 { "=" } else { "-" };
                format!("{title}{eol}{}{eol}{eol}{body}", line.repeat(title.chars().count()))
            }
            Style::Setext { level } => {
                format!(
                    "{} {title}{eol}{eol}{body}",
                    "#".repeat(usize::from(level.saturating_add(deeper).clamp(1, 6)))
                )
            }
            Style::Label {
                open,
                close,
                inline: true,
            } if lines.len() == 1 => format!("{open}{title}{close} {body}"),
            Style::Label { open, close, .. } => format!("{open}{title}{close}{eol}{eol}{body}"),
        };
        let opening = if at == 0 { String::new() } else { eol.repeat(2) };
        Change::insert(at, format!("{opening}{content}{}", self.closing(at)))
    }

    /// What must follow an insertion at `at` so that it does not run into the text behind it.
    fn closing(&self, at: usize) -> String {
        let rest = self.text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return self.eol.to_owned();
        }
        let space = &rest.get(..rest.len() - rest.trim_start().len()).unwrap_or_default();
        let ends = space.matches('\n').count().max(space.matches('\r').count());
        let wanted = if rest.trim().is_empty() { 0 } else { 2 };
        self.eol.repeat(usize::saturating_sub(wanted, ends))
    }

    /// Where there is no heading to go by.
    fn plain_style(&self) -> Style {
        match self.record.language {
            Language::Markdown => Style::Atx {
                level: 2,
                closed: false,
            },
            Language::AsciiDoc => Style::AsciiDoc { marks: 2 },
            Language::ReStructuredText => Style::Underlined { mark: '-' },
        }
    }

    /// A heading as its language writes it outside of Markdown.
    fn foreign_style(&self, line: &str, below: &str) -> Option<Style> {
        match self.record.language {
            Language::Markdown => None,
            Language::AsciiDoc => {
                let marks = line.bytes().take_while(|&byte| byte == b'=').count();
                (marks > 1).then_some(Style::AsciiDoc {
                    marks: marks.min(6) as u8,
                })
            }
            Language::ReStructuredText => {
                let mark = below.trim_end().chars().next().filter(char::is_ascii_punctuation)?;
                let drawn = below.trim_end().chars().all(|c| c == mark);
                drawn.then_some(Style::Underlined { mark })
            }
        }
    }

    fn style(&self, section: usize) -> Style {
        let Some(block) = self.heading(section) else {
            return self.plain_style();
        };
        let line = self
            .text
            .get(self.line_start(block.span.start)..self.line_end(block.span.start))
            .unwrap_or_default()
            .trim();
        let below = self.text.get(self.line_end(block.span.start)..).unwrap_or_default();
        let below = below
            .trim_start_matches(['\r', '\n'])
            .lines()
            .next()
            .unwrap_or_default();
        if let Some(style) = self.foreign_style(line, below) {
            return style;
        }
        match block.level() {
            Some(level) if line.starts_with(['#', '<']) => Style::Atx {
                level,
                closed: line.ends_with('#'),
            },
            Some(level) => Style::Setext { level },
            None => {
                let strong: String = block
                    .runs
                    .iter()
                    .take_while(|run| run.style.strong)
                    .map(|run| run.text.as_str())
                    .collect();
                let rest: String = block
                    .runs
                    .iter()
                    .skip_while(|run| run.style.strong)
                    .map(|run| run.text.as_str())
                    .collect();
                let rest = rest.trim();
                let inline = !rest.trim_start_matches(':').trim().is_empty();
                match () {
                    () if strong.is_empty() => Style::Label {
                        open: "",
                        close: ":",
                        inline,
                    },
                    () if strong.trim_end().ends_with(':') => Style::Label {
                        open: "**",
                        close: ":**",
                        inline,
                    },
                    () if rest.starts_with(':') => Style::Label {
                        open: "**",
                        close: "**:",
                        inline,
                    },
                    () => Style::Label {
                        open: "**",
                        close: "**",
                        inline,
                    },
                }
            }
        }
    }

    /// A title as this record's author would write it: all capitals, all small, or only the first word with a capital.
    fn cased(&self, title: &str, like: Option<usize>) -> String {
        let of = |section: usize| self.heading(section).map(|block| block.plain()).unwrap_or_default();
        let model = like.map(of).unwrap_or_default();
        let model = model.split(':').next().unwrap_or_default();
        let letters = || model.chars().filter(|c| c.is_alphabetic());
        if letters().count() > 1 && letters().all(char::is_uppercase) {
            return title.to_uppercase();
        }
        if letters().count() > 1 && letters().all(char::is_lowercase) {
            return title.to_lowercase();
        }
        let second_words_small = self
            .record
            .sections
            .iter()
            .skip(1)
            .filter_map(|section| self.block(section.heading?))
            .any(|block| {
                block.level().is_some_and(|level| level > 1)
                    && block
                        .plain()
                        .split_whitespace()
                        .nth(1)
                        .is_some_and(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
            });
        if !second_words_small {
            return title.to_owned();
        }
        let mut words = title.split(' ');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |sentence, word| format!("{sentence} {}", word.to_lowercase()))
    }
}
