//! Words ↔ numbers: the words that phrases use, by stem, by form and by beginning.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::words::Word;

/// The number of a stem, a form or a beginning.
pub type Key = u32;

/// Any number, whatever its figures.
pub const NUMBER: Key = 0;
/// The name of an engine.
pub const ENGINE: Key = 1;

/// The words that the phrases of a lens use.
pub struct Vocabulary {
    stems: FxHashMap<String, Key>,
    exacts: FxHashMap<String, Key>,
    prefixes: FxHashMap<String, Key>,
    /// Lengths in bytes of the prefixes, ascending.
    prefix_lengths: Vec<usize>,
    stemmer: Stemmer,
    next: Key,
}

/// Words met before in the same text: most words of a text stand in it many times.
#[derive(Default)]
pub struct Cache(FxHashMap<String, SmallVec<[Key; 3]>>);

impl Vocabulary {
    /// How many keys there are; every key is below.
    pub fn size(&self) -> usize {
        self.next as usize
    }

    /// Gives a word its keys.
    pub fn identify(&self, word: &mut Word, cache: &mut Cache) {
        if word.opaque {
            return;
        }
        if let Some(keys) = cache.0.get(&word.text) {
            word.keys = keys.clone();
            return;
        }
        word.keys = self.look_up(&word.text);
        cache.0.insert(word.text.clone(), word.keys.clone());
    }

    fn look_up(&self, text: &str) -> SmallVec<[Key; 3]> {
        let mut keys = SmallVec::new();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            keys.push(NUMBER);
        }
        keys.extend(self.stems.get(self.stemmer.stem(text).as_ref()).copied());
        keys.extend(self.exacts.get(text).copied());
        for &length in self.prefix_lengths.iter().take_while(|&&length| length <= text.len()) {
            keys.extend(text.get(..length).and_then(|beginning| self.prefixes.get(beginning)).copied());
        }
        keys
    }
}

pub struct VocabularyBuilder(Vocabulary);

impl Default for VocabularyBuilder {
    fn default() -> Self {
        VocabularyBuilder(Vocabulary {
            stems: FxHashMap::default(),
            exacts: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            prefix_lengths: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
            next: ENGINE + 1,
        })
    }
}

impl VocabularyBuilder {
    pub fn stem(&mut self, word: &str) -> Key {
        let stem = self.0.stemmer.stem(word).into_owned();
        number(&mut self.0.stems, stem, &mut self.0.next)
    }

    pub fn exact(&mut self, word: &str) -> Key {
        number(&mut self.0.exacts, word.to_owned(), &mut self.0.next)
    }

    pub fn prefix(&mut self, beginning: &str) -> Key {
        if let Err(at) = self.0.prefix_lengths.binary_search(&beginning.len()) {
            self.0.prefix_lengths.insert(at, beginning.len());
        }
        number(&mut self.0.prefixes, beginning.to_owned(), &mut self.0.next)
    }

    pub fn build(self) -> Vocabulary {
        self.0
    }
}

fn number(map: &mut FxHashMap<String, Key>, key: String, next: &mut Key) -> Key {
    *map.entry(key).or_insert_with(|| {
        let number = *next;
        *next += 1;
        number
    })
}
