//! A change of a text that was worked out here, in bytes of that text.

use super::Span;

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
