//! The models of a lens ↔ the bytes of `likeness.bin`: a head with the ids of the signals, the worth of each bucket, then both tables
//! with one count for each bucket and the (class, weight) pairs behind one another. Numbers are little-endian.

use super::features::{BITS, Space};
use super::rows::{Bytes, Rows};
use super::{Likeness, STATES, Table};

const MAGIC: &[u8] = b"adr-lens likeness 1\n";
/// How many blocks each table has weights for: the signal follows from words and their parts, the state from phrases too.
pub(super) const BLOCKS: [usize; 2] = [2, 3];

/// Why bytes are no models of a lens.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Malformed {
    #[error("this is no likeness file of this version; write it again with `adr-lens train`")]
    Kind,
    #[error("the file is cut off")]
    Short,
    #[error("the file names a class that does not exist")]
    Class,
}

pub(super) fn encode(model: &Likeness) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(model.fingerprint.to_le_bytes());
    out.push(u8::try_from(model.signals.len()).unwrap_or(u8::MAX));
    for id in &model.signals {
        out.push(u8::try_from(id.len()).unwrap_or(u8::MAX));
        out.extend(id.bytes().take(usize::from(u8::MAX)));
    }
    model.space.idf.iter().for_each(|idf| out.extend_from_slice(idf));
    for table in [&model.topics, &model.states] {
        out.extend(table.scale.to_le_bytes());
        table
            .intercepts
            .iter()
            .for_each(|value| out.extend(value.to_le_bytes()));
        table
            .blocks
            .iter()
            .flat_map(Rows::bytes)
            .for_each(|part| out.extend_from_slice(part));
    }
    out
}

/// What is left to read.
struct Rest {
    bytes: Bytes,
    at: usize,
}

impl Rest {
    fn slice(&mut self, length: usize) -> Result<&[u8], Malformed> {
        let from = self.at;
        self.at = from.checked_add(length).ok_or(Malformed::Short)?;
        self.bytes.get(from..self.at).ok_or(Malformed::Short)
    }

    /// The same, to be kept: bytes that the program carries stay where they are.
    fn take(&mut self, length: usize) -> Result<Bytes, Malformed> {
        if let Bytes::Borrowed(all) = self.bytes {
            let from = self.at;
            self.slice(length)?;
            return all.get(from..self.at).map(Bytes::Borrowed).ok_or(Malformed::Short);
        }
        Ok(Bytes::Owned(self.slice(length)?.to_vec()))
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        Ok(self.array::<1>()?[0])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.slice(N)?.try_into().map_err(|_| Malformed::Short)
    }
}

pub(super) fn decode(bytes: Bytes) -> Result<Likeness, Malformed> {
    if !bytes.starts_with(MAGIC) {
        return Err(Malformed::Kind);
    }
    let mut bytes = Rest { bytes, at: MAGIC.len() };
    let fingerprint = u64::from_le_bytes(bytes.array()?);
    let mut signals = Vec::new();
    for _ in 0..bytes.byte()? {
        let length = usize::from(bytes.byte()?);
        signals.push(String::from_utf8_lossy(bytes.slice(length)?).into_owned());
    }
    let mut idf: [Bytes; 3] = Default::default();
    for (idf, bits) in idf.iter_mut().zip(BITS) {
        *idf = bytes.take(1 << bits)?;
    }
    let topics = table(&mut bytes, signals.len() + 1, BLOCKS[0])?;
    let states = table(&mut bytes, STATES, BLOCKS[1])?;
    Ok(Likeness::new(signals, Space { idf }, topics, states, fingerprint))
}

fn table(bytes: &mut Rest, classes: usize, blocks: usize) -> Result<Table, Malformed> {
    let scale = f32::from_le_bytes(bytes.array()?);
    let mut intercepts = Vec::with_capacity(classes);
    for _ in 0..classes {
        intercepts.push(f32::from_le_bytes(bytes.array()?));
    }
    let mut found = Vec::with_capacity(blocks);
    for bits in BITS.iter().take(blocks) {
        let counts = bytes.take(1 << bits)?;
        let rows = Rows::new(counts, |pairs| bytes.take(2 * pairs).ok()).ok_or(Malformed::Short)?;
        if rows.last_class().is_some_and(|class| usize::from(class) >= classes) {
            return Err(Malformed::Class);
        }
        found.push(rows);
    }
    Ok(Table {
        intercepts,
        scale,
        blocks: found,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Example, Likeness, Says, train};
    use super::Malformed;

    fn model() -> Likeness {
        let example = |text: &str, signal: &str, says| Example {
            text: text.to_owned(),
            signal: signal.to_owned(),
            says,
        };
        train(&[
            example("Orders are joined with customers.", "joins", Says::Required),
            example("Reports join three tables.", "joins", Says::Required),
            example("We find shops near a place.", "geospatial", Says::Required),
            example("Places near the harbour are needed.", "geospatial", Says::NotRequired),
        ])
    }

    #[test]
    fn what_is_written_is_read_again_and_training_repeats_itself() {
        let bytes = model().to_bytes();
        assert_eq!(bytes, model().to_bytes());
        let again = Likeness::from_bytes(bytes.clone().into()).expect("what was written");
        assert_eq!(again.to_bytes(), bytes);
        assert_eq!(again.signals().collect::<Vec<_>>(), ["geospatial", "joins"]);
    }

    #[test]
    fn broken_files_are_told_apart() {
        let bytes = model().to_bytes();
        assert_eq!(
            Likeness::from_bytes(b"something else".into()).err(),
            Some(Malformed::Kind)
        );
        for cut in [25, 60, 1000, bytes.len() - 1] {
            assert_eq!(
                Likeness::from_bytes(bytes.get(..cut).unwrap_or_default().to_vec().into()).err(),
                Some(Malformed::Short),
                "{cut}"
            );
        }
    }
}
