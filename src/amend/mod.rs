//! A record and what is to be added → a change of its text, in its author's own hand: an item like the last one, a heading like the
//! others, the same line ends. Pure: whoever asks for a change decides whether it is applied.

mod driver;
mod page;
mod writing;

pub use driver::{consequences, drivers};
pub use page::{List, Page};

use crate::text::Span;

/// Text to stand in place of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub span: Span,
    pub text: String,
}

impl Change {
    pub fn insert(at: usize, text: String) -> Change {
        Change {
            span: Span::new(at, at),
            text,
        }
    }

    /// The text with the change made.
    pub fn apply(&self, text: &str) -> String {
        let before = text.get(..self.span.start).unwrap_or_default();
        let after = text.get(self.span.end..).unwrap_or_default();
        [before, &self.text, after].concat()
    }
}
