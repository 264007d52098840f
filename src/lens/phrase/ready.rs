//! The phrases of the built-in lens and their words, compiled when the program was built (`build/phrases.rs`). They are used where they
//! lie in the binary.

use xxhash_rust::xxh3::xxh3_64;

use super::parse::{ENGINE, Key};
use super::slot::Slot::{self, Gap, Word};

// KEYS of slots, behind one another; SLOTS of phrases, likewise; PHRASES: where the text of each begins and its length, where its slots
// begin and their number; their TEXT; NUMBERS of the phrases, by hash. WORDS, in the order of their keys: where each begins in WORD_TEXT
// with its stem, where the word itself begins, and where it ends; words of one stem follow one another. By hash: STEMS with the key of
// their first word and how many they have, EXACTS and PREFIXES with theirs; PREFIX_LENGTHS in bytes, ascending.
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

/// The first key that stands for no word here.
pub const NEXT: Key = ENGINE + 1 + WORDS.len() as Key;

/// A word by its key: its stem, where it stands for all its forms, and how it is written.
fn word(key: Key) -> Option<(&'static str, &'static str)> {
    let &(start, middle, end) = WORDS.get((key - ENGINE - 1) as usize)?;
    let part = |from: u32, to: u32| WORD_TEXT.get(from as usize..to as usize);
    Some((part(start, middle)?, part(middle, end)?))
}

/// The words that have a stem.
pub fn of_stem<'a>(stem: &str) -> impl Iterator<Item = (&'a str, Key)> + use<'a> {
    let known = STEMS.get(&xxh3_64(stem.as_bytes())).copied();
    let known = known.filter(|(first, _)| word(*first).is_some_and(|(of, _)| of == stem));
    let (first, count) = known.unwrap_or_default();
    (first..first + count).filter_map(|key| Some((word(key)?.1, key)))
}

/// The key of a form that stands for itself alone.
pub fn exact(form: &str) -> Option<Key> {
    written_so(EXACTS.get(&xxh3_64(form.as_bytes())), form)
}

/// The key of a beginning of words.
pub fn prefix(beginning: &str) -> Option<Key> {
    written_so(PREFIXES.get(&xxh3_64(beginning.as_bytes())), beginning)
}

fn written_so(key: Option<&Key>, text: &str) -> Option<Key> {
    key.copied()
        .filter(|key| word(*key).is_some_and(|(_, written)| written == text))
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
                let mut alike = of_stem(&stemmer.stem(word));
                alike.find(|(known, _)| known == word).map(|(_, key)| key)
            }
            Atom::Exact(word) => exact(word),
            Atom::Prefix(word) => prefix(word),
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
