//! The words of a record that answer an item of the checklist.

use std::collections::{BTreeSet, HashMap};

use crate::lens::checklist::{Entry, Item};
use crate::lens::{Lens, SectionRole, TriggerKind};
use crate::reading::{Assertion, Polarity, Reading, Requirement, Role, Strength, taken_back};
use crate::record::{Record, Sentence};
use crate::syntax::BlockKind;
use crate::text::Span;

/// Words of the record, and what they say where they do not say it themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub span: Span,
    pub note: Option<String>,
}

impl Evidence {
    fn at(span: Span) -> Evidence {
        Evidence { span, note: None }
    }
}

/// What was looked for in the whole record at once.
pub(super) struct Answered {
    /// Sentences with phrases that answer, by the number of the item.
    phrases: HashMap<u16, Vec<(SectionRole, Span)>>,
    /// For each sentence that says something, its place.
    telling: Vec<Option<SectionRole>>,
}

/// At most this much is quoted for an item.
const QUOTED: usize = 4;

impl Answered {
    pub fn find(text: &str, reading: &Reading, lens: &Lens) -> Answered {
        let record = &reading.record;
        let telling: Vec<Option<SectionRole>> = record
            .sentences
            .iter()
            .map(|sentence| tells(text, record, sentence, lens).then(|| place(record, sentence)))
            .collect();
        let mut phrases: HashMap<u16, Vec<(SectionRole, Span)>> = HashMap::new();
        for (number, sentence) in record.sentences.iter().enumerate() {
            let Some(Some(role)) = telling.get(number).copied() else {
                continue;
            };
            let words = record.sentence_words(sentence);
            let hits = lens.language.answers.find(words);
            if hits.is_empty() {
                continue;
            }
            let assertion = Assertion::new(words, reading.cues.of(number));
            let elsewhere = [
                TriggerKind::Historical,
                TriggerKind::Hypothetical,
                TriggerKind::Elsewhere,
            ];
            for hit in hits {
                if !elsewhere
                    .iter()
                    .any(|&kind| assertion.governs(kind, hit.start, hit.end))
                {
                    let places = phrases.entry(hit.payload).or_default();
                    if !places.iter().any(|(_, span)| *span == sentence.span) {
                        places.push((role, sentence.span));
                    }
                }
            }
        }
        Answered { phrases, telling }
    }

    /// What answers an item, at most [`QUOTED`] of it, and whether it answers all of it. `unopposed`: no finding speaks against it.
    pub fn by(&self, item: &Item, unopposed: bool, reading: &Reading, lens: &Lens) -> (Vec<Evidence>, bool) {
        let ticks = &item.ticked_by;
        let mut found = Vec::new();
        let mut complete = true;
        if ticks.met_needs {
            let needs = judged(reading);
            let met = needs
                .iter()
                .filter_map(|need| Some((need, meets(need, reading, lens)?)));
            found.extend(met.map(|(need, engine)| Evidence {
                span: need.span,
                note: Some(format!("{}: met by {engine}", spoken(need, lens))),
            }));
            complete = found.len() == needs.len();
        }
        if ticks.choice && unopposed {
            found.extend(reading.with_role(Role::Chosen).map(|choice| Evidence::at(choice.span)));
        }
        found.extend(ticks.entries.iter().filter_map(|entry| head(*entry, &reading.record)));
        found.extend(self.stated(item, reading, lens));
        found.extend(self.sections(&ticks.sections, &reading.record));
        if let Some(least) = ticks.options {
            found.extend(self.options(least, reading));
        }
        let places = self.phrases.get(&item.number).into_iter().flatten();
        found.extend(
            places
                .filter(|(role, _)| ticks.places.contains(role))
                .map(|(_, span)| Evidence::at(*span)),
        );
        let mut told: Vec<Evidence> = Vec::new();
        for evidence in found {
            match told.iter_mut().find(|other| other.span == evidence.span) {
                Some(other) => other.note = both(other.note.take(), evidence.note),
                None => told.push(evidence),
            }
        }
        // A name that stands in a sentence which is quoted anyway says nothing more.
        let whole: Vec<Span> = told.iter().map(|evidence| evidence.span).collect();
        told.retain(|evidence| {
            let within = |span: &Span| *span != evidence.span && span.contains(evidence.span);
            evidence.note.is_some() || !whole.iter().any(within)
        });
        told.truncate(QUOTED);
        (told, complete)
    }

    fn stated(&self, item: &Item, reading: &Reading, lens: &Lens) -> Vec<Evidence> {
        let ticks = &item.ticked_by;
        let mut found: Vec<Evidence> = Vec::new();
        for need in &reading.requirements {
            if ticks.signals.contains(&need.signal) {
                let name = spoken(need, lens);
                let mut note = match need.polarity {
                    Polarity::Required => format!("needs {name}"),
                    Polarity::NotRequired => format!("does not need {name}"),
                };
                if need.is_likely() {
                    note.push_str(", by its likeness to other sentences");
                }
                found.push(Evidence {
                    span: need.span,
                    note: Some(note),
                });
            }
        }
        for measured in &reading.quantities {
            let told = found.iter().any(|evidence| evidence.span.contains(measured.span));
            if ticks.metrics.contains(&measured.quantity.metric) && !told {
                found.push(Evidence::at(measured.span));
            }
        }
        found
    }

    /// The first thing said under each of these roles.
    fn sections(&self, roles: &[SectionRole], record: &Record) -> Vec<Evidence> {
        let first = |role: &SectionRole| {
            let mut sentences = record.sentences.iter().zip(&self.telling);
            let found = sentences.find(|(_, place)| **place == Some(*role));
            found.map(|(sentence, _)| Evidence::at(sentence.span))
        };
        roles.iter().filter_map(first).collect()
    }

    /// The engines that were weighed, or else the options as they are listed; nothing when there are too few.
    fn options(&self, least: usize, reading: &Reading) -> Vec<Evidence> {
        let weighed = |role: Role| matches!(role, Role::Chosen | Role::Rejected | Role::Considered);
        let mut engines = BTreeSet::new();
        let named: Vec<Evidence> = reading
            .choices
            .iter()
            .filter(|choice| weighed(choice.role) && engines.insert(choice.engine))
            .map(|choice| Evidence::at(choice.span))
            .collect();
        if named.len() >= least {
            return named;
        }
        let record = &reading.record;
        let of_options = |sentence: &&Sentence| sentence.role == SectionRole::Options;
        let listed = |sentence: &&Sentence| {
            let block = record.outline.blocks.get(sentence.block);
            let is_own_heading = record.sections.iter().any(|section| {
                section.heading == Some(sentence.block) && section.inherited && section.role == SectionRole::Options
            });
            is_own_heading
                || block.is_some_and(|block| matches!(block.kind, BlockKind::Item { .. }) && block.parent.is_none())
        };
        let mut blocks = BTreeSet::new();
        let listed: Vec<Evidence> = record
            .sentences
            .iter()
            .filter(of_options)
            .filter(listed)
            .filter(|sentence| blocks.insert(sentence.block))
            .map(|sentence| Evidence::at(sentence.span))
            .collect();
        if listed.len() >= least { listed } else { Vec::new() }
    }
}

/// Two notes on the same words.
fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}; {second}")),
        (first, second) => first.or(second),
    }
}

/// The place of a sentence. "Bad, because …" is a consequence where consequences stand, and a reason against an option elsewhere.
fn place(record: &Record, sentence: &Sentence) -> SectionRole {
    let section = record
        .section_of
        .get(sentence.block)
        .and_then(|&section| record.sections.get(section));
    let consequences = matches!(
        section.map(|section| section.role),
        Some(SectionRole::Consequences | SectionRole::Decision)
    );
    match sentence.role {
        SectionRole::Pros if consequences => SectionRole::ConsequencesGood,
        SectionRole::Cons if consequences => SectionRole::ConsequencesBad,
        role => role,
    }
}

/// Whether a sentence says something: no heading, no bare label, no question, nothing that is left open.
fn tells(text: &str, record: &Record, sentence: &Sentence, lens: &Lens) -> bool {
    let heading = record
        .outline
        .blocks
        .get(sentence.block)
        .is_none_or(|block| block.level().is_some());
    let words = record.sentence_words(sentence);
    let said = sentence.span.of(text).trim();
    // A sentence ends before its full stop or question mark.
    let asks = |words: &str| words.trim_start_matches(['*', '_', ')', '"']).starts_with('?');
    let behind = text.get(sentence.span.end..).unwrap_or_default();
    let open = said.ends_with('?') || asks(behind) || !lens.language.unanswered.find(words).is_empty();
    !heading && !words.is_empty() && !words.iter().all(|word| word.strong) && !open
}

fn head(entry: Entry, record: &Record) -> Option<Evidence> {
    let span = match entry {
        Entry::Title => record.title.as_ref().map(|title| title.span),
        Entry::Status => record.status_span,
        Entry::Date => {
            let date = record.date.as_ref()?;
            // The date is read from an entry that the record does not keep the place of; the status stands beside it.
            let title = record.title.as_ref().map(|title| title.span);
            return record.status_span.or(title).map(|span| Evidence {
                span,
                note: Some(date.clone()),
            });
        }
    };
    span.map(Evidence::at)
}

/// A need as a sentence names it.
fn spoken(need: &Requirement, lens: &Lens) -> String {
    lens.signal(need.signal).id.replace('-', " ")
}

/// The needs a choice is held against.
fn judged(reading: &Reading) -> Vec<&Requirement> {
    let denied = taken_back(&reading.requirements);
    let mut seen = BTreeSet::new();
    reading
        .requirements
        .iter()
        .filter(|need| {
            need.polarity == Polarity::Required
                && !need.is_guess()
                && need.strength >= Strength::Should
                && !denied.contains(&need.signal)
                && seen.insert((need.signal, need.engine))
        })
        .collect()
}

/// The name of a chosen engine that meets a need.
fn meets<'a>(need: &Requirement, reading: &Reading, lens: &'a Lens) -> Option<&'a str> {
    let met = |engine| match need.engine {
        Some(asked) => lens.understands(engine, asked),
        None => lens.engine(engine).satisfies.contains(&need.signal),
    };
    reading
        .with_role(Role::Chosen)
        .find(|choice| met(choice.engine))
        .map(|choice| lens.engine(choice.engine).name.as_str())
}

/// The needs that no chosen engine is known to meet: a question each, never a judgement.
pub(super) fn unjudged(reading: &Reading, lens: &Lens) -> Vec<String> {
    let needs = judged(reading);
    let open = needs.iter().filter(|need| meets(need, reading, lens).is_none());
    open.map(|need| {
        format!(
            "How is {} met? The lens does not say it of the chosen store.",
            spoken(need, lens)
        )
    })
    .take(QUOTED)
    .collect()
}
