//! A sentence → hashed features in three blocks: stems of words, parts of words, short phrases. Each block has length one, so that a
//! sentence with long words says no more than one with short ones.

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

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
    pub idf: [Vec<u8>; 3],
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

    /// The buckets of its words and their parts.
    pub fn words(&self) -> Buckets {
        let [mut stems, mut parts] = [Vec::new(), Vec::new()];
        KNOWN.with_borrow_mut(|known| {
            for token in self.0.iter().filter(|token| token.word) {
                let word = known.word(&token.text);
                stems.push(word.stem);
                parts.extend_from_slice(&word.parts);
            }
        });
        vec![each_once(stems), each_once(parts)]
    }

    /// All its buckets: those of its words, and those of words and marks alone, in pairs and in threes, with the ends of the sentence.
    pub fn all(&self) -> Buckets {
        let mut texts = vec!["^"];
        texts.extend(self.0.iter().map(|token| token.text.as_str()));
        texts.push("$");
        let windows = (1..=3).flat_map(|length| texts.windows(length));
        let phrases = windows.map(|window| bucket(&window.join(" "), 2)).collect();
        let mut all = self.words();
        all.push(each_once(phrases));
        all
    }
}

/// The buckets of one word.
struct Word {
    stem: u32,
    parts: Vec<u32>,
}

/// The words met so far: the same few thousand make up most of what people write.
struct Known {
    words: FxHashMap<String, Word>,
    stemmer: Stemmer,
}

/// So many words are kept; a text of other words shall not fill the memory.
const MOST_KNOWN: usize = 1 << 15;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::new(Known {
        words: FxHashMap::default(),
        stemmer: Stemmer::create(Algorithm::English),
    });
}

impl Known {
    fn word(&mut self, text: &str) -> &Word {
        if self.words.len() >= MOST_KNOWN {
            self.words.clear();
        }
        let stemmer = &self.stemmer;
        self.words.entry(text.to_owned()).or_insert_with(|| word(text, stemmer))
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

fn word(text: &str, stemmer: &Stemmer) -> Word {
    let padded = format!(" {text} ");
    let ends: Vec<usize> = padded.char_indices().map(|(at, _)| at).chain([padded.len()]).collect();
    let part = |window: &[usize]| padded.get(*window.first()?..*window.last()?);
    let windows = PARTS.iter().flat_map(|length| ends.windows(length + 1));
    Word {
        stem: bucket(&stemmer.stem(text), 0),
        parts: windows.filter_map(part).map(|part| bucket(part, 1)).collect(),
    }
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
        Space { idf }
    }

    /// What the buckets of a sentence are worth: of as many blocks as it is given.
    pub fn weigh(&self, buckets: &[Vec<u32>]) -> Features {
        let block = |(idf, buckets): (&Vec<u8>, &Vec<u32>)| {
            let worth = |bucket: &u32| f32::from(idf.get(*bucket as usize).copied().unwrap_or_default()) * IDF_STEP;
            let worth = buckets.iter().map(|bucket| (*bucket, worth(bucket)));
            let mut block: Vec<(u32, f32)> = worth.filter(|(_, worth)| *worth > 0.0).collect();
            let length = block.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            block.iter_mut().for_each(|(_, value)| *value /= length);
            block
        };
        self.idf.iter().zip(buckets).map(block).collect()
    }

    /// The features each word of a sentence brings, with the values they have in the whole.
    pub fn by_word(&self, sentence: &str) -> Vec<(String, Features)> {
        let tokens = Tokens::of(sentence);
        let whole = self.weigh(&tokens.words());
        let values: Vec<FxHashMap<u32, f32>> = whole.into_iter().map(|block| block.into_iter().collect()).collect();
        let words = tokens.0.into_iter().filter(|token| token.word);
        let alone = words.map(|token| (token.text.clone(), Tokens(vec![token]).words()));
        let of = |(values, buckets): (&FxHashMap<u32, f32>, Vec<u32>)| -> Vec<(u32, f32)> {
            buckets
                .into_iter()
                .filter_map(|bucket| Some((bucket, *values.get(&bucket)?)))
                .collect()
        };
        alone
            .map(|(word, buckets)| (word, values.iter().zip(buckets).map(of).collect()))
            .collect()
    }
}
