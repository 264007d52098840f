//! Byte offsets ↔ lines and columns, in each of the encodings an editor may count in.

/// How a position's character is counted (LSP's `PositionEncodingKind`), or in Unicode scalar values as our JSON does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

/// A place: line and column, both from 0; the column counts units of the encoding it was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Where each line of a text begins. Lines end with `\n`, `\r\n` or `\r`, as in the Language Server Protocol.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        LineIndex {
            starts,
            length: text.len(),
        }
    }

    /// How many lines there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds this byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Byte range of a line with its line ending; the empty range at the end for a line that is not there.
    pub fn range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.length);
        start..self.starts.get(line + 1).copied().unwrap_or(self.length)
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = floor_boundary(text, offset);
        let line = self.line_of(offset);
        let before = text.get(self.range(line).start..offset).unwrap_or_default();
        Position {
            line: line as u32,
            column: measure(before, encoding) as u32,
        }
    }

    /// The byte offset of a position. A column past the end of its line is the line's end (before its ending); a line past the
    /// end is the end of the text; a column inside a character is the character's start.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let range = self.range(position.line as usize);
        let line = text.get(range.clone()).unwrap_or_default();
        let line = line.trim_end_matches(['\n', '\r']);
        let mut left = position.column as usize;
        for (at, character) in line.char_indices() {
            let width = match encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return range.start + at;
            }
            left -= width;
        }
        range.start + line.len()
    }
}

fn measure(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\nbé😀z\rc";

    #[test]
    fn positions_count_in_each_encoding() {
        let lines = LineIndex::new(TEXT);
        let z = TEXT.find('z').expect("z");
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let position = Position { line: 1, column };
            assert_eq!(lines.position(TEXT, z, encoding), position);
            assert_eq!(lines.offset(TEXT, position, encoding), z);
        }
        assert_eq!(
            lines.position(TEXT, TEXT.len(), Encoding::Utf16),
            Position { line: 2, column: 1 }
        );
    }

    #[test]
    fn positions_out_of_range_are_clamped() {
        let lines = LineIndex::new(TEXT);
        let end_of_first = lines.offset(TEXT, Position { line: 0, column: 99 }, Encoding::Utf16);
        assert_eq!(end_of_first, 1);
        assert_eq!(
            lines.offset(TEXT, Position { line: 99, column: 0 }, Encoding::Utf16),
            TEXT.len()
        );
        // Column 3 is the low half of the surrogate pair.
        let inside = lines.offset(TEXT, Position { line: 1, column: 3 }, Encoding::Utf16);
        assert_eq!(&TEXT[inside..inside + 4], "😀");
    }
}
