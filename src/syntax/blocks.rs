//! Pieces of a tree, in their order, → the blocks of an outline: what AsciiDoc and reStructuredText have in common.

use super::inline::{self, Marks};
use super::{Block, BlockKind, Entry, Outline, Run, Style};
use crate::text::Span;

pub(super) struct Blocks<'a> {
    pub text: &'a str,
    pub marks: &'static Marks,
    pub outline: Outline,
    lists: usize,
    /// The items that are open, outermost first: how deep each stands, and its block.
    items: Vec<(usize, usize)>,
    intro: Option<usize>,
    tables: usize,
    /// The last block was made of lines, and goes on in the next one.
    pub lines: Vec<Span>,
}

impl<'a> Blocks<'a> {
    pub fn new(text: &'a str, marks: &'static Marks) -> Self {
        let outline = Outline::default();
        Blocks {
            text,
            marks,
            outline,
            lists: 0,
            items: Vec::new(),
            intro: None,
            tables: 0,
            lines: Vec::new(),
        }
    }

    pub fn of(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn push(&mut self, spans: &[Span], kind: BlockKind, parent: Option<usize>) {
        let block = inline::block(self.text, spans, kind, self.marks, &mut self.outline.links);
        self.outline.blocks.extend(block.map(|block| Block { parent, ..block }));
    }

    pub fn heading(&mut self, span: Span, level: u8) {
        self.flush();
        self.items.clear();
        self.push(&[span], BlockKind::Heading { level }, None);
    }

    pub fn paragraph(&mut self, span: Span) {
        self.flush();
        self.items.clear();
        self.push(&[span], BlockKind::Paragraph, None);
    }

    /// A term stands for a heading over what defines it.
    pub fn term(&mut self, span: Span) {
        self.flush();
        self.items.clear();
        let run = Run {
            span,
            text: self.of(span).to_owned(),
            style: Style {
                strong: true,
                ..Style::default()
            },
        };
        self.outline.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span,
            runs: vec![run],
            parent: None,
            quoted: false,
        });
    }

    /// An item; the deeper one stands in the one before it.
    pub fn item(&mut self, span: Span, depth: usize) {
        self.flush();
        if self.items.is_empty() {
            self.lists += 1;
            self.intro = self.outline.blocks.len().checked_sub(1);
        }
        self.items.retain(|(other, _)| *other < depth);
        let parent = self.items.last().map(|(_, block)| *block);
        let written = self.of(span);
        let checked = match written.get(..4) {
            Some("[x] " | "[X] " | "[*] ") => Some(true),
            Some("[ ] ") => Some(false),
            _ => None,
        };
        let from = if checked.is_some() { span.start + 4 } else { span.start };
        self.items.push((depth, self.outline.blocks.len()));
        let kind = BlockKind::Item {
            list: self.lists,
            intro: self.intro,
            checked,
        };
        self.push(&[Span::new(from, span.end)], kind, parent);
    }

    /// A table of rows of cells, each of one or more pieces of the text.
    pub fn table(&mut self, rows: &[Vec<Vec<Span>>]) {
        self.flush();
        self.items.clear();
        for (row, cells) in rows.iter().enumerate() {
            for (column, spans) in cells.iter().enumerate() {
                self.push(
                    spans,
                    BlockKind::Cell {
                        table: self.tables,
                        row,
                        column,
                    },
                    None,
                );
            }
        }
        self.tables += 1;
    }

    pub fn code(&mut self, span: Span) {
        self.flush();
        self.items.clear();
        self.outline.blocks.push(Block {
            kind: BlockKind::Code,
            span,
            runs: Vec::new(),
            parent: None,
            quoted: false,
        });
    }

    pub fn comment(&mut self, span: Span) {
        self.flush();
        self.outline.comments.push(span);
    }

    pub fn entry(&mut self, key: &str, value: Span) {
        self.flush();
        let value_text = self.of(value).trim().to_owned();
        self.outline.front_matter.push(Entry {
            key: key.trim().to_owned(),
            value: value_text,
            span: value,
        });
    }

    /// A line of text: one paragraph with the line right before it.
    pub fn line(&mut self, span: Span) {
        let goes_on = self.lines.last().is_some_and(|last| {
            self.text
                .get(last.end..span.start)
                .is_some_and(|between| between.matches('\n').count() == 1)
        });
        if !goes_on {
            self.flush();
        }
        self.lines.push(span);
    }

    pub fn flush(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if let Some(span) = lines.into_iter().reduce(Span::join) {
            self.items.clear();
            self.push(&[span], BlockKind::Paragraph, None);
        }
    }

    pub fn finish(mut self) -> Outline {
        self.flush();
        self.outline
    }
}
