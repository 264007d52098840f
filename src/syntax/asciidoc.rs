//! AsciiDoc → outline, by tree-sitter and `grammars/asciidoc/outline.scm`; what its grammar does not understand, line by line.

use std::sync::LazyLock;

use super::Outline;
use super::blocks::Blocks;
use super::inline::{LinkAt, Marks};
use super::tree::{Grammar, Kind, Piece, pieces};
use crate::text::Span;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(
        tree_sitter_asciidoc::language(),
        include_str!("../../grammars/asciidoc/outline.scm"),
    )
});

static MARKS: Marks = Marks {
    strong: &["**", "*"],
    code: &["``", "`", "+"],
    emphasis: &["__", "_"],
    link,
};

pub(super) fn outline(text: &str) -> Outline {
    let mut blocks = Blocks::new(text, &MARKS);
    let found = pieces(text, &GRAMMAR);
    let mut depth = 1;
    let mut key = String::new();
    let mut fenced = false;
    let mut done = 0;
    for (number, piece) in found.iter().enumerate() {
        if piece.span.start < done {
            continue;
        }
        let written = blocks.of(piece.span);
        match piece.kind {
            Kind::Heading(level) => blocks.heading(first_line(text, piece.span), level),
            Kind::Marker => depth = written.trim().len().max(1),
            Kind::Item => blocks.item(first_line(text, piece.span), depth),
            Kind::Term => blocks.term(piece.span),
            Kind::Table => {
                let cells = found
                    .iter()
                    .skip(number)
                    .take_while(|cell| cell.span.start < piece.span.end);
                let cells: Vec<Span> = cells
                    .filter(|cell| cell.kind == Kind::Cell)
                    .map(|cell| cell.span)
                    .collect();
                blocks.table(&rows(text, piece.span, &cells));
                done = piece.span.end;
            }
            Kind::Code => {
                blocks.code(piece.span);
                done = piece.span.end;
            }
            Kind::Comment => blocks.comment(piece.span),
            Kind::FieldName => key = written.to_owned(),
            Kind::FieldValue => blocks.entry(&std::mem::take(&mut key), piece.span),
            Kind::Line if written.starts_with("----") || written.starts_with("....") => fenced = !fenced,
            Kind::Line if fenced => {}
            Kind::Line => line(&mut blocks, piece),
            _ => blocks.paragraph(piece.span),
        }
    }
    blocks.finish()
}

/// A line that the grammar does not cover.
fn line(blocks: &mut Blocks, piece: &Piece) {
    let (written, span) = (blocks.of(piece.span), piece.span);
    let marker = |mark: char| written.chars().take_while(|c| *c == mark).count();
    let behind = |count: usize| {
        let rest = written.get(count..).filter(|rest| rest.starts_with(' '))?;
        Some(Span::new(span.end - rest.trim_start().len(), span.end))
    };
    let (headings, stars, dots) = (marker('='), marker('*'), marker('.'));
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    if written.starts_with("//") {
        blocks.comment(span);
    } else if let Some(rest) = (1..=6).contains(&headings).then(|| behind(headings)).flatten() {
        blocks.heading(rest, headings as u8);
    } else if let Some(rest) = (stars > 0).then(|| behind(stars)).flatten() {
        blocks.item(rest, stars);
    } else if let Some(rest) = (dots > 0).then(|| behind(dots)).flatten() {
        blocks.item(rest, dots);
    } else if let Some(rest) = written.starts_with("- ").then(|| behind(1)).flatten() {
        blocks.item(rest, 1);
    } else if let Some(rest) = (digits > 0 && written.get(digits..=digits) == Some("."))
        .then(|| behind(digits + 1))
        .flatten()
    {
        blocks.item(rest, 1);
    } else if let Some((key, value)) = attribute(written) {
        blocks.entry(key, Span::new(span.end - value.len(), span.end));
    } else if written.starts_with('[') && written.ends_with(']')
        || is_macro(written)
        || !written.contains(char::is_alphanumeric)
    {
        blocks.flush();
    } else {
        blocks.line(span);
    }
}

/// `:status: accepted`.
fn attribute(written: &str) -> Option<(&str, &str)> {
    let (key, value) = written.strip_prefix(':')?.split_once(':')?;
    let named = !key.is_empty() && !key.contains(char::is_whitespace) && (value.is_empty() || value.starts_with(' '));
    named.then(|| (key, value.trim_start()))
}

fn is_macro(written: &str) -> bool {
    written
        .split_once("::")
        .is_some_and(|(name, rest)| !name.contains(char::is_whitespace) && rest.ends_with(']'))
}

/// A heading or an item is its first line; an item goes on as long as its lines do.
fn first_line(text: &str, span: Span) -> Span {
    let end = text
        .get(span.start..span.end)
        .and_then(|written| written.find("\n\n"))
        .map_or(span.end, |at| span.start + at);
    Span::new(span.start, end)
}

/// Cells in rows: as many as stand in the first line, or before the first empty one.
fn rows(text: &str, table: Span, cells: &[Span]) -> Vec<Vec<Vec<Span>>> {
    let between = |a: &Span, b: &Span| {
        text.get(a.end..b.start)
            .map_or(0, |between| between.matches('\n').count())
    };
    let in_line = 1 + cells
        .windows(2)
        .take_while(|pair| matches!(pair, [a, b] if between(a, b) == 0))
        .count();
    let in_block = 1 + cells
        .windows(2)
        .take_while(|pair| matches!(pair, [a, b] if between(a, b) < 2))
        .count();
    let head = text
        .get(..table.start)
        .unwrap_or_default()
        .trim_end()
        .lines()
        .next_back()
        .unwrap_or_default();
    let stated = head
        .split_once("cols=")
        .and_then(|(_, rest)| rest.split('"').nth(1))
        .map(|columns| columns.split(',').count());
    let columns = match (in_line, stated) {
        (2.., _) => in_line,
        (_, Some(columns)) => columns,
        _ => in_block,
    };
    cells
        .chunks(columns.max(1))
        .map(|row| row.iter().map(|cell| vec![*cell]).collect())
        .collect()
}

/// `https://x.org[text]`, `link:x[text]`, `xref:x.adoc[text]`, `<<x.adoc,text>>`.
fn link(rest: &str) -> Option<LinkAt> {
    if let Some(inner) = rest.strip_prefix("<<") {
        let length = inner.find(">>")?;
        let (target, text) = inner
            .get(..length)?
            .split_once(',')
            .unwrap_or((inner.get(..length)?, ""));
        let end = 2 + length;
        return Some(LinkAt {
            text: (end - text.len(), end),
            target: target.to_owned(),
            length: end + 2,
        });
    }
    let begins = ["https://", "http://", "link:", "xref:"]
        .iter()
        .find(|begin| rest.starts_with(**begin))?;
    let stop = rest.find(|c: char| c.is_whitespace() || c == '[')?;
    let inner = rest.get(stop..)?.strip_prefix('[')?;
    let length = inner.find(']')?;
    let target = rest
        .get(..stop)?
        .strip_prefix(begins)
        .filter(|_| !begins.ends_with('/'))
        .or(rest.get(..stop))?;
    Some(LinkAt {
        text: (stop + 1, stop + 1 + length),
        target: target.to_owned(),
        length: stop + length + 2,
    })
}
