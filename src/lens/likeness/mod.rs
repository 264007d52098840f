//! How much a sentence is like the example sentences of a lens: the text of a sentence in, how likely it asks for each signal, or says
//! that it is not required, out.
//!
//! Cues are phrases somebody wrote down; people write what nobody thought of. An encoder says what a sentence means (`encoder`), and a
//! logistic model over that, trained on the sentences in `lenses/examples`, which signals it requires or denies, or that it does neither.
//! The model is data of a lens (`likeness.bin`, written by `adr-lens train`), deterministic, and the words that decided can be shown.

mod bytes;
mod encoder;
mod file;
mod tokens;
mod train;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

pub use bytes::Malformed;
use encoder::Encoder;
use tokens::tokens;
pub use train::{Example, Says, fingerprint, train};

/// The class of what states nothing. Behind it two for each signal: that requires it, that says it is not required.
const NOTHING: usize = 0;

fn requires(signal: usize) -> usize {
    1 + 2 * signal
}

fn denies(signal: usize) -> usize {
    2 + 2 * signal
}

/// How many classes so many signals have.
fn classes(signals: usize) -> usize {
    requires(signals)
}

/// So many sentences are remembered, unless they are longer than this in bytes.
const MOST_REMEMBERED: usize = 1 << 13;
const LONGEST_REMEMBERED: usize = 1 << 10;

/// The trained model of a lens.
pub struct Likeness {
    /// The ids of the signals, by their numbers.
    signals: Vec<String>,
    intercepts: Vec<f32>,
    /// For each feature of the encoder, a weight for each class.
    weights: Vec<f32>,
    /// Of the sentences it was trained on.
    fingerprint: u64,
    /// What was said of sentences that were met: after an edit nearly all are met again.
    remembered: Mutex<FxHashMap<Box<str>, Remembered>>,
}

struct Remembered {
    like: Like,
    /// By class.
    reasons: Vec<(usize, Vec<String>)>,
}

/// What a sentence is like: probabilities from 0 to 1, each of its own, since a sentence may state several needs.
#[derive(Clone)]
pub struct Like {
    /// By class.
    probabilities: Arc<[f32]>,
}

/// A need that a sentence states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The number of the signal.
    pub signal: usize,
    /// Or it says that it is not required.
    pub required: bool,
}

impl Need {
    /// Of the model.
    fn class(self) -> usize {
        match self.required {
            true => requires(self.signal),
            false => denies(self.signal),
        }
    }
}

impl Like {
    /// The needs that it states as likely as `sure`. Of a need and its contrary it states the likelier.
    pub fn states(&self, sure: f32) -> impl Iterator<Item = Need> {
        let signals = self.probabilities.len().saturating_sub(classes(0)) / 2;
        (0..signals).filter_map(move |signal| {
            let required = self.requires(signal) >= self.denies(signal);
            let need = Need { signal, required };
            (self.likely(need) >= sure).then_some(need)
        })
    }

    /// How likely it requires a signal.
    pub fn requires(&self, signal: usize) -> f32 {
        self.of_class(requires(signal))
    }

    /// How likely it says that a signal is not required.
    pub fn denies(&self, signal: usize) -> f32 {
        self.of_class(denies(signal))
    }

    /// How likely it states a need.
    pub fn likely(&self, need: Need) -> f32 {
        self.of_class(need.class())
    }

    fn of_class(&self, class: usize) -> f32 {
        self.probabilities.get(class).copied().unwrap_or_default()
    }
}

impl Likeness {
    fn new(signals: Vec<String>, intercepts: Vec<f32>, weights: Vec<f32>, fingerprint: u64) -> Likeness {
        Likeness {
            signals,
            intercepts,
            weights,
            fingerprint,
            remembered: Mutex::default(),
        }
    }

    /// Reads the model from the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no such file, are cut off or damaged, or are of another encoder.
    pub fn from_bytes(bytes: &[u8]) -> Result<Likeness, Malformed> {
        file::decode(bytes)
    }

    /// The bytes of the file: equal models give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::encode(self)
    }

    /// The ids of the signals it knows, in the order of their numbers.
    pub fn signals(&self) -> impl Iterator<Item = &str> {
        self.signals.iter().map(String::as_str)
    }

    /// Changes when the sentences it was trained on do.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// What a sentence is like. Linear in its length.
    pub fn of(&self, sentence: &str) -> Like {
        if let Some(met) = self.remembered().get(sentence) {
            return met.like.clone();
        }
        let features = Encoder::get().features(&Encoder::get().cut(&tokens(sentence)).concat());
        let like = Like {
            probabilities: self.classify(&features).into(),
        };
        self.remember(sentence, &like, None);
        like
    }

    /// The words of a sentence that speak loudest for a need, loudest first: at most `most`. What a word says is what the sentence loses
    /// without it.
    pub fn reasons(&self, sentence: &str, need: Need, most: usize) -> Vec<String> {
        let class = need.class();
        let told = self.remembered().get(sentence).and_then(|met| {
            let reasons = met.reasons.iter().find(|(of, _)| *of == class);
            reasons.map(|(_, words)| words.clone())
        });
        let reasons = told.unwrap_or_else(|| {
            let words = self.weighed(sentence, class);
            self.remember(sentence, &self.of(sentence), Some((class, words.clone())));
            words
        });
        reasons.into_iter().take(most).collect()
    }

    /// The words of a sentence without which it is less likely of a class, what matters most first.
    fn weighed(&self, sentence: &str, class: usize) -> Vec<String> {
        let encoder = Encoder::get();
        let tokens = tokens(sentence);
        let pieces = encoder.cut(&tokens);
        let says = |without: Option<&str>| {
            let left = tokens
                .iter()
                .zip(&pieces)
                .filter(|(token, _)| Some(&*token.text) != without);
            let left: Vec<usize> = left.flat_map(|(_, pieces)| pieces).copied().collect();
            self.logit(&encoder.features(&left), class)
        };
        let whole = says(None);
        let mut words: Vec<&str> = tokens
            .iter()
            .filter(|token| token.word)
            .map(|token| &*token.text)
            .collect();
        words.sort_unstable();
        words.dedup();
        let mut weighed: Vec<(&str, f32)> = words.into_iter().map(|word| (word, whole - says(Some(word)))).collect();
        weighed.retain(|(_, lost)| *lost > 0.0);
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
        weighed.into_iter().map(|(word, _)| word.to_owned()).collect()
    }

    fn remembered(&self) -> MutexGuard<'_, FxHashMap<Box<str>, Remembered>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, sentence: &str, like: &Like, reasons: Option<(usize, Vec<String>)>) {
        if sentence.len() > LONGEST_REMEMBERED {
            return;
        }
        let mut all = self.remembered();
        if all.len() >= MOST_REMEMBERED {
            all.clear();
        }
        let entry = all.entry(sentence.into()).or_insert_with(|| Remembered {
            like: like.clone(),
            reasons: Vec::new(),
        });
        entry.reasons.extend(reasons);
    }

    /// How likely each class is.
    fn classify(&self, features: &[f32]) -> Vec<f32> {
        let mut logits = self.intercepts.clone();
        let rows = self.weights.chunks(self.intercepts.len().max(1));
        for (feature, weights) in features.iter().zip(rows).filter(|(feature, _)| **feature > 0.0) {
            logits
                .iter_mut()
                .zip(weights)
                .for_each(|(logit, weight)| *logit += feature * weight);
        }
        logits.into_iter().map(|logit| 1.0 / (1.0 + (-logit).exp())).collect()
    }

    /// What [`Likeness::classify`] adds up for one class.
    fn logit(&self, features: &[f32], class: usize) -> f32 {
        let weights = self.weights.iter().skip(class).step_by(self.intercepts.len().max(1));
        let sum: f32 = features
            .iter()
            .zip(weights)
            .map(|(feature, weight)| feature * weight)
            .sum();
        self.intercepts.get(class).copied().unwrap_or_default() + sum
    }
}

#[cfg(test)]
mod tests {
    use super::{Like, Need};

    #[test]
    fn a_sentence_states_each_need_it_is_sure_of_and_of_contraries_the_likelier() {
        // Nothing, then two for each of three signals.
        let like = Like {
            probabilities: [0.1, 0.8, 0.1, 0.7, 0.9, 0.3, 0.2].into(),
        };
        let need = |signal, required| Need { signal, required };
        assert_eq!(like.states(0.6).collect::<Vec<_>>(), [need(0, true), need(1, false)]);
        assert_eq!(like.states(0.85).collect::<Vec<_>>(), [need(1, false)]);
    }
}
