//! Many phrases, one pass: each phrase is tried only where its rarest word stands.

use rustc_hash::FxHashSet;

use super::held::Held;
use super::parse::{ENGINE, Key, NUMBER};
use super::slot::Slot;
use super::vocabulary::Compiled;
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
        PhrasesBuilder(Held::default())
    }
}

impl<T: Copy> PhrasesBuilder<T> {
    /// Adds a phrase as it is written, with what the vocabulary made of it.
    pub fn add(&mut self, written: &str, phrase: Compiled, payload: T) {
        self.0.add(written, phrase, payload);
    }

    /// `keys` is how many keys the finished vocabulary has.
    pub fn build(self, keys: usize) -> Phrases<T> {
        let held = self.0;
        let required = |slot: &Slot| match *slot {
            Slot::Word(start, count, false) => Some(held.keys(start, count)),
            _ => None,
        };
        let mut frequency = vec![0usize; keys];
        for &key in held.all().flatten().filter_map(required).flatten() {
            if let Some(count) = frequency.get_mut(key as usize) {
                *count += common(key);
            }
        }
        let mut anchored: Vec<(Key, u32, u16)> = Vec::with_capacity(2 * held.len());
        for (number, slots) in held.all().enumerate() {
            let rarest = slots.iter().enumerate().filter_map(|(at, slot)| {
                let any = required(slot)?;
                let uses: usize = any.iter().filter_map(|&key| frequency.get(key as usize)).sum();
                Some((uses, at, any))
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

    /// All phrases as their tables have them.
    pub fn written_all(&self) -> impl Iterator<Item = &str> {
        (0..self.held.len()).filter_map(|number| self.held.written(number))
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
        let walk = Walk {
            held: &self.held,
            words,
        };
        for (at, word) in words.iter().enumerate() {
            for key in word.keys.iter().copied().chain(word.mention.map(|_| ENGINE)) {
                for &(number, anchor) in self.anchored(key) {
                    let Some((slots, &payload)) = self.held.get(number as usize) else {
                        continue;
                    };
                    let Some((start, end)) = walk.around(slots, at, anchor as usize) else {
                        continue;
                    };
                    if !seen.insert((number, start)) {
                        continue;
                    }
                    let engines = walk.engines(slots, start, end);
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

/// Phrases on their way through the words of a sentence.
struct Walk<'a, T> {
    held: &'a Held<T>,
    words: &'a [Word],
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// The slot that comes next in this direction, and those beyond it.
    fn next(self, slots: &[Slot]) -> Option<(Slot, &[Slot])> {
        let (next, rest) = match self {
            Direction::Forward => slots.split_first(),
            Direction::Backward => slots.split_last(),
        }?;
        Some((*next, rest))
    }
}

impl<T> Walk<'_, T> {
    /// The words a phrase covers when its slot `anchor` stands at word `at`.
    fn around(&self, slots: &[Slot], at: usize, anchor: usize) -> Option<(usize, usize)> {
        let end = self.reach(slots.get(anchor + 1..)?, at, Direction::Forward)?;
        let start = self.reach(slots.get(..anchor)?, at, Direction::Backward)?;
        Some((start, end + 1))
    }

    /// Matches slots outwards from word `at`; the last word reached.
    fn reach(&self, slots: &[Slot], at: usize, direction: Direction) -> Option<usize> {
        let Some((slot, rest)) = direction.next(slots) else {
            return Some(at);
        };
        match slot {
            Slot::Word(start, count, optional) => {
                let any = self.held.keys(start, count);
                let with = self
                    .step(at, direction, Break::Colon)
                    .filter(|&next| self.words.get(next).is_some_and(|word| matches(any, word)))
                    .and_then(|next| self.reach(rest, next, direction));
                if with.is_none() && optional {
                    self.reach(rest, at, direction)
                } else {
                    with
                }
            }
            Slot::Gap(most) => self.leap(most, rest, at, direction),
        }
    }

    /// Matches slots that begin within `most` words of word `at`.
    fn leap(&self, most: u8, slots: &[Slot], at: usize, direction: Direction) -> Option<usize> {
        let Some((Slot::Word(start, count, optional), beyond)) = direction.next(slots) else {
            return self.reach(slots, at, direction);
        };
        let any = self.held.keys(start, count);
        let mut here = at;
        for _ in 0..=most {
            let Some(next) = self.step(here, direction, Break::Comma) else {
                break;
            };
            here = next;
            if self.words.get(here).is_some_and(|word| matches(any, word))
                && let Some(end) = self.reach(beyond, here, direction)
            {
                return Some(end);
            }
        }
        if optional {
            self.leap(most, beyond, at, direction)
        } else {
            None
        }
    }

    /// The next word in a direction, unless more than `most` stands between.
    fn step(&self, at: usize, direction: Direction, most: Break) -> Option<usize> {
        let (next, between) = match direction {
            Direction::Forward => (at + 1, self.words.get(at + 1)?.before),
            Direction::Backward => (at.checked_sub(1)?, self.words.get(at)?.before),
        };
        (between <= most).then_some(next)
    }

    /// The words of a match that stand for the `@engine`s of its phrase, in order.
    fn engines(&self, slots: &[Slot], start: usize, end: usize) -> Vec<usize> {
        let is_engine = |slot: &Slot| matches!(*slot, Slot::Word(start, count, _) if self.held.keys(start, count).contains(&ENGINE));
        let wanted = slots.iter().filter(|slot| is_engine(slot)).count();
        if wanted == 0 {
            return Vec::new();
        }
        let mentions: Vec<usize> = (start..end)
            .filter(|&at| self.words.get(at).is_some_and(|word| word.mention.is_some()))
            .collect();
        if mentions.len() <= wanted {
            return mentions;
        }
        // More names than places: the phrase's own places are its first and its last.
        let first_is_slot = slots.first().is_some_and(is_engine);
        if first_is_slot && wanted > 1 {
            return mentions.first().into_iter().chain(mentions.last()).copied().collect();
        }
        if first_is_slot {
            mentions.into_iter().take(wanted).collect()
        } else {
            mentions.into_iter().rev().take(wanted).rev().collect()
        }
    }
}
