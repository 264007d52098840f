//! The model of a lens ↔ the bytes of `likeness.bin`: a head with the ids of the signals, then the intercepts and the weights. Numbers
//! are little-endian.

use super::bytes::{Malformed, Rest};
use super::encoder::Encoder;
use super::{Likeness, classes};

const MAGIC: &[u8] = b"adr-lens likeness 2\n";
/// A file of more signals is refused: each costs time with each sentence.
const MOST_SIGNALS: usize = 1000;

pub(super) fn encode(model: &Likeness) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(model.fingerprint.to_le_bytes());
    out.extend(Encoder::get().mark().to_le_bytes());
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    out.extend(number(model.signals.len()));
    for id in &model.signals {
        out.extend(number(id.len()));
        out.extend(id.bytes());
    }
    let numbers = model.intercepts.iter().chain(&model.weights);
    numbers.for_each(|value| out.extend(value.to_le_bytes()));
    out
}

pub(super) fn decode(bytes: &[u8]) -> Result<Likeness, Malformed> {
    let mut bytes = Rest::of(bytes, MAGIC)?;
    let fingerprint = u64::from_le_bytes(bytes.array()?);
    if u64::from_le_bytes(bytes.array()?) != Encoder::get().mark() {
        return Err(Malformed::Encoder);
    }
    let count = bytes.number()?;
    let mut signals: Vec<String> = Vec::new();
    for _ in 0..count {
        let length = bytes.number()?;
        signals.push(String::from_utf8_lossy(bytes.take(length)?).into_owned());
    }
    if count > MOST_SIGNALS || !signals.is_sorted_by(|a, b| a < b) {
        return Err(Malformed::Damaged);
    }
    let intercepts = bytes.floats(classes(count))?;
    let weights = bytes.floats(classes(count) * Encoder::get().size())?;
    let finite = intercepts.iter().chain(&weights).all(|number| number.is_finite());
    match finite && bytes.is_empty() {
        true => Ok(Likeness::new(signals, intercepts, weights, fingerprint)),
        false => Err(Malformed::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Example, Likeness, Malformed, Says, train};

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
        let again = Likeness::from_bytes(&bytes).expect("what was written");
        assert_eq!(again.to_bytes(), bytes);
        assert_eq!(again.signals().collect::<Vec<_>>(), ["geospatial", "joins"]);
    }

    #[test]
    fn broken_files_are_told_apart() {
        let bytes = model().to_bytes();
        let error = |bytes: &[u8]| Likeness::from_bytes(bytes).err();
        assert_eq!(error(b"something else"), Some(Malformed::Kind));
        for cut in [25, 60, 1000, bytes.len() - 1] {
            assert_eq!(
                error(bytes.get(..cut).unwrap_or_default()),
                Some(Malformed::Short),
                "{cut}"
            );
        }
        let mut other = bytes.clone();
        other.iter_mut().skip(28).take(1).for_each(|byte| *byte ^= 1);
        assert_eq!(error(&other), Some(Malformed::Encoder));
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = model().to_bytes();
        let error = |bytes: &[u8]| Likeness::from_bytes(bytes).err();
        let longer = [&*bytes, b"more"].concat();
        assert_eq!(error(&longer), Some(Malformed::Damaged));
        let (body, _) = bytes.split_at(bytes.len() - 4);
        let infinite = [body, &f32::INFINITY.to_le_bytes()].concat();
        assert_eq!(error(&infinite), Some(Malformed::Damaged));
        let at = bytes.windows(10).position(|ten| ten == b"geospatial").expect("the id");
        let mut disordered = bytes.clone();
        disordered.iter_mut().skip(at).take(1).for_each(|first| *first = b'z');
        assert_eq!(error(&disordered), Some(Malformed::Damaged));
    }
}
