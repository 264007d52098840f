//! A choice without a word that decides: a name that stands where decisions stand.

use std::collections::BTreeSet;

use super::{Collected, Evidence, Kind, Scene, Weight, covers, fragments, lists};
use crate::lens::phrase::Break;
use crate::lens::{Cue, SectionRole};
use crate::reading::Role;

/// Without a word that decides: what the decision names first, else what the title is about, else names that stand alone.
pub(super) fn name(scene: &Scene, collected: &mut Collected) {
    let open = |collected: &Collected, mention: usize| {
        let told = collected.of(mention);
        !scene.is_struck(mention)
            && told.is_none_or(|evidence| {
                evidence.kind == Kind::Subject || evidence.weight < Weight::Naming && evidence.role == Role::Chosen
            })
    };
    let mut named: Vec<usize> = in_decision(scene)
        .filter(|&mention| open(collected, mention))
        .into_iter()
        .collect();
    if named.is_empty() {
        named = in_title(scene)
            .filter(|&mention| open(collected, mention))
            .into_iter()
            .collect();
    }
    if named.is_empty() {
        let weighed = |&mention: &usize| {
            let evidence = collected.of(mention);
            evidence.is_some_and(|evidence| evidence.role == Role::Considered)
        };
        named = fragments::in_title(scene);
        named.retain(|&mention| open(collected, mention) && !weighed(&mention));
    }
    if named.is_empty() {
        named = alone(scene)
            .into_iter()
            .filter(|&mention| open(collected, mention))
            .collect();
    }
    for &mention in &named {
        let chosen = Evidence::named(mention);
        collected.by_mention.insert(mention, chosen);
        // What is listed with it is named with it.
        let from = scene.valid.partition_point(|&other| other < mention);
        let rest = scene.valid.get(from..).unwrap_or_default();
        for pair in rest.windows(2) {
            let &[first, second] = pair else { break };
            if !lists::listed_together(scene, first, second) {
                break;
            }
            collected.by_mention.insert(
                second,
                Evidence {
                    mention: second,
                    kind: Kind::Shared,
                    ..chosen
                },
            );
        }
    }
}

/// The words in which a sentence names what it is about.
const SUBJECT: usize = 4;

/// The first name in the first sentence of the decision, unless the sentence is about a part of the engine.
fn in_decision(scene: &Scene) -> Option<usize> {
    let record = scene.record;
    let first = record.sentences.iter().find(|sentence| {
        sentence.role == SectionRole::Decision && !scene.is_heading(sentence.block) && !scene.is_title(sentence)
    })?;
    if scene.record.asks(first) {
        return None;
    }
    let named = *scene.named_in(first.words.start, first.words.end).first()?;
    let stands_in = scene
        .cues
        .of(scene.mention(named)?.sentence)
        .iter()
        .any(|hit| hit.payload == Cue::Test);
    let at = scene.mention(named)?.word;
    let about_part = (first.words.start..at.min(first.words.start + SUBJECT)).any(|at| {
        let number = scene.mention(named).map_or(0, |mention| mention.sentence);
        covers(scene.cues.of(number), Cue::Part, at - first.words.start)
    });
    (!stands_in && !about_part).then_some(named)
}

/// The engine a title is about: "Redis as page cache", "Pricing engine: AlloyDB", "Carts in Redis"; not "Tuning of PostgreSQL".
fn in_title(scene: &Scene) -> Option<usize> {
    let record = scene.record;
    let (number, sentence) = scene.title()?;
    if record.asks(sentence)
        || record
            .outline
            .blocks
            .get(sentence.block)?
            .plain()
            .trim_end()
            .ends_with('?')
    {
        return None;
    }
    let &[only] = scene.named_in(sentence.words.start, sentence.words.end) else {
        return None;
    };
    let word = scene.mention(only)?.word;
    let covered = |at: usize, cue: Cue| {
        let at = at.checked_sub(sentence.words.start);
        at.is_some_and(|at| covers(scene.cues.of(number), cue, at))
    };
    let ends = word + 1 == sentence.words.end
        || record
            .words
            .get(word + 1)
            .is_some_and(|next| next.before >= Break::Colon);
    let starts = word == sentence.words.start
        || record
            .words
            .get(word)
            .is_some_and(|word| word.before >= Break::Strong || word.before == Break::Colon);
    let placed = word.checked_sub(1).is_some_and(|before| covered(before, Cue::Placing));
    let about = starts && (ends || covered(word + 1, Cue::Workload)) || ends && placed;
    about.then_some(only)
}

/// Whether a sentence has a phrase of this kind.
fn says(scene: &Scene, sentence: usize, cue: Cue) -> bool {
    scene.cues.of(sentence).iter().any(|hit| hit.payload == cue)
}

/// Names that are sentences of their own, in text without headings for what it is: "PostgreSQL. Twelve tables." Where they could do each
/// other's work they are compared.
fn alone(scene: &Scene) -> Vec<usize> {
    let record = scene.record;
    let opens = |&mention: &usize| {
        let Some(place) = scene.mention(mention) else {
            return false;
        };
        let Some(sentence) = record.sentences.get(place.sentence) else {
            return false;
        };
        let first_of_block = record.sentences_in(sentence.block).next() == Some(place.sentence);
        let paragraph = matches!(
            record.outline.blocks.get(sentence.block).map(|block| block.kind),
            Some(crate::syntax::BlockKind::Paragraph)
        );
        let behind = scene.behind_name(place.word);
        let apart =
            behind >= sentence.words.end || record.words.get(behind).is_some_and(|next| next.before >= Break::Comma);
        let opens = first_of_block && place.word == sentence.words.start;
        // "Where we ended up: PostgreSQL."
        let ends = place.word + 1 == sentence.words.end
            && record
                .words
                .get(place.word)
                .is_some_and(|word| word.before == Break::Colon)
            && !says(scene, place.sentence, Cue::Present);
        sentence.role == SectionRole::Free && paragraph && (opens && apart || ends) && !scene.record.asks(sentence)
    };
    let named: Vec<usize> = scene.valid.iter().copied().filter(opens).collect();
    if !scene.are_rivals(&named) {
        return named;
    }
    // Of those compared, the only one that is come back to: "*Elasticsearch.* … *Solr.* … Solr 4.10, four shards."
    let mut seen = BTreeSet::new();
    let engine = |mention: usize| scene.mention(mention).map(|mention| mention.engine);
    let again: Vec<usize> = named
        .into_iter()
        .filter(|&mention| !seen.insert(engine(mention)))
        .collect();
    if scene.are_rivals(&again) { Vec::new() } else { again }
}
