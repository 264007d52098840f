//! Example sentences → the model of a lens: for each class a logistic regression over what the encoder makes of them, by stochastic
//! gradient descent in a fixed order, so that the same examples always give the same weights.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::encoder::Encoder;
use super::tokens::tokens;
use super::{Likeness, NOTHING, classes, denies, requires};

/// What an example says of its signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    Required,
    NotRequired,
    Nothing,
}

/// A sentence, the signal it is an example for, and what it says of it.
#[derive(Debug, Clone)]
pub struct Example {
    pub text: String,
    pub signal: String,
    pub says: Says,
}

/// Where each intercept starts, as a logit: a class is seldom stated.
const RARE: f32 = -4.0;
/// How often each sentence is looked at. Few rounds with a small step: more of either learns the examples by heart, and is then
/// sure of itself on every other sentence.
const ROUNDS: u64 = 8;
/// The step of the descent in the first round; it falls to nothing.
const RATE: f32 = 0.02;

/// A sentence as the model sees it, with the classes of all that it states.
struct Sentence {
    features: Vec<f32>,
    classes: BTreeSet<usize>,
}

/// Trains the model. The same examples in the same order give the same model.
#[must_use]
pub fn train(examples: &[Example]) -> Likeness {
    let stating = examples.iter().filter(|example| example.says != Says::Nothing);
    let mut signals: Vec<String> = stating.map(|example| example.signal.clone()).collect();
    signals.sort();
    signals.dedup();
    let sentences = sentences(examples, &signals);
    let classes = classes(signals.len());
    let (intercepts, weights) = (vec![RARE; classes], vec![0.0; classes * Encoder::get().size()]);
    let mut model = Likeness::new(signals, intercepts, weights, fingerprint(examples));
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    for round in 0..ROUNDS {
        order.sort_by_key(|at| xxh3_64(&[at.to_le_bytes(), usize::to_le_bytes(round as usize)].concat()));
        for (done, &at) in order.iter().enumerate() {
            if let Some(sentence) = sentences.get(at) {
                let part = (done as f32 / order.len() as f32 + round as f32) / ROUNDS as f32;
                model.step(sentence, RATE * (1.0 - part));
            }
        }
    }
    model
}

/// The sentences of the examples, each once: an example of two signals states both.
fn sentences(examples: &[Example], signals: &[String]) -> Vec<Sentence> {
    let mut stated: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for example in examples {
        let classes = stated.entry(&example.text).or_default();
        match (signals.binary_search(&example.signal), example.says) {
            (Ok(signal), Says::Required) => classes.insert(requires(signal)),
            (Ok(signal), Says::NotRequired) => classes.insert(denies(signal)),
            _ => continue,
        };
    }
    let sentence = |(text, mut classes): (&str, BTreeSet<usize>)| {
        if classes.is_empty() {
            classes.insert(NOTHING);
        }
        let encoder = Encoder::get();
        Sentence {
            features: encoder.features(&encoder.cut(&tokens(text)).concat()),
            classes,
        }
    };
    stated.into_par_iter().map(sentence).collect()
}

/// Changes when an example does: tells whether a model is older than its examples.
#[must_use]
pub fn fingerprint(examples: &[Example]) -> u64 {
    let told: Vec<String> = examples
        .iter()
        .map(|example| format!("{}\t{:?}\t{}\n", example.signal, example.says, example.text))
        .collect();
    xxh3_64(told.concat().as_bytes())
}

impl Likeness {
    fn step(&mut self, sentence: &Sentence, rate: f32) {
        let mut errors = self.classify(&sentence.features);
        for class in &sentence.classes {
            if let Some(right) = errors.get_mut(*class) {
                *right -= 1.0;
            }
        }
        let pairs = self.intercepts.iter_mut().zip(&errors);
        pairs.for_each(|(intercept, error)| *intercept -= rate * error);
        let rows = self.weights.chunks_mut(self.intercepts.len().max(1));
        let features = sentence.features.iter().zip(rows);
        for (feature, row) in features.filter(|(feature, _)| **feature > 0.0) {
            row.iter_mut()
                .zip(&errors)
                .for_each(|(weight, error)| *weight -= rate * feature * error);
        }
    }
}
