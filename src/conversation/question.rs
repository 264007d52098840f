//! A question → what is wanted, and what it is about.

use std::collections::BTreeSet;

use compact_str::format_compact;

use crate::lens::phrase::{Break, Match, Word, split};
use crate::lens::questions::{Asked, Entry, Intent, Subject};
use crate::lens::{EngineId, FamilyId, Lens, SignalId};
use crate::text::Span;

/// A question, understood.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub intent: Intent,
    /// In the order they are named, each once.
    pub engines: Vec<EngineId>,
    pub families: Vec<FamilyId>,
    pub signals: Vec<SignalId>,
    /// Ids of rules.
    pub rules: Vec<String>,
    pub vendor: Option<String>,
    /// What follows the lead of a supposition or of a follow-up; of other questions the whole, slips mended.
    pub rest: String,
    /// It speaks of another decision.
    pub chooses: bool,
    /// The other decision stands beside the first.
    pub adds: bool,
    /// The engine it is to take the place of.
    pub replaces: Option<EngineId>,
    /// Begins as questions and commands do, or ends with a question mark.
    pub asks: bool,
}

impl Question {
    /// Ids of all it is about.
    pub fn about(&self, lens: &Lens) -> Vec<String> {
        let engines = self.engines.iter().map(|&id| lens.engine(id).id.clone());
        let families = self.families.iter().map(|&id| lens.family(id).id.clone());
        let signals = self.signals.iter().map(|&id| lens.signal(id).id.clone());
        engines
            .chain(families)
            .chain(signals)
            .chain(self.rules.clone())
            .collect()
    }

    pub fn is_about_nothing(&self) -> bool {
        self.engines.is_empty() && self.families.is_empty() && self.signals.is_empty() && self.rules.is_empty()
    }
}

/// A question is cut at this many bytes: nobody asks longer ones.
const LONGEST: usize = 2_000;

/// Understands a question. `pending` says that a question or a proposal of ours waits for an answer.
pub(super) fn understand(asked: &str, pending: bool, lens: &Lens) -> Question {
    let text = mended(asked, lens);
    let mut words = Vec::new();
    split(&text, true, &mut words);
    lens.language.vocabulary.identify(&mut words);
    mend_slips(&mut words, lens);
    let engines = name_engines(&mut words, lens);
    let hits = lens.language.questions.phrases.find(&words);
    let reader = Reader {
        text: &text,
        words: &words,
        hits: &hits,
        lens,
    };
    let named: Vec<EngineId> = unique(engines.iter().map(|&(_, engine)| engine));
    let mut question = Question {
        intent: Intent::Unknown,
        families: unique(reader.topics().filter_map(|topic| match topic {
            Asked::Family(number) => Some(FamilyId(number)),
            _ => None,
        })),
        signals: unique(reader.topics().filter_map(|topic| match topic {
            Asked::Need(number) => Some(SignalId(number)),
            _ => None,
        })),
        rules: rules_in(&text, lens),
        vendor: reader.vendor(),
        rest: text.clone(),
        chooses: reader.has(Asked::Choosing),
        adds: reader.has(Asked::Adding),
        replaces: reader.replaced(&engines),
        asks: reader.asks(),
        engines: named,
    };
    let entries = &lens.language.questions.table.intents;
    let fitting = entries
        .iter()
        .enumerate()
        .find_map(|(number, entry)| Some((entry, reader.fits(number as u16, entry, &question, pending)?)));
    match fitting {
        Some((entry, lead)) => {
            question.intent = entry.intent.unwrap_or(Intent::Unknown);
            if let Some(rest) = lead {
                question.rest = rest;
            }
        }
        None => question.intent = by_subject(&question, &words),
    }
    // "Explain choice/joins-on-key-value": the id of a rule says it all, unless it is asked why that speaks here.
    if !question.rules.is_empty() && question.intent != Intent::WhyFlagged {
        question.intent = Intent::About;
    }
    question
}

/// A question that is nothing but names: one is asked about, two are compared.
fn by_subject(question: &Question, words: &[Word]) -> Intent {
    /// A longer one says something that was not understood.
    const BARE: usize = 6;
    match question.engines.len() {
        0 if question.is_about_nothing() || words.len() > BARE => Intent::Unknown,
        0 | 1 => Intent::About,
        _ => Intent::Compare,
    }
}

/// The text cut to a bearable length on one line, with slips mended.
fn mended(asked: &str, lens: &Lens) -> String {
    let mut end = asked.len().min(LONGEST);
    while !asked.is_char_boundary(end) {
        end -= 1;
    }
    let line = asked
        .get(..end)
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let slips = &lens.language.questions.table.slips;
    let mut words = Vec::new();
    split(&line, true, &mut words);
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for word in words {
        let written = word.span.of(&line);
        if let Some(meant) = slips.get(&written.to_lowercase().replace('’', "'")) {
            out.push_str(line.get(at..word.span.start).unwrap_or_default());
            out.push_str(meant);
            at = word.span.end;
        }
    }
    out.push_str(line.get(at..).unwrap_or_default());
    out
}

/// A word that no phrase knows, one slip of the finger away from one that some phrase or name has, is that one.
fn mend_slips(words: &mut [Word], lens: &Lens) {
    const SHORTEST: usize = 5;
    const LONG: usize = 9;
    for word in words.iter_mut() {
        let plain = word.text.bytes().all(|byte| byte.is_ascii_lowercase());
        let known = lens.names.begins_a_name(&word.text) || !word.keys.is_empty();
        if word.opaque || !plain || known || word.text.len() < SHORTEST {
            continue;
        }
        let reach = if word.text.len() >= LONG { 2 } else { 1 };
        let candidates = lens
            .language
            .questions
            .words()
            .iter()
            .map(String::as_str)
            .chain(lens.names.single_words());
        let near = candidates
            .filter(|other| other.len().abs_diff(word.text.len()) <= reach && other.len() >= SHORTEST - 1)
            .filter(|other| other.bytes().next() == word.text.bytes().next())
            .map(|other| (strsim::osa_distance(other, &word.text), other))
            .filter(|(distance, _)| *distance <= reach)
            .min();
        if let Some((_, meant)) = near {
            word.text = meant.into();
            lens.language.vocabulary.identify(std::slice::from_mut(word));
        }
    }
}

/// Makes one word of each engine's name; the names with the words they are.
fn name_engines(words: &mut Vec<Word>, lens: &Lens) -> Vec<(usize, EngineId)> {
    let mut found = Vec::new();
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let name = match lens.names.at_in_any_case(words, at) {
            Some(Ok(name)) => name,
            Some(Err(length)) => {
                out.extend(words.get(at..at + length).unwrap_or_default().iter().cloned());
                at += length;
                continue;
            }
            None => {
                out.push(word.clone());
                at += 1;
                continue;
            }
        };
        let mut whole = word.clone();
        for part in words.get(at + 1..at + name.words).unwrap_or_default() {
            whole.text = format_compact!("{} {}", whole.text, part.text);
            whole.span = whole.span.join(part.span);
        }
        whole.keys.clear();
        whole.mention = Some(found.len());
        found.push((out.len(), name.engine));
        out.push(whole);
        at += name.words;
    }
    *words = out;
    found
}

/// The ids of rules that stand in a text, letter by letter.
fn rules_in(text: &str, lens: &Lens) -> Vec<String> {
    let is_rule = |id: &str| {
        lens.rule(id).is_some()
            || lens.engines.iter().any(|engine| {
                engine
                    .contradicts
                    .iter()
                    .any(|(&signal, statement)| statement_rule(signal, &statement.owner, lens) == id)
            })
    };
    let chunks = text.split_whitespace().filter(|chunk| chunk.contains('/'));
    let trimmed = chunks.map(|chunk| chunk.trim_matches(|c: char| !c.is_alphanumeric()));
    unique(trimmed.filter(|id| is_rule(id)).map(str::to_owned))
}

/// The rule that the lens's statement on a signal is.
pub(super) fn statement_rule(signal: SignalId, owner: &str, lens: &Lens) -> String {
    format!("choice/{}-on-{owner}", lens.signal(signal).id)
}

fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.fold(Vec::new(), |mut kept, item| {
        if !kept.contains(&item) {
            kept.push(item);
        }
        kept
    })
}

/// The words of a question with the phrases found in them.
struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    hits: &'a [Match<Asked>],
    lens: &'a Lens,
}

impl Reader<'_> {
    fn has(&self, asked: Asked) -> bool {
        self.hits.iter().any(|hit| hit.payload == asked)
    }

    /// What it is about; of overlapping names the longest.
    fn topics(&self) -> impl Iterator<Item = Asked> {
        let is_topic = |hit: &&Match<Asked>| matches!(hit.payload, Asked::Family(_) | Asked::Need(_));
        let mut topics: Vec<&Match<Asked>> = self.hits.iter().filter(is_topic).collect();
        let covered = |hit: &Match<Asked>, by: &Match<Asked>| {
            by.start <= hit.start && hit.end <= by.end && by.end - by.start > hit.end - hit.start
        };
        let all = topics.clone();
        topics.retain(|hit| !all.iter().any(|other| covered(hit, other)));
        topics.sort_by_key(|hit| hit.start);
        topics
            .into_iter()
            .map(|hit| hit.payload)
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn vendor(&self) -> Option<String> {
        let number = self.hits.iter().find_map(|hit| match hit.payload {
            Asked::Vendor(number) => Some(number),
            _ => None,
        })?;
        self.lens.language.questions.vendor(number).map(str::to_owned)
    }

    /// The engine behind "instead of".
    fn replaced(&self, engines: &[(usize, EngineId)]) -> Option<EngineId> {
        let mark = self.hits.iter().find(|hit| hit.payload == Asked::Replacing)?;
        engines
            .iter()
            .find(|(at, _)| *at + 1 >= mark.end && *at >= mark.start)
            .map(|&(_, engine)| engine)
    }

    fn fillers(&self) -> BTreeSet<usize> {
        self.hits
            .iter()
            .filter(|hit| hit.payload == Asked::Filler)
            .flat_map(|hit| hit.start..hit.end)
            .collect()
    }

    /// The first word that says something.
    fn first(&self) -> usize {
        let fillers = self.fillers();
        (0..self.words.len()).find(|at| !fillers.contains(at)).unwrap_or(0)
    }

    fn asks(&self) -> bool {
        let first = self.first();
        let opens = |hit: &&Match<Asked>| hit.payload == Asked::Opener && hit.start == first;
        self.text.trim_end().ends_with('?') || self.hits.iter().find(opens).is_some()
    }

    /// Whether an entry fits; for one with a lead, what follows it.
    fn fits(&self, number: u16, entry: &Entry, question: &Question, pending: bool) -> Option<Option<String>> {
        if entry.pending && !pending || !is_about(entry.about, question) {
            return None;
        }
        let of = |asked: Asked| self.hits.iter().filter(move |hit| hit.payload == asked);
        if of(Asked::Phrase(number)).next().is_some() {
            return Some(None);
        }
        let fillers = self.fillers();
        let whole = |hit: &Match<Asked>| {
            (0..self.words.len()).all(|at| (hit.start..hit.end).contains(&at) || fillers.contains(&at))
        };
        if of(Asked::Whole(number)).any(whole) {
            return Some(None);
        }
        let first = self.first();
        let lead = of(Asked::Lead(number))
            .filter(|hit| hit.start <= first && first < hit.end || hit.start == first)
            .max_by_key(|hit| hit.end)?;
        let rest = self.rest(lead.end);
        (!rest.is_empty()).then_some(Some(rest))
    }

    /// The words from a place on, without what only asks for the effect.
    fn rest(&self, from: usize) -> String {
        let Some(first) = self.words.get(from) else {
            return String::new();
        };
        let last = self.words.len();
        let tail = self
            .hits
            .iter()
            .filter(|hit| hit.payload == Asked::Tail && hit.end == last && hit.start > from)
            .filter(|hit| {
                self.words
                    .get(hit.start)
                    .is_some_and(|word| word.before >= Break::Comma)
            })
            .map(|hit| hit.start)
            .min();
        let end = match tail {
            Some(at) => self.words.get(at).map_or(self.text.len(), |word| word.span.start),
            None => self.text.len(),
        };
        let rest = Span::new(first.span.start, end).of(self.text);
        rest.trim_matches(|c: char| c.is_whitespace() || "?!.,;:\"“”".contains(c))
            .to_owned()
    }
}

fn is_about(wanted: Subject, question: &Question) -> bool {
    let topic = !(question.families.is_empty() && question.signals.is_empty() && question.rules.is_empty());
    match wanted {
        Subject::Any => true,
        Subject::Engine => !question.engines.is_empty(),
        Subject::Engines => question.engines.len() > 1,
        Subject::Topic => topic,
        Subject::Something => topic || !question.engines.is_empty(),
        Subject::Nothing => question.engines.is_empty(),
    }
}

/// The example questions most like one that was not understood, the nearest first.
pub(super) fn nearest(asked: &str, lens: &Lens) -> Vec<String> {
    /// So many are shown.
    const SHOWN: usize = 3;
    let asked = asked.to_lowercase();
    let mut ranked: Vec<(f64, &str)> = lens
        .language
        .questions
        .examples()
        .filter(|(intent, _)| !matches!(intent, Intent::Follow | Intent::Skip | Intent::Undo))
        .map(|(_, example)| (strsim::sorensen_dice(&asked, &example.to_lowercase()), example))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
        .into_iter()
        .take(SHOWN)
        .map(|(_, example)| example.to_owned())
        .collect()
}
