//! The weights of a model, in the form of their file: they are used where they lie, so that a lens is loaded without looking at them.

use std::borrow::Cow;

/// Bytes that the program carries with it, or that were read.
pub(super) type Bytes = Cow<'static, [u8]>;

/// The rows of one block, one behind the other: for each bucket, a sparse row of (class, weight).
pub(super) struct Rows {
    /// How many weights each bucket has.
    counts: Bytes,
    /// Pairs of bytes.
    pairs: Bytes,
    /// How many weights the buckets before each [`GROUP`] have.
    before: Vec<u32>,
}

/// The row of a bucket is found by adding up the counts of less than so many.
const GROUP: usize = 16;

impl Rows {
    /// The rows with these counts, and the pairs that follow them in the file; nothing when the pairs do not suffice.
    pub fn new(counts: Bytes, pairs: impl FnOnce(usize) -> Option<Bytes>) -> Option<Rows> {
        let mut before = Vec::with_capacity(counts.len() / GROUP + 1);
        let mut total = 0_u32;
        let (groups, rest) = counts.as_chunks::<GROUP>();
        for group in groups {
            before.push(total);
            total += sum(group);
        }
        before.push(total);
        total += sum(rest);
        let pairs = pairs(total as usize)?;
        Some(Rows { counts, pairs, before })
    }

    /// The class and the weight of each entry of a bucket's row.
    pub fn row(&self, bucket: u32) -> impl Iterator<Item = (usize, i8)> {
        let bucket = bucket as usize;
        let first = bucket / GROUP;
        let before = self.before.get(first).copied().unwrap_or_default();
        let beside = self.counts.get(first * GROUP..bucket).unwrap_or_default();
        let start = (before + sum(beside)) as usize;
        let count = self.counts.get(bucket).copied().map_or(0, usize::from);
        let pairs = self.pairs.get(2 * start..2 * (start + count)).unwrap_or_default();
        pairs
            .as_chunks()
            .0
            .iter()
            .map(|&[class, weight]| (usize::from(class), i8::from_le_bytes([weight])))
    }

    /// The largest class that has a weight.
    pub fn last_class(&self) -> Option<u8> {
        let pairs = self.pairs.as_chunks::<2>().0;
        (!pairs.is_empty()).then(|| pairs.iter().fold(0, |last, &[class, _]| class.max(last)))
    }

    /// The two parts of the file.
    pub fn bytes(&self) -> [&[u8]; 2] {
        [&self.counts, &self.pairs]
    }
}

fn sum(counts: &[u8]) -> u32 {
    counts.iter().map(|&count| u32::from(count)).sum()
}
