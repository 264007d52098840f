//! A sentence → hashed features in three blocks: stems of words, parts of words, short phrases. Each block has length one, so that a
//! sentence with long words says no more than one with short ones.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Buckets of each block, as powers of two.
pub(super) const BITS: [u32; 3] = [14, 15, 15];
/// Lengths of the parts of words, in letters; a word has one blank at each end.
const PARTS: [usize; 3] = [3, 4, 5];
/// Inverse document frequencies are kept in steps of this.
const IDF_STEP: f32 = 0.05;

/// The features of a sentence: per block, (bucket, value).
#[derive(Default)]
pub(super) struct Features {
    pub blocks: [Vec<(u32, f32)>; 3],
}

/// What each feature is worth: rare ones more. A bucket nothing fell into in training is worth nothing.
pub(super) struct Space {
    /// Per block and bucket, in steps of [`IDF_STEP`].
    pub idf: [Vec<u8>; 3],
}

/// A word or mark of a sentence, in lower case; every number is `0`.
struct Token {
    text: String,
    word: bool,
}

fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut letters = sentence.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        let letter = if letter == '’' { '\'' } else { letter };
        let inside = letter == '\'' && !word.is_empty() && letters.peek().is_some_and(|next| next.is_alphabetic())
            || matches!(letter, '.' | ',')
                && word.ends_with(|last: char| last.is_ascii_digit())
                && letters.peek().is_some_and(char::is_ascii_digit);
        if letter.is_alphanumeric() || inside {
            word.push(letter);
            continue;
        }
        close(&mut word, &mut tokens);
        if matches!(letter, '%' | ':' | ';' | ',' | '<' | '>' | '[' | ']') {
            tokens.push(Token {
                text: letter.to_string(),
                word: false,
            });
        }
    }
    close(&mut word, &mut tokens);
    tokens
}

fn close(word: &mut String, tokens: &mut Vec<Token>) {
    if word.is_empty() {
        return;
    }
    let text = match word.starts_with(|first: char| first.is_ascii_digit()) {
        true => "0".to_owned(),
        false => word.clone(),
    };
    word.clear();
    tokens.push(Token { text, word: true });
}

/// The buckets of a sentence, one entry for each feature it has, whatever their worth.
pub(super) fn buckets(sentence: &str) -> [Vec<u32>; 3] {
    let tokens = tokens(sentence);
    let stemmer = Stemmer::create(Algorithm::English);
    let mut blocks: [Vec<u32>; 3] = Default::default();
    for token in tokens.iter().filter(|token| token.word) {
        word(&token.text, &stemmer, &mut blocks);
    }
    phrases(&tokens, &mut blocks[2]);
    for block in &mut blocks {
        block.sort_unstable();
        block.dedup();
    }
    blocks
}

#[allow(clippy::cast_possible_truncation)] // the mask leaves few bits
fn bucket(text: &str, block: usize) -> u32 {
    let bits = BITS.get(block).copied().unwrap_or_default();
    (xxh3_64_with_seed(text.as_bytes(), block as u64) & ((1 << bits) - 1)) as u32
}

fn word(text: &str, stemmer: &Stemmer, blocks: &mut [Vec<u32>; 3]) {
    blocks[0].push(bucket(&stemmer.stem(text), 0));
    let padded = format!(" {text} ");
    let ends: Vec<usize> = padded.char_indices().map(|(at, _)| at).chain([padded.len()]).collect();
    for length in PARTS {
        for from in 0..ends.len().saturating_sub(length) {
            let part = ends
                .get(from)
                .zip(ends.get(from + length))
                .and_then(|(&a, &b)| padded.get(a..b));
            blocks[1].extend(part.map(|part| bucket(part, 1)));
        }
    }
}

/// Words and marks alone, in pairs and in threes, with the ends of the sentence.
fn phrases(tokens: &[Token], block: &mut Vec<u32>) {
    let mut texts = vec!["^"];
    texts.extend(tokens.iter().map(|token| token.text.as_str()));
    texts.push("$");
    for length in 1..=3 {
        block.extend(texts.windows(length).map(|window| bucket(&window.join(" "), 2)));
    }
}

impl Space {
    /// Learns the worth of the buckets from those of the sentences of training.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // bounded by the clamp
    pub fn learn(sentences: &[[Vec<u32>; 3]]) -> Space {
        /// A feature of a single sentence says nothing of another.
        const LEAST: [u32; 3] = [2, 3, 2];
        let mut idf = BITS.map(|bits| vec![0_u8; 1 << bits]);
        for (block, idf) in idf.iter_mut().enumerate() {
            let mut counts = vec![0_u32; idf.len()];
            for bucket in sentences.iter().filter_map(|sentence| sentence.get(block)).flatten() {
                if let Some(count) = counts.get_mut(*bucket as usize) {
                    *count += 1;
                }
            }
            let least = LEAST.get(block).copied().unwrap_or(2);
            for (worth, count) in idf.iter_mut().zip(counts).filter(|(_, count)| *count >= least) {
                let rare = ((1.0 + sentences.len() as f32) / (1.0 + count as f32)).ln() + 1.0;
                *worth = (rare / IDF_STEP).round().clamp(1.0, 255.0) as u8;
            }
        }
        Space { idf }
    }

    pub fn features(&self, sentence: &str) -> Features {
        self.weigh(&buckets(sentence))
    }

    pub fn weigh(&self, buckets: &[Vec<u32>; 3]) -> Features {
        let mut features = Features::default();
        for ((idf, buckets), block) in self.idf.iter().zip(buckets).zip(&mut features.blocks) {
            let worth = |bucket: &u32| f32::from(idf.get(*bucket as usize).copied().unwrap_or_default()) * IDF_STEP;
            block.extend(
                buckets
                    .iter()
                    .map(|bucket| (*bucket, worth(bucket)))
                    .filter(|(_, worth)| *worth > 0.0),
            );
            let length = block.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            block.iter_mut().for_each(|(_, value)| *value /= length);
        }
        features
    }

    /// The features each word of a sentence brings, with the values they have in the whole.
    pub fn by_word(&self, sentence: &str) -> Vec<(String, Features)> {
        let whole = self.features(sentence);
        let values: Vec<FxHashMap<u32, f32>> = whole
            .blocks
            .iter()
            .map(|block| block.iter().copied().collect())
            .collect();
        let stemmer = Stemmer::create(Algorithm::English);
        let of = |token: Token| {
            let mut buckets: [Vec<u32>; 3] = Default::default();
            word(&token.text, &stemmer, &mut buckets);
            let mut features = Features::default();
            for ((values, buckets), block) in values.iter().zip(&buckets).zip(&mut features.blocks) {
                block.extend(
                    buckets
                        .iter()
                        .filter_map(|bucket| Some((*bucket, *values.get(bucket)?))),
                );
            }
            (token.text, features)
        };
        tokens(sentence)
            .into_iter()
            .filter(|token| token.word)
            .map(of)
            .collect()
    }
}
