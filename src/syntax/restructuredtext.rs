//! reStructuredText → outline, by tree-sitter and `grammars/restructuredtext/outline.scm`; tables, which its grammar takes for
//! paragraphs, line by line.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Outline;
use super::blocks::Blocks;
use super::inline::{LinkAt, Marks};
use super::tree::{Grammar, Kind, Piece, pieces};
use crate::text::Span;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(
        tree_sitter_rst::LANGUAGE.into(),
        include_str!("../../grammars/restructuredtext/outline.scm"),
    )
});

static MARKS: Marks = Marks {
    strong: &["**"],
    code: &["``"],
    emphasis: &["*"],
    link,
};

/// Directives whose text is the record's own.
const ADMONITIONS: [&str; 14] = [
    "note",
    "warning",
    "important",
    "tip",
    "caution",
    "danger",
    "hint",
    "attention",
    "error",
    "admonition",
    "seealso",
    "topic",
    "epigraph",
    "deprecated",
];

pub(super) fn outline(text: &str) -> Outline {
    let mut blocks = Blocks::new(text, &MARKS);
    let found = pieces(text, &GRAMMAR);
    // The text of an item is a paragraph too.
    let owned: HashSet<(usize, usize)> = found
        .iter()
        .filter(|piece| matches!(piece.kind, Kind::Item | Kind::Definition))
        .map(|piece| (piece.span.start, piece.span.end))
        .collect();
    // Levels are in the order in which their adornments first appear.
    let mut adornments: Vec<(char, bool)> = Vec::new();
    let mut level = 1;
    let (mut key, mut directive) = (String::new(), String::new());
    let mut done = 0;
    for piece in &found {
        if piece.span.start < done {
            continue;
        }
        let (written, span) = (blocks.of(piece.span), piece.span);
        match piece.kind {
            Kind::Section => {
                let adornment = adornment(written);
                let known = adornments.iter().position(|other| *other == adornment);
                level = 1 + known.unwrap_or(adornments.len());
                if known.is_none() {
                    adornments.push(adornment);
                }
            }
            Kind::Heading(_) => blocks.heading(span, level.min(6) as u8),
            Kind::Item => blocks.item(span, column(text, span.start)),
            Kind::Term => blocks.term(span),
            Kind::Paragraph if owned.contains(&(span.start, span.end)) => {}
            Kind::Paragraph | Kind::Definition => match table(text, span) {
                Some(rows) => blocks.table(&rows),
                None => blocks.paragraph(span),
            },
            Kind::FieldName => key = written.to_owned(),
            Kind::FieldValue => {
                blocks.entry(&std::mem::take(&mut key), span);
                done = span.end;
            }
            Kind::Code => blocks.code(span),
            Kind::Comment => blocks.comment(span),
            Kind::Directive => directive = written.to_ascii_lowercase(),
            Kind::DirectiveBody => {
                if ADMONITIONS.contains(&directive.as_str()) {
                    blocks.paragraph(span);
                } else if directive == "list-table" {
                    blocks.table(&list_table(text, span));
                } else {
                    blocks.code(span);
                }
                done = span.end;
            }
            Kind::Line => line(&mut blocks, piece),
            _ => {}
        }
    }
    blocks.finish()
}

/// The character under a heading, and whether it stands over it too.
fn adornment(section: &str) -> (char, bool) {
    let mark = section.trim_end().chars().next_back().unwrap_or_default();
    (mark, section.starts_with(mark))
}

fn column(text: &str, at: usize) -> usize {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |line| line + 1);
    at - start
}

/// A line that the grammar does not cover.
fn line(blocks: &mut Blocks, piece: &Piece) {
    let (written, span) = (blocks.of(piece.span), piece.span);
    let field = written.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    if let Some((key, value)) = field {
        blocks.entry(key, Span::new(span.end - value.trim_start().len(), span.end));
    } else if let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|mark| written.strip_prefix(mark)) {
        blocks.item(
            Span::new(span.end - rest.trim_start().len(), span.end),
            column(blocks.text, span.start),
        );
    } else if written.starts_with("..") || !written.contains(char::is_alphanumeric) {
        blocks.flush();
    } else {
        blocks.line(span);
    }
}

type Rows = Vec<Vec<Vec<Span>>>;

/// A paragraph drawn as a table: with `+---+` between its rows, or `=====` over and under its columns.
fn table(text: &str, span: Span) -> Option<Rows> {
    let written = text.get(span.start..span.end)?;
    let first = written.lines().next()?.trim_end();
    if first.starts_with("+-") && first.ends_with('+') {
        return Some(grid(text, span));
    }
    let columns: Vec<usize> = bounds(first);
    let simple = first.starts_with("==") && columns.len() > 1 && first.chars().all(|c| c == '=' || c == ' ');
    simple.then(|| simple_table(text, span, &columns))
}

fn grid(text: &str, span: Span) -> Rows {
    let mut rows: Rows = vec![Vec::new()];
    for (start, line) in lines(text, span) {
        if line.trim_start().starts_with('+') {
            rows.push(Vec::new());
            continue;
        }
        let mut at = start;
        for (column, cell) in line.split('|').enumerate() {
            let piece = trimmed(at, cell);
            at += cell.len() + 1;
            // Before the first bar and behind the last one stands nothing.
            let (Some(column), Some(row)) = (column.checked_sub(1), rows.last_mut()) else {
                continue;
            };
            row.resize(row.len().max(column + 1), Vec::new());
            if let (Some(piece), Some(cell)) = (piece, row.get_mut(column)) {
                cell.push(piece);
            }
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Where the columns of a line of `=` begin.
fn bounds(line: &str) -> Vec<usize> {
    let opens =
        |(at, c): (usize, char)| (c == '=' && (at == 0 || line.as_bytes().get(at - 1) == Some(&b' '))).then_some(at);
    line.char_indices().filter_map(opens).collect()
}

fn simple_table(text: &str, span: Span, columns: &[usize]) -> Rows {
    let indent = column(text, span.start);
    let ruled = |line: &str| line.trim_start().starts_with("==") || line.trim_start().starts_with("--");
    let mut rows = Rows::new();
    for (start, line) in lines(text, span).into_iter().filter(|(_, line)| !ruled(line)) {
        // The first line of a block has lost its indent already.
        let shift = if start == span.start { 0 } else { indent };
        let place = |at: usize| (at + shift).min(line.len());
        let cell = |(number, from): (usize, &usize)| {
            let to = columns.get(number + 1).map_or(line.len(), |next| place(*next));
            let piece = line
                .get(place(*from)..to)
                .and_then(|cell| trimmed(start + place(*from), cell));
            piece.into_iter().collect::<Vec<Span>>()
        };
        rows.push(columns.iter().enumerate().map(cell).collect());
    }
    rows
}

/// `* - cell` begins a row, `- cell` a cell, anything else goes on with it.
fn list_table(text: &str, span: Span) -> Rows {
    let mut rows = Rows::new();
    for (start, line) in lines(text, span) {
        let written = line.trim_start();
        let row = written.strip_prefix("* ").map(str::trim_start);
        if row.is_some() {
            rows.push(Vec::new());
        }
        let cell = row
            .unwrap_or(written)
            .strip_prefix('-')
            .filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let Some(current) = rows.last_mut() else { continue };
        if cell.is_some() {
            current.push(Vec::new());
        }
        let piece = cell.unwrap_or(written);
        if let (Some(piece), Some(cell)) = (trimmed(start + line.len() - piece.len(), piece), current.last_mut()) {
            cell.push(piece);
        }
    }
    rows
}

/// The lines of a span, each with its place.
fn lines(text: &str, span: Span) -> Vec<(usize, &str)> {
    let mut at = span.start;
    let written = text.get(span.start..span.end).unwrap_or_default();
    written
        .split('\n')
        .map(|line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        })
        .collect()
}

fn trimmed(at: usize, written: &str) -> Option<Span> {
    let start = at + (written.len() - written.trim_start().len());
    let end = at + written.trim_end().len();
    (start < end).then(|| Span::new(start, end))
}

/// `` `text <target>`_ `` and `` :doc:`text <target>` ``.
fn link(rest: &str) -> Option<LinkAt> {
    let role = rest
        .strip_prefix(':')
        .and_then(|inner| inner.split_once(":`"))
        .filter(|(name, _)| name.chars().all(char::is_alphanumeric));
    let from = role.map_or(1, |(name, _)| name.len() + 3);
    if role.is_none() && (!rest.starts_with('`') || rest.starts_with("``")) {
        return None;
    }
    let inner = rest.get(from..)?;
    let length = inner.find('`')?;
    let written = inner.get(..length)?;
    let (text, target) = written.split_once('<').map_or((written, ""), |(text, target)| {
        (text.trim_end(), target.trim_end_matches('>'))
    });
    let behind = inner.get(length + 1..).unwrap_or_default();
    let tail = behind.len() - behind.trim_start_matches('_').len();
    Some(LinkAt {
        text: (from, from + text.len()),
        target: target.to_owned(),
        length: from + length + 1 + tail.min(2),
    })
}
