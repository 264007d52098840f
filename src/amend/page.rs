//! A record as a page to write on: where its lines, sections and lists begin and end.

use crate::lens::SectionRole;
use crate::record::Record;
use crate::syntax::{Block, BlockKind};

pub struct Page<'a> {
    pub text: &'a str,
    pub record: &'a Record,
    pub eol: &'static str,
}

/// A list to which an item can be added.
pub struct List {
    /// Behind its last line.
    pub end: usize,
    marker: Marker,
    /// A blank line stands between its items.
    pub loose: bool,
    /// Its top-level items.
    pub items: Vec<usize>,
}

/// What stands before the words of an item.
struct Marker {
    /// The indent, and the marks of a quotation.
    lead: String,
    number: Option<u64>,
    /// The bullet, or the mark behind the number, and the space behind it.
    mark: String,
}

impl List {
    /// What stands before the words of a new item, with so many others before it.
    pub fn marker(&self, place: usize) -> String {
        let Marker { lead, number, mark } = &self.marker;
        let next = number.map(|last| last.saturating_add(1).saturating_add(place as u64));
        format!("{lead}{}{mark}", next.map_or(String::new(), |next| next.to_string()))
    }
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
    pub fn line_end(&self, at: usize) -> usize {
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

    /// The decision, unless it is the whole record: "Decision record: …" is a title.
    pub fn decision(&self) -> Option<usize> {
        let title = self.record.title.as_ref().and_then(|title| title.block);
        let is_title = |section: usize| {
            self.record
                .sections
                .get(section)
                .is_some_and(|section| section.heading == title)
        };
        self.sections(SectionRole::Decision).find(|&section| !is_title(section))
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

    pub fn heading(&self, section: usize) -> Option<&Block> {
        self.block(self.record.sections.get(section)?.heading?)
    }

    /// The words of a heading; of a label that stands for one, those before the text it introduces.
    pub fn heading_text(&self, block: &Block) -> String {
        let strong = block.runs.iter().take_while(|run| run.style.strong);
        let label: String = strong.map(|run| run.text.as_str()).collect();
        let plain = block.plain();
        let words = match block.level() {
            Some(_) => plain.as_str(),
            None if label.trim().is_empty() => plain.split(':').next().unwrap_or_default(),
            None => label.as_str(),
        };
        let words = words.trim().trim_end_matches(':').split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    /// The last section that stands beside others of the record, not under one of them: what a new section at the end looks like.
    pub fn last_section(&self) -> Option<usize> {
        let sections = &self.record.sections;
        let level = |number: usize| sections.get(number).map(|section| section.level);
        let title = self.record.title.as_ref().and_then(|title| title.block);
        let own = |number: &usize| {
            let section = sections.get(*number);
            section.is_some_and(|section| section.heading.is_some() && section.heading != title)
        };
        let highest = (0..sections.len()).filter(own).filter_map(level).min();
        (0..sections.len())
            .filter(own)
            .rfind(|&number| level(number) == highest)
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
        self.before_rule(next.map_or(self.text.len(), |next| self.start(next)))
    }

    /// Where the text of a section itself ends, before any heading under it.
    pub fn own_end(&self, section: usize) -> usize {
        let next = (section + 1 < self.record.sections.len()).then(|| self.start(section + 1));
        self.before_rule(next.unwrap_or(self.text.len()))
    }

    /// The end of the text.
    pub fn end(&self) -> usize {
        self.trimmed(self.text.len())
    }

    /// Where a paragraph goes that must stand before this offset.
    pub fn before(&self, at: usize) -> usize {
        self.before_rule(at)
    }

    /// Where the text before an offset ends; a rule drawn between two sections belongs to neither.
    fn before_rule(&self, at: usize) -> usize {
        let end = self.trimmed(at);
        let start = self.line_start(end);
        let line = self.text.get(start..end).unwrap_or_default();
        let marks = || line.chars().filter(|c| !c.is_whitespace());
        let first = marks().next().filter(|c| "-*_".contains(*c));
        let is_rule = marks().count() >= 3 && first.is_some_and(|mark| marks().all(|c| c == mark));
        // Right under a line of text, dashes make a heading of it.
        let above = self.trimmed(start);
        let stands_alone = self.text.get(above..start).unwrap_or_default().matches('\n').count() > 1;
        if is_rule && stands_alone && above > 0 {
            above
        } else {
            end
        }
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

    fn marker(&self, item: usize) -> Option<Marker> {
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
        (!space.is_empty()).then(|| Marker {
            lead: lead.to_owned(),
            number: number.parse().ok(),
            mark: format!("{bullet}{space}"),
        })
    }
}
