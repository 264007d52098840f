//! Cards → an index: who is meant by a link, a number or a name, who says what of whom, who decides for what. Linear in the cards.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::card::{Card, is_document, target_path};
use super::path;
use crate::lens::{EngineId, Relation};
use crate::reading::Choice;
use crate::record::{Reference, Target};

/// What a reference means.
#[derive(Debug, Clone)]
pub enum Meaning {
    Record(Arc<Card>),
    /// A document that is no record we know, or nothing that can be told.
    Elsewhere,
    /// No such file beside these records; `instead` is the record that was most likely meant.
    NoFile {
        to: String,
        instead: Option<Arc<Card>>,
    },
    /// No record of the folder has this number.
    NoNumber(u32),
}

#[derive(Debug, Default)]
pub struct Index {
    cards: Vec<Arc<Card>>,
    by_path: HashMap<Arc<str>, usize>,
    homes: HashMap<Arc<str>, Home>,
    /// Documents that exist beside the cards.
    exist: HashSet<String>,
    /// For each path, the records that say that they supersede it.
    superseders: HashMap<Arc<str>, Vec<usize>>,
}

/// The records of one folder.
#[derive(Debug, Default)]
struct Home {
    records: Vec<usize>,
    by_number: HashMap<u32, Vec<usize>>,
    by_stem: HashMap<String, usize>,
    /// For each workload, in the form of [`workload_key`], the record and its choice.
    by_workload: HashMap<String, Vec<(usize, Choice)>>,
    forbidding: Vec<usize>,
    numbered: usize,
}

impl Index {
    /// `exist` are documents that links lead to and that are on the disk, whether or not they have a card.
    pub fn new(cards: Vec<Arc<Card>>, exist: HashSet<String>) -> Index {
        let mut index = Index {
            exist,
            ..Index::default()
        };
        for card in cards {
            index.add(card);
        }
        index.relate();
        index
    }

    fn add(&mut self, card: Arc<Card>) {
        let at = self.cards.len();
        if self.by_path.insert(card.path.clone(), at).is_some() {
            return;
        }
        if card.is_record {
            let home = self.homes.entry(card.home.clone()).or_default();
            home.records.push(at);
            home.numbered += usize::from(card.numbered.is_some());
            if let Some(number) = card.number() {
                home.by_number.entry(number).or_default().push(at);
            }
            home.by_stem.insert(path::stem(&card.path).to_lowercase(), at);
            for choice in card.chosen() {
                if let Some(key) = choice.workload.as_deref().and_then(workload_key) {
                    home.by_workload.entry(key).or_default().push((at, choice.clone()));
                }
            }
            if !card.forbidden.is_empty() {
                home.forbidding.push(at);
            }
        }
        self.cards.push(card);
    }

    fn relate(&mut self) {
        let mut superseders: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        for (at, card) in self.cards.iter().enumerate() {
            let whole = card
                .references
                .iter()
                .filter(|reference| reference.relation == Some(Relation::Supersedes) && !reference.partly);
            for reference in whole {
                if let Meaning::Record(other) = self.meaning(card, reference) {
                    superseders.entry(other.path.clone()).or_default().push(at);
                }
            }
        }
        self.superseders = superseders;
    }

    pub fn cards(&self) -> &[Arc<Card>] {
        &self.cards
    }

    pub fn at(&self, path: &str) -> Option<&Arc<Card>> {
        self.by_path.get(path).and_then(|&at| self.cards.get(at))
    }

    fn home(&self, card: &Card) -> Option<&Home> {
        self.homes.get(&card.home)
    }

    fn these<'a>(&'a self, numbers: &'a [usize]) -> impl Iterator<Item = &'a Arc<Card>> {
        numbers.iter().filter_map(|&at| self.cards.get(at))
    }

    /// The other records of a record's folder.
    pub fn neighbours<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a Arc<Card>> {
        let records = self.home(card).map(|home| home.records.as_slice()).unwrap_or_default();
        self.these(records).filter(|other| other.path != card.path)
    }

    /// The other records of the folder that have a number.
    pub fn with_number<'a>(&'a self, card: &'a Card, number: u32) -> impl Iterator<Item = &'a Arc<Card>> {
        let same = self.home(card).and_then(|home| home.by_number.get(&number));
        self.these(same.map(Vec::as_slice).unwrap_or_default())
            .filter(|other| other.path != card.path)
    }

    /// The records, of any folder, that say that they supersede this one.
    pub fn superseders<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a Arc<Card>> {
        let numbers = self.superseders.get(&card.path).map(Vec::as_slice).unwrap_or_default();
        self.these(numbers).filter(|other| other.path != card.path)
    }

    /// The other records of the folder that decide for an engine for the same data, each with that choice.
    pub fn deciding_for<'a>(
        &'a self,
        card: &'a Card,
        workload: &str,
    ) -> impl Iterator<Item = (&'a Arc<Card>, &'a Choice)> {
        let found = self
            .home(card)
            .zip(workload_key(workload))
            .and_then(|(home, key)| home.by_workload.get(&key));
        found
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter_map(|(at, choice)| Some((self.cards.get(*at)?, choice)))
            .filter(|(other, _)| other.path != card.path)
    }

    /// The other records of the folder that forbid an engine.
    pub fn forbidding<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a Arc<Card>> {
        let numbers = self
            .home(card)
            .map(|home| home.forbidding.as_slice())
            .unwrap_or_default();
        self.these(numbers).filter(|other| other.path != card.path)
    }

    /// The records that decide about an engine, of every folder.
    pub fn deciding(&self, engine: EngineId) -> impl Iterator<Item = (&Arc<Card>, &Choice)> {
        self.cards.iter().flat_map(move |card| {
            let choices = card.choices.iter().filter(move |choice| choice.engine == engine);
            choices.map(move |choice| (card, choice))
        })
    }

    /// Whether a record refers to another one in any way.
    pub fn refers(&self, card: &Card, other: &Card) -> bool {
        card.leads.iter().any(|lead| lead.to == *other.path)
            || card.references.iter().any(
                |reference| matches!(self.meaning(card, reference), Meaning::Record(found) if found.path == other.path),
            )
    }

    /// What a reference of a record means.
    pub fn meaning(&self, card: &Card, reference: &Reference) -> Meaning {
        match &reference.to {
            Target::Link { target, number } => self.linked(card, target, *number),
            Target::Number { number, name } => self.numbered(card, *number, name.as_deref()),
            Target::Name(name) => {
                let home = self.home(card);
                let found = home.and_then(|home| home.by_stem.get(&path::stem(name).to_lowercase()));
                found
                    .and_then(|&at| self.cards.get(at))
                    .map_or(Meaning::Elsewhere, |card| Meaning::Record(card.clone()))
            }
        }
    }

    /// What the target of a link means; `number` is the one that its words name.
    pub fn linked(&self, card: &Card, target: &str, number: Option<u32>) -> Meaning {
        let folder = path::folder(&card.path);
        if target.contains("://") {
            return self.published(card, target);
        }
        let plain = path::decoded(target);
        let to = path::join(folder, &plain);
        if let Some(found) = self.at(&to) {
            return Meaning::Record(found.clone());
        }
        if !is_document(&plain) {
            let endings = ["md", "adoc", "rst", "mdx"];
            let written = endings.iter().find_map(|end| self.at(&format!("{to}.{end}")));
            return match (written, number) {
                (Some(found), _) => Meaning::Record(found.clone()),
                // A page of the site that is made of the records: "[ADR 32](/adr/32)".
                (None, Some(number)) => match self.numbered(card, number, Some("adr")) {
                    Meaning::NoNumber(_) => Meaning::Elsewhere,
                    meaning => meaning,
                },
                _ => Meaning::Elsewhere,
            };
        }
        // What is rooted is rooted in a site that we do not know.
        if self.exist.contains(&to) || target.starts_with('/') {
            return Meaning::Elsewhere;
        }
        let instead = self.instead(card, &to);
        Meaning::NoFile { to, instead }
    }

    /// A record by the address it is published at: its folder's name and its file's.
    fn published(&self, card: &Card, target: &str) -> Meaning {
        let plain = path::decoded(target);
        let home = path::file_name(&card.home);
        let same = path::file_name(path::folder(&plain)) == home && !home.is_empty();
        same.then(|| self.at(&path::join(path::folder(&card.path), path::file_name(&plain))))
            .flatten()
            .map_or(Meaning::Elsewhere, |found| Meaning::Record(found.clone()))
    }

    /// The one record of the folder with a number; `name` is the word before it, which may be the series' own.
    fn numbered(&self, card: &Card, number: u32, name: Option<&str>) -> Meaning {
        let Some(home) = self.home(card) else {
            return Meaning::Elsewhere;
        };
        let series = |card: &Card| {
            card.numbered
                .as_ref()
                .map_or(String::new(), |numbered| numbered.series.clone())
        };
        // "ADR 12" may be `0012-x.md` or `adr-012-x.md`, and is not `rfc-012-x.md`.
        let fits = |card: &&Arc<Card>| {
            let series = series(card);
            series.is_empty()
                || name.is_none_or(|name| name == series || ["decision", "record", "adrs"].contains(&name))
        };
        let same = home.by_number.get(&number).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<&Arc<Card>> = self.these(same).filter(fits).collect();
        match found.as_slice() {
            [one] => Meaning::Record((*one).clone()),
            [] => {
                let kin = self
                    .these(&home.records)
                    .filter(|card| card.numbered.is_some())
                    .filter(fits);
                // Where few files have numbers the number counts something else.
                match kin.take(SERIES).count() == SERIES {
                    true => Meaning::NoNumber(number),
                    false => Meaning::Elsewhere,
                }
            }
            _ => Meaning::Elsewhere,
        }
    }

    /// The record that a dead link most likely means: the only one with its number, or the one whose name is most like its.
    fn instead(&self, card: &Card, to: &str) -> Option<Arc<Card>> {
        let home = self.home(card)?;
        let wanted = path::stem(to).to_lowercase();
        let alike = |at: &usize| {
            let other = self.cards.get(*at)?;
            let stem = path::stem(&other.path).to_lowercase();
            let (ours, theirs) = (words_of_stem(&wanted), words_of_stem(&stem));
            let likeness = strsim::normalized_levenshtein(ours, theirs).max(shared_words(ours, theirs));
            (other.path != card.path).then_some((likeness, *at))
        };
        let number = super::file_number(&wanted).map(|numbered| numbered.number);
        let same = number.and_then(|number| home.by_number.get(&number));
        let best = |candidates: &[usize], least: f64| {
            let best = candidates.iter().filter_map(alike).max_by(|a, b| a.0.total_cmp(&b.0));
            best.filter(|(likeness, _)| *likeness >= least).map(|(_, at)| at)
        };
        let at = same
            .and_then(|same| best(same, SAME_NUMBER))
            .or_else(|| best(&home.records, OTHER_NUMBER))?;
        self.cards.get(at).cloned()
    }

    /// Whether the records of a folder are numbered by their files' names, so that another name is no record's.
    pub fn is_numbered(&self, card: &Card) -> bool {
        self.home(card)
            .is_some_and(|home| home.numbered >= SERIES && home.numbered * 2 >= home.records.len())
    }
}

/// So many numbered files make a series.
const SERIES: usize = 2;
/// How much alike, from 0 to 1, the words of two file names must be to be taken for one another.
const SAME_NUMBER: f64 = 0.6;
const OTHER_NUMBER: f64 = 0.8;

/// The share of the words of the shorter name that the other one has as well.
fn shared_words(a: &str, b: &str) -> f64 {
    let words = |name: &str| -> BTreeSet<String> { name.split(['-', '_', ' ']).map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared as f64 / a.len().min(b.len()).max(1) as f64
}

/// The words of a stem without its number.
fn words_of_stem(stem: &str) -> &str {
    let words = stem.trim_start_matches(|c: char| !c.is_alphabetic());
    if words.is_empty() { stem } else { words }
}

/// The documents, in the form of [`Card::path`], that cards refer to and that are none of them.
pub fn missing(cards: &[Arc<Card>]) -> BTreeSet<String> {
    let known: HashSet<&str> = cards.iter().map(|card| &*card.path).collect();
    let leads = cards
        .iter()
        .flat_map(|card| card.leads.iter().map(|lead| lead.to.as_str()));
    leads.filter(|to| !known.contains(to)).map(str::to_owned).collect()
}

/// Those of them that a record says something of: superseded, supersedes, rests on.
pub fn related(cards: &[Arc<Card>]) -> BTreeSet<String> {
    let of = |card: &Arc<Card>| -> Vec<String> {
        let folder = path::folder(&card.path);
        let related = card.references.iter().filter(|reference| reference.relation.is_some());
        related.filter_map(|reference| target_path(reference, folder)).collect()
    };
    cards.iter().flat_map(of).collect()
}

/// The words of a workload that tell it from others, whatever their order and number.
fn workload_key(workload: &str) -> Option<String> {
    let words: BTreeSet<String> = workload
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && !COMMON.contains(word))
        .map(|word| word.trim_end_matches('s').to_lowercase())
        .collect();
    (!words.is_empty()).then(|| words.into_iter().collect::<Vec<_>>().join(" "))
}

/// Words that tell no workload from another.
const COMMON: [&str; 22] = [
    "the",
    "our",
    "all",
    "any",
    "and",
    "its",
    "their",
    "new",
    "main",
    "primary",
    "both",
    "this",
    "each",
    "own",
    "data",
    "storage",
    "database",
    "persistence",
    "store",
    "production",
    "now",
    "default",
];
