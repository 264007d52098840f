//! Engines and families as they are written → as they are in force, with what they inherit.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::take;
use std::sync::Arc;

use super::inherit::{self, Own};
use super::{Engine, Family, Limit, Lookup, Statement, check_source};
use crate::lens::files::Files;
use crate::lens::origin::Origin;
use crate::lens::schema::{self, Certainty, Severity};
use crate::lens::{EngineId, FamilyId, SignalId, figure};

pub(in crate::lens) struct Raw {
    pub families: Vec<Family>,
    pub engines: Vec<Engine>,
}

/// What engines and families say in sentences is moved out of the files; what is looked for in texts stays there.
pub(in crate::lens) fn resolve(
    files: &mut Files,
    engines: &HashMap<String, EngineId>,
    signals: &HashMap<String, SignalId>,
) -> Raw {
    let lookup = Lookup::new(files, engines, signals);
    check_implied(files, &lookup);
    let mut number = 0;
    let mut raw_families = std::mem::take(&mut files.families);
    let own_families: Vec<Own> = raw_families
        .iter_mut()
        .map(|&mut (origin, ref mut family)| {
            check_source(files, origin, &family.source);
            own(
                files,
                &lookup,
                origin,
                &family.id,
                &family.satisfies,
                &mut family.contradicts,
                &mut number,
            )
        })
        .collect();
    files.families = raw_families;
    let mut raw_engines = std::mem::take(&mut files.engines);
    inherit::break_circles(files, &mut raw_engines, &lookup);
    let mut engines: Vec<Engine> = Vec::with_capacity(raw_engines.len());
    let mut own_engines = Vec::with_capacity(raw_engines.len());
    for &mut (origin, ref mut raw) in &mut raw_engines {
        own_engines.push(own(
            files,
            &lookup,
            origin,
            &raw.id,
            &raw.satisfies,
            &mut raw.contradicts,
            &mut number,
        ));
        engines.push(plain(files, &lookup, origin, raw));
    }
    for (at, &(origin, ref raw)) in raw_engines.iter().enumerate() {
        let merged = inherit::inherit(at, &raw_engines, &own_engines, &own_families, &lookup, files);
        let lacks: Vec<SignalId> = raw
            .lacks
            .iter()
            .filter_map(|id| lookup.signal(files, origin, id))
            .collect();
        if let Some(engine) = engines.get_mut(at) {
            engine.satisfies = merged.satisfies;
            engine.satisfies.retain(|signal| !lacks.contains(signal));
            engine.contradicts = merged.contradicts;
        }
    }
    inherit::histories(&mut engines);
    let families = files
        .families
        .iter_mut()
        .map(|(_, family)| Family {
            id: family.id.clone(),
            name: family.name.clone(),
            says: take(&mut family.says),
            source: take(&mut family.source),
        })
        .collect();
    files.engines = raw_engines;
    Raw { families, engines }
}

/// Reports what a signal is said to be implied by and the lens does not have.
fn check_implied(files: &mut Files, lookup: &Lookup) {
    let signals = files.signals.iter();
    let named = signals.flat_map(|(origin, signal)| signal.implied_by.iter().map(|id| (*origin, id.clone())));
    for (origin, id) in named.collect::<Vec<_>>() {
        lookup.signal(files, origin, &id);
    }
}

fn own(
    files: &mut Files,
    lookup: &Lookup,
    origin: Origin,
    owner: &str,
    satisfies: &[String],
    contradicts: &mut [schema::Contradiction],
    number: &mut usize,
) -> Own {
    let satisfies = satisfies
        .iter()
        .filter_map(|id| lookup.signal(files, origin, id))
        .collect();
    let mut statements = BTreeMap::new();
    for raw in contradicts {
        let origin = raw.origin.unwrap_or(origin);
        check_source(files, origin, &raw.source);
        let mitigated_by = raw
            .mitigated_by
            .iter()
            .filter_map(|id| lookup.family(files, origin, id))
            .collect();
        let certainty = raw
            .certainty
            .or_else(|| files.sources.get(&raw.source).map(|source| source.certainty));
        let quiet = certainty == Some(Certainty::Unconfirmed);
        let statement = Statement {
            owner: owner.to_owned(),
            because: take(&mut raw.because),
            remedy: take(&mut raw.remedy),
            mitigated_by,
            severity: if quiet {
                raw.severity.min(Severity::Info)
            } else {
                raw.severity
            },
            source: take(&mut raw.source),
            number: *number,
        };
        *number += 1;
        if let Some(signal) = lookup.signal(files, origin, &raw.signal) {
            statements.insert(signal, Arc::new(statement));
        }
    }
    Own {
        satisfies,
        contradicts: statements,
    }
}

fn plain(files: &mut Files, lookup: &Lookup, origin: Origin, raw: &mut schema::Engine) -> Engine {
    check_source(files, origin, &raw.source);
    for event in &raw.lifecycle {
        check_source(files, origin, &event.source);
        for successor in &event.successors {
            lookup.engine(files, origin, successor);
        }
    }
    let family = lookup.family(files, origin, &raw.family).unwrap_or(FamilyId(0));
    let only_for = match raw.only_for.is_empty() {
        true => files
            .families
            .get(family.index())
            .map(|(_, family)| family.only_for.clone()),
        false => Some(raw.only_for.clone()),
    };
    let limits = raw
        .limits
        .iter_mut()
        .filter_map(|limit| {
            check_source(files, origin, &limit.source);
            Some(Limit {
                owner: raw.id.clone(),
                metric: figure::metric(files, origin, &limit.metric)?,
                at_most: figure::value(files, origin, limit.at_most.as_deref()),
                at_least: figure::value(files, origin, limit.at_least.as_deref()),
                written: match (&limit.at_most, &limit.at_least) {
                    (Some(most), _) => format!("at most {most}"),
                    (None, Some(least)) => format!("at least {least}"),
                    (None, None) => {
                        files.problem(
                            origin,
                            &limit.metric,
                            "a limit needs `at-most` or `at-least`".to_owned(),
                        );
                        return None;
                    }
                },
                signal: limit.signal.as_ref().and_then(|id| lookup.signal(files, origin, id)),
                settles: limit.settles,
                because: take(&mut limit.because),
                remedy: take(&mut limit.remedy),
                source: take(&mut limit.source),
            })
        })
        .collect();
    Engine {
        id: raw.id.clone(),
        name: raw.name.clone(),
        family,
        vendor: take(&mut raw.vendor),
        says: take(&mut raw.says),
        source: take(&mut raw.source),
        written: raw.written.iter().chain(&raw.words).cloned().collect(),
        kind_of: raw.kind_of.as_ref().and_then(|id| lookup.engine(files, origin, id)),
        offers: raw.offers.as_ref().and_then(|id| lookup.engine(files, origin, id)),
        speaks: raw
            .speaks
            .iter()
            .filter_map(|id| lookup.engine(files, origin, id))
            .collect(),
        satisfies: BTreeSet::new(),
        contradicts: BTreeMap::new(),
        limits,
        lifecycle: take(&mut raw.lifecycle),
        only_for: only_for
            .unwrap_or_default()
            .iter()
            .filter_map(|id| lookup.signal(files, origin, id))
            .collect(),
        operation: raw.operation,
        default_rank: raw.default_rank,
        retired: raw.retired,
    }
}
