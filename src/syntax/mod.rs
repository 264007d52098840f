//! A source text → a neutral outline: headings, paragraphs, list items, table cells, front matter, links, comments.
//!
//! Outside this room no code knows a parser. Everything in an outline carries the byte range it was read from.

mod asciidoc;
mod blocks;
mod front_matter;
mod html;
mod inline;
mod markdown;
mod restructuredtext;
mod tree;

use std::collections::HashMap;

use crate::text::Span;

/// The document language a record is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Markdown,
    AsciiDoc,
    ReStructuredText,
}

impl Language {
    /// The language of a file by its extension (without the dot, any case).
    pub fn of_extension(extension: &str) -> Option<Language> {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdx" | "mkd" => Some(Language::Markdown),
            "adoc" | "asciidoc" | "asc" => Some(Language::AsciiDoc),
            "rst" => Some(Language::ReStructuredText),
            _ => None,
        }
    }
}

/// What stands in a document, in its order.
#[derive(Debug, Default)]
pub struct Outline {
    pub blocks: Vec<Block>,
    /// Entries of the front matter, in their order.
    pub front_matter: Vec<Entry>,
    pub links: Vec<Link>,
    /// HTML comments, with their markers.
    pub comments: Vec<Span>,
    cells: HashMap<(usize, usize, usize), usize>,
}

impl Outline {
    /// The block of a table's cell.
    pub fn cell(&self, table: usize, row: usize, column: usize) -> Option<usize> {
        self.cells.get(&(table, row, column)).copied()
    }

    /// The links that stand in a span.
    pub fn links_in(&self, span: Span) -> impl Iterator<Item = &Link> {
        let first = self.links.partition_point(|link| link.span.start < span.start);
        let links = self.links.get(first..).unwrap_or_default();
        links.iter().take_while(move |link| link.span.start < span.end)
    }

    fn index_cells(&mut self) {
        for (number, block) in self.blocks.iter().enumerate() {
            if let BlockKind::Cell { table, row, column } = block.kind {
                self.cells.insert((table, row, column), number);
            }
        }
    }
}

/// One entry of a front matter.
#[derive(Debug)]
pub struct Entry {
    pub key: String,
    /// A scalar as written; the scalars of a list joined with `, `.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

#[derive(Debug)]
pub struct Link {
    pub span: Span,
    pub target: String,
}

impl Link {
    /// Whether it leads to another file of the same tree, as far as its target tells: no scheme, and more than an anchor.
    pub fn is_local(&self) -> bool {
        let target = self.target.as_str();
        let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        });
        !scheme && !target.is_empty() && !target.starts_with(['#', '?']) && !target.starts_with("//")
    }
}

/// The smallest thing that holds text of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    pub runs: Vec<Run>,
    /// The list item this block stands in.
    pub parent: Option<usize>,
    pub quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Heading {
        level: u8,
    },
    Paragraph,
    /// The first text of a list item. `list` tells lists apart; `intro` is the block that stands before the list.
    Item {
        list: usize,
        intro: Option<usize>,
        checked: Option<bool>,
    },
    /// A cell; rows and columns from 0, row 0 is the header.
    Cell {
        table: usize,
        row: usize,
        column: usize,
    },
    Code,
}

/// A piece of text in one style.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub span: Span,
    pub text: String,
    pub style: Style,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
    pub code: bool,
    /// The text of a link.
    pub link: bool,
    /// No text: a line that was broken on purpose, or an element that separates.
    pub ends: bool,
}

impl Block {
    /// The text of the block without markup.
    pub fn plain(&self) -> String {
        self.runs
            .iter()
            .map(|run| if run.style.ends { "\n" } else { run.text.as_str() })
            .collect()
    }

    pub fn level(&self) -> Option<u8> {
        match self.kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        }
    }
}

/// Reads the outline of a text. Every text has one.
pub fn outline(text: &str, language: Language) -> Outline {
    let mut outline = match language {
        Language::Markdown => markdown::outline(text),
        Language::AsciiDoc => asciidoc::outline(text),
        Language::ReStructuredText => restructuredtext::outline(text),
    };
    outline.index_cells();
    outline.links.sort_by_key(|link| link.span);
    outline
}

/// The key of an entry has at most this many bytes.
const LONGEST_KEY: usize = 32;

/// Whether a text begins with a line that is an entry, such as `**Status:** accepted`.
fn is_entry(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let Some((key, _)) = line.trim_start_matches(['>', ' ', '*', '_', '-']).split_once(':') else {
        return false;
    };
    key.starts_with(char::is_uppercase)
        && key.len() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || " -*_".contains(c))
        && key.split_whitespace().count() <= 3
}
