//! The phrases of the built-in lens and their words, compiled when the program was built (`build/phrases.rs`). They are used where they
//! lie in the binary.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use xxhash_rust::xxh3::xxh3_64;

use super::parse::{ENGINE, Key};
use super::slot::Slot::{self, Gap, Word};

// KEYS of slots, behind one another; SLOTS of phrases, likewise; PHRASES: where the text of each begins and its length, where its slots
// begin and their number; their TEXT; NUMBERS of the phrases, by hash.
include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// Where keys stand that are not among the ready ones, seen from a slot.
pub const KEY_COUNT: usize = KEYS.len();

/// The number of a phrase, if it was compiled. One that names a class of words never was: a team's lens may say otherwise what is in it.
pub fn number(phrase: &str) -> Option<u32> {
    let number = *NUMBERS.get(&xxh3_64(phrase.as_bytes()))?;
    (written(number) == Some(phrase)).then_some(number)
}

/// A phrase as it is written.
pub fn written(number: u32) -> Option<&'static str> {
    let &(start, length, ..) = PHRASES.get(number as usize)?;
    TEXT.get(start as usize..start as usize + usize::from(length))
}

pub fn slots(number: u32) -> Option<&'static [Slot]> {
    let &(.., start, count) = PHRASES.get(number as usize)?;
    SLOTS.get(start as usize..start as usize + usize::from(count))
}

/// The keys of a slot.
pub fn keys(start: usize, count: usize) -> Option<&'static [Key]> {
    KEYS.get(start..start + count)
}

/// The words of these phrases.
pub struct Words {
    /// For each stem, its first word and how many there are.
    stems: FxHashMap<&'static str, (Key, u32)>,
    /// In the order of their keys.
    words: Vec<&'static str>,
    pub exacts: FxHashMap<&'static str, Key>,
    pub prefixes: FxHashMap<&'static str, Key>,
    /// The first key that stands for no word here.
    pub next: Key,
}

pub static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!(concat!(env!("OUT_DIR"), "/words.txt"))));

impl Words {
    /// Reads a word from each line: `stem word`, `=form` or `beginning*`. Words of one stem follow one another.
    fn read(lines: &'static str) -> Words {
        // Most are words that stand for all forms of theirs.
        let count = lines.lines().count();
        let mut read = Words {
            stems: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
            words: Vec::with_capacity(count),
            exacts: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            next: ENGINE + 1,
        };
        for line in lines.lines() {
            let key = read.next;
            read.next += 1;
            read.words.push(line);
            if let Some((stem, word)) = line.split_once(' ') {
                read.stems.entry(stem).or_insert((key, 0)).1 += 1;
                read.words.pop();
                read.words.push(word);
            } else if let Some(form) = line.strip_prefix('=') {
                read.exacts.insert(form, key);
            } else if let Some(beginning) = line.strip_suffix('*') {
                read.prefixes.insert(beginning, key);
            }
        }
        read
    }

    /// The words that have a stem.
    pub fn of_stem<'a>(&'a self, stem: &str) -> impl Iterator<Item = (&'a str, Key)> + use<'a> {
        let &(first, count) = self.stems.get(stem).unwrap_or(&(0, 0));
        (first..first + count).filter_map(|key| Some((*self.words.get((key - ENGINE - 1) as usize)?, key)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::parse::{Atom, Element, NUMBER, parse};
    use super::*;

    /// As the loader says it of a word that it numbers itself.
    fn key(atom: &Atom) -> Option<Key> {
        let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
        match atom {
            Atom::Stem(word) => {
                let mut alike = WORDS.of_stem(&stemmer.stem(word));
                alike.find(|(known, _)| known == word).map(|(_, key)| key)
            }
            Atom::Exact(word) => WORDS.exacts.get(word.as_str()).copied(),
            Atom::Prefix(word) => WORDS.prefixes.get(word.as_str()).copied(),
            Atom::Number => Some(NUMBER),
            Atom::Engine => Some(ENGINE),
        }
    }

    #[test]
    fn what_is_ready_is_what_the_loader_would_make_of_it() {
        let all: Vec<_> = (0..).map_while(written).collect();
        assert!(all.len() > 5_000, "{}", all.len());
        for phrase in all {
            let parsed = parse(phrase, &BTreeMap::new()).unwrap_or_default();
            let compiled = parsed.iter().map(|element| match element {
                Element::Gap(most) => (*most, Vec::new(), false),
                Element::Word { any, optional } => {
                    let mut keys: Vec<_> = any.iter().map(|atom| key(atom).unwrap_or(Key::MAX)).collect();
                    keys.sort_unstable();
                    keys.dedup();
                    (0, keys, *optional)
                }
            });
            let ready = number(phrase).and_then(slots).unwrap_or_default();
            let ready = ready.iter().map(|slot| match *slot {
                Gap(most) => (most, Vec::new(), false),
                Word(start, count, optional) => {
                    let keys = keys(start as usize, count as usize).unwrap_or_default();
                    (0, keys.to_vec(), optional)
                }
            });
            assert_eq!(ready.collect::<Vec<_>>(), compiled.collect::<Vec<_>>(), "{phrase}");
        }
    }
}
