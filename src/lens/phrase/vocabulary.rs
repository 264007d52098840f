//! Words ↔ numbers: the words that phrases use, by stem, by form and by beginning.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::Word;

/// The words that the phrases of a lens use.
pub struct Vocabulary {
    stems: HashMap<String, u32>,
    exacts: HashMap<String, u32>,
    prefixes: HashMap<String, u32>,
    /// Lengths in bytes of the prefixes, ascending.
    prefix_lengths: Vec<usize>,
    stemmer: Stemmer,
}

#[derive(Clone, Default)]
struct Ids {
    stem: Option<u32>,
    exact: Option<u32>,
    prefixes: Vec<u32>,
}

/// Words met before in the same text: most words of a text stand in it many times.
#[derive(Default)]
pub struct Cache(HashMap<String, Ids>);

impl Vocabulary {
    /// Gives a word its identifiers.
    pub fn identify(&self, word: &mut Word, cache: &mut Cache) {
        if word.opaque {
            return;
        }
        if !cache.0.contains_key(&word.text) {
            cache.0.insert(word.text.clone(), self.look_up(&word.text));
        }
        if let Some(ids) = cache.0.get(&word.text) {
            word.stems.extend(ids.stem);
            word.exacts.extend(ids.exact);
            word.prefixes.extend(&ids.prefixes);
        }
    }

    fn look_up(&self, text: &str) -> Ids {
        Ids {
            stem: self.stems.get(self.stemmer.stem(text).as_ref()).copied(),
            exact: self.exacts.get(text).copied(),
            prefixes: self
                .prefix_lengths
                .iter()
                .map_while(|&length| {
                    if length <= text.len() {
                        Some(text.get(..length))
                    } else {
                        None
                    }
                })
                .flatten()
                .filter_map(|beginning| self.prefixes.get(beginning).copied())
                .collect(),
        }
    }
}

pub struct VocabularyBuilder(Vocabulary);

impl Default for VocabularyBuilder {
    fn default() -> Self {
        VocabularyBuilder(Vocabulary {
            stems: HashMap::new(),
            exacts: HashMap::new(),
            prefixes: HashMap::new(),
            prefix_lengths: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
        })
    }
}

impl VocabularyBuilder {
    pub fn stem(&mut self, word: &str) -> u32 {
        let stem = self.0.stemmer.stem(word).into_owned();
        number(&mut self.0.stems, stem)
    }

    pub fn exact(&mut self, word: &str) -> u32 {
        number(&mut self.0.exacts, word.to_owned())
    }

    pub fn prefix(&mut self, beginning: &str) -> u32 {
        if let Err(at) = self.0.prefix_lengths.binary_search(&beginning.len()) {
            self.0.prefix_lengths.insert(at, beginning.len());
        }
        number(&mut self.0.prefixes, beginning.to_owned())
    }

    pub fn build(self) -> Vocabulary {
        self.0
    }
}

fn number(map: &mut HashMap<String, u32>, key: String) -> u32 {
    let next = map.len() as u32;
    *map.entry(key).or_insert(next)
}
