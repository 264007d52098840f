//! Where words stand, as people count and as programs are told: lines and columns from 1, and bytes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Encoding, Source, Span};

/// Lines from 1, columns from 1 in Unicode scalar values, bytes `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceSpan {
    pub start: Point,
    pub end: Point,
    pub bytes: [usize; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Point {
    pub line: u32,
    pub column: u32,
}

impl PlaceSpan {
    pub fn new(source: &Source, span: Span) -> PlaceSpan {
        let point = |offset| {
            let position = source.lines.position(&source.text, offset, Encoding::Utf32);
            Point {
                line: position.line + 1,
                column: position.column + 1,
            }
        };
        PlaceSpan {
            start: point(span.start),
            end: point(span.end),
            bytes: [span.start, span.end],
        }
    }
}
