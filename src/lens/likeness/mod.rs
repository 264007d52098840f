//! How much a sentence is like the example sentences of a lens: the text of a sentence in, how likely it speaks of each signal and
//! whether it asks for it out.
//!
//! Cues are phrases somebody wrote down; people write what nobody thought of. Two linear models over the words, the parts of words
//! and the short phrases of a sentence, trained on the sentences in `lenses/examples`, say what a sentence is like: one names the
//! signal, the other tells whether something is required, not required, or neither. The models are data of a lens (`likeness.bin`,
//! written by `adr-lens train`), deterministic, and the words that decided can be shown.

mod features;
mod file;
mod train;

use features::Features;
pub use file::Malformed;
pub use train::{Example, Says, fingerprint, train};

/// The classes of the second model.
const STATES: usize = 3;
const REQUIRED: usize = 0;
const NOT_REQUIRED: usize = 1;

/// Weights of one model: for each block of features, a sparse row of (class, weight) for each bucket.
struct Table {
    intercepts: Vec<f32>,
    scale: f32,
    blocks: Vec<Rows>,
}

/// The rows of one block, one behind the other.
struct Rows {
    /// Where each bucket's row begins; one more than there are buckets.
    starts: Vec<u32>,
    entries: Vec<(u8, i8)>,
}

impl Rows {
    fn row(&self, bucket: usize) -> &[(u8, i8)] {
        let (Some(&from), Some(&to)) = (self.starts.get(bucket), self.starts.get(bucket + 1)) else {
            return &[];
        };
        self.entries.get(from as usize..to as usize).unwrap_or_default()
    }
}

impl Table {
    fn logits(&self, features: &Features) -> Vec<f32> {
        let mut logits = self.intercepts.clone();
        for (rows, block) in self.blocks.iter().zip(&features.blocks) {
            for &(bucket, value) in block {
                for &(class, weight) in rows.row(bucket as usize) {
                    if let Some(logit) = logits.get_mut(class as usize) {
                        *logit += value * f32::from(weight) * self.scale;
                    }
                }
            }
        }
        logits
    }
}

/// The trained models of a lens.
pub struct Likeness {
    /// The ids of the signals, in the order of the classes of the first model.
    signals: Vec<String>,
    space: features::Space,
    topics: Table,
    states: Table,
    /// Of the sentences it was trained on.
    fingerprint: u64,
}

/// What a sentence is like: probabilities from 0 to 1.
pub struct Like {
    topics: Vec<f32>,
    required: f32,
    not_required: f32,
}

impl Like {
    /// The signal it most likely speaks of, by its class.
    pub fn topic(&self) -> Option<usize> {
        let best = self.topics.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.map(|(class, _)| class)
    }

    /// How likely it requires the signal of a class.
    pub fn requires(&self, class: usize) -> f32 {
        self.topics.get(class).map_or(0.0, |topic| topic * self.required)
    }

    /// How likely it says that the signal of a class is not required.
    pub fn denies(&self, class: usize) -> f32 {
        self.topics.get(class).map_or(0.0, |topic| topic * self.not_required)
    }
}

impl Likeness {
    /// Reads the models from the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no such file, are cut off, or name a bucket or class that does not exist.
    pub fn from_bytes(bytes: &[u8]) -> Result<Likeness, Malformed> {
        file::decode(bytes)
    }

    /// The bytes of the file: equal models give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::encode(self)
    }

    /// The ids of the signals it knows, in the order of their classes.
    pub fn signals(&self) -> impl Iterator<Item = &str> {
        self.signals.iter().map(String::as_str)
    }

    /// Changes when the sentences it was trained on do.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// What a sentence is like. Linear in its length.
    pub fn of(&self, sentence: &str) -> Like {
        let features = self.space.features(sentence);
        let topics = probabilities(self.topics.logits(&features));
        let states = probabilities(self.states.logits(&features));
        Like {
            topics,
            required: states.get(REQUIRED).copied().unwrap_or_default(),
            not_required: states.get(NOT_REQUIRED).copied().unwrap_or_default(),
        }
    }

    /// The words of a sentence that speak loudest for a class, loudest first: at most `most`.
    pub fn reasons(&self, sentence: &str, class: usize, most: usize) -> Vec<String> {
        let mut weighed: Vec<(f32, String)> = Vec::new();
        for (word, features) in self.space.by_word(sentence) {
            let weight = self.topics.logits(&features).get(class).copied().unwrap_or_default()
                - self.topics.intercepts.get(class).copied().unwrap_or_default();
            if weight > 0.0 && !weighed.iter().any(|(_, known)| *known == word) {
                weighed.push((weight, word));
            }
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        weighed.into_iter().take(most).map(|(_, word)| word).collect()
    }
}

/// Softmax.
fn probabilities(mut logits: Vec<f32>) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in &mut logits {
        *logit = (*logit - most).exp();
        sum += *logit;
    }
    logits.iter_mut().for_each(|probability| *probability /= sum);
    logits
}
