//! Which mentions of engines are mentions of engines: doubtful names confirmed, "MySQL-compatible" and its like left out.

use std::collections::BTreeSet;

use super::Cues;
use crate::lens::{Cue, EngineId, Lens};
use crate::record::{Mention, Record};

/// The numbers of the mentions that name an engine as such, in the order of the text.
pub(super) fn valid(record: &Record, cues: &Cues, lens: &Lens) -> Vec<usize> {
    let sure: BTreeSet<EngineId> = record
        .mentions
        .iter()
        .filter(|mention| !mention.doubtful)
        .map(|mention| mention.engine)
        .collect();
    let names_stores = !sure.is_empty();
    (0..record.mentions.len())
        .filter(|&number| {
            let Some(mention) = record.mentions.get(number) else {
                return false;
            };
            !is_likeness(record, cues, mention, lens)
                && (!mention.doubtful || confirmed(record, mention, &sure, names_stores, lens))
        })
        .collect()
}

/// "MySQL-compatible", "Redis-like", "compatible with Cassandra".
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
    record
        .words
        .get(word)
        .is_some_and(|word| word.before == crate::lens::phrase::Break::None)
}

/// A name that is also a word counts when the record names the engine, or one of its kind, beyond doubt, or is about stores at all.
fn confirmed(record: &Record, mention: &Mention, sure: &BTreeSet<EngineId>, names_stores: bool, lens: &Lens) -> bool {
    if sure.iter().any(|&engine| lens.same_product(engine, mention.engine)) {
        return true;
    }
    names_stores
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
