//! Something wrong in a file of a lens, with its place.

use std::fmt;
use std::ops::Range;

use crate::text::{Encoding, LineIndex};

/// One mistake, told once: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as a user would name it.
    pub path: String,
    /// From 1; 0 when the problem is about the whole file.
    pub line: usize,
    /// From 1, in Unicode scalar values; 0 when the problem is about the whole file.
    pub column: usize,
    /// The bytes of the file that are wrong; empty when the problem is about the whole file.
    pub bytes: Range<usize>,
    pub message: String,
}

impl Problem {
    /// A problem at some bytes of a file's text.
    pub fn at(path: &str, text: &str, bytes: Range<usize>, message: String) -> Problem {
        let place = LineIndex::new(text).position(text, bytes.start, Encoding::Utf32);
        Problem {
            path: path.to_owned(),
            line: place.line as usize + 1,
            column: place.column as usize + 1,
            bytes,
            message,
        }
    }

    /// A problem with a file as a whole.
    pub fn whole(path: &str, message: String) -> Problem {
        Problem {
            path: path.to_owned(),
            line: 0,
            column: 0,
            bytes: 0..0,
            message,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}:{}: {}", self.path, self.column, self.message),
        }
    }
}
