//! Example sentences → the models of a lens: softmax regression by stochastic gradient descent, in a fixed order, so
//! that the same examples always give the same weights. Small weights are left out and the rest rounded to eight bits.

use xxhash_rust::xxh3::xxh3_64;

use super::features::{BITS, Buckets, Features, Space, Tokens};
use super::file::BLOCKS;
use super::rows::Rows;
use super::{Likeness, NOT_REQUIRED, REQUIRED, STATES, Table, probabilities};

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

/// How often each sentence is looked at. Few rounds with a small step: more of either learns the examples by heart, and is then
/// sure of itself on every other sentence.
const ROUNDS: u64 = 12;
/// The step of the descent.
const RATE: f32 = 1.0;
/// What a weight costs.
const DECAY: f32 = 1e-5;
/// How many weights are kept, of the signals and of the states.
const KEPT: [usize; 2] = [400_000, 150_000];

/// Trains the models. The same examples in the same order give the same models.
#[must_use]
pub fn train(examples: &[Example]) -> Likeness {
    let stating = examples.iter().filter(|example| example.says != Says::Nothing);
    let mut signals: Vec<String> = stating.map(|example| example.signal.clone()).collect();
    signals.sort();
    signals.dedup();
    let found: Vec<Buckets> = examples.iter().map(|example| Tokens::of(&example.text).all()).collect();
    let space = Space::learn(&found);
    let features: Vec<Features> = found.iter().map(|buckets| space.weigh(buckets)).collect();
    // A sentence that says nothing of its signal is of no topic: the class behind the last signal.
    let topic = |example: &Example| match example.says {
        Says::Nothing => signals.len(),
        _ => signals.binary_search(&example.signal).unwrap_or(signals.len()),
    };
    let classed = |class: &dyn Fn(&Example) -> usize| -> Vec<(&Features, usize)> {
        examples
            .iter()
            .zip(&features)
            .map(|(example, f)| (f, class(example)))
            .collect()
    };
    let (topics, states) = (classed(&topic), classed(&|example| state(example.says)));
    let topics = fit(&topics, signals.len() + 1, BLOCKS[0], KEPT[0]);
    let states = fit(&states, STATES, BLOCKS[1], KEPT[1]);
    Likeness::new(signals, space, topics, states, fingerprint(examples))
}

/// Changes when an example does: tells whether models are older than their examples.
#[must_use]
pub fn fingerprint(examples: &[Example]) -> u64 {
    let told: Vec<String> = examples
        .iter()
        .map(|example| format!("{}\t{:?}\t{}\n", example.signal, example.says, example.text))
        .collect();
    xxh3_64(told.concat().as_bytes())
}

fn state(says: Says) -> usize {
    match says {
        Says::Required => REQUIRED,
        Says::NotRequired => NOT_REQUIRED,
        Says::Nothing => STATES - 1,
    }
}

/// A dense model while it is trained: per block, `classes` weights for each bucket.
struct Dense {
    weights: Vec<Vec<f32>>,
    intercepts: Vec<f32>,
}

fn fit(sentences: &[(&Features, usize)], classes: usize, blocks: usize, kept: usize) -> Table {
    let mut dense = Dense {
        weights: BITS
            .iter()
            .take(blocks)
            .map(|bits| vec![0.0; classes << bits])
            .collect(),
        intercepts: vec![0.0; classes],
    };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    for round in 0..ROUNDS {
        order.sort_by_key(|at| xxh3_64(&[at.to_le_bytes(), usize::to_le_bytes(round as usize)].concat()));
        for &at in &order {
            if let Some(&(features, class)) = sentences.get(at) {
                step(&mut dense, features, class, classes);
            }
        }
    }
    prune(dense, classes, kept)
}

fn step(dense: &mut Dense, features: &Features, class: usize, classes: usize) {
    let mut logits = dense.intercepts.clone();
    for (weights, block) in dense.weights.iter().zip(features) {
        for &(bucket, value) in block {
            let row = weights.get(bucket as usize * classes..).unwrap_or_default();
            logits
                .iter_mut()
                .zip(row)
                .for_each(|(logit, weight)| *logit += value * weight);
        }
    }
    let mut errors = probabilities(logits);
    if let Some(right) = errors.get_mut(class) {
        *right -= 1.0;
    }
    dense
        .intercepts
        .iter_mut()
        .zip(&errors)
        .for_each(|(intercept, error)| *intercept -= 0.02 * error);
    for (weights, block) in dense.weights.iter_mut().zip(features) {
        for &(bucket, value) in block {
            let row = weights.get_mut(bucket as usize * classes..).unwrap_or_default();
            for (weight, error) in row.iter_mut().zip(&errors) {
                *weight -= RATE * (error * value + DECAY * *weight);
            }
        }
    }
}

/// Keeps the weights that say most, in steps of a hundred-and-twenty-seventh of the largest.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a rounded weight lies within eight bits, a class and a count of classes within a byte
fn prune(dense: Dense, classes: usize, kept: usize) -> Table {
    let mut sizes: Vec<f32> = dense
        .weights
        .iter()
        .flatten()
        .map(|weight| weight.abs())
        .filter(|size| *size > 0.0)
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let largest = sizes.first().copied().unwrap_or(1.0);
    let least = sizes.get(kept).copied().unwrap_or_default().max(largest / 254.0);
    let scale = largest / 127.0;
    let blocks = dense.weights.iter().map(|weights| {
        let [mut counts, mut pairs] = [Vec::new(), Vec::new()];
        for row in weights.chunks(classes) {
            let said = row.iter().enumerate().filter(|(_, weight)| weight.abs() >= least);
            let before = pairs.len();
            pairs.extend(said.flat_map(|(class, weight)| [class as u8, (weight / scale).round() as i8 as u8]));
            counts.push(((pairs.len() - before) / 2) as u8);
        }
        Rows::new(counts.into(), |_| Some(pairs.into()))
    });
    Table {
        blocks: blocks.flatten().collect(),
        intercepts: dense.intercepts,
        scale,
    }
}
