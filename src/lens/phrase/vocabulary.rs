//! Words ↔ numbers: the words that phrases use, by stem, by form and by beginning.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::parse::{Atom, Element, Malformed, parse_piece, whole};
use super::stems::Stems;
use super::words::Word;

/// The number of a stem, a form or a beginning.
pub type Key = u32;

/// Any number, whatever its figures.
pub const NUMBER: Key = 0;
/// The name of an engine.
pub const ENGINE: Key = 1;

/// The words that the phrases of a lens use.
pub struct Vocabulary {
    /// For each stem, the words of phrases that have it.
    stems: FxHashMap<String, Vec<(String, Key)>>,
    exacts: FxHashMap<String, Key>,
    prefixes: FxHashMap<String, Key>,
    /// Lengths in bytes of the prefixes, ascending.
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
    keys: FxHashMap<String, SmallVec<[Key; 3]>>,
}

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

/// Few phrases have more pieces.
const MOST_PIECES: usize = 8;

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
        CACHE.with_borrow_mut(|cache| {
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
        let alike = self.stems.get(self.stemmer.stem(text).as_ref()).into_iter().flatten();
        keys.extend(alike.filter(|(word, _)| inflected(word, text)).map(|(_, key)| *key));
        keys.extend(self.exacts.get(text).copied());
        for &length in self.prefix_lengths.iter().take_while(|&&length| length <= text.len()) {
            keys.extend(
                text.get(..length)
                    .and_then(|beginning| self.prefixes.get(beginning))
                    .copied(),
            );
        }
        keys
    }
}

/// The keys of the words that can stand in one place of a phrase, ascending.
pub type Keys = Arc<[Key]>;

pub struct VocabularyBuilder {
    built: Vocabulary,
    /// Words stemmed before: tables repeat their words.
    stemmed: FxHashMap<String, Key>,
    known: Stems,
    /// What stands between blanks in phrases: few pieces make up all of them, and a class of words is met in a thousand phrases.
    pieces: FxHashMap<String, Vec<Element<Keys>>>,
}

impl Default for VocabularyBuilder {
    fn default() -> Self {
        let built = Vocabulary {
            stems: FxHashMap::default(),
            exacts: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            prefix_lengths: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
            next: ENGINE + 1,
            id: NEXT.fetch_add(1, Ordering::Relaxed),
        };
        VocabularyBuilder {
            built,
            stemmed: FxHashMap::default(),
            known: Stems::default(),
            pieces: FxHashMap::default(),
        }
    }
}

impl VocabularyBuilder {
    /// Parses a phrase into the keys of its words.
    pub fn phrase(
        &mut self,
        phrase: &str,
        classes: &BTreeMap<String, Vec<String>>,
    ) -> Result<Vec<Element<Keys>>, Malformed> {
        let mut elements = Vec::with_capacity(MOST_PIECES);
        for piece in phrase.split_whitespace() {
            if let Some(known) = self.pieces.get(piece) {
                elements.extend_from_slice(known);
                continue;
            }
            let compiled = match self.plain(piece) {
                Some(element) => vec![element],
                None => {
                    let parsed = parse_piece(piece, phrase, classes)?;
                    parsed.iter().map(|element| self.element(element)).collect()
                }
            };
            elements.extend_from_slice(&compiled);
            self.pieces.insert(piece.to_owned(), compiled);
        }
        whole(elements, phrase)
    }

    /// A piece of nothing but words, which most are, without a detour over its parts.
    fn plain(&mut self, piece: &str) -> Option<Element<Keys>> {
        let (words, optional) = piece.strip_prefix('?').map_or((piece, false), |rest| (rest, true));
        let is_plain = |word: &str| {
            let bare = word.strip_prefix('=').unwrap_or(word);
            let bare = if bare == word {
                bare.strip_suffix('*').unwrap_or(bare)
            } else {
                bare
            };
            !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        if !words.split('|').all(is_plain) {
            return None;
        }
        let mut any: SmallVec<[Key; 16]> = SmallVec::new();
        for word in words.split('|') {
            any.push(match (word.strip_prefix('='), word.strip_suffix('*')) {
                (Some(form), _) => self.exact(form),
                (None, Some(beginning)) => self.prefix(beginning),
                (None, None) => self.stem(word),
            });
        }
        any.sort_unstable();
        any.dedup();
        Some(Element::Word {
            any: any.as_slice().into(),
            optional,
        })
    }

    fn element(&mut self, element: &Element) -> Element<Keys> {
        match element {
            Element::Gap(most) => Element::Gap(*most),
            Element::Word { any, optional } => {
                let mut any: Vec<Key> = any.iter().map(|atom| self.key(atom)).collect();
                any.sort_unstable();
                any.dedup();
                Element::Word {
                    any: any.into(),
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
        if let Some(&key) = self.stemmed.get(word) {
            return key;
        }
        let key = self.built.next;
        self.built.next += 1;
        let stem = self.known.of(word).into_owned();
        self.built.stems.entry(stem).or_default().push((word.to_owned(), key));
        self.stemmed.insert(word.to_owned(), key);
        key
    }

    fn exact(&mut self, word: &str) -> Key {
        number(&mut self.built.exacts, word, &mut self.built.next)
    }

    fn prefix(&mut self, beginning: &str) -> Key {
        if let Err(at) = self.built.prefix_lengths.binary_search(&beginning.len()) {
            self.built.prefix_lengths.insert(at, beginning.len());
        }
        number(&mut self.built.prefixes, beginning, &mut self.built.next)
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

fn number(map: &mut FxHashMap<String, Key>, word: &str, next: &mut Key) -> Key {
    if let Some(&known) = map.get(word) {
        return known;
    }
    let number = *next;
    *next += 1;
    map.insert(word.to_owned(), number);
    number
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
