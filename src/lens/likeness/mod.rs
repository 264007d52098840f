//! How much a sentence is like the example sentences of a lens: the text of a sentence in, how likely it speaks of each signal and
//! whether it asks for it out.
//!
//! Cues are phrases somebody wrote down; people write what nobody thought of. Two linear models over the words, the parts of words
//! and the short phrases of a sentence, trained on the sentences in `lenses/examples`, say what a sentence is like: one names the
//! signal, the other tells whether something is required, not required, or neither. The models are data of a lens (`likeness.bin`,
//! written by `adr-lens train`), deterministic, and the words that decided can be shown.

mod features;
mod file;
mod rows;
mod sums;
mod train;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use features::Tokens;
pub use file::Malformed;
use rows::Rows;
use sums::Sums;
pub use train::{Example, Says, fingerprint, train};

/// The classes of the second model.
const STATES: usize = 3;
const REQUIRED: usize = 0;
const NOT_REQUIRED: usize = 1;

/// Weights of one model: for each block of features, a sparse row of (class, weight) for each bucket.
struct Table {
    intercepts: Vec<f32>,
    /// What a weight of 1 stands for.
    scale: f32,
    blocks: Vec<Rows>,
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
    /// Tells models apart.
    id: u64,
}

/// What a sentence is like: probabilities from 0 to 1. Whether it asks for anything is worked out when somebody wants to know.
pub struct Like<'a> {
    model: &'a Likeness,
    tokens: Tokens,
    sums: Sums,
    topics: Vec<f32>,
    states: OnceCell<Vec<f32>>,
}

impl Like<'_> {
    /// The signal it most likely speaks of, by its class, and how likely that is.
    pub fn topic(&self) -> Option<(usize, f32)> {
        let topics = self.topics.iter().copied().enumerate().take(self.model.signals.len());
        topics.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// How likely it speaks of the signal of a class and requires it.
    pub fn requires(&self, class: usize) -> f32 {
        self.speaks_of(class) * self.required()
    }

    /// How likely it speaks of the signal of a class and says that it is not required.
    pub fn denies(&self, class: usize) -> f32 {
        self.speaks_of(class) * self.not_required()
    }

    /// How likely it requires what it speaks of, whatever that is.
    pub fn required(&self) -> f32 {
        self.state(REQUIRED)
    }

    /// How likely it says that what it speaks of is not required.
    pub fn not_required(&self) -> f32 {
        self.state(NOT_REQUIRED)
    }

    fn speaks_of(&self, class: usize) -> f32 {
        self.topics.get(class).copied().unwrap_or_default()
    }

    fn state(&self, state: usize) -> f32 {
        let states = self
            .states
            .get_or_init(|| self.model.states_of(&self.tokens, &self.sums));
        states.get(state).copied().unwrap_or_default()
    }
}

impl Likeness {
    /// Reads the models from the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no such file, are cut off, or name a bucket or class that does not exist.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Likeness, Malformed> {
        file::decode(bytes)
    }

    fn new(signals: Vec<String>, space: features::Space, topics: Table, states: Table, fingerprint: u64) -> Likeness {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Likeness {
            signals,
            space,
            topics,
            states,
            fingerprint,
            id: NEXT.fetch_add(1, Ordering::Relaxed),
        }
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
    pub fn of(&self, sentence: &str) -> Like<'_> {
        let tokens = Tokens::of(sentence);
        let sums = Sums::of(&tokens, self);
        Like {
            topics: probabilities(sums.topics(self)),
            model: self,
            tokens,
            sums,
            states: OnceCell::new(),
        }
    }

    fn states_of(&self, tokens: &Tokens, sums: &Sums) -> Vec<f32> {
        probabilities(sums.states(tokens, self))
    }

    /// The words of a sentence that speak loudest for a class, loudest first: at most `most`.
    pub fn reasons(&self, sentence: &str, class: usize, most: usize) -> Vec<String> {
        let tokens = Tokens::of(sentence);
        let sums = Sums::of(&tokens, self);
        let words: BTreeSet<&str> = tokens.words().collect();
        let weighed = words.into_iter().map(|word| (sums.share(word, class, self), word));
        let mut weighed: Vec<(f32, &str)> = weighed.filter(|(share, _)| *share > 0.0).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        weighed
            .into_iter()
            .take(most)
            .map(|(_, word)| word.to_owned())
            .collect()
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
