//! Many phrases, one pass: each phrase is tried only where its rarest word stands.

use rustc_hash::FxHashSet;

use super::parse::Element;
use super::vocabulary::{ENGINE, Key, Keys, NUMBER};
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
    held: Held<T>,
    /// Where each key's anchors begin; one more than there are keys with anchors.
    starts: Vec<u32>,
    /// For each key, the (phrase, element)s that are anchored at it.
    anchors: Vec<(u32, u16)>,
}

/// Phrases with their parts behind one another: there are tens of thousands.
struct Held<T> {
    phrases: Vec<Phrase<T>>,
    elements: Vec<Compiled>,
    written: String,
}

struct Phrase<T> {
    /// Where its elements end, and where its words as they are written do: they begin where those of the phrase before end.
    elements: usize,
    written: usize,
    payload: T,
}

type Compiled = Element<Keys>;

impl<T> Held<T> {
    fn before(&self, number: usize) -> (usize, usize) {
        let before = number.checked_sub(1).and_then(|before| self.phrases.get(before));
        before.map_or((0, 0), |phrase| (phrase.elements, phrase.written))
    }

    fn get(&self, number: usize) -> Option<(&[Compiled], &T)> {
        let phrase = self.phrases.get(number)?;
        let elements = self.elements.get(self.before(number).0..phrase.elements)?;
        Some((elements, &phrase.payload))
    }

    fn written(&self, number: usize) -> Option<&str> {
        let end = self.phrases.get(number)?.written;
        self.written.get(self.before(number).1..end)
    }

    fn all(&self) -> impl Iterator<Item = &[Compiled]> {
        (0..self.phrases.len()).filter_map(|number| Some(self.get(number)?.0))
    }
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

pub struct PhrasesBuilder<T>(Held<T>);

impl<T> Default for PhrasesBuilder<T> {
    fn default() -> Self {
        PhrasesBuilder(Held {
            phrases: Vec::new(),
            elements: Vec::new(),
            written: String::new(),
        })
    }
}

impl<T: Copy> PhrasesBuilder<T> {
    /// Adds a phrase as it is written, with its elements.
    pub fn add(&mut self, written: &str, elements: Vec<Element<Keys>>, payload: T) {
        let held = &mut self.0;
        held.elements.extend(elements);
        held.written.push_str(written);
        held.phrases.push(Phrase {
            elements: held.elements.len(),
            written: held.written.len(),
            payload,
        });
    }

    /// `keys` is how many keys the finished vocabulary has.
    pub fn build(self, keys: usize) -> Phrases<T> {
        let held = self.0;
        let mut frequency = vec![0usize; keys];
        for element in &held.elements {
            if let Element::Word { any, optional: false } = element {
                for &key in any.iter() {
                    if let Some(count) = frequency.get_mut(key as usize) {
                        *count += common(key);
                    }
                }
            }
        }
        let mut anchored: Vec<(Key, u32, u16)> = Vec::new();
        for (number, elements) in held.all().enumerate() {
            let rarest = elements.iter().enumerate().filter_map(|(at, element)| match element {
                Element::Word { any, optional: false } => {
                    let uses: usize = any.iter().filter_map(|&key| frequency.get(key as usize)).sum();
                    Some((uses, at, any))
                }
                _ => None,
            });
            if let Some((_, at, any)) = rarest.min_by_key(|(uses, at, _)| (*uses, *at)) {
                anchored.extend(any.iter().map(|&key| (key, number as u32, at as u16)));
            }
        }
        anchored.sort_unstable();
        let last = anchored.last().map_or(0, |(key, ..)| *key);
        let mut starts = Vec::with_capacity(last as usize + 2);
        let mut next = 0;
        for key in 0..=last + 1 {
            while anchored.get(next).is_some_and(|(other, ..)| *other < key) {
                next += 1;
            }
            starts.push(next as u32);
        }
        Phrases {
            held,
            starts,
            anchors: anchored.into_iter().map(|(_, number, at)| (number, at)).collect(),
        }
    }
}

/// Numbers and engines are frequent in records: anchor elsewhere when there is a choice.
fn common(key: Key) -> usize {
    if key == NUMBER || key == ENGINE { 1000 } else { 1 }
}

impl<T: Copy> Phrases<T> {
    /// A phrase as its table has it.
    pub fn written(&self, phrase: u32) -> &str {
        self.held.written(phrase as usize).unwrap_or_default()
    }

    /// The places of phrases that are anchored at a key.
    fn anchored(&self, key: Key) -> &[(u32, u16)] {
        let bounds = self.starts.get(key as usize).zip(self.starts.get(key as usize + 1));
        let anchors = bounds.and_then(|(&from, &to)| self.anchors.get(from as usize..to as usize));
        anchors.unwrap_or_default()
    }

    /// All phrases that stand in these words, each at most once for a first word.
    pub fn find(&self, words: &[Word]) -> Vec<Match<T>> {
        let mut found: Vec<Match<T>> = Vec::new();
        let mut seen: FxHashSet<(u32, usize)> = FxHashSet::default();
        for (at, word) in words.iter().enumerate() {
            for key in word.keys.iter().copied().chain(word.mention.map(|_| ENGINE)) {
                for &(number, anchor) in self.anchored(key) {
                    let Some((elements, &payload)) = self.held.get(number as usize) else {
                        continue;
                    };
                    let Some((start, end)) = around(elements, words, at, anchor as usize) else {
                        continue;
                    };
                    if !seen.insert((number, start)) {
                        continue;
                    }
                    let engines = slots(elements, words, start, end);
                    found.push(Match {
                        payload,
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
fn around(elements: &[Compiled], words: &[Word], at: usize, anchor: usize) -> Option<(usize, usize)> {
    let end = walk(elements.get(anchor + 1..)?, words, at, Direction::Forward)?;
    let start = walk(elements.get(..anchor)?, words, at, Direction::Backward)?;
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
        Element::Word { any, optional } => {
            let with = step(words, at, direction, Break::Colon)
                .filter(|&next| words.get(next).is_some_and(|word| matches(any, word)))
                .and_then(|next| walk(rest, words, next, direction));
            if with.is_none() && *optional {
                walk(rest, words, at, direction)
            } else {
                with
            }
        }
        Element::Gap(most) => leap(*most, rest, words, at, direction),
    }
}

/// Matches elements that begin within `most` words of word `at`.
fn leap(most: usize, elements: &[Compiled], words: &[Word], at: usize, direction: Direction) -> Option<usize> {
    let Some((Element::Word { any, optional }, beyond)) = direction.next(elements) else {
        return walk(elements, words, at, direction);
    };
    let mut here = at;
    for _ in 0..=most {
        let Some(next) = step(words, here, direction, Break::Comma) else {
            break;
        };
        here = next;
        if words.get(here).is_some_and(|word| matches(any, word))
            && let Some(end) = walk(beyond, words, here, direction)
        {
            return Some(end);
        }
    }
    if *optional {
        leap(most, beyond, words, at, direction)
    } else {
        None
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
fn slots(elements: &[Compiled], words: &[Word], start: usize, end: usize) -> Vec<usize> {
    let wanted = elements
        .iter()
        .filter(|element| matches!(element, Element::Word { any, .. } if any.contains(&ENGINE)))
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
    let first_is_slot = matches!(elements.first(), Some(Element::Word { any, .. }) if any.contains(&ENGINE));
    if first_is_slot && wanted > 1 {
        return mentions.first().into_iter().chain(mentions.last()).copied().collect();
    }
    if first_is_slot {
        mentions.into_iter().take(wanted).collect()
    } else {
        mentions.into_iter().rev().take(wanted).rev().collect()
    }
}
