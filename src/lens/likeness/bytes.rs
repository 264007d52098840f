//! Bytes of a file, read from the front. Numbers are little-endian.

/// Why bytes are no model of a lens, or no encoder.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Malformed {
    #[error("this is no likeness file of this version; write it again with `adr-lens train`")]
    Kind,
    #[error("the file is cut off")]
    Short,
    #[error("the file is damaged; write it again with `adr-lens train`")]
    Damaged,
    #[error("it was trained with another encoder; write it again with `adr-lens train`")]
    Encoder,
}

/// What is left to read.
pub(super) struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// What stands behind the mark of a kind of files.
    pub fn of(bytes: &'a [u8], kind: &[u8]) -> Result<Rest<'a>, Malformed> {
        bytes.strip_prefix(kind).map(Rest).ok_or(Malformed::Kind)
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed::Short)
    }

    pub fn number(&mut self) -> Result<usize, Malformed> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    pub fn floats(&mut self, count: usize) -> Result<Vec<f32>, Malformed> {
        let bytes = self.take(4 * count)?.as_chunks().0;
        Ok(bytes.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }
}
