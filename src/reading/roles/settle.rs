//! One role for each engine, at the words that tell it best.

use std::collections::{BTreeMap, BTreeSet};

use super::options::{Mark, Options};
use super::{Collected, Evidence, Kind, Scene, Weight, lists};
use crate::lens::phrase::Break;
use crate::lens::{Cue, EngineId, SectionRole, Status};
use crate::reading::{Choice, Role};

pub(super) fn settle(scene: &Scene, options: &Options, mut collected: Collected) -> Vec<Choice> {
    if !collected.has(Role::Chosen, Weight::Naming) && !collected.decides_other {
        name(scene, &mut collected);
    }
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
            // What a rejected record proposes is what was turned down.
            Role::Chosen if scene.record.status == Status::Rejected => Role::Rejected,
            role => role,
        };
    }
    let mut choices: Vec<Choice> = best
        .into_iter()
        .filter_map(|(engine, evidence)| choice(scene, engine, evidence))
        .collect();
    choices.sort_by_key(|choice| (choice.role, choice.span));
    choices
}

fn choice(scene: &Scene, engine: EngineId, evidence: Evidence) -> Option<Choice> {
    let mention = scene.mention(evidence.mention)?;
    Some(Choice {
        engine,
        role: evidence.role,
        span: mention.span,
        workload: None,
        sentence: mention.sentence,
    })
}

/// Without a word that decides: what the decision names first, else what the title is about, else names that stand alone.
fn name(scene: &Scene, collected: &mut Collected) {
    let open = |collected: &Collected, mention: usize| {
        collected.of(mention).is_none_or(|evidence| {
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
        named = alone(scene)
            .into_iter()
            .filter(|&mention| open(collected, mention))
            .collect();
    }
    for &mention in &named {
        let chosen = Evidence {
            role: Role::Chosen,
            weight: Weight::Naming,
            kind: Kind::Naming,
            distance: 0,
            mention,
            part: false,
            firm: false,
        };
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

/// The first name in the first sentence of the decision.
fn in_decision(scene: &Scene) -> Option<usize> {
    let record = scene.record;
    let first = record.sentences.iter().find(|sentence| {
        sentence.role == SectionRole::Decision && !scene.is_heading(sentence.block) && !scene.is_title(sentence)
    })?;
    let named = *scene.named_in(first.words.start, first.words.end).first()?;
    let stands_in = scene
        .cues
        .of(scene.mention(named)?.sentence)
        .iter()
        .any(|hit| hit.payload == Cue::Test);
    (!stands_in).then_some(named)
}

/// The engine a title is about: "Redis as page cache", "Pricing engine: AlloyDB", "Carts in Redis"; not "Tuning of PostgreSQL".
fn in_title(scene: &Scene) -> Option<usize> {
    let record = scene.record;
    let block = record.title.as_ref()?.block?;
    if record.outline.blocks.get(block)?.plain().trim_end().ends_with('?') {
        return None;
    }
    let sentence = record.sentences.get(record.sentences_in(block).next()?)?;
    let number = record.sentences_in(block).next()?;
    let &[only] = scene.named_in(sentence.words.start, sentence.words.end) else {
        return None;
    };
    let word = scene.mention(only)?.word;
    let covered = |at: usize, cue: Cue| {
        let at = at.checked_sub(sentence.words.start);
        at.is_some_and(|at| {
            scene
                .cues
                .of(number)
                .iter()
                .any(|hit| hit.payload == cue && hit.start <= at && at < hit.end)
        })
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

/// Names that are sentences of their own, in text without headings for what it is: "PostgreSQL. Twelve tables."
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
        let apart = place.word + 1 == sentence.words.end
            || record
                .words
                .get(place.word + 1)
                .is_some_and(|next| next.before >= Break::Comma);
        sentence.role == SectionRole::Free && paragraph && first_of_block && place.word == sentence.words.start && apart
    };
    scene.valid.iter().copied().filter(opens).collect()
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
        let nothing = Evidence {
            role: Role::Mentioned,
            weight: Weight::Context,
            kind: Kind::Subject,
            distance: 0,
            mention,
            part: false,
            firm: true,
        };
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
            sentence.role == SectionRole::Context && only && !told && scene.lens.same_product(mention.engine, engine)
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
    for (&engine, evidence) in best.iter_mut() {
        let stated = !evidence.firm && evidence.weight != Weight::Title;
        if evidence.role == Role::Chosen && stated && granted(engine) && !weighed(engine) {
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
            if told || own && option.loose {
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
