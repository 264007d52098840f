//! Many phrases, one pass: each phrase is tried only where its rarest word stands.

use std::collections::{HashMap, HashSet};

use super::parse::{Atom, Element};
use super::vocabulary::VocabularyBuilder;
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
    /// Anchor → (phrase, element).
    anchors: HashMap<Id, Vec<(u32, u16)>>,
}

struct Phrase<T> {
    written: String,
    elements: Vec<Compiled>,
    payload: T,
}

enum Compiled {
    Word { any: Vec<Id>, optional: bool },
    Gap(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Id {
    Stem(u32),
    Exact(u32),
    Prefix(u32),
    Number,
    Engine,
}

impl Id {
    fn matches(self, word: &Word) -> bool {
        match self {
            Id::Stem(id) => word.stems.contains(&id),
            Id::Exact(id) => word.exacts.contains(&id),
            Id::Prefix(id) => word.prefixes.contains(&id),
            Id::Number => word.text.starts_with(|c: char| c.is_ascii_digit()),
            Id::Engine => word.mention.is_some(),
        }
    }
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
                    let any = any.iter().map(|atom| identify(atom, vocabulary)).collect();
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

    pub fn build(self) -> Phrases<T> {
        let mut frequency: HashMap<Id, usize> = HashMap::new();
        for element in self.phrases.iter().flat_map(|phrase| &phrase.elements) {
            if let Compiled::Word { any, optional: false } = element {
                for id in any {
                    *frequency.entry(*id).or_default() += common(*id);
                }
            }
        }
        let mut anchors: HashMap<Id, Vec<(u32, u16)>> = HashMap::new();
        for (number, phrase) in self.phrases.iter().enumerate() {
            let rarest = phrase
                .elements
                .iter()
                .enumerate()
                .filter_map(|(at, element)| match element {
                    Compiled::Word { any, optional: false } => Some((
                        any.iter()
                            .map(|id| frequency.get(id).copied().unwrap_or_default())
                            .sum::<usize>(),
                        at,
                        any,
                    )),
                    _ => None,
                });
            if let Some((_, at, any)) = rarest.min_by_key(|(uses, at, _)| (*uses, *at)) {
                for id in any {
                    anchors.entry(*id).or_default().push((number as u32, at as u16));
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
fn common(id: Id) -> usize {
    if matches!(id, Id::Number | Id::Engine) { 1000 } else { 1 }
}

fn identify(atom: &Atom, vocabulary: &mut VocabularyBuilder) -> Id {
    match atom {
        Atom::Stem(word) => Id::Stem(vocabulary.stem(word)),
        Atom::Exact(word) => Id::Exact(vocabulary.exact(word)),
        Atom::Prefix(beginning) => Id::Prefix(vocabulary.prefix(beginning)),
        Atom::Number => Id::Number,
        Atom::Engine => Id::Engine,
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
        let mut seen: HashSet<(u32, usize)> = HashSet::new();
        for (at, word) in words.iter().enumerate() {
            let ids = (word.stems.iter().map(|&id| Id::Stem(id)))
                .chain(word.exacts.iter().map(|&id| Id::Exact(id)))
                .chain(word.prefixes.iter().map(|&id| Id::Prefix(id)))
                .chain(word.mention.map(|_| Id::Engine))
                .chain(Id::Number.matches(word).then_some(Id::Number));
            for id in ids {
                for &(number, anchor) in self.anchors.get(&id).into_iter().flatten() {
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
    let before: Vec<&Compiled> = phrase.elements.get(..anchor)?.iter().rev().collect();
    let after: Vec<&Compiled> = phrase.elements.get(anchor + 1..)?.iter().collect();
    let end = walk(&after, words, at, Direction::Forward)?;
    let start = walk(&before, words, at, Direction::Backward)?;
    Some((start, end + 1))
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Backward,
}

/// Matches elements outwards from word `at`; the last word reached.
fn walk(elements: &[&Compiled], words: &[Word], at: usize, direction: Direction) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    match element {
        Compiled::Word { any, optional } => {
            let with = step(words, at, direction, Break::Colon)
                .filter(|&next| any.iter().any(|id| id.matches(&words[next])))
                .and_then(|next| walk(rest, words, next, direction));
            if with.is_none() && *optional {
                walk(rest, words, at, direction)
            } else {
                with
            }
        }
        Compiled::Gap(most) => {
            let Some((Compiled::Word { any, .. }, beyond)) = rest.split_first() else {
                return walk(rest, words, at, direction);
            };
            let mut here = at;
            for _ in 0..=*most {
                here = step(words, here, direction, Break::Comma)?;
                if any.iter().any(|id| id.matches(&words[here]))
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
        .filter(|element| matches!(element, Compiled::Word { any, .. } if any.contains(&Id::Engine)))
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
    let first_is_slot =
        matches!(phrase.elements.first(), Some(Compiled::Word { any, .. }) if any.contains(&Id::Engine));
    if first_is_slot && wanted > 1 {
        return mentions.first().into_iter().chain(mentions.last()).copied().collect();
    }
    if first_is_slot {
        mentions.into_iter().take(wanted).collect()
    } else {
        mentions.into_iter().rev().take(wanted).rev().collect()
    }
}
