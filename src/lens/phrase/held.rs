//! Phrases as they are held: those that were compiled when the program was built by their number, the others behind one another.

use super::parse::{Element, Key};
use super::ready;
use super::slot::Slot;
use super::vocabulary::Compiled;

/// Phrases, each with what it stands for.
pub(super) struct Held<T> {
    /// What each phrase is, and what it stands for.
    phrases: Vec<(Number, T)>,
    added: Vec<Added>,
    slots: Vec<Slot>,
    keys: Vec<Key>,
}

#[derive(Clone, Copy)]
enum Number {
    Ready(u32),
    Added(u32),
}

struct Added {
    written: Box<str>,
    slots: std::ops::Range<usize>,
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Held {
            phrases: Vec::new(),
            added: Vec::new(),
            slots: Vec::new(),
            keys: Vec::new(),
        }
    }
}

impl<T> Held<T> {
    /// Adds a phrase as it is written, with its elements.
    pub fn add(&mut self, written: &str, phrase: Compiled, payload: T) {
        let number = match phrase {
            Compiled::Ready(number) => Number::Ready(number),
            Compiled::Added(elements) => {
                let start = self.slots.len();
                elements.iter().for_each(|element| self.slot(element));
                self.added.push(Added {
                    written: written.into(),
                    slots: start..self.slots.len(),
                });
                Number::Added(self.added.len() as u32 - 1)
            }
        };
        self.phrases.push((number, payload));
    }

    fn slot(&mut self, element: &Element<Vec<Key>>) {
        self.slots.push(match element {
            Element::Gap(most) => Slot::Gap(*most),
            Element::Word { any, optional } => {
                let start = ready::KEY_COUNT + self.keys.len();
                self.keys.extend_from_slice(any);
                Slot::Word(start as u32, any.len() as u32, *optional)
            }
        });
    }

    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    pub fn get(&self, phrase: usize) -> Option<(&[Slot], &T)> {
        let (number, payload) = self.phrases.get(phrase)?;
        let slots = match *number {
            Number::Ready(number) => ready::slots(number)?,
            Number::Added(number) => self.slots.get(self.added.get(number as usize)?.slots.clone())?,
        };
        Some((slots, payload))
    }

    /// All phrases, in the order in which they were added.
    pub fn all(&self) -> impl Iterator<Item = &[Slot]> {
        (0..self.len()).filter_map(|phrase| Some(self.get(phrase)?.0))
    }

    pub fn written(&self, phrase: usize) -> Option<&str> {
        match self.phrases.get(phrase)?.0 {
            Number::Ready(number) => ready::written(number),
            Number::Added(number) => Some(&self.added.get(number as usize)?.written),
        }
    }

    /// The keys of a word's place, ascending.
    pub fn keys(&self, start: u32, count: u32) -> &[Key] {
        let (start, count) = (start as usize, count as usize);
        let keys = match start.checked_sub(ready::KEY_COUNT) {
            None => ready::keys(start, count),
            Some(start) => self.keys.get(start..start + count),
        };
        keys.unwrap_or_default()
    }
}
