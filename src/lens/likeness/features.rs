//! A sentence → hashed features in three blocks: stems of words, parts of words, short phrases. Each block has length one, so that a
//! sentence with long words says no more than one with short ones.

use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::rows::Bytes;

/// Buckets of each block, as powers of two.
pub(super) const BITS: [u32; 3] = [16, 16, 17];
/// Lengths of the parts of words, in letters; a word has one blank at each end.
const PARTS: [usize; 3] = [3, 4, 5];
/// Inverse document frequencies are kept in steps of this.
const IDF_STEP: f32 = 0.05;

/// The buckets that a sentence falls into, block by block: each once.
pub(super) type Buckets = Vec<Vec<u32>>;
/// The features of a sentence: per block, (bucket, value).
pub(super) type Features = Vec<Vec<(u32, f32)>>;

/// What each feature is worth: rare ones more. A bucket nothing fell into in training is worth nothing.
pub(super) struct Space {
    /// Per block and bucket, in steps of [`IDF_STEP`].
    pub idf: [Bytes; 3],
}

/// A word or mark of a sentence, in lower case; every number is `0`.
struct Token {
    text: String,
    word: bool,
}

/// A sentence, taken apart.
pub(super) struct Tokens(Vec<Token>);

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

impl Tokens {
    pub fn of(sentence: &str) -> Tokens {
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
        Tokens(tokens)
    }

    /// Its words, in their order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let words = self.0.iter().filter(|token| token.word);
        words.map(|token| token.text.as_str())
    }

    /// The buckets of its words and marks alone, in pairs and in threes, with the ends of the sentence: the third block.
    pub fn phrases(&self) -> Vec<u32> {
        let mut text = String::from("^");
        let mut ends = vec![(0, text.len())];
        for token in self.0.iter().map(|token| token.text.as_str()).chain(["$"]) {
            text.push(' ');
            ends.push((text.len(), text.len() + token.len()));
            text.push_str(token);
        }
        let windows = (1..=3).flat_map(|length| ends.windows(length));
        let phrase = |window: &[(usize, usize)]| text.get(window.first()?.0..window.last()?.1);
        each_once(windows.filter_map(phrase).map(|phrase| bucket(phrase, 2)).collect())
    }

    /// All its buckets.
    pub fn all(&self) -> Buckets {
        let stemmer = Stemmer::create(Algorithm::English);
        let [mut stems, mut parts] = [Vec::new(), Vec::new()];
        for [stem, part] in self.words().map(|word| word_buckets(word, &stemmer)) {
            stems.extend(stem);
            parts.extend(part);
        }
        vec![each_once(stems), each_once(parts), self.phrases()]
    }
}

fn each_once(mut buckets: Vec<u32>) -> Vec<u32> {
    buckets.sort_unstable();
    buckets.dedup();
    buckets
}

#[allow(clippy::cast_possible_truncation)] // the mask leaves few bits
fn bucket(text: &str, block: usize) -> u32 {
    let bits = BITS.get(block).copied().unwrap_or_default();
    (xxh3_64_with_seed(text.as_bytes(), block as u64) & ((1 << bits) - 1)) as u32
}

/// The buckets of one word, in the first two blocks: each once.
pub(super) fn word_buckets(text: &str, stemmer: &Stemmer) -> [Vec<u32>; 2] {
    let padded = format!(" {text} ");
    let ends: Vec<usize> = padded.char_indices().map(|(at, _)| at).chain([padded.len()]).collect();
    let part = |window: &[usize]| padded.get(*window.first()?..*window.last()?);
    let windows = PARTS.iter().flat_map(|length| ends.windows(length + 1));
    let parts = windows.filter_map(part).map(|part| bucket(part, 1));
    [vec![bucket(&stemmer.stem(text), 0)], each_once(parts.collect())]
}

impl Space {
    /// Learns the worth of the buckets from those of the sentences of training.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // bounded by the clamp
    pub fn learn(sentences: &[Buckets]) -> Space {
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
        Space {
            idf: idf.map(Bytes::Owned),
        }
    }

    /// What the buckets of a sentence are worth.
    pub fn weigh(&self, buckets: &[Vec<u32>]) -> Features {
        let block = |(block, buckets): (usize, &Vec<u32>)| {
            let worth = |bucket: &u32| f32::from(self.worth(block, *bucket)) * IDF_STEP;
            let worth = buckets.iter().map(|bucket| (*bucket, worth(bucket)));
            let mut block: Vec<(u32, f32)> = worth.filter(|(_, worth)| *worth > 0.0).collect();
            let length = block.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            block.iter_mut().for_each(|(_, value)| *value /= length);
            block
        };
        buckets.iter().enumerate().map(block).collect()
    }

    /// What a bucket is worth, in steps of [`IDF_STEP`]; 0 when nothing fell into it in training.
    pub fn worth(&self, block: usize, bucket: u32) -> u8 {
        let idf = self.idf.get(block);
        idf.and_then(|idf| idf.get(bucket as usize))
            .copied()
            .unwrap_or_default()
    }
}
