//! Which mentions of engines are mentions of engines: doubtful names confirmed, "MySQL-compatible" and its like left out.

use std::collections::BTreeSet;

use crate::lens::phrase::Break;
use crate::lens::{Cue, CueKind, EngineId, Lens};
use crate::reading::Cues;
use crate::record::{Mention, Record};
use crate::syntax::Link;
use crate::text::Span;

/// The numbers of the mentions that name an engine as such, in the order of the text.
pub(super) fn valid(record: &Record, cues: &Cues, lens: &Lens) -> Vec<usize> {
    let sure: BTreeSet<EngineId> = record
        .mentions
        .iter()
        .filter(|mention| !mention.doubtful)
        .map(|mention| mention.engine)
        .collect();
    let about_stores = !sure.is_empty() || tells_a_need(record, cues);
    let likenesses = likenesses(record, cues, lens);
    let links = links_to_records(record);
    let is_valid = |(number, mention): (usize, &Mention)| {
        let confirmed = !mention.doubtful || confirmed(record, mention, &sure, about_stores, lens);
        let elsewhere = links
            .iter()
            .any(|link| link.start <= mention.span.start && mention.span.end <= link.end);
        (confirmed && !elsewhere && !likenesses.contains(&number)).then_some(number)
    };
    record.mentions.iter().enumerate().filter_map(is_valid).collect()
}

/// The places of links whose text is the title of another record.
fn links_to_records(record: &Record) -> Vec<Span> {
    let is_record = |link: &&Link| {
        let path = link.target.split(['#', '?']).next().unwrap_or_default();
        let is_file = [".md", ".adoc", ".rst", ".markdown"]
            .iter()
            .any(|end| path.ends_with(end));
        is_file && !path.contains("://")
    };
    record
        .outline
        .links
        .iter()
        .filter(is_record)
        .map(|link| link.span)
        .collect()
}

/// "MySQL-compatible", "Redis-like", "compatible with Cassandra", and those listed with them: "in the style of Riak or DynamoDB".
fn likenesses(record: &Record, cues: &Cues, lens: &Lens) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (number, mention) in record.mentions.iter().enumerate() {
        let after = number
            .checked_sub(1)
            .filter(|before| found.contains(before))
            .and_then(|before| record.mentions.get(before));
        if is_likeness(record, cues, mention, lens) || after.is_some_and(|before| joined(record, cues, before, mention))
        {
            found.insert(number);
        }
    }
    found
}

/// Whether nothing but "and" or "or" stands between two mentions.
fn joined(record: &Record, cues: &Cues, first: &Mention, second: &Mention) -> bool {
    let start = record
        .sentences
        .get(first.sentence)
        .map_or(0, |sentence| sentence.words.start);
    first.sentence == second.sentence
        && (first.word + 1..second.word).all(|word| {
            let at = word - start;
            cues.of(first.sentence)
                .iter()
                .any(|hit| hit.payload == Cue::Joiner && hit.start <= at && at < hit.end)
        })
        && record
            .words
            .get(second.word)
            .is_some_and(|word| word.before <= Break::Comma)
}

fn is_likeness(record: &Record, cues: &Cues, mention: &Mention, lens: &Lens) -> bool {
    let Some(sentence) = record.sentences.get(mention.sentence) else {
        return true;
    };
    let at = mention.word - sentence.words.start;
    // A service that offers another engine is often named with it: "Aurora PostgreSQL-compatible".
    let offers = lens.engine(mention.engine).offers.is_some() || lens.engine(mention.engine).kind_of.is_some();
    cues.of(mention.sentence).iter().any(|hit| match hit.payload {
        Cue::NotAfterName => hit.start == at + 1 && !offers && adjacent(record, mention.word + 1),
        Cue::NotBeforeName => hit.end == at,
        _ => false,
    })
}

fn adjacent(record: &Record, word: usize) -> bool {
    record.words.get(word).is_some_and(|word| word.before == Break::None)
}

/// Whether the record tells a need of a store: then it is about stores.
fn tells_a_need(record: &Record, cues: &Cues) -> bool {
    let mut hits = (0..record.sentences.len()).flat_map(|sentence| cues.of(sentence));
    hits.any(|hit| matches!(hit.payload, Cue::Signal { kind: CueKind::Cue, .. }))
}

/// A name that is also a word counts when the record names the engine, or one of its kind, beyond doubt, or is about stores at all.
fn confirmed(record: &Record, mention: &Mention, sure: &BTreeSet<EngineId>, about_stores: bool, lens: &Lens) -> bool {
    if sure.iter().any(|&engine| lens.same_product(engine, mention.engine)) {
        return true;
    }
    about_stores
        || record.sentences.get(mention.sentence).is_some_and(|sentence| {
            record
                .sentence_words(sentence)
                .iter()
                .any(|word| lens.language.is_store_word(word))
        })
        || record
            .title
            .as_ref()
            .and_then(|title| title.block)
            .is_some_and(|block| {
                record
                    .block_words(block)
                    .iter()
                    .any(|word| lens.language.is_store_word(word))
            })
}
