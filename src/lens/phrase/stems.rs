//! A word of a phrase → its stem. Those of the built-in lens were worked out when the program was built.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// A word and its stem on each line, written by the build script.
static KNOWN: &str = include_str!(concat!(env!("OUT_DIR"), "/stems.txt"));

pub(super) struct Stems {
    known: FxHashMap<&'static str, &'static str>,
    stemmer: Stemmer,
}

impl Default for Stems {
    fn default() -> Self {
        Stems {
            known: KNOWN.lines().filter_map(|line| line.split_once(' ')).collect(),
            stemmer: Stemmer::create(Algorithm::English),
        }
    }
}

impl Stems {
    pub fn of<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match self.known.get(word) {
            Some(&stem) => stem.into(),
            None => self.stemmer.stem(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    #[test]
    fn what_is_known_is_what_the_stemmer_says() {
        let stems = Stems::default();
        assert!(stems.known.len() > 1_000);
        for (word, stem) in &stems.known {
            assert_eq!(stems.stemmer.stem(word), *stem, "{word}");
        }
    }
}
