//! Words → numbers of pieces: the longest piece that is known, then the longest of what is left, in the manner of WordPiece.
//! `lenses/encoder/pieces.py` does the same.

use std::cmp::Ordering;
use std::ops::Range;

use super::super::bytes::{Malformed, Rest};

/// The number of what no piece stands for.
const UNKNOWN: usize = 1;
/// The first number of a piece: 0 stands for nothing at all.
const FIRST: usize = 2;
/// Longer pieces, and longer words, than this are not known, in bytes.
const LONGEST: usize = 24;
const LONGEST_WORD: usize = 100;

/// The pieces, used where they lie: those that begin a word, then those that go on in one, each in the order of their bytes.
#[derive(Default)]
pub(super) struct Pieces {
    /// How many begin a word.
    beginnings: usize,
    count: usize,
    /// Where each ends in `text`, as 32 bits, little-endian.
    ends: &'static [u8],
    text: &'static [u8],
}

impl Pieces {
    pub fn read(rest: &mut Rest<'static>) -> Result<Pieces, Malformed> {
        let (beginnings, count) = (rest.number()?, rest.number()?);
        let ends = rest.take(4 * count)?;
        let length = rest.number()?;
        let text = rest.take(length)?;
        let pieces = Pieces {
            beginnings,
            count,
            ends,
            text,
        };
        let sound = beginnings <= count && (0..count).all(|number| pieces.bytes(number).is_some());
        sound.then_some(pieces).ok_or(Malformed::Short)
    }

    /// How many numbers there are, with the two that stand for no piece.
    pub fn numbers(&self) -> usize {
        self.count + FIRST
    }

    /// The numbers of a word's pieces. "don't" is "don" and "t".
    pub fn of(&self, word: &str) -> Vec<usize> {
        word.split('\'')
            .flat_map(|part| self.cut(part).unwrap_or_else(|| vec![UNKNOWN]))
            .collect()
    }

    /// The pieces of a word, where it is all made of some.
    fn cut(&self, word: &str) -> Option<Vec<usize>> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let mut numbers = Vec::new();
        let mut at = 0;
        while at < word.len() {
            let among = if at == 0 {
                0..self.beginnings
            } else {
                self.beginnings..self.count
            };
            let most = word.len().min(at + LONGEST);
            let (end, number) = (at + 1..=most).rev().find_map(|end| {
                let number = self.find(word.get(at..end)?.as_bytes(), among.clone())?;
                Some((end, number))
            })?;
            numbers.push(number + FIRST);
            at = end;
        }
        Some(numbers)
    }

    fn find(&self, piece: &[u8], among: Range<usize>) -> Option<usize> {
        let (mut from, mut to) = (among.start, among.end);
        while from < to {
            let middle = from.midpoint(to);
            match self.bytes(middle)?.cmp(piece) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// A piece as `export.py` writes it: what goes on in a word begins with `##`.
    #[cfg(test)]
    pub fn spelt(&self, number: usize) -> String {
        let Some(piece) = number.checked_sub(FIRST) else {
            return "?".to_owned();
        };
        let inside = if piece < self.beginnings { "" } else { "##" };
        let text = String::from_utf8_lossy(self.bytes(piece).unwrap_or_default());
        format!("{inside}{text}")
    }

    fn bytes(&self, number: usize) -> Option<&'static [u8]> {
        let end = |number: usize| {
            let at = 4 * number;
            Some(u32::from_le_bytes(self.ends.get(at..at + 4)?.try_into().ok()?) as usize)
        };
        let start = number.checked_sub(1).map_or(Some(0), end)?;
        self.text.get(start..end(number)?)
    }
}
