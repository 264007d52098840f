//! Changes that an editor sends, applied to a text.

use super::{Encoding, LineIndex, Position};

/// Replace what stands between two positions; the whole text when there is no range.
pub struct Edit {
    pub range: Option<(Position, Position)>,
    pub text: String,
}

/// Applies the edits in order, each to the result of the one before it.
pub fn apply(text: &str, edits: Vec<Edit>, encoding: Encoding) -> String {
    let mut text = text.to_owned();
    for edit in edits {
        match edit.range {
            None => text = edit.text,
            Some((start, end)) => {
                let lines = LineIndex::new(&text);
                let start = lines.offset(&text, start, encoding);
                let end = lines.offset(&text, end, encoding).max(start);
                text.replace_range(start..end, &edit.text);
            }
        }
    }
    text
}
