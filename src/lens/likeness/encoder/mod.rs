//! A sentence → what it means, in a few hundred numbers: sentences that say the same in other words are near each other.
//!
//! A convolutional encoder. Words are cut into pieces (`pieces`), each of which has an embedding. Filters look at every piece, every
//! two and every three in a row, and what counts is where each fits best; a layer puts that together. It knows no signal and no
//! engine. `lenses/encoder` tells what it was made from and how.
//!
//! How well a filter fits is worked out in whole numbers, piece by piece, once for each piece that is met: the same in whatever order.
//! `lenses/encoder/student.py` and `export.py` work it out in the same way, and write down examples that a test holds against this.

mod pieces;

use std::ops::{Range, RangeInclusive};
use std::sync::{LazyLock, OnceLock};

use super::bytes::{Malformed, Rest};
use super::tokens::Token;
use pieces::Pieces;

/// Filters look at one piece, at two, and at three.
const WIDTHS: RangeInclusive<usize> = 1..=3;
/// The places in the windows of all widths.
const PLACES: usize = 6;
/// So many pieces of a sentence are looked at.
const LONGEST: usize = 64;
/// How well a filter fits one place is told in steps of two to this power.
const SHIFT: u32 = 4;
/// No place says more than this, so that three fit into sixteen bits.
const MOST: i32 = 10_000;

/// What a file of an encoder begins with.
const KIND: &[u8] = b"adr-lens encoder 1\n";

static BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/lenses/encoder/encoder.bin"));

/// The encoder that the program carries; a test keeps it whole.
static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::read(BYTES).unwrap_or_default());

#[derive(Default)]
pub(super) struct Encoder {
    /// Tells encoders apart: a model was trained with one. A hash of all that stands behind it in the file.
    mark: u64,
    pieces: Pieces,
    /// Numbers of an embedding.
    dimensions: usize,
    /// Filters of each width.
    filters: usize,
    /// Numbers of a sentence.
    size: usize,
    /// For each piece, an embedding of whole numbers from -127 to 127.
    embeddings: &'static [u8],
    /// What 1 stands for in an embedding.
    step: f32,
    /// The weights of the filters: by widths, places, filters, dimensions.
    windows: Vec<i16>,
    /// What one step of a filter stands for, and where it starts: by widths, filters.
    steps: Vec<f32>,
    biases: Vec<f32>,
    /// The weights of the layer: by what comes in, by what goes out.
    layer: Vec<f32>,
    layer_biases: Vec<f32>,
    /// For each piece, how well each place of each filter fits it: by widths, places, filters.
    fits: Vec<OnceLock<Box<[i16]>>>,
}

fn signed(bytes: &[u8]) -> impl Iterator<Item = i16> {
    bytes.iter().map(|byte| i16::from(byte.cast_signed()))
}

impl Encoder {
    pub fn get() -> &'static Encoder {
        &ENCODER
    }

    pub fn mark(&self) -> u64 {
        self.mark
    }

    fn read(bytes: &'static [u8]) -> Result<Encoder, Malformed> {
        let mut rest = Rest::of(bytes, KIND)?;
        let mark = u64::from_le_bytes(rest.array()?);
        let [dimensions, filters, size] = [rest.number()?, rest.number()?, rest.number()?];
        let pieces = Pieces::read(&mut rest)?;
        let step = f32::from_le_bytes(rest.array()?);
        let embeddings = rest.take(pieces.numbers() * dimensions)?;
        let all = WIDTHS.count() * filters;
        let windows = signed(rest.take(PLACES * filters * dimensions)?).collect();
        let steps = rest.floats(all)?;
        let biases = rest.floats(all)?;
        let weights = rest.take((all + dimensions) * size)?;
        let layer_steps = rest.floats(size)?;
        let row = |row: &[u8]| -> Vec<f32> {
            signed(row)
                .zip(&layer_steps)
                .map(|(w, step)| f32::from(w) * step)
                .collect()
        };
        let layer = weights.chunks(size.max(1)).flat_map(row).collect();
        let fits = std::iter::repeat_with(OnceLock::new).take(pieces.numbers()).collect();
        Ok(Encoder {
            mark,
            fits,
            pieces,
            dimensions,
            filters,
            size,
            embeddings,
            step,
            windows,
            steps,
            biases,
            layer,
            layer_biases: rest.floats(size)?,
        })
    }

    /// How many numbers a sentence has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The pieces of each token.
    pub fn cut(&self, tokens: &[Token]) -> Vec<Vec<usize>> {
        tokens.iter().map(|token| self.pieces.of(&token.text)).collect()
    }

    /// What a sentence of these pieces means: numbers, none below 0. Linear in their count, up to [`LONGEST`].
    pub fn features(&self, pieces: &[usize]) -> Vec<f32> {
        let pieces = pieces.get(..LONGEST).unwrap_or(pieces);
        // Behind the last word there is always room: no filter fits worse than nothing at all.
        let mut best = vec![0; self.steps.len()];
        self.each_window(pieces, |filters, fits| {
            let best = best.get_mut(filters).unwrap_or_default();
            best.iter_mut()
                .zip(fits)
                .for_each(|(best, fit)| *best = (*best).max(*fit));
        });
        let parts = self.parts(pieces, &best);
        let mut features = self.layer_biases.clone();
        for (part, weights) in parts.iter().zip(self.layer.chunks(self.size.max(1))) {
            if *part != 0.0 {
                let sums = features.iter_mut().zip(weights);
                sums.for_each(|(sum, weight)| *sum += part * weight);
            }
        }
        features.iter_mut().for_each(|feature| *feature = feature.max(0.0));
        features
    }

    /// What goes into the layer: how well each filter fits where it fits best, then the mean of the embeddings.
    fn parts(&self, pieces: &[usize], best: &[i16]) -> Vec<f32> {
        let weighed = best.iter().zip(self.steps.iter().zip(&self.biases));
        let fits = weighed.map(|(fit, (step, bias))| (f32::from(*fit) * step + bias).max(0.0));
        fits.chain(self.mean(pieces)).collect()
    }

    /// Hands over, for each window of each width, the filters that look through it and how well they fit there. A window may reach over the
    /// ends of the sentence.
    fn each_window(&self, pieces: &[usize], mut take: impl FnMut(Range<usize>, &[i16])) {
        let known = pieces.iter().filter_map(|piece| {
            let fits = self.fits.get(*piece)?;
            Some(&**fits.get_or_init(|| self.fit(*piece)))
        });
        let rows: Vec<&[i16]> = known.collect();
        let mut sums = vec![0_i16; self.filters];
        let mut first_place = 0;
        for (at, width) in WIDTHS.enumerate() {
            for end in 1..rows.len() + width {
                sums.fill(0);
                let window = end.saturating_sub(width)..end.min(rows.len());
                for (row, piece) in rows.iter().zip(0..).take(window.end).skip(window.start) {
                    let place = first_place + (piece + width - end);
                    let part = row.get(place * self.filters..(place + 1) * self.filters);
                    sums.iter_mut()
                        .zip(part.unwrap_or_default())
                        .for_each(|(sum, more)| *sum = sum.wrapping_add(*more));
                }
                take(at * self.filters..(at + 1) * self.filters, &sums);
            }
            first_place += width;
        }
    }

    /// How well each place of each filter fits a piece.
    #[allow(clippy::cast_possible_truncation)] // clamped
    fn fit(&self, piece: usize) -> Box<[i16]> {
        let embedding: Vec<i16> = self.embedding(piece).collect();
        let fit = |weights: &[i16]| {
            let products = embedding
                .iter()
                .zip(weights)
                .map(|(a, b)| i32::from(*a) * i32::from(*b));
            (products.sum::<i32>() >> SHIFT).clamp(-MOST, MOST) as i16
        };
        self.windows.chunks(self.dimensions.max(1)).map(fit).collect()
    }

    fn embedding(&self, piece: usize) -> impl Iterator<Item = i16> {
        let start = piece * self.dimensions;
        signed(self.embeddings.get(start..start + self.dimensions).unwrap_or_default())
    }

    #[allow(clippy::cast_precision_loss)] // some dozens of small numbers
    fn mean(&self, pieces: &[usize]) -> Vec<f32> {
        let mut sums = vec![0_i32; self.dimensions];
        for piece in pieces {
            sums.iter_mut()
                .zip(self.embedding(*piece))
                .for_each(|(sum, more)| *sum += i32::from(more));
        }
        let step = self.step / pieces.len().max(1) as f32;
        sums.into_iter().map(|sum| sum as f32 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn the_encoder_that_is_carried_is_whole() {
        let encoder = Encoder::read(BYTES).expect("the encoder");
        let into_the_layer = encoder.steps.len() + encoder.dimensions;
        assert_eq!(encoder.layer.len(), into_the_layer * encoder.size);
    }

    #[test]
    fn what_is_cut_off_or_another_kind_of_file_is_told() {
        assert_eq!(Encoder::read(b"something else").err(), Some(Malformed::Kind));
        for cut in [20, 40, 4_000, BYTES.len() - 1] {
            assert_eq!(
                Encoder::read(BYTES.get(..cut).unwrap_or_default()).err(),
                Some(Malformed::Short),
                "{cut}"
            );
        }
    }

    /// What `export.py` wrote of a sentence: its pieces, and the first of its numbers.
    #[derive(serde::Deserialize)]
    struct Told {
        text: String,
        pieces: Vec<String>,
        features: Vec<f32>,
    }

    #[test]
    fn a_sentence_is_encoded_as_where_the_encoder_was_trained() {
        let told = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lenses/encoder/told.json"));
        let told: Vec<Told> = serde_json::from_str(told).expect("what was told");
        assert!(told.len() >= 10);
        let encoder = Encoder::get();
        for Told { text, pieces, features } in told {
            let cut = encoder.cut(&tokens(&text)).concat();
            let spelt: Vec<String> = cut.iter().map(|piece| encoder.pieces.spelt(*piece)).collect();
            assert_eq!(spelt, pieces, "{text}");
            for (feature, expected) in encoder.features(&cut).into_iter().zip(features) {
                // Weights are rounded to whole numbers.
                assert!((feature - expected).abs() < 0.1, "{text}: {feature} for {expected}");
            }
        }
    }
}
