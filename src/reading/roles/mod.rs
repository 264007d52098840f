//! The role of each engine: chosen, rejected, considered, incumbent or only mentioned.
//!
//! Mentions collect evidence: phrases of the lens that speak of them (`cues`), their company in a list of names (`lists`), and their
//! place among the options of the record (`options`, `winners`). Each piece of evidence has a weight by the place it stands in;
//! `settle` makes one role for each engine of it, the heaviest evidence first.

mod affirmed;
mod cues;
mod entries;
mod enumerations;
mod fragments;
mod lists;
mod mentions;
mod naming;
mod options;
mod place;
mod said;
mod settle;
mod tables;
mod winners;

use std::collections::{BTreeMap, BTreeSet};

use super::{Choice, Cues, Role};
use crate::lens::phrase::{Break, Match, Word};
use crate::lens::schema::RoleName;
use crate::lens::{Cue, EngineId, Lens, SectionRole, TriggerKind};
use crate::record::{Mention, Record, Sentence};

/// Where evidence stands, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Context,
    Consequences,
    /// No word decides, but the name stands where decisions stand.
    Naming,
    /// Free text that states a use, which may be the decision or how things are today.
    State,
    Free,
    Title,
    Decision,
    /// The winner among the options is marked, or the decision names its option.
    Marked,
}

/// How evidence speaks of its mention, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The sentence is about the engine, without a word that tells its role.
    Subject,
    Naming,
    /// By its neighbour in a list of names.
    Shared,
    /// A clause that is nothing but the name and what it is for.
    Fragment,
    Cue,
    /// A phrase around two names that tells the roles of both.
    Pair,
    Marked,
}

/// A reason to give a mention a role.
#[derive(Clone, Copy, Debug)]
struct Evidence {
    role: Role,
    weight: Weight,
    kind: Kind,
    /// Words between the phrase and the name.
    distance: usize,
    /// Number of the mention.
    mention: usize,
    /// It speaks of a part of the engine: "use Redis streams".
    part: bool,
    /// It says that something is decided, not only that it is so.
    firm: bool,
    /// It keeps what is in use.
    keeps: bool,
}

impl Evidence {
    /// Beyond doubt, of the engine as a whole, by the very words of the mention.
    fn plain(role: Role, weight: Weight, kind: Kind, mention: usize) -> Self {
        Evidence {
            role,
            weight,
            kind,
            distance: 0,
            mention,
            part: false,
            firm: true,
            keeps: false,
        }
    }

    /// Chosen without a word that decides, by standing where decisions stand.
    fn named(mention: usize) -> Self {
        Evidence {
            role: Role::Chosen,
            weight: Weight::Naming,
            kind: Kind::Naming,
            distance: 0,
            mention,
            part: false,
            firm: false,
            keeps: false,
        }
    }

    fn strength(&self) -> (Weight, Kind, bool, std::cmp::Reverse<usize>, bool, bool) {
        // That it is in use anyway says less than what is decided about it.
        let told = !matches!(self.role, Role::Incumbent | Role::Considered);
        let (merely, against) = (self.role == Role::Mentioned, self.role == Role::Rejected);
        (
            self.weight,
            self.kind,
            told,
            std::cmp::Reverse(self.distance),
            merely,
            against,
        )
    }
}

/// By these a sentence does not say of a name that something is or will be done with it.
const DENYING: [TriggerKind; 5] = [
    TriggerKind::Bare,
    TriggerKind::Negated,
    TriggerKind::Hypothetical,
    TriggerKind::Historical,
    TriggerKind::Elsewhere,
];

/// Whether a phrase of this kind holds a word of its sentence.
fn covers(hits: &[Match<Cue>], cue: Cue, word: usize) -> bool {
    hits.iter()
        .any(|hit| hit.payload == cue && hit.start <= word && word < hit.end)
}

/// Words that may belong to a name behind it.
const EDITION: usize = 3;

/// What is read, and with what.
struct Scene<'a> {
    record: &'a Record,
    cues: &'a Cues,
    lens: &'a Lens,
    /// Numbers of the mentions that name an engine as such, ascending.
    valid: Vec<usize>,
}

impl Scene<'_> {
    fn mention(&self, number: usize) -> Option<&Mention> {
        self.record.mentions.get(number)
    }

    /// The sentence of a mention.
    fn sentence_of(&self, mention: usize) -> Option<&Sentence> {
        self.record.sentences.get(self.mention(mention)?.sentence)
    }

    /// The valid mention that a word of the record stands for.
    fn named_by(&self, word: usize) -> Option<usize> {
        let mention = self.record.words.get(word)?.mention?;
        self.valid.binary_search(&mention).is_ok().then_some(mention)
    }

    /// The valid mentions in the words `[from, to)` of the record.
    fn named_in(&self, from: usize, to: usize) -> &[usize] {
        let before = |word: usize| {
            self.valid
                .partition_point(|&number| self.mention(number).is_some_and(|mention| mention.word < word))
        };
        self.valid.get(before(from)..before(to)).unwrap_or_default()
    }

    /// The first word behind a name and its edition: "MongoDB 6.0 Community edition".
    fn behind_name(&self, word: usize) -> usize {
        let belongs = |word: &Word| {
            let version = word.text.starts_with(|c: char| c.is_ascii_digit());
            version || word.capital || self.lens.language.is_store_word(word)
        };
        let words = self.record.words.get(word + 1..).unwrap_or_default().iter();
        let edition = words.take(EDITION).take_while(|word| {
            word.before == Break::None && word.mention.is_none() && !word.bracketed && belongs(word)
        });
        word + 1 + edition.count()
    }

    /// The role that a phrase gives to the first name it speaks of.
    fn role_of(&self, hit: &Match<Cue>) -> Option<RoleName> {
        let Cue::Role(number) = hit.payload else { return None };
        let pattern = self.lens.language.roles.get(usize::from(number))?;
        pattern.roles.first().copied()
    }

    /// The sentence of the title, with its number.
    fn title(&self) -> Option<(usize, &Sentence)> {
        let block = self.record.title.as_ref()?.block?;
        let number = self.record.sentences_in(block).next()?;
        Some((number, self.record.sentences.get(number)?))
    }

    fn is_title(&self, sentence: &Sentence) -> bool {
        self.record
            .title
            .as_ref()
            .is_some_and(|title| title.block == Some(sentence.block))
    }

    /// Whether the word behind a mention makes it a part of the engine: "Redis streams", but not "PostgreSQL (JSONB)".
    fn is_part(&self, mention: usize) -> bool {
        let Some(mention) = self.mention(mention) else {
            return false;
        };
        let Some(start) = self
            .record
            .sentences
            .get(mention.sentence)
            .map(|sentence| sentence.words.start)
        else {
            return false;
        };
        let next = mention.word + 1 - start;
        let adjacent = self
            .record
            .words
            .get(mention.word + 1)
            .is_some_and(|word| word.before == Break::None && !word.bracketed);
        adjacent
            && self
                .cues
                .of(mention.sentence)
                .iter()
                .any(|hit| hit.payload == Cue::Part && hit.start <= next && next < hit.end)
    }

    /// Whether a sentence of the decision stands below a heading that is not the decision's own.
    fn elaborates(&self, sentence: &Sentence) -> bool {
        let record = self.record;
        let section = |at: usize| record.sections.get(at);
        let own = record.section_of.get(sentence.block).and_then(|&at| section(at));
        own.is_some_and(|own| {
            own.inherited
                && own
                    .parent
                    .and_then(section)
                    .is_some_and(|up| up.role == SectionRole::Decision)
        })
    }

    /// Whether two of the mentions name different products for the same work.
    fn are_rivals(&self, mentions: &[usize]) -> bool {
        let engine = |&number: &usize| self.mention(number).map(|mention| mention.engine);
        // Each engine once: a name may stand there as often as the text is long.
        let engines: BTreeSet<EngineId> = mentions.iter().filter_map(engine).collect();
        engines.iter().any(|&a| {
            let mut others = engines.range(..a);
            others.any(|&b| self.lens.are_rivals(a, b))
        })
    }

    /// Whether a name is struck through: what is said with it is taken back.
    fn is_struck(&self, mention: usize) -> bool {
        let word = self
            .mention(mention)
            .and_then(|mention| self.record.words.get(mention.word));
        word.is_some_and(|word| word.struck)
    }

    fn is_heading(&self, block: usize) -> bool {
        self.record
            .outline
            .blocks
            .get(block)
            .is_some_and(|block| block.level().is_some())
    }
}

/// The best evidence for each mention.
#[derive(Default)]
struct Collected {
    by_mention: BTreeMap<usize, Evidence>,
    /// The decision decides about something that is no engine: "we will use PgBouncer".
    decides_other: bool,
    /// The title, or text without headings for what it is, decides about something that is no engine.
    tells_other: bool,
}

impl Collected {
    fn add(&mut self, evidence: Evidence) {
        let best = self.by_mention.entry(evidence.mention).or_insert(evidence);
        if evidence.strength() > best.strength() {
            *best = evidence;
        }
    }

    /// "~~We go with Valkey.~~" was thought of once.
    fn take_back(&mut self, scene: &Scene) {
        for (&mention, evidence) in &mut self.by_mention {
            if evidence.role == Role::Chosen && scene.is_struck(mention) {
                evidence.role = Role::Considered;
            }
        }
    }

    fn of(&self, mention: usize) -> Option<Evidence> {
        self.by_mention.get(&mention).copied()
    }

    fn has(&self, role: Role, at_least: Weight) -> bool {
        self.by_mention
            .values()
            .any(|evidence| evidence.role == role && evidence.weight >= at_least)
    }
}

/// The engines a record names, each with its role.
pub(super) fn read(record: &Record, cues: &Cues, lens: &Lens) -> Vec<Choice> {
    let scene = Scene {
        record,
        cues,
        lens,
        valid: mentions::valid(record, cues, lens),
    };
    if scene.valid.is_empty() {
        return Vec::new();
    }
    let mut collected = Collected::default();
    cues::collect(&scene, &mut collected);
    fragments::collect(&scene, &mut collected);
    collected.take_back(&scene);
    lists::share(&scene, &mut collected);
    let options = options::read(&scene);
    winners::mark(&scene, &options, &mut collected);
    settle::settle(&scene, &options, collected)
}
