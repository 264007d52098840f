//! A record as a page to write on: where its sections and lists end, and how its author writes headings, list items and line ends.

use crate::lens::SectionRole;
use crate::record::Record;
use crate::syntax::{Block, BlockKind};

use super::Change;

pub(super) struct Page<'a> {
    pub text: &'a str,
    pub record: &'a Record,
    eol: &'static str,
}

/// A list to which an item can be added.
pub(super) struct List {
    /// Behind its last line.
    end: usize,
    /// What stands before the words of a new item.
    marker: String,
    /// A blank line stands between its items.
    loose: bool,
    /// Its top-level items.
    pub items: Vec<usize>,
}

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
    /// A label that stands for a heading: what stands around its words, and whether text follows on its line.
    Label {
        open: &'static str,
        close: &'static str,
        inline: bool,
    },
}

impl<'a> Page<'a> {
    pub fn new(text: &'a str, record: &'a Record) -> Self {
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Page { text, record, eol }
    }

    pub fn block(&self, number: usize) -> Option<&Block> {
        self.record.outline.blocks.get(number)
    }

    pub fn line_start(&self, at: usize) -> usize {
        self.text
            .get(..at)
            .unwrap_or_default()
            .rfind(['\n', '\r'])
            .map_or(0, |end| end + 1)
    }

    /// The end of a line, before its ending.
    fn line_end(&self, at: usize) -> usize {
        self.text
            .get(at..)
            .and_then(|rest| rest.find(['\n', '\r']))
            .map_or(self.text.len(), |length| at + length)
    }

    /// Where the text before an offset ends, white space left out.
    fn trimmed(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or_default().trim_end().len()
    }

    /// The end of a block's last line.
    fn block_end(&self, block: &Block) -> usize {
        self.line_end(self.trimmed(block.span.end))
    }

    /// The first section with a heading, or a label for one, of these roles; an earlier role is preferred.
    pub fn section(&self, roles: &[SectionRole]) -> Option<usize> {
        roles.iter().find_map(|&role| {
            self.record
                .sections
                .iter()
                .position(|section| section.role == role && section.heading.is_some())
        })
    }

    pub fn sections(&self, role: SectionRole) -> impl Iterator<Item = usize> {
        let is = move |number: &usize| {
            self.record
                .sections
                .get(*number)
                .is_some_and(|section| section.role == role && section.heading.is_some())
        };
        (0..self.record.sections.len()).filter(is)
    }

    /// The sections right under a section.
    pub fn children(&self, section: usize) -> Vec<usize> {
        let is = |number: &usize| {
            self.record
                .sections
                .get(*number)
                .is_some_and(|child| child.parent == Some(section))
        };
        (0..self.record.sections.len()).filter(is).collect()
    }

    fn heading(&self, section: usize) -> Option<&Block> {
        self.block(self.record.sections.get(section)?.heading?)
    }

    /// Where the heading of a section begins.
    pub fn start(&self, section: usize) -> usize {
        self.heading(section)
            .map_or(0, |block| self.line_start(block.span.start))
    }

    /// Where a section ends with all under it, white space left out.
    pub fn whole_end(&self, section: usize) -> usize {
        let inside = |mut number: usize| loop {
            match self.record.sections.get(number).and_then(|section| section.parent) {
                Some(parent) if parent == section => return true,
                Some(parent) => number = parent,
                None => return false,
            }
        };
        let next = (section + 1..self.record.sections.len()).find(|&number| !inside(number));
        self.trimmed(next.map_or(self.text.len(), |next| self.start(next)))
    }

    /// Where the text of a section itself ends, before any heading under it.
    pub fn own_end(&self, section: usize) -> usize {
        let next = (section + 1 < self.record.sections.len()).then(|| self.start(section + 1));
        self.trimmed(next.unwrap_or(self.text.len()))
    }

    /// The end of the text.
    pub fn end(&self) -> usize {
        self.trimmed(self.text.len())
    }

    /// Where a paragraph goes that must stand before this offset.
    pub fn before(&self, at: usize) -> usize {
        self.trimmed(at)
    }

    fn own_blocks(&self, section: usize) -> impl Iterator<Item = usize> {
        let is_own = move |number: &usize| {
            self.record.section_of.get(*number) == Some(&section)
                && self.block(*number).is_some_and(|b| b.level().is_none())
        };
        (0..self.record.outline.blocks.len()).filter(is_own)
    }

    /// The list item at the top of those a block stands in, itself included.
    pub fn top_item(&self, mut number: usize) -> Option<usize> {
        while let Some(parent) = self.block(number)?.parent {
            number = parent;
        }
        matches!(self.block(number)?.kind, BlockKind::Item { .. }).then_some(number)
    }

    /// The top-level items of the list that an item is of.
    pub fn items_beside(&self, item: usize) -> Vec<usize> {
        let list = |number: usize| match self.block(number).map(|block| (block.kind, block.parent)) {
            Some((BlockKind::Item { list, .. }, None)) => Some(list),
            _ => None,
        };
        let wanted = list(item);
        (0..self.record.outline.blocks.len())
            .filter(|&number| wanted.is_some() && list(number) == wanted)
            .collect()
    }

    /// The list that a section ends with.
    pub fn list(&self, section: usize) -> Option<List> {
        let last = self.own_blocks(section).last()?;
        let items = self.items_beside(self.top_item(last)?);
        let (&last_item, end) = (items.last()?, self.block_end(self.block(last)?));
        let marker = self.marker(last_item)?;
        let loose = items
            .len()
            .checked_sub(2)
            .and_then(|at| items.get(at))
            .is_some_and(|&before| {
                let between = self.block(before).zip(self.block(last_item));
                between.is_some_and(|(a, b)| {
                    let gap = self
                        .text
                        .get(self.block_end(a)..self.line_start(b.span.start))
                        .unwrap_or_default();
                    gap.lines().skip(1).any(|line| line.trim().is_empty())
                })
            });
        Some(List {
            end,
            marker,
            loose,
            items,
        })
    }

    /// What stands before the words of an item, for the item after it.
    fn marker(&self, item: usize) -> Option<String> {
        let at = self.block(item)?.span.start;
        let before = self.text.get(self.line_start(at)..at)?;
        let mark = before.trim_start_matches([' ', '\t', '>']);
        let lead = before.get(..before.len() - mark.len())?;
        let digits = mark.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = mark.split_at(digits);
        let bullet = rest.chars().next().filter(|c| {
            if digits == 0 {
                "-*+".contains(*c)
            } else {
                ".)".contains(*c)
            }
        })?;
        let space: String = rest.chars().skip(1).take_while(|c| matches!(c, ' ' | '\t')).collect();
        let number = number
            .parse::<u64>()
            .map_or(String::new(), |number| (number + 1).to_string());
        (!space.is_empty()).then(|| format!("{lead}{number}{bullet}{space}"))
    }

    /// Whether the last item of a list ends as a sentence does.
    pub fn ends_with_stop(&self, list: &List) -> bool {
        list.items
            .last()
            .and_then(|&item| self.block(item))
            .is_none_or(|block| block.plain().trim_end().ends_with('.'))
    }

    pub fn add_item(&self, list: &List, words: &str) -> Change {
        let gap = if list.loose {
            self.eol.repeat(2)
        } else {
            self.eol.to_owned()
        };
        Change::insert(list.end, format!("{gap}{}{words}", list.marker))
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
        let style = like.map_or(
            Style::Atx {
                level: 2,
                closed: false,
            },
            |section| self.style(section),
        );
        let body = lines.join(self.eol);
        let eol = self.eol;
        let content = match style {
            Style::Atx { level, closed } => {
                let marks = "#".repeat(usize::from(level.saturating_add(deeper).clamp(1, 6)));
                let tail = if closed { format!(" {marks}") } else { String::new() };
                format!("{marks} {title}{tail}{eol}{eol}{body}")
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

    fn style(&self, section: usize) -> Style {
        let Some(block) = self.heading(section) else {
            return Style::Atx {
                level: 2,
                closed: false,
            };
        };
        let line = self
            .text
            .get(self.line_start(block.span.start)..self.line_end(block.span.start))
            .unwrap_or_default()
            .trim();
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
