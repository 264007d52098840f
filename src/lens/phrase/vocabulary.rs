//! Words ↔ numbers: the words that phrases use, by stem, by form and by beginning. Those of the built-in lens have their numbers since
//! the program was built (`ready`); what a team's lens adds is numbered behind them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use compact_str::CompactString;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::parse::{Atom, ENGINE, Element, Key, Malformed, NUMBER, parse};
use super::ready;
use super::words::Word;
use super::written::Said;
use crate::lens::lent::Lent;

/// The words that the phrases of a lens use: those of the built-in lens, and what was added.
pub struct Vocabulary {
    /// For each stem, the words of phrases that have it.
    stems: FxHashMap<String, Vec<(String, Key)>>,
    exacts: FxHashMap<String, Key>,
    prefixes: FxHashMap<String, Key>,
    /// Lengths in bytes of all prefixes, ascending.
    prefix_lengths: Vec<usize>,
    stemmer: Stemmer,
    next: Key,
    id: u64,
}

/// Words met before: most words of a text stand in it many times, and in the next text again.
#[derive(Default)]
struct Cache {
    /// The vocabulary it was filled from.
    of: u64,
    keys: FxHashMap<CompactString, SmallVec<[Key; 3]>>,
}

static CACHE: Lent<Cache> = Lent::new();

/// A cache is emptied at this many words, so that a hostile text cannot fill the memory.
const MOST: usize = 50_000;

/// Tells vocabularies apart.
static NEXT: AtomicU64 = AtomicU64::new(1);

impl Vocabulary {
    /// How many keys there are; every key is below.
    pub fn size(&self) -> usize {
        self.next as usize
    }

    /// Gives each word its keys.
    pub fn identify(&self, words: &mut [Word]) {
        CACHE.with(|cache| {
            if cache.of != self.id || cache.keys.len() > MOST {
                cache.keys.clear();
                cache.of = self.id;
            }
            for word in words.iter_mut().filter(|word| !word.opaque) {
                if let Some(keys) = cache.keys.get(&word.text) {
                    word.keys.clone_from(keys);
                } else {
                    word.keys = self.look_up(&word.text);
                    cache.keys.insert(word.text.clone(), word.keys.clone());
                }
            }
        });
    }

    fn look_up(&self, text: &str) -> SmallVec<[Key; 3]> {
        let mut keys = SmallVec::new();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            keys.push(NUMBER);
        }
        let stem = self.stemmer.stem(text);
        let added = self.stems.get(stem.as_ref()).into_iter().flatten();
        let added = added.map(|(word, key)| (word.as_str(), *key));
        let alike = ready::of_stem(&stem).chain(added);
        keys.extend(alike.filter(|(word, _)| inflected(word, text)).map(|(_, key)| key));
        keys.extend(ready::exact(text).or_else(|| self.exacts.get(text).copied()));
        for &length in self.prefix_lengths.iter().take_while(|&&length| length <= text.len()) {
            let Some(beginning) = text.get(..length) else { continue };
            keys.extend(ready::prefix(beginning).or_else(|| self.prefixes.get(beginning).copied()));
        }
        keys
    }
}

/// What the vocabulary makes of a phrase.
pub enum Compiled {
    /// The number of one that was compiled when the program was built.
    Ready(u32),
    /// The keys of the words that can stand in each place, ascending.
    Added(Vec<Element<Vec<Key>>>),
}

pub struct VocabularyBuilder {
    built: Vocabulary,
    /// The words that were numbered here.
    added: FxHashMap<String, Key>,
}

impl Default for VocabularyBuilder {
    fn default() -> Self {
        VocabularyBuilder {
            built: Vocabulary {
                stems: FxHashMap::default(),
                exacts: FxHashMap::default(),
                prefixes: FxHashMap::default(),
                prefix_lengths: ready::PREFIX_LENGTHS.to_vec(),
                stemmer: Stemmer::create(Algorithm::English),
                next: ready::NEXT,
                id: NEXT.fetch_add(1, Ordering::Relaxed),
            },
            added: FxHashMap::default(),
        }
    }
}

impl VocabularyBuilder {
    pub fn phrase(
        &mut self,
        phrase: &impl Said,
        classes: &BTreeMap<String, Vec<String>>,
    ) -> Result<Compiled, Malformed> {
        if let Some(number) = phrase.number() {
            return Ok(Compiled::Ready(number));
        }
        let parsed = parse(phrase.text(), classes)?;
        let compiled = parsed.iter().map(|element| self.element(element)).collect();
        Ok(Compiled::Added(compiled))
    }

    fn element(&mut self, element: &Element) -> Element<Vec<Key>> {
        match element {
            Element::Gap(most) => Element::Gap(*most),
            Element::Word { any, optional } => {
                let mut any: Vec<Key> = any.iter().map(|atom| self.key(atom)).collect();
                any.sort_unstable();
                any.dedup();
                Element::Word {
                    any,
                    optional: *optional,
                }
            }
        }
    }

    fn key(&mut self, atom: &Atom) -> Key {
        match atom {
            Atom::Stem(word) => self.stem(word),
            Atom::Exact(word) => self.exact(word),
            Atom::Prefix(beginning) => self.prefix(beginning),
            Atom::Number => NUMBER,
            Atom::Engine => ENGINE,
        }
    }

    fn stem(&mut self, word: &str) -> Key {
        if let Some(&key) = self.added.get(word) {
            return key;
        }
        let stem = self.built.stemmer.stem(word).into_owned();
        if let Some((_, key)) = ready::of_stem(&stem).find(|(known, _)| *known == word) {
            return key;
        }
        let key = self.number();
        self.built.stems.entry(stem).or_default().push((word.to_owned(), key));
        self.added.insert(word.to_owned(), key);
        key
    }

    fn exact(&mut self, word: &str) -> Key {
        if let Some(key) = ready::exact(word).or_else(|| self.built.exacts.get(word).copied()) {
            return key;
        }
        let key = self.number();
        self.built.exacts.insert(word.to_owned(), key);
        key
    }

    fn prefix(&mut self, beginning: &str) -> Key {
        if let Some(key) = ready::prefix(beginning).or_else(|| self.built.prefixes.get(beginning).copied()) {
            return key;
        }
        let key = self.number();
        self.built.prefixes.insert(beginning.to_owned(), key);
        let lengths = &mut self.built.prefix_lengths;
        if let Err(at) = lengths.binary_search(&beginning.len()) {
            lengths.insert(at, beginning.len());
        }
        key
    }

    fn number(&mut self) -> Key {
        let key = self.built.next;
        self.built.next += 1;
        key
    }

    pub fn build(self) -> Vocabulary {
        self.built
    }
}

/// Whether two words of one stem are forms of one word: "save" and "saved", not "save" and "savings", nor "robust" and "robustness".
fn inflected(a: &str, b: &str) -> bool {
    const ENDINGS: [&str; 11] = ["", "s", "es", "ed", "d", "e", "ing", "y", "ies", "ied", "ying"];
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let ending = |word: &str| {
        let rest = word.get(common..).unwrap_or_default();
        // "plan", "planned": the consonant is doubled.
        let doubled = rest.len() > 1 && common > 0 && rest.as_bytes().first() == word.as_bytes().get(common - 1);
        ENDINGS.contains(&rest) || doubled && ENDINGS.contains(&rest.get(1..).unwrap_or_default())
    };
    ending(a) && ending(b)
}

#[cfg(test)]
mod tests {
    use super::inflected;

    #[test]
    fn forms_of_a_word_are_told_from_words_made_of_it() {
        for (a, b) in [
            ("join", "joined"),
            ("query", "queries"),
            ("plan", "planned"),
            ("require", "requiring"),
            ("store", "stored"),
        ] {
            assert!(inflected(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("savings", "save"),
            ("robustness", "robust"),
            ("provenance", "proven"),
            ("scale", "scalability"),
        ] {
            assert!(!inflected(a, b), "{a} {b}");
        }
    }
}
