//! A source text: bytes come in; text, lines, positions and edits come out. No other room counts lines or columns.

mod change;
mod decode;
mod edit;
mod lines;
mod place;

pub use change::Change;
pub use decode::{Decoded, Unreadable, decode};
pub use edit::{Edit, apply};
pub use lines::{Encoding, LineIndex, Position};
pub use place::{PlaceSpan, Point};

use std::ops::Range;
use std::sync::Arc;

/// A range of bytes `[start, end)` of one source text, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same, so many bytes further on.
    pub fn moved(self, by: isize) -> Span {
        Span {
            start: self.start.saturating_add_signed(by),
            end: self.end.saturating_add_signed(by),
        }
    }

    /// The words in this span; nothing when the span is not of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A text with its lines counted. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    pub text: Arc<str>,
    pub lines: Arc<LineIndex>,
}

impl Source {
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = Arc::new(LineIndex::new(&text));
        Source { text, lines }
    }
}
