//! The words of a lens come in as written; tables and phrases ready for lookup go out.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use compact_str::CompactString;

use super::phrase::{Cue, Phrases};
use super::token::Token;
use super::words::{Class, Dimension, Noun, NumberEntry, QuantityWords, UnitWord, WordsError};
use super::{Comparison, Metric, Unit};

/// What a word weighs that stands for a metric itself.
pub(super) const STRONG: f64 = 10.0;
/// What a word weighs that often goes with a metric.
const WEAK: f64 = 5.5;

/// What a cue stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Metric { entry: usize, weight: f64 },
    Noun(Noun),
    Wording(usize),
    Class(Class),
}

/// A metric, what it is measured in, and which values are plausible.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub metric: Option<Metric>,
    pub of: Vec<Dimension>,
    pub values: std::ops::RangeInclusive<f64>,
}

/// The words of a lens, compiled.
pub(super) struct Compiled {
    units: HashMap<String, UnitWord>,
    periods: HashMap<String, (f64, bool)>,
    numbers: HashMap<String, (f64, bool)>,
    longest_number: usize,
    digit_classes: Vec<(String, f64)>,
    ordinals: HashMap<String, f64>,
    per: HashMap<CompactString, String>,
    phrases: Phrases,
    meanings: Vec<Meaning>,
    metrics: Vec<Named>,
    wordings: Vec<(Metric, Unit, f64, Comparison)>,
    first_look: AhoCorasick,
}

impl Compiled {
    pub fn new(words: &QuantityWords) -> Result<Self, WordsError> {
        let mut starters: Vec<&str> = words.starters.iter().map(String::as_str).collect();
        starters.extend(
            words
                .numbers
                .iter()
                .flat_map(|entry| entry.names.iter())
                .map(String::as_str)
                .filter(|n| n.len() > 2),
        );
        let first_look = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(starters)
            .map_err(|error| WordsError::Automaton(error.to_string()))?;
        let table = |entries: &[NumberEntry]| -> HashMap<String, (f64, bool)> {
            entries
                .iter()
                .flat_map(|e| e.names.iter().map(|name| (name.to_lowercase(), (e.value, e.vague))))
                .collect()
        };
        let numbers = table(&words.numbers);
        let mut compiled = Self {
            units: words
                .units
                .iter()
                .flat_map(|e| {
                    let unit = UnitWord {
                        dimension: e.of,
                        factor: e.factor,
                        metric: e.metric,
                    };
                    e.names.iter().map(move |name| (name.clone(), unit))
                })
                .collect(),
            periods: words
                .periods
                .iter()
                .flat_map(|e| {
                    let plain = e.names.iter().map(|name| (name.clone(), (e.seconds, false)));
                    plain.chain(e.adverbs.iter().map(|name| (name.clone(), (e.seconds, true))))
                })
                .collect(),
            longest_number: numbers.keys().map(String::len).max().unwrap_or(0),
            numbers,
            digit_classes: words
                .digit_classes
                .iter()
                .flat_map(|e| e.names.iter().map(|name| (name.to_lowercase(), e.value)))
                .collect(),
            ordinals: table(&words.ordinals)
                .into_iter()
                .map(|(name, (value, _))| (name, value))
                .collect(),
            per: words
                .per
                .iter()
                .flat_map(|e| {
                    e.words
                        .iter()
                        .map(|word| (super::phrase::stem(&word.to_lowercase()), e.name.clone()))
                })
                .collect(),
            phrases: Phrases::default(),
            meanings: Vec::new(),
            metrics: words
                .metrics
                .iter()
                .map(|e| Named {
                    metric: e.metric,
                    of: e.of.clone(),
                    values: e.from..=e.to,
                })
                .collect(),
            wordings: words
                .wordings
                .iter()
                .map(|e| (e.metric, e.unit, e.value, e.comparison))
                .collect(),
            first_look,
        };
        for (entry, metric) in words.metrics.iter().enumerate() {
            compiled.add(&metric.strong, Meaning::Metric { entry, weight: STRONG })?;
            compiled.add(&metric.weak, Meaning::Metric { entry, weight: WEAK })?;
        }
        for noun in &words.nouns {
            compiled.add(&noun.words, Meaning::Noun(noun.noun))?;
        }
        for (entry, wording) in words.wordings.iter().enumerate() {
            compiled.add(&wording.phrases, Meaning::Wording(entry))?;
        }
        for (class, phrases) in &words.classes {
            compiled.add(phrases, Meaning::Class(*class))?;
        }
        Ok(compiled)
    }

    fn add(&mut self, phrases: &[String], meaning: Meaning) -> Result<(), WordsError> {
        let class = self.meanings.len();
        self.meanings.push(meaning);
        match phrases.iter().find(|phrase| !self.phrases.add(phrase, class)) {
            Some(phrase) => Err(WordsError::Phrase(phrase.clone())),
            None => Ok(()),
        }
    }

    /// Whether a sentence can hold a measured statement at all.
    pub fn may_hold(&self, sentence: &str) -> bool {
        sentence.bytes().any(|b| b.is_ascii_digit()) || self.first_look.is_match(sentence)
    }

    pub fn cues(&self, tokens: &[Token<'_>]) -> Vec<Cue> {
        self.phrases.find(tokens)
    }

    pub fn meaning(&self, cue: &Cue) -> Meaning {
        self.meanings
            .get(cue.class)
            .copied()
            .unwrap_or(Meaning::Class(Class::Ignore))
    }

    pub fn metric(&self, entry: usize) -> Option<&Named> {
        self.metrics.get(entry)
    }

    pub fn wording(&self, entry: usize) -> Option<(Metric, Unit, f64, Comparison)> {
        self.wordings.get(entry).copied()
    }

    /// A unit as written, with or without the hyphen that glues it to its number.
    pub fn unit(&self, text: &str) -> Option<UnitWord> {
        let text = text.trim_start_matches('-');
        let get = |name: &str| self.units.get(name).copied();
        get(text).or_else(|| get(&text.to_lowercase())).or_else(|| {
            let words: Vec<&str> = text.split_whitespace().collect();
            get(&words.join(" ").to_lowercase())
        })
    }

    /// "per second", "/s", "a day", "daily": seconds, and whether it is an adverb.
    pub fn period(&self, text: &str) -> Option<(f64, bool)> {
        let lower = text.to_lowercase();
        let lower = lower.trim_start_matches('/').trim();
        let whole = self.periods.get(lower);
        whole
            .or_else(|| {
                self.periods.get(
                    lower
                        .split_once(char::is_whitespace)?
                        .1
                        .trim_start_matches("given ")
                        .trim(),
                )
            })
            .copied()
    }

    pub fn number_word(&self, word: &str) -> Option<f64> {
        self.numbers.get(word.trim_start_matches('-')).map(|(value, _)| *value)
    }

    pub fn is_vague(&self, word: &str) -> bool {
        self.numbers.get(word).is_some_and(|(_, vague)| *vague)
    }

    /// The longest number word that begins `text`: its value and length.
    pub fn longest_number(&self, text: &str) -> Option<(f64, usize)> {
        let most = self.longest_number.min(text.len());
        (1..=most).rev().find_map(|length| {
            let head = text.get(..length)?;
            let ends = text.get(length..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
            if ends {
                self.numbers.get(head).map(|(value, _)| (*value, length))
            } else {
                None
            }
        })
    }

    pub fn digit_class(&self, text: &str) -> Option<f64> {
        self.digit_classes
            .iter()
            .find(|(name, _)| text.ends_with(name.as_str()) && text.contains("digit"))
            .map(|(_, value)| *value)
    }

    pub fn ordinal(&self, text: &str) -> Option<f64> {
        self.ordinals.get(text).copied()
    }

    /// The contract's word for what a value holds for: `user` for "student".
    pub fn per(&self, stem: &str) -> Option<&str> {
        self.per.get(stem).map(String::as_str)
    }
}
