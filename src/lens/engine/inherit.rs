//! What an engine has from what it is a kind of, from what it offers, and from its families.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Engine, Lookup, Statement};
use crate::lens::files::Files;
use crate::lens::origin::Origin;
use crate::lens::{SignalId, schema};

/// What one engine or family says itself.
pub(super) struct Own {
    pub satisfies: BTreeSet<SignalId>,
    pub contradicts: BTreeMap<SignalId, Arc<Statement>>,
}

/// Generations of inheritance that an engine can look back on; more are a mistake, or malice.
const GENERATIONS: usize = 6;

/// Takes away what an engine inherits from where that leads back to itself or never ends, and says so.
pub(super) fn break_circles(files: &mut Files, engines: &mut [(Origin, schema::Engine)], lookup: &Lookup) {
    for at in 0..engines.len() {
        let mut generation: Vec<usize> = vec![at];
        for age in 0..=GENERATIONS {
            let parents = |&child: &usize| {
                let child = engines.get(child).map(|(_, engine)| [&engine.kind_of, &engine.offers]);
                child.into_iter().flatten().flatten()
            };
            let ids: BTreeSet<&String> = generation.iter().flat_map(parents).collect();
            generation = ids
                .into_iter()
                .filter_map(|id| Some(lookup.engines.get(id)?.index()))
                .collect();
            let circle = generation.contains(&at);
            if !(circle || age == GENERATIONS && !generation.is_empty()) {
                continue;
            }
            if let Some((origin, engine)) = engines.get_mut(at) {
                let message = match circle {
                    true => format!("`{}` inherits from itself", engine.id),
                    false => format!("`{}` inherits over more than {GENERATIONS} generations", engine.id),
                };
                (engine.kind_of, engine.offers) = (None, None);
                files.problem(*origin, &engine.id, message);
            }
            break;
        }
    }
}

/// The most specific statement wins: the engine's own, then what it is a kind of, then what it offers, then its families.
pub(super) fn inherit(
    at: usize,
    raw: &[(Origin, schema::Engine)],
    engines: &[Own],
    families: &[Own],
    lookup: &Lookup,
    files: &mut Files,
) -> Own {
    let (Some(&(origin, ref engine)), Some(own)) = (raw.get(at), engines.get(at)) else {
        return Own {
            satisfies: BTreeSet::new(),
            contradicts: BTreeMap::new(),
        };
    };
    let mut satisfies = own.satisfies.clone();
    let mut contradicts = own.contradicts.clone();
    let absorb =
        |other: &Own, satisfies: &mut BTreeSet<SignalId>, contradicts: &mut BTreeMap<SignalId, Arc<Statement>>| {
            let open: Vec<SignalId> = other
                .satisfies
                .iter()
                .copied()
                .filter(|signal| !contradicts.contains_key(signal))
                .collect();
            for (signal, statement) in &other.contradicts {
                if !satisfies.contains(signal) && !contradicts.contains_key(signal) {
                    contradicts.insert(*signal, statement.clone());
                }
            }
            satisfies.extend(open);
        };
    for parent in [&engine.kind_of, &engine.offers].into_iter().flatten() {
        if let Some(parent) = lookup.engines.get(parent) {
            let inherited = inherit(parent.index(), raw, engines, families, lookup, files);
            absorb(&inherited, &mut satisfies, &mut contradicts);
        }
    }
    for family in &engine.also {
        if let Some(family) = lookup
            .family(files, origin, family)
            .and_then(|id| families.get(id.index()))
        {
            let strengths = Own {
                satisfies: family.satisfies.clone(),
                contradicts: BTreeMap::new(),
            };
            absorb(&strengths, &mut satisfies, &mut contradicts);
        }
    }
    if let Some(family) = lookup
        .families
        .get(&engine.family)
        .and_then(|id| families.get(id.index()))
    {
        absorb(family, &mut satisfies, &mut contradicts);
    }
    for id in &engine.overrules {
        if let Some(signal) = lookup.signal(files, origin, id) {
            contradicts.remove(&signal);
        }
    }
    Own { satisfies, contradicts }
}

/// A flavour has the limits and the lifecycle of what it is a flavour of, where it says nothing of its own.
pub(super) fn histories(engines: &mut [Engine]) {
    for at in 0..engines.len() {
        let Some(parent) = engines
            .get(at)
            .and_then(|engine| engine.kind_of)
            .and_then(|id| engines.get(id.index()))
        else {
            continue;
        };
        let (limits, lifecycle) = (parent.limits.clone(), parent.lifecycle.clone());
        let Some(engine) = engines.get_mut(at) else { continue };
        for limit in limits {
            if !engine.limits.iter().any(|own| own.metric == limit.metric) {
                engine.limits.push(limit);
            }
        }
        if engine.lifecycle.is_empty() {
            engine.lifecycle = lifecycle;
        }
    }
}
