//! Names in one list share a role: "we use Aurora, Redis and S3"; so do those that each name their workload.

use super::{Collected, Evidence, Kind, Scene, covers};
use crate::lens::Cue;
use crate::lens::phrase::Break;
use crate::reading::Role;

/// How many words may stand between two names that each name their workload.
const WORKLOAD: usize = 10;

/// Within how many words before the second name its "into" stands.
const PLACE: usize = 3;

/// Carries the evidence of each mention on to its neighbours in a list, forwards, then backwards.
pub(super) fn share(scene: &Scene, collected: &mut Collected) {
    let pairs: Vec<(usize, usize)> = scene
        .valid
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect();
    for &(first, second) in &pairs {
        carry(scene, collected, first, second);
    }
    for &(first, second) in pairs.iter().rev() {
        carry(scene, collected, second, first);
    }
}

fn carry(scene: &Scene, collected: &mut Collected, from: usize, to: usize) {
    let Some(evidence) = collected.of(from).filter(|evidence| evidence.role != Role::Mentioned) else {
        return;
    };
    // "We looked at PostgreSQL, MongoDB and Cassandra": that something was looked at says less than any word of its own. "Redis or Valkey"
    // are one option.
    let looked_at = evidence.role == Role::Considered;
    if looked_at && are_alike(scene, from, to) {
        return;
    }
    let open = collected.of(to).is_none_or(|own| own.kind < Kind::Shared && !looked_at);
    let carries = looked_at || evidence.kind >= Kind::Shared;
    if open && carries && listed_together(scene, from.min(to), from.max(to)) {
        let shared = Evidence {
            mention: to,
            kind: if looked_at { evidence.kind } else { Kind::Shared },
            ..evidence
        };
        collected.by_mention.insert(to, shared);
    }
}

/// Whether one of two engines speaks the language of the other.
fn are_alike(scene: &Scene, first: usize, second: usize) -> bool {
    let engine = |mention: usize| scene.mention(mention).map(|mention| mention.engine);
    let (Some(a), Some(b)) = (engine(first), engine(second)) else {
        return false;
    };
    scene.lens.understands(a, b) || scene.lens.understands(b, a)
}

/// Whether two mentions, one right after the other, stand in one list of names.
pub(super) fn listed_together(scene: &Scene, first: usize, second: usize) -> bool {
    let (Some(a), Some(b)) = (scene.mention(first), scene.mention(second)) else {
        return false;
    };
    if a.sentence != b.sentence {
        return false;
    }
    let Some(between) = scene.record.words.get(a.word + 1..b.word) else {
        return false;
    };
    let Some(start) = scene
        .record
        .sentences
        .get(a.sentence)
        .map(|sentence| sentence.words.start)
    else {
        return false;
    };
    let Some(last) = scene.record.words.get(b.word) else {
        return false;
    };
    if between.is_empty() {
        return last.before <= Break::Comma;
    }
    let covered = |word: usize, wanted: Cue| covers(scene.cues.of(a.sentence), wanted, word - start);
    let joined = (a.word + 1..b.word).all(|word| covered(word, Cue::Joiner) || covered(word, Cue::Lead))
        && between.iter().chain([last]).all(|word| word.before <= Break::Comma);
    // "Postgres for metadata and ClickHouse for events", "PouchDB in the app and CouchDB at the office".
    let told = |cue: Cue| covered(a.word + 1, cue) && covered(b.word + 1, cue);
    let with_workload = between.len() <= WORKLOAD
        && (told(Cue::Workload) || told(Cue::Placing))
        && (covered(b.word - 1, Cue::Joiner) || last.before >= Break::Comma);
    // "Pictures go to S3, records into DynamoDB": the verb is said once.
    let opens = between.first().is_some_and(|word| word.before == Break::Comma);
    let close = (a.word + 1..b.word)
        .rev()
        .take(PLACE)
        .any(|word| covered(word, Cue::Placing));
    let plain = !scene.cues.of(a.sentence).iter().any(|hit| {
        matches!(hit.payload, Cue::Role(_))
            && a.word < hit.start + start
            && hit.end + start <= b.word
            && hit.engines.is_empty()
    });
    let parallel = opens
        && close
        && plain
        && between.len() <= WORKLOAD
        && between.iter().skip(1).all(|word| word.before < Break::Comma);
    joined || with_workload || parallel
}
