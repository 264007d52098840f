//! A tree-sitter grammar and its query `grammars/<language>/outline.scm` → the pieces of a text.
//!
//! The captures of a query: `heading` (with its level where the grammar knows it), `section` (heading with its adornment), `paragraph`,
//! `marker` and `item`, `term` and `definition`, `table` and `cell`, `code`, `comment`, `field.name` and `field.value`,
//! `directive`, `directive.body` and `directive.whole`, `skip`. Lines that no capture covers, because the tree has an error there or the
//! query does not know the node, are left to a scanner of lines.

use tree_sitter::{Language, Parser, Query, QueryCursor, StreamingIterator};

use crate::text::Span;

/// One capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: Kind,
    pub span: Span,
    /// How deep the node stands in its tree.
    pub depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8),
    Section,
    Paragraph,
    Marker,
    Item,
    Term,
    Definition,
    Table,
    Cell,
    Code,
    Comment,
    FieldName,
    FieldValue,
    Directive,
    DirectiveBody,
    DirectiveWhole,
    Skip,
    /// A line that no capture covers.
    Line,
}

fn kind(capture: &str) -> Option<Kind> {
    Some(match capture {
        "heading" => Kind::Heading(0),
        "section" => Kind::Section,
        "paragraph" => Kind::Paragraph,
        "marker" => Kind::Marker,
        "item" => Kind::Item,
        "term" => Kind::Term,
        "definition" => Kind::Definition,
        "table" => Kind::Table,
        "cell" => Kind::Cell,
        "code" => Kind::Code,
        "comment" => Kind::Comment,
        "field.name" => Kind::FieldName,
        "field.value" => Kind::FieldValue,
        "directive" => Kind::Directive,
        "directive.body" => Kind::DirectiveBody,
        "directive.whole" => Kind::DirectiveWhole,
        "skip" => Kind::Skip,
        _ => Kind::Heading(capture.strip_prefix("heading.")?.parse().ok()?),
    })
}

/// A grammar with its query, compiled once: that takes longer than reading a record.
pub(super) struct Grammar {
    language: Language,
    query: Option<Query>,
}

impl Grammar {
    pub fn new(language: Language, query: &str) -> Self {
        let query = Query::new(&language, query).ok();
        Grammar { language, query }
    }
}

/// The pieces of a text in their order, and the lines between them. Without a tree all lines are such.
pub(super) fn pieces(text: &str, grammar: &Grammar) -> Vec<Piece> {
    let mut pieces = captures(text, grammar).unwrap_or_default();
    let mut covered: Vec<Span> = pieces.iter().map(|piece| piece.span).collect();
    covered.sort_by_key(|span| span.start);
    let mut next = 0;
    let mut reach = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        let first = at + (line.len() - line.trim_start().len());
        at += line.len();
        while let Some(piece) = covered.get(next).filter(|piece| piece.start < span.end) {
            reach = reach.max(piece.end);
            next += 1;
        }
        let touched = reach > first
            || covered
                .get(next.wrapping_sub(1))
                .is_some_and(|piece| piece.start >= first && piece.end > first);
        if !line.trim().is_empty() && !touched {
            pieces.push(Piece {
                kind: Kind::Line,
                span: Span::new(first, span.end),
                depth: 0,
            });
        }
    }
    pieces.sort_by_key(|piece| {
        (
            piece.span.start,
            std::cmp::Reverse(piece.span.end),
            piece.kind != Kind::Marker,
        )
    });
    pieces
}

fn captures(text: &str, grammar: &Grammar) -> Option<Vec<Piece>> {
    let mut parser = Parser::new();
    parser.set_language(&grammar.language).ok()?;
    let tree = parser.parse(text, None)?;
    let query = grammar.query.as_ref()?;
    let names = query.capture_names();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(query, tree.root_node(), text.as_bytes());
    let mut pieces = Vec::new();
    while let Some(found) = matches.next() {
        for capture in found.captures() {
            let Some(kind) = names.get(capture.index as usize).and_then(|name| kind(name)) else {
                continue;
            };
            // A node may end in the line breaks behind it.
            let range = capture.node.byte_range();
            let written = text.get(range.clone()).unwrap_or_default();
            let start = range.start + (written.len() - written.trim_start().len());
            let end = range.start + written.trim_end().len();
            if start < end {
                pieces.push(Piece {
                    kind,
                    span: Span::new(start, end),
                    depth: 0,
                });
            }
        }
    }
    Some(pieces)
}
