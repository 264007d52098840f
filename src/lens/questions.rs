//! `language/questions.toml`: how people ask about a record, what needs are called, and how a need is written down.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::language::Compiler;
use super::phrase::{self, Atom, Element, Phrases, PhrasesBuilder};

/// What is wanted of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Why is this flagged?
    WhyFlagged,
    /// What does the framework say about X?
    About,
    WhyNot,
    Compare,
    WhatIf,
    /// What would make X right?
    MakesRight,
    /// What does the record leave open?
    Missing,
    /// What should I use?
    Recommend,
    /// Which records decide about X?
    Records,
    /// What did you understand?
    Understood,
    /// What should I write?
    Write,
    /// Take the last supposition back.
    Undo,
    /// Take all suppositions back.
    Reset,
    /// What did the suppositions change?
    Changes,
    /// Which suppositions hold?
    Assumptions,
    /// Why is the last answer as it is?
    Why,
    /// Where does the last answer come from?
    Sources,
    /// "and Aurora?": the last question, about something else.
    Follow,
    /// Yes: to a question that was asked, or to an edit that was proposed.
    Accept,
    /// No, likewise.
    Decline,
    /// "I do not know": the next question.
    Skip,
    /// An answer to a question that was asked.
    Answer,
    Help,
    Unknown,
}

/// What a question must be about for an entry to fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Whatever it is about.
    #[default]
    Any,
    /// At least one engine.
    Engine,
    /// Two engines or more.
    Engines,
    /// A need, a family or a rule.
    Topic,
    /// An engine, a need, a family or a rule.
    Something,
    /// No engine.
    Nothing,
}

/// The file as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Table {
    /// Words that say nothing: "please".
    pub fillers: Vec<String>,
    /// Words as fingers type them → the words that are meant.
    pub slips: BTreeMap<String, String>,
    /// Words by which an answer begins that says yes, and no.
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Words that begin a question or a command.
    pub openers: Vec<String>,
    /// The first entry that fits a question says what is wanted.
    pub intents: Vec<Entry>,
    /// Words that make of a supposition one about what is chosen.
    pub choosing: Vec<String>,
    /// Words by which an engine is chosen beside the others, not in their place.
    pub adding: Vec<String>,
    /// Words before the engine that another takes the place of.
    pub replacing: Vec<String>,
    /// What follows a supposition: "…, what changes?"
    pub tails: Vec<String>,
    /// Vendors as people call them → the vendor of the engines.
    pub vendors: BTreeMap<String, Vec<String>>,
    /// Families as people call them, beside their names.
    pub families: BTreeMap<String, Vec<String>>,
    pub needs: BTreeMap<String, Need>,
    /// Ids of the needs to ask for when nothing is said of them, the most decisive first.
    pub decisive: Vec<String>,
    /// How a target is written down, by its metric; `{figure}` stands for the figure.
    pub targets: BTreeMap<String, String>,
    /// The source of the needs.
    pub needs_source: String,
    pub answers: Vec<AnswerForm>,
}

/// How one thing is asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    pub intent: Option<Intent>,
    #[serde(default)]
    pub about: Subject,
    /// Found anywhere in the question.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// The question is nothing but this.
    #[serde(default)]
    pub whole: Vec<String>,
    /// The question begins so; what follows is what is supposed or asked about.
    #[serde(default)]
    pub leads: Vec<String>,
    /// Fits only while a question or a proposal waits for an answer.
    #[serde(default)]
    pub pending: bool,
    /// Questions to show to who was not understood.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A need in words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Need {
    /// As it stands in a sentence: "joins".
    pub name: String,
    /// What people call it, in phrases.
    #[serde(default)]
    pub called: Vec<String>,
    /// A driver that states it.
    pub needed: String,
    /// A driver that denies it.
    pub denied: String,
}

/// How an answer to the question of a rule becomes a driver.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnswerForm {
    pub rule: String,
    /// `{answer}` stands for the words of the answer; the first form that the reader understands is proposed.
    pub drivers: Vec<String>,
    /// The drivers that a plain yes, or a plain no, stands for; none of a question that is not to be answered so.
    #[serde(default)]
    pub yes: Vec<String>,
    #[serde(default)]
    pub no: Vec<String>,
    /// An answer that would be understood.
    pub example: String,
}

/// What a phrase in a question stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A phrase of the entry of this number.
    Phrase(u16),
    Whole(u16),
    Lead(u16),
    Filler,
    Opener,
    Choosing,
    Adding,
    Replacing,
    Tail,
    /// The vendor of this number, in the order of their names.
    Vendor(u16),
    /// The family of this number in the lens.
    Family(u16),
    /// The signal of this number in the lens.
    Need(u16),
}

/// The compiled table.
pub struct Questions {
    pub phrases: Phrases<Asked>,
    pub table: Table,
    /// What can stand for the words of the phrases.
    classes: BTreeMap<String, Vec<String>>,
    words: OnceLock<BTreeSet<String>>,
}

impl Questions {
    /// The words of the phrases, for questions with a slip of the finger.
    pub fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| {
            let pieces: BTreeSet<&str> = self.phrases.written_all().flat_map(str::split_whitespace).collect();
            let elements = pieces.into_iter().flat_map(|piece| {
                let elements = phrase::parse_piece(piece, piece, &self.classes);
                elements.unwrap_or_default()
            });
            elements.flat_map(|element| stems(&element)).collect()
        })
    }

    pub fn need(&self, id: &str) -> Option<&Need> {
        self.table.needs.get(id)
    }

    pub fn vendor(&self, number: u16) -> Option<&str> {
        self.table.vendors.keys().nth(usize::from(number)).map(String::as_str)
    }

    /// Every example question, with what it asks.
    pub fn examples(&self) -> impl Iterator<Item = (Intent, &str)> {
        self.table.intents.iter().flat_map(|entry| {
            let intent = entry.intent.unwrap_or(Intent::Unknown);
            entry.examples.iter().map(move |example| (intent, example.as_str()))
        })
    }
}

pub(super) struct QuestionsBuilder {
    phrases: PhrasesBuilder<Asked>,
    table: Table,
    classes: BTreeMap<String, Vec<String>>,
}

impl QuestionsBuilder {
    pub fn build(self, keys: usize) -> Questions {
        Questions {
            phrases: self.phrases.build(keys),
            table: self.table,
            classes: self.classes,
            words: OnceLock::new(),
        }
    }

    fn add(&mut self, compiler: &mut Compiler, phrases: &[String], asked: Asked) {
        let origin = compiler.files.questions.origin;
        compiler.add(&mut self.phrases, origin, phrases, asked);
    }
}

/// The plain words of an element of a phrase.
fn stems(element: &Element) -> Vec<String> {
    let Element::Word { any, .. } = element else {
        return Vec::new();
    };
    let word = |atom: &Atom| match atom {
        Atom::Stem(word) | Atom::Exact(word) => Some(word.clone()),
        _ => None,
    };
    any.iter().filter_map(word).collect()
}

/// Compiles the table; what it names must be in the lens.
pub(super) fn compile(compiler: &mut Compiler) -> QuestionsBuilder {
    let table = compiler.files.questions.table.clone();
    let mut built = QuestionsBuilder {
        phrases: PhrasesBuilder::default(),
        table: table.clone(),
        classes: compiler.files.classes.clone(),
    };
    for (number, entry) in table.intents.iter().enumerate() {
        let number = number as u16;
        built.add(compiler, &entry.phrases, Asked::Phrase(number));
        built.add(compiler, &entry.whole, Asked::Whole(number));
        built.add(compiler, &entry.leads, Asked::Lead(number));
    }
    built.add(compiler, &table.fillers, Asked::Filler);
    built.add(compiler, &table.openers, Asked::Opener);
    built.add(compiler, &table.choosing, Asked::Choosing);
    built.add(compiler, &table.adding, Asked::Adding);
    built.add(compiler, &table.replacing, Asked::Replacing);
    built.add(compiler, &table.tails, Asked::Tail);
    for (number, phrases) in table.vendors.values().enumerate() {
        built.add(compiler, phrases, Asked::Vendor(number as u16));
    }
    let families: Vec<(String, String)> = compiler
        .files
        .families
        .iter()
        .map(|(_, family)| (family.id.clone(), family.name.clone()))
        .collect();
    for (number, (id, name)) in families.iter().enumerate() {
        let called: Vec<String> = std::iter::once(name)
            .chain(table.families.get(id).into_iter().flatten())
            .cloned()
            .collect();
        built.add(compiler, &called, Asked::Family(number as u16));
    }
    let signals: Vec<String> = compiler
        .files
        .signals
        .iter()
        .map(|(_, signal)| signal.id.clone())
        .collect();
    for (number, id) in signals.iter().enumerate() {
        let called: Vec<String> = std::iter::once(id)
            .chain(table.needs.get(id).into_iter().flat_map(|need| &need.called))
            .cloned()
            .collect();
        built.add(compiler, &called, Asked::Need(number as u16));
    }
    check(compiler, &table, &families, &signals);
    built
}

/// Reports what the table names and the lens does not know, and needs it has no words for.
fn check(compiler: &mut Compiler, table: &Table, families: &[(String, String)], signals: &[String]) {
    let unknown_families = table
        .families
        .keys()
        .filter(|id| !families.iter().any(|(known, _)| known == *id));
    let unknown_needs = table
        .needs
        .keys()
        .chain(&table.decisive)
        .filter(|id| !signals.contains(id));
    let rules: Vec<String> = compiler.files.rules.iter().map(|(_, rule)| rule.id.clone()).collect();
    let unknown_rules = table
        .answers
        .iter()
        .map(|form| &form.rule)
        .filter(|id| !rules.contains(id));
    let unknown: Vec<(&str, &String)> = unknown_families
        .map(|id| ("family", id))
        .chain(unknown_needs.map(|id| ("signal", id)))
        .chain(unknown_rules.map(|id| ("rule", id)))
        .collect();
    let origin = compiler.files.questions.origin;
    for (what, id) in unknown {
        compiler.files.problem(origin, id, format!("unknown {what} `{id}`"));
    }
    if !table.needs.is_empty() && !compiler.files.sources.contains_key(&table.needs_source) {
        let message = format!("unknown source `{}`", table.needs_source);
        compiler.files.problem(origin, "needs-source", message);
    }
}
