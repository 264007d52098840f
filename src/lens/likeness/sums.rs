//! A sentence → for each class of both models, the sum of worth × weight over its features.
//!
//! The sums are whole numbers: those of a sentence are put together from those of its words, which are the same few thousand in most
//! of what people write, and come out the same in whatever order. Only then are they divided by the lengths of the blocks.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::features::{BITS, Tokens, word_buckets};
use super::{Likeness, Table};
use crate::lens::lent::Lent;

/// The blocks whose features are those of single words.
const BLOCKS: usize = 2;
/// The block of the phrases, of which the model of the states alone has weights.
const PHRASES: usize = 2;

/// The sums of one block. All but the last few classes are those of the topics.
#[derive(Clone, Default)]
struct Block {
    /// A bucket counts once, whatever the number of its words, so that in the end no sum leaves its 32 bits; on the way there one may.
    classes: Vec<i32>,
    /// The square of the length.
    square: u64,
}

/// The sums of a sentence.
pub(super) struct Sums([Block; BLOCKS]);

/// What one word brings.
struct Word {
    /// The buckets that are worth something, each once.
    buckets: [Vec<u32>; BLOCKS],
    sums: [Block; BLOCKS],
}

/// The words met so far.
struct Known {
    /// The model whose weights were added up.
    of: u64,
    words: FxHashMap<String, Word>,
    stemmer: Stemmer,
    /// For each bucket, whether the sentence has it already.
    met: [Vec<u64>; BLOCKS],
}

/// So many words are kept; a text of other words shall not fill the memory.
const MOST_KNOWN: usize = 1 << 13;
/// Nor shall words longer than this, in bytes: a pasted key is met once.
const LONGEST_KNOWN: usize = 64;

static KNOWN: Lent<Known> = Lent::new();

impl Default for Known {
    fn default() -> Self {
        Known {
            of: 0,
            words: FxHashMap::default(),
            stemmer: Stemmer::create(Algorithm::English),
            met: [BITS[0], BITS[1]].map(|bits| vec![0; (1 << bits) / 64]),
        }
    }
}

impl Block {
    fn add(&mut self, other: &Block) {
        self.square += other.square;
        let pairs = self.classes.iter_mut().zip(&other.classes);
        pairs.for_each(|(sum, more)| *sum = sum.wrapping_add(*more));
    }

    /// Adds a bucket that was not there.
    fn put(&mut self, block: usize, bucket: u32, model: &Likeness) {
        self.square += worth(block, bucket, model).pow(2);
        self.change(block, bucket, model, i32::wrapping_add);
    }

    /// Takes a bucket away that was added twice.
    fn take(&mut self, block: usize, bucket: u32, model: &Likeness) {
        self.square -= worth(block, bucket, model).pow(2);
        self.change(block, bucket, model, i32::wrapping_sub);
    }

    fn change(&mut self, block: usize, bucket: u32, model: &Likeness, change: fn(i32, i32) -> i32) {
        let worth = i32::from(model.space.worth(block, bucket));
        let first = [0, model.topics.intercepts.len()];
        for (first, table) in first.into_iter().zip([&model.topics, &model.states]) {
            let Some(rows) = table.blocks.get(block) else { continue };
            for (class, weight) in rows.row(bucket) {
                if let Some(sum) = self.classes.get_mut(first + class) {
                    *sum = change(*sum, worth * i32::from(weight));
                }
            }
        }
    }

    /// What the sums of some classes add to their logits.
    fn weigh(&self, first: usize, table: &Table, logits: &mut [f32]) {
        let unit = unit(self.square, table);
        let sums = self.classes.get(first..).unwrap_or_default();
        logits
            .iter_mut()
            .zip(sums)
            .for_each(|(logit, sum)| *logit += to_float(*sum) * unit);
    }
}

fn worth(block: usize, bucket: u32, model: &Likeness) -> u64 {
    u64::from(model.space.worth(block, bucket))
}

/// What a sum of 1 stands for in a block with this length.
#[allow(clippy::cast_precision_loss)] // a length of millions need not be exact
fn unit(square: u64, table: &Table) -> f32 {
    match square {
        0 => 0.0,
        _ => table.scale / (square as f32).sqrt(),
    }
}

#[allow(clippy::cast_precision_loss)] // nor a sum of millions
fn to_float(sum: i32) -> f32 {
    sum as f32
}

impl Word {
    fn of(text: &str, stemmer: &Stemmer, model: &Likeness) -> Word {
        let mut buckets = word_buckets(text, stemmer);
        let mut sums = none(model);
        for (block, (buckets, sums)) in buckets.iter_mut().zip(&mut sums).enumerate() {
            buckets.retain(|&bucket| model.space.worth(block, bucket) > 0);
            buckets.iter().for_each(|&bucket| sums.put(block, bucket, model));
        }
        Word { buckets, sums }
    }
}

fn none(model: &Likeness) -> [Block; BLOCKS] {
    let classes = model.topics.intercepts.len() + model.states.intercepts.len();
    [(); BLOCKS].map(|()| Block {
        classes: vec![0; classes],
        square: 0,
    })
}

impl Known {
    /// Does something with a word.
    fn with<T>(&mut self, text: &str, model: &Likeness, work: impl FnOnce(&Word, &mut [Vec<u64>; BLOCKS]) -> T) -> T {
        if self.of != model.id || self.words.len() >= MOST_KNOWN {
            self.words.clear();
            self.of = model.id;
        }
        if let Some(word) = self.words.get(text) {
            return work(word, &mut self.met);
        }
        let word = Word::of(text, &self.stemmer, model);
        let done = work(&word, &mut self.met);
        if text.len() <= LONGEST_KNOWN {
            self.words.insert(text.to_owned(), word);
        }
        done
    }
}

/// The place of a bucket's bit.
fn bit(met: &mut [u64], bucket: u32) -> Option<(&mut u64, u64)> {
    Some((met.get_mut(bucket as usize / 64)?, 1 << (bucket % 64)))
}

impl Sums {
    pub fn of(tokens: &Tokens, model: &Likeness) -> Sums {
        let mut sums = none(model);
        KNOWN.with(|known| {
            for text in tokens.words() {
                known.with(text, model, |word, met| {
                    let parts = sums.iter_mut().zip(met).zip(word.buckets.iter().zip(&word.sums));
                    for (block, ((sums, met), (buckets, more))) in parts.enumerate() {
                        sums.add(more);
                        for &bucket in buckets {
                            let Some((bits, bit)) = bit(met, bucket) else { continue };
                            if *bits & bit != 0 {
                                sums.take(block, bucket, model);
                            }
                            *bits |= bit;
                        }
                    }
                });
            }
            for text in tokens.words() {
                known.with(text, model, |word, met| {
                    for (buckets, met) in word.buckets.iter().zip(met) {
                        for &bucket in buckets {
                            if let Some((bits, bit)) = bit(met, bucket) {
                                *bits &= !bit;
                            }
                        }
                    }
                });
            }
        });
        Sums(sums)
    }

    /// The logits of the topics.
    pub fn topics(&self, model: &Likeness) -> Vec<f32> {
        let mut logits = model.topics.intercepts.clone();
        self.0
            .iter()
            .for_each(|block| block.weigh(0, &model.topics, &mut logits));
        logits
    }

    /// The logits of the states, for which phrases count as well.
    pub fn states(&self, tokens: &Tokens, model: &Likeness) -> Vec<f32> {
        let mut logits = model.states.intercepts.clone();
        let first = model.topics.intercepts.len();
        self.0
            .iter()
            .for_each(|block| block.weigh(first, &model.states, &mut logits));
        let [mut phrases, _] = none(model);
        for bucket in tokens.phrases() {
            if model.space.worth(PHRASES, bucket) > 0 {
                phrases.put(PHRASES, bucket, model);
            }
        }
        phrases.weigh(first, &model.states, &mut logits);
        logits
    }

    /// What a word of the sentence adds to the logit of a topic.
    pub fn share(&self, word: &str, class: usize, model: &Likeness) -> f32 {
        KNOWN.with(|known| {
            known.with(word, model, |word, _| {
                let parts = self.0.iter().zip(&word.sums);
                let of = |(whole, part): (&Block, &Block)| {
                    let sum = part.classes.get(class).copied().unwrap_or_default();
                    to_float(sum) * unit(whole.square, &model.topics)
                };
                parts.map(of).sum()
            })
        })
    }
}
