//! What no phrase of the lens tells: the engines that a clause affirms where decisions stand. One alone is chosen; several may be.

use std::collections::{BTreeMap, BTreeSet};

use super::{Collected, DENYING, Evidence, Scene, Weight, covers};
use crate::lens::phrase::{Break, Match};
use crate::lens::{Cue, EngineId, SectionRole, TriggerKind};
use crate::reading::Role;
use crate::reading::assertion::Assertion;
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// Looked for in the sections that decide, else in text without headings for what it is.
pub(super) fn name(scene: &Scene, collected: &mut Collected) {
    let (sentences, decides_in_free) = deciding(scene);
    // Where others are weighed and found wanting, what is left is chosen; else only what a clause is about.
    let strict = decides_in_free && !collected.by_mention.values().any(weighed) && !has_rivals(scene);
    let mut named: Vec<(EngineId, usize)> = Vec::new();
    for (number, sentence) in sentences {
        for &mention in scene.named_in(sentence.words.start, sentence.words.end) {
            let open = collected
                .of(mention)
                .is_none_or(|evidence| evidence.role == Role::Considered && evidence.weight == Weight::Context);
            let Some(engine) = scene.mention(mention).map(|mention| mention.engine) else {
                continue;
            };
            if open && affirms(scene, number, sentence, mention, strict) {
                named.push((engine, mention));
            }
        }
    }
    let Some(&(first, mention)) = named.first() else {
        return;
    };
    let sentence = |mention: usize| scene.mention(mention).map(|mention| mention.sentence);
    let alone = named.iter().all(|&(other, _)| scene.lens.same_product(first, other));
    let together = named.iter().all(|&(_, other)| sentence(other) == sentence(mention));
    // "Three candidates walked in: Thanos, Cortex, VictoriaMetrics." One sentence seldom takes several for the same work.
    let mentions: Vec<usize> = named.iter().map(|&(_, mention)| mention).collect();
    let compared = !alone && scene.are_rivals(&mentions);
    let winners = match (alone, together, decides_in_free) {
        (_, true, _) if compared => return,
        (_, true, _) => named.as_slice(),
        (true, ..) | (.., false) => named.get(..1).unwrap_or_default(),
        _ => return,
    };
    for &(_, mention) in winners {
        collected.by_mention.insert(mention, Evidence::named(mention));
    }
}

/// The sentences that may decide: those of the sections that do, else of text without headings for what it is, and whether it is that.
fn deciding<'a>(scene: &'a Scene) -> (Vec<(usize, &'a Sentence)>, bool) {
    let standing = |role: SectionRole| {
        let sentences = scene.record.sentences.iter().enumerate();
        sentences
            .filter(move |(_, sentence)| {
                sentence.role == role && !scene.is_heading(sentence.block) && !scene.elaborates(sentence)
            })
            .collect::<Vec<_>>()
    };
    let decision = standing(SectionRole::Decision);
    match decision.is_empty() {
        true => (standing(SectionRole::Free), true),
        false => (decision, false),
    }
}

/// Every engine that a sentence affirms where decisions stand, and that no phrase turns down.
pub(super) fn beside(scene: &Scene, collected: &Collected) -> BTreeSet<EngineId> {
    let engine = |mention: usize| scene.mention(mention).map(|mention| mention.engine);
    let refused: BTreeSet<EngineId> = collected
        .by_mention
        .values()
        .filter(|evidence| evidence.role == Role::Rejected)
        .filter_map(|evidence| engine(evidence.mention))
        .collect();
    let open = |mention: usize| {
        let told = collected.of(mention).map(|evidence| evidence.role);
        matches!(told, None | Some(Role::Chosen | Role::Considered | Role::Incumbent))
    };
    let mut found = BTreeSet::new();
    let mut reasons = Reasons::default();
    for (number, sentence) in deciding(scene).0 {
        let mut tries: BTreeMap<EngineId, usize> = BTreeMap::new();
        for &mention in scene.named_in(sentence.words.start, sentence.words.end) {
            let Some(engine) = engine(mention).filter(|engine| !found.contains(engine) && !refused.contains(engine))
            else {
                continue;
            };
            let tried = tries.entry(engine).or_default();
            *tried += 1;
            if *tried <= TRIES
                && open(mention)
                && !reasons.are_given(scene, sentence)
                && affirms(scene, number, sentence, mention, false)
            {
                found.insert(engine);
            }
        }
    }
    found
}

/// So many mentions of an engine are looked at in one sentence: who names it again and again says no more of it.
const TRIES: usize = 3;

/// Headings, and sentences before lists, that give reasons: engines are named below them to compare with.
#[derive(Default)]
struct Reasons(BTreeMap<usize, bool>);

impl Reasons {
    /// Whether a sentence stands below one.
    fn are_given(&mut self, scene: &Scene, sentence: &Sentence) -> bool {
        let record = scene.record;
        let intro = match record.outline.blocks.get(sentence.block).map(|block| block.kind) {
            Some(BlockKind::Item { intro, .. }) => intro,
            _ => None,
        };
        let heading = record.headings_of(sentence.block).next();
        intro.into_iter().chain(heading).any(|block| {
            *self.0.entry(block).or_insert_with(|| {
                let mut sentences = record.sentences_in(block);
                sentences.any(|sentence| scene.cues.has(sentence, TriggerKind::Reason))
            })
        })
    }
}

/// Whether a phrase says what speaks for or against an engine, or that it lost.
fn weighed(evidence: &Evidence) -> bool {
    evidence.role == Role::Rejected || evidence.role == Role::Considered && evidence.weight > Weight::Context
}

/// Whether engines that do the same work are named outside the context.
fn has_rivals(scene: &Scene) -> bool {
    let weighed = |mention: &usize| {
        scene.sentence_of(*mention).is_some_and(|sentence| {
            matches!(
                sentence.role,
                SectionRole::Free | SectionRole::Decision | SectionRole::Options
            )
        })
    };
    let named: Vec<usize> = scene.valid.iter().copied().filter(weighed).collect();
    scene.are_rivals(&named)
}

/// Whether a sentence affirms an engine that it joins to something named before: "with Redis for the carts".
pub(super) fn joins(scene: &Scene, number: usize, sentence: &Sentence, mention: usize) -> bool {
    let Some(word) = scene.mention(mention).map(|mention| mention.word) else {
        return false;
    };
    let at = word.saturating_sub(sentence.words.start);
    let words = scene.record.sentence_words(sentence);
    let from = (0..=at)
        .rev()
        .find(|&at| words.get(at).is_none_or(|word| word.before >= Break::Comma));
    let mut hits = scene.cues.of(number).iter();
    let joined = hits.any(|hit| hit.payload == Cue::Joiner && from.unwrap_or(0) <= hit.start && hit.end <= at);
    joined && affirms(scene, number, sentence, mention, true)
}

/// The words in which a clause names what it is about.
const SUBJECT: usize = 4;

/// Whether a sentence says of an engine, without a doubt and not of the past, that something is or will be done with it.
fn affirms(scene: &Scene, number: usize, sentence: &Sentence, mention: usize, strict: bool) -> bool {
    let Some(at) = scene
        .mention(mention)
        .and_then(|mention| mention.word.checked_sub(sentence.words.start))
    else {
        return false;
    };
    let words = scene.record.sentence_words(sentence);
    let hits = scene.cues.of(number);
    let Some(word) = words.get(at) else { return false };
    if word.bracketed || word.struck || scene.is_part(mention) || scene.record.asks(sentence) {
        return false;
    }
    let covered = |at: usize, cue: Cue| covers(hits, cue, at);
    // Where its clause begins and ends.
    let opens = |at: usize| words.get(at).is_none_or(|word| word.before >= Break::Comma);
    let from = (0..=at).rev().find(|&at| opens(at)).unwrap_or(0);
    let to = (at + 1..=words.len()).find(|&at| opens(at)).unwrap_or(words.len());
    let inside = |cue: Cue| {
        hits.iter()
            .any(|hit| hit.payload == cue && from <= hit.start && hit.start < to)
    };
    let before = |cue: Cue| hits.iter().any(|hit| hit.payload == cue && hit.end <= at);
    let assertion = Assertion::new(words, hits);
    if DENYING.iter().any(|&kind| assertion.governs(kind, at, at + 1))
        || inside(Cue::Conditional)
        || inside(Cue::Subordinate)
        || before(Cue::Supposing)
        || hits.iter().any(|hit| matches!(hit.payload, Cue::Test | Cue::Present))
    {
        return false;
    }
    // "The schema of PostgreSQL": the name belongs to another word.
    let named = |at: usize| words.get(at).is_some_and(|word| word.mention.is_some());
    let lead = (from..at)
        .rev()
        .find(|&at| !covered(at, Cue::Lead) && !covered(at, Cue::Joiner) && !named(at));
    if lead.is_some_and(|at| covered(at, Cue::Barrier) && !covered(at, Cue::Placing)) {
        return false;
    }
    // "Redis evicted keys last Friday" tells a story.
    let historical = |hit: &Match<Cue>| {
        let denied_behind = hits.iter().any(|hit| {
            let denies = matches!(
                hit.payload,
                Cue::Trigger {
                    kind: TriggerKind::Bare | TriggerKind::Negated,
                    ..
                }
            );
            denies && at < hit.start && hit.start < to
        });
        let past = denied_behind
            || matches!(
                hit.payload,
                Cue::Trigger {
                    kind: TriggerKind::Historical,
                    ..
                }
            );
        past && hit.start == at + 1
    };
    let past = words.get(at + 1).is_some_and(|next| scene.lens.language.is_past(next)) || hits.iter().any(historical);
    // "InfluxDB's supporters" are not InfluxDB.
    if word.span.end - word.span.start >= word.text.len() + 2 {
        return false;
    }
    // "Daily indices in Elasticsearch" are about a part of it.
    let about_part = (from..at.min(from + SUBJECT)).any(|at| covered(at, Cue::Part));
    !past && !about_part && (!strict || lead.is_none())
}
