//! One role for each engine, at the words that tell it best.

use std::collections::{BTreeMap, BTreeSet};

use super::options::{Mark, Options};
use super::{Collected, Evidence, Kind, Scene, Weight};
use crate::lens::{EngineId, SectionRole, Status, TriggerKind};
use crate::reading::assertion::Assertion;
use crate::reading::{Choice, Role};
use crate::record::Mention;

pub(super) fn settle(scene: &Scene, options: &Options, mut collected: Collected) -> Vec<Choice> {
    if !collected.has(Role::Chosen, Weight::Naming) && !collected.decides_other {
        super::naming::name(scene, &mut collected);
        let listed = options.listed.iter().filter(|option| !option.loose);
        // An option that names no engine may be the one that was chosen.
        let of_stores = listed.clone().count() == listed.filter(|option| !option.mentions.is_empty()).count();
        if !collected.has(Role::Chosen, Weight::Naming) && !collected.tells_other && of_stores {
            super::affirmed::name(scene, &mut collected);
        }
    }
    let beside = super::affirmed::beside(scene, &collected);
    let mut best = best_of_each(scene, &collected);
    presuppose(scene, options, &collected, &mut best);
    choose(scene, &collected, &mut best);
    weigh_options(scene, options, &collected, &mut best);
    merge_offerings(scene, &mut best);
    let chosen: Vec<EngineId> = best
        .iter()
        .filter(|(_, evidence)| evidence.role == Role::Chosen)
        .map(|(&id, _)| id)
        .collect();
    for (&engine, evidence) in &mut best {
        let won = chosen.iter().any(|&winner| scene.lens.same_product(winner, engine));
        evidence.role = match evidence.role {
            Role::Considered if won => Role::Mentioned,
            Role::Considered if !chosen.is_empty() => Role::Rejected,
            // What a rejected record proposes is what was turned down; what it keeps was not.
            Role::Chosen if scene.record.status == Status::Rejected && !evidence.keeps => Role::Rejected,
            role => role,
        };
    }
    let mut choices: Vec<Choice> = best
        .into_iter()
        .filter_map(|(engine, evidence)| choice(scene, &collected, engine, evidence, beside.contains(&engine)))
        .collect();
    choices.sort_by_key(|choice| (choice.role, choice.span));
    choices
}

fn choice(
    scene: &Scene,
    collected: &Collected,
    engine: EngineId,
    evidence: Evidence,
    affirmed: bool,
) -> Option<Choice> {
    let mention = scene.mention(evidence.mention)?;
    Some(Choice {
        engine,
        role: evidence.role,
        span: mention.span,
        workload: None,
        sentence: mention.sentence,
        affirmed,
        denied: evidence.role == Role::Mentioned && is_denied(scene, engine),
        leaves: evidence.role == Role::Incumbent && is_replaced(scene, collected, engine),
    })
}

/// Whether a phrase around two names says that another takes the place of an engine.
fn is_replaced(scene: &Scene, collected: &Collected, engine: EngineId) -> bool {
    let mut told = collected.by_mention.values();
    told.any(|evidence| {
        evidence.role == Role::Incumbent
            && evidence.kind == Kind::Pair
            && scene
                .mention(evidence.mention)
                .is_some_and(|mention| mention.engine == engine)
    })
}

/// Who names an engine oftener than that speaks of it.
const IN_PASSING: usize = 3;

/// Whether an engine is only named where something is denied: "no Mongo code to carry over".
fn is_denied(scene: &Scene, engine: EngineId) -> bool {
    let named = scene.valid.iter().filter_map(|&number| scene.mention(number));
    let own = named.filter(|mention| mention.engine == engine);
    let own: Vec<&Mention> = own.take(IN_PASSING + 1).collect();
    let denied = |mention: &Mention| {
        let Some(sentence) = scene.record.sentences.get(mention.sentence) else {
            return false;
        };
        let words = scene.record.sentence_words(sentence);
        let assertion = Assertion::new(words, scene.cues.of(mention.sentence));
        let at = mention.word - sentence.words.start;
        let denies = [TriggerKind::Bare, TriggerKind::Negated];
        denies.iter().any(|&kind| assertion.governs(kind, at, at + 1))
    };
    own.len() <= IN_PASSING && own.into_iter().all(denied)
}

/// The evidence that counts for each engine. That it is in use, or was looked at, gives way to a decision wherever that stands.
fn best_of_each(scene: &Scene, collected: &Collected) -> BTreeMap<EngineId, Evidence> {
    let rank = |evidence: &Evidence| {
        let (said, weight) = match evidence.role {
            Role::Mentioned => (0, evidence.weight),
            Role::Considered => (1, Weight::Context),
            // To use a part of an engine that is in use decides nothing about the engine.
            Role::Chosen if evidence.part => (2, Weight::Context),
            Role::Incumbent => (3, Weight::Context),
            Role::Chosen | Role::Rejected => (4, evidence.weight),
        };
        (
            said > 0,
            weight,
            said,
            evidence.role == Role::Chosen,
            evidence.firm,
            evidence.kind,
        )
    };
    let mut best: BTreeMap<EngineId, Evidence> = BTreeMap::new();
    for &mention in &scene.valid {
        let Some(engine) = scene.mention(mention).map(|mention| mention.engine) else {
            continue;
        };
        let nothing = Evidence::plain(Role::Mentioned, Weight::Context, Kind::Subject, mention);
        let evidence = collected.of(mention).unwrap_or(nothing);
        let held = best.entry(engine).or_insert(evidence);
        if rank(&evidence) > rank(held) {
            *held = evidence;
        }
    }
    best
}

/// What the context takes for granted is in use: a decision that only states it again decides something about it, not for it.
fn presuppose(scene: &Scene, options: &Options, collected: &Collected, best: &mut BTreeMap<EngineId, Evidence>) {
    let granted = |engine: EngineId| {
        scene.valid.iter().any(|&number| {
            let Some(mention) = scene.mention(number) else {
                return false;
            };
            let Some(sentence) = scene.record.sentences.get(mention.sentence) else {
                return false;
            };
            let told = collected
                .of(number)
                .is_some_and(|evidence| !matches!(evidence.role, Role::Incumbent | Role::Mentioned));
            // Several names in one sentence are candidates more often than company.
            let only = scene.named_in(sentence.words.start, sentence.words.end).len() == 1;
            // A managed offering of what is in use is a choice of its own.
            let same = mention.engine == engine || scene.lens.refines(mention.engine, engine);
            sentence.role == SectionRole::Context && only && !told && same
        })
    };
    let weighed = |engine: EngineId| {
        let mut listed = options.listed.iter().flat_map(|option| &option.mentions);
        listed.any(|&number| {
            scene
                .mention(number)
                .is_some_and(|mention| scene.lens.same_product(mention.engine, engine))
        })
    };
    // Where nothing new is decided, to keep it is the decision.
    let all_kept = best
        .values()
        .all(|evidence| evidence.role != Role::Chosen || evidence.keeps);
    let decided = |evidence: &Evidence| evidence.role == Role::Chosen && evidence.weight >= Weight::Decision;
    let fresh = best.iter().filter(|(_, evidence)| decided(evidence) && !evidence.keeps);
    let fresh: Vec<EngineId> = fresh.map(|(&engine, _)| engine).collect();
    // "Blobs remain in the bucket": what the decision keeps, it decides for, unless something new does the same work.
    let displaced = |engine: EngineId| {
        let same = |other| scene.lens.are_rivals(other, engine) || scene.lens.same_product(other, engine);
        fresh.iter().any(|&other| same(other))
    };
    for (&engine, evidence) in best.iter_mut() {
        let kept = evidence.keeps && (all_kept || decided(evidence) && !displaced(engine));
        let stated = !evidence.firm && evidence.weight != Weight::Title && !kept;
        let in_use = evidence.keeps || granted(engine);
        if evidence.role == Role::Chosen && stated && in_use && !weighed(engine) {
            evidence.role = Role::Incumbent;
        }
    }
}

/// The decision decides: what only the title or the surrounding text chooses gives way to it.
fn choose(scene: &Scene, collected: &Collected, best: &mut BTreeMap<EngineId, Evidence>) {
    let chosen: Vec<(EngineId, Weight)> = best
        .iter()
        .filter(|(_, evidence)| evidence.role == Role::Chosen)
        .map(|(&engine, evidence)| (engine, evidence.weight))
        .collect();
    let Some(top) = chosen.iter().map(|(_, weight)| *weight).max() else {
        return;
    };
    // Where something else is decided, words that state a use tell how things are.
    let floor = if collected.decides_other {
        Weight::Free
    } else {
        top.min(Weight::Free)
    };
    let decided = |engine: EngineId| {
        chosen
            .iter()
            .any(|&(other, weight)| weight >= Weight::Decision && scene.lens.same_product(other, engine))
    };
    let title_agrees = scene.valid.iter().any(|&mention| {
        scene
            .sentence_of(mention)
            .is_some_and(|sentence| scene.is_title(sentence))
            && scene.mention(mention).is_some_and(|mention| decided(mention.engine))
    });
    for (&engine, evidence) in best.iter_mut().filter(|(_, evidence)| evidence.role == Role::Chosen) {
        // A service that speaks the language of the engine in the title is what the title means.
        let kin = chosen
            .iter()
            .any(|&(other, _)| speaks(scene, other, engine) || speaks(scene, engine, other));
        let disagrees =
            top >= Weight::Decision && evidence.weight == Weight::Title && !title_agrees && !decided(engine);
        if disagrees && kin {
            evidence.role = Role::Mentioned;
        } else if disagrees {
            evidence.role = Role::Rejected;
        } else if evidence.weight < floor {
            evidence.role = if evidence.weight == Weight::State {
                Role::Incumbent
            } else {
                Role::Mentioned
            };
        }
    }
}

/// Whether an engine, or what it offers, is compatible with another.
fn speaks(scene: &Scene, engine: EngineId, other: EngineId) -> bool {
    let engine = scene.lens.engine(engine);
    engine.speaks.contains(&other)
        || engine
            .offers
            .is_some_and(|offered| scene.lens.engine(offered).speaks.contains(&other))
}

/// An option that did not win is rejected by a record that decides, and considered by one that has not.
fn weigh_options(scene: &Scene, options: &Options, collected: &Collected, best: &mut BTreeMap<EngineId, Evidence>) {
    let chosen: Vec<EngineId> = best
        .iter()
        .filter(|(_, evidence)| evidence.role == Role::Chosen)
        .map(|(&engine, _)| engine)
        .collect();
    let won = |mention: usize| {
        scene.mention(mention).is_some_and(|mention| {
            chosen
                .iter()
                .any(|&winner| scene.lens.same_product(winner, mention.engine))
        })
    };
    // A loose list is one of options when one of its names is chosen, and not all.
    let weighed: BTreeSet<_> = options
        .listed
        .iter()
        .filter(|option| !option.loose || option.mentions.iter().any(|&mention| won(mention)) || option.mark.is_some())
        .map(|option| option.group)
        .collect();
    for option in options
        .listed
        .iter()
        .filter(|option| !option.loose || weighed.contains(&option.group))
    {
        for &mention in &option.mentions {
            let Some(engine) = scene.mention(mention).map(|mention| mention.engine) else {
                continue;
            };
            let Some(evidence) = best.get_mut(&engine) else {
                continue;
            };
            let told =
                evidence.role == Role::Chosen || evidence.role == Role::Rejected && evidence.weight > Weight::Context;
            let own = collected.of(mention).is_some_and(|own| own.role == Role::Mentioned);
            // Names joined in a sentence may be company: what is said of them elsewhere counts.
            let company = option.group.is_running_text() && evidence.role == Role::Incumbent;
            if told || company || own && option.loose {
                continue;
            }
            let role = if won(mention) {
                Role::Mentioned
            } else if chosen.is_empty()
                && !collected.decides_other
                && option.mark != Some(Mark::Loses)
                && evidence.role != Role::Rejected
            {
                Role::Considered
            } else {
                Role::Rejected
            };
            *evidence = Evidence {
                role,
                mention,
                ..*evidence
            };
        }
    }
}

/// "PostgreSQL on RDS" is one choice: the managed offering of both.
fn merge_offerings(scene: &Scene, best: &mut BTreeMap<EngineId, Evidence>) {
    let chosen =
        |best: &BTreeMap<EngineId, Evidence>, id: EngineId| best.get(&id).copied().filter(|e| e.role == Role::Chosen);
    for id in scene.lens.engine_ids() {
        let engine = scene.lens.engine(id);
        let (Some(service), Some(offered)) = (engine.kind_of, engine.offers) else {
            continue;
        };
        if let (Some(a), Some(b)) = (chosen(best, service), chosen(best, offered)) {
            best.remove(&service);
            best.remove(&offered);
            let stronger = if a.strength() >= b.strength() { a } else { b };
            best.insert(id, stronger);
        }
    }
    // Two names of one product that both lost are one that lost.
    let lost: Vec<(EngineId, Evidence)> = best
        .iter()
        .filter(|(_, evidence)| evidence.role == Role::Rejected)
        .map(|(&id, &evidence)| (id, evidence))
        .collect();
    for &(exact, evidence) in &lost {
        if lost
            .iter()
            .any(|&(general, other)| scene.lens.refines(exact, general) && other.strength() > evidence.strength())
        {
            best.remove(&exact);
        }
    }
    // What a chosen engine is a flavour of is named beside it, not chosen beside it.
    let ids: Vec<EngineId> = best
        .iter()
        .filter(|(_, evidence)| evidence.role == Role::Chosen)
        .map(|(&id, _)| id)
        .collect();
    for &general in &ids {
        if ids
            .iter()
            .any(|&exact| exact != general && scene.lens.refines(exact, general))
        {
            best.remove(&general);
        }
    }
}
