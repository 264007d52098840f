//! The markup inside a block of AsciiDoc or reStructuredText → runs in one style each. Every run is a piece of the source as it stands.

use super::{Block, BlockKind, Link, Run, Style};
use crate::text::Span;

/// The marks of a language around its text.
pub(super) struct Marks {
    /// Longest first.
    pub strong: &'static [&'static str],
    pub code: &'static [&'static str],
    pub emphasis: &'static [&'static str],
    /// Reads a link at the head of a text: its text within it, its target, its whole length.
    pub link: fn(&str) -> Option<LinkAt>,
}

pub(super) struct LinkAt {
    pub text: (usize, usize),
    pub target: String,
    pub length: usize,
}

/// Makes a block of the source between two bytes.
pub(super) fn block(
    text: &str,
    spans: &[Span],
    kind: BlockKind,
    marks: &Marks,
    links: &mut Vec<Link>,
) -> Option<Block> {
    let span = spans.iter().copied().reduce(Span::join)?;
    let mut reader = Reader {
        runs: Vec::new(),
        links,
        marks,
    };
    for (number, piece) in spans.iter().enumerate() {
        if number > 0 {
            reader.gap(piece.start);
        }
        reader.read(
            text.get(piece.start..piece.end).unwrap_or_default(),
            piece.start,
            Style::default(),
        );
    }
    Some(Block {
        kind,
        span,
        runs: reader.runs,
        parent: None,
        quoted: false,
    })
}

struct Reader<'a> {
    runs: Vec<Run>,
    links: &'a mut Vec<Link>,
    marks: &'a Marks,
}

impl Reader<'_> {
    fn push(&mut self, text: &str, at: usize, style: Style) {
        if !text.is_empty() {
            self.runs.push(Run {
                span: Span::new(at, at + text.len()),
                text: text.to_owned(),
                style,
            });
        }
    }

    /// Where a line ends, words end; where the next line is an entry ("Status: accepted"), so does the sentence.
    fn line_end(&mut self, next: &str, at: usize) {
        if super::is_entry(next) {
            let style = Style {
                ends: true,
                ..Style::default()
            };
            self.runs.push(Run {
                span: Span::new(at, at),
                text: String::new(),
                style,
            });
        }
    }

    fn gap(&mut self, at: usize) {
        self.runs.push(Run {
            span: Span::new(at, at + 1),
            text: " ".to_owned(),
            style: Style::default(),
        });
    }

    fn read(&mut self, text: &str, base: usize, style: Style) {
        let mut plain = 0;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let apart = before.is_none_or(|c| !c.is_alphanumeric());
            if rest.starts_with('\n') {
                let line = rest.trim_start();
                self.push(text.get(plain..=at).unwrap_or_default(), base + plain, style);
                self.line_end(line, base + at + 1);
                at += 1;
                plain = at;
                continue;
            }
            if apart && let Some(link) = (self.marks.link)(rest.get(..floor(rest, LONGEST)).unwrap_or_default()) {
                self.push(text.get(plain..at).unwrap_or_default(), base + plain, style);
                let (from, to) = link.text;
                self.push(
                    rest.get(from..to).unwrap_or_default(),
                    base + at + from,
                    Style { link: true, ..style },
                );
                self.links.push(Link {
                    span: Span::new(base + at, base + at + link.length),
                    target: link.target,
                });
                at += link.length.max(1);
                plain = at;
                continue;
            }
            if apart && let Some((mark, inner)) = self.marked(rest) {
                let strong = self.marks.strong.contains(&mark);
                let emphasis = self.marks.emphasis.contains(&mark);
                let code = self.marks.code.contains(&mark);
                self.push(text.get(plain..at).unwrap_or_default(), base + plain, style);
                let start = at + mark.len();
                let inside = text.get(start..start + inner).unwrap_or_default();
                let marked = Style {
                    strong: style.strong || strong,
                    emphasis: style.emphasis || emphasis,
                    code: style.code || code,
                    ..style
                };
                self.push(inside, base + start, marked);
                at = start + inner + mark.len();
                plain = at;
                continue;
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        self.push(text.get(plain..).unwrap_or_default(), base + plain, style);
    }

    /// The mark that opens a text, and the length of what it marks; both in one paragraph and tight around their text.
    fn marked(&self, rest: &str) -> Option<(&'static str, usize)> {
        let marks = self
            .marks
            .strong
            .iter()
            .chain(self.marks.code)
            .chain(self.marks.emphasis);
        marks.filter(|mark| rest.starts_with(**mark)).find_map(|&mark| {
            let inner = rest
                .get(mark.len()..)?
                .get(..)
                .map(|inner| inner.get(..floor(inner, LONGEST)).unwrap_or(inner))?;
            let length = inner.find(mark)?;
            let marked = inner.get(..length)?;
            let tight = !marked.is_empty()
                && !marked.starts_with(char::is_whitespace)
                && !marked.ends_with(char::is_whitespace);
            tight.then_some((mark, length))
        })
    }
}

/// Marks enclose at most this many bytes, so that a stray one costs little.
const LONGEST: usize = 400;

/// The last place of a character at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
