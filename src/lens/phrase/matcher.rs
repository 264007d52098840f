//! Many phrases, one pass: each phrase is tried only where its rarest word stands.

use rustc_hash::FxHashSet;

use super::parse::{Atom, Element};
use super::vocabulary::{ENGINE, Key, NUMBER, VocabularyBuilder};
use super::words::{Break, Word};

/// A phrase found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<T> {
    pub payload: T,
    /// The number of the phrase; [`Phrases::written`] has its words.
    pub phrase: u32,
    /// Words `[start, end)` that it covers.
    pub start: usize,
    pub end: usize,
    /// The words that stand for the `@engine`s of the phrase, in order.
    pub engines: Vec<usize>,
}

/// Compiled phrases, each with what it stands for.
pub struct Phrases<T> {
    phrases: Vec<Phrase<T>>,
    /// For each key, the (phrase, element)s that are anchored at it.
    anchors: Vec<Vec<(u32, u16)>>,
}

struct Phrase<T> {
    written: String,
    elements: Vec<Compiled>,
    payload: T,
}

enum Compiled {
    /// Keys in ascending order.
    Word {
        any: Vec<Key>,
        optional: bool,
    },
    Gap(usize),
}

fn matches(any: &[Key], word: &Word) -> bool {
    let has = |key: &Key| {
        if any.len() <= 4 {
            any.contains(key)
        } else {
            any.binary_search(key).is_ok()
        }
    };
    word.keys.iter().any(has) || word.mention.is_some() && has(&ENGINE)
}

pub struct PhrasesBuilder<T> {
    phrases: Vec<Phrase<T>>,
}

impl<T> Default for PhrasesBuilder<T> {
    fn default() -> Self {
        PhrasesBuilder { phrases: Vec::new() }
    }
}

impl<T: Copy> PhrasesBuilder<T> {
    /// Adds a phrase as it is written, with its elements.
    pub fn add(&mut self, written: &str, elements: &[Element], payload: T, vocabulary: &mut VocabularyBuilder) {
        let elements = elements
            .iter()
            .map(|element| match element {
                Element::Gap(most) => Compiled::Gap(*most),
                Element::Word { any, optional } => {
                    let mut any: Vec<Key> = any.iter().map(|atom| key(atom, vocabulary)).collect();
                    any.sort_unstable();
                    any.dedup();
                    Compiled::Word {
                        any,
                        optional: *optional,
                    }
                }
            })
            .collect();
        self.phrases.push(Phrase {
            written: written.to_owned(),
            elements,
            payload,
        });
    }

    /// `keys` is how many keys the finished vocabulary has.
    pub fn build(self, keys: usize) -> Phrases<T> {
        let mut frequency = vec![0usize; keys];
        for element in self.phrases.iter().flat_map(|phrase| &phrase.elements) {
            if let Compiled::Word { any, optional: false } = element {
                for &key in any {
                    if let Some(count) = frequency.get_mut(key as usize) {
                        *count += common(key);
                    }
                }
            }
        }
        let mut anchors: Vec<Vec<(u32, u16)>> = vec![Vec::new(); keys];
        for (number, phrase) in self.phrases.iter().enumerate() {
            let rarest = phrase
                .elements
                .iter()
                .enumerate()
                .filter_map(|(at, element)| match element {
                    Compiled::Word { any, optional: false } => {
                        let uses: usize = any.iter().filter_map(|&key| frequency.get(key as usize)).sum();
                        Some((uses, at, any))
                    }
                    _ => None,
                });
            if let Some((_, at, any)) = rarest.min_by_key(|(uses, at, _)| (*uses, *at)) {
                for &key in any {
                    if let Some(list) = anchors.get_mut(key as usize) {
                        list.push((number as u32, at as u16));
                    }
                }
            }
        }
        Phrases {
            phrases: self.phrases,
            anchors,
        }
    }
}

/// Numbers and engines are frequent in records: anchor elsewhere when there is a choice.
fn common(key: Key) -> usize {
    if key == NUMBER || key == ENGINE { 1000 } else { 1 }
}

fn key(atom: &Atom, vocabulary: &mut VocabularyBuilder) -> Key {
    match atom {
        Atom::Stem(word) => vocabulary.stem(word),
        Atom::Exact(word) => vocabulary.exact(word),
        Atom::Prefix(beginning) => vocabulary.prefix(beginning),
        Atom::Number => NUMBER,
        Atom::Engine => ENGINE,
    }
}

impl<T: Copy> Phrases<T> {
    /// A phrase as its table has it.
    pub fn written(&self, phrase: u32) -> &str {
        self.phrases
            .get(phrase as usize)
            .map_or("", |phrase| phrase.written.as_str())
    }

    /// All phrases that stand in these words, each at most once for a first word.
    pub fn find(&self, words: &[Word]) -> Vec<Match<T>> {
        let mut found: Vec<Match<T>> = Vec::new();
        let mut seen: FxHashSet<(u32, usize)> = FxHashSet::default();
        for (at, word) in words.iter().enumerate() {
            for key in word.keys.iter().copied().chain(word.mention.map(|_| ENGINE)) {
                for &(number, anchor) in self.anchors.get(key as usize).into_iter().flatten() {
                    let Some(phrase) = self.phrases.get(number as usize) else {
                        continue;
                    };
                    let Some((start, end)) = around(phrase, words, at, anchor as usize) else {
                        continue;
                    };
                    if !seen.insert((number, start)) {
                        continue;
                    }
                    let engines = slots(phrase, words, start, end);
                    found.push(Match {
                        payload: phrase.payload,
                        phrase: number,
                        start,
                        end,
                        engines,
                    });
                }
            }
        }
        found
    }
}

/// The words a phrase covers when its element `anchor` stands at word `at`.
fn around<T>(phrase: &Phrase<T>, words: &[Word], at: usize, anchor: usize) -> Option<(usize, usize)> {
    let end = walk(phrase.elements.get(anchor + 1..)?, words, at, Direction::Forward)?;
    let start = walk(phrase.elements.get(..anchor)?, words, at, Direction::Backward)?;
    Some((start, end + 1))
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// The element that comes next in this direction, and those beyond it.
    fn next(self, elements: &[Compiled]) -> Option<(&Compiled, &[Compiled])> {
        match self {
            Direction::Forward => elements.split_first(),
            Direction::Backward => elements.split_last(),
        }
    }
}

/// Matches elements outwards from word `at`; the last word reached.
fn walk(elements: &[Compiled], words: &[Word], at: usize, direction: Direction) -> Option<usize> {
    let Some((element, rest)) = direction.next(elements) else {
        return Some(at);
    };
    match element {
        Compiled::Word { any, optional } => {
            let with = step(words, at, direction, Break::Colon)
                .filter(|&next| words.get(next).is_some_and(|word| matches(any, word)))
                .and_then(|next| walk(rest, words, next, direction));
            if with.is_none() && *optional {
                walk(rest, words, at, direction)
            } else {
                with
            }
        }
        Compiled::Gap(most) => {
            let Some((Compiled::Word { any, .. }, beyond)) = direction.next(rest) else {
                return walk(rest, words, at, direction);
            };
            let mut here = at;
            for _ in 0..=*most {
                here = step(words, here, direction, Break::Comma)?;
                if words.get(here).is_some_and(|word| matches(any, word))
                    && let Some(end) = walk(beyond, words, here, direction)
                {
                    return Some(end);
                }
            }
            None
        }
    }
}

/// The next word in a direction, unless more than `most` stands between.
fn step(words: &[Word], at: usize, direction: Direction, most: Break) -> Option<usize> {
    let (next, between) = match direction {
        Direction::Forward => (at + 1, words.get(at + 1)?.before),
        Direction::Backward => (at.checked_sub(1)?, words.get(at)?.before),
    };
    (between <= most).then_some(next)
}

/// The words of a match that stand for the `@engine`s of its phrase, in order.
fn slots<T>(phrase: &Phrase<T>, words: &[Word], start: usize, end: usize) -> Vec<usize> {
    let wanted = phrase
        .elements
        .iter()
        .filter(|element| matches!(element, Compiled::Word { any, .. } if any.contains(&ENGINE)))
        .count();
    if wanted == 0 {
        return Vec::new();
    }
    let mentions: Vec<usize> = (start..end)
        .filter(|&at| words.get(at).is_some_and(|word| word.mention.is_some()))
        .collect();
    if mentions.len() <= wanted {
        return mentions;
    }
    // More names than places: the phrase's own places are its first and its last.
    let first_is_slot = matches!(phrase.elements.first(), Some(Compiled::Word { any, .. }) if any.contains(&ENGINE));
    if first_is_slot && wanted > 1 {
        return mentions.first().into_iter().chain(mentions.last()).copied().collect();
    }
    if first_is_slot {
        mentions.into_iter().take(wanted).collect()
    } else {
        mentions.into_iter().rev().take(wanted).rev().collect()
    }
}
