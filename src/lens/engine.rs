//! Engines and families with everything they inherit worked out: what each satisfies, what each contradicts and by whose statement.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::files::Files;
use super::nearest::nearest;
use super::origin::Origin;
use super::schema::{self, Certainty, Severity};
use super::{EngineId, FamilyId, SignalId, figure};
use crate::quantity::{Metric, Quantity};

#[derive(Debug)]
pub struct Family {
    pub id: String,
    pub name: String,
    pub says: String,
    pub source: String,
}

/// An engine, with what it has of its own and by inheritance.
#[derive(Debug)]
pub struct Engine {
    pub id: String,
    pub name: String,
    pub family: FamilyId,
    pub vendor: String,
    pub says: String,
    pub source: String,
    /// The names it is known by.
    pub written: Vec<String>,
    pub kind_of: Option<EngineId>,
    pub offers: Option<EngineId>,
    pub speaks: Vec<EngineId>,
    pub satisfies: BTreeSet<SignalId>,
    pub contradicts: BTreeMap<SignalId, Statement>,
    pub limits: Vec<Limit>,
    pub lifecycle: Vec<schema::Lifecycle>,
    pub operation: schema::Operation,
    pub default_rank: Option<u32>,
    pub retired: bool,
}

/// "Cannot meet that need", by the family or the engine that says it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The id of the family or engine whose statement it is; names the rule `choice/<signal>-on-<owner>`.
    pub owner: String,
    pub because: String,
    pub remedy: String,
    pub mitigated_by: Vec<FamilyId>,
    pub severity: Severity,
    pub source: String,
    /// Number of the statement, by which mitigation phrases name it.
    pub number: usize,
}

/// A figure beyond which the engine cannot go, in base units of the metric.
#[derive(Debug, Clone)]
pub struct Limit {
    pub owner: String,
    pub metric: Metric,
    /// Bounds in the base unit of the metric; a target above the one or below the other is out of reach.
    pub at_most: Option<f64>,
    pub at_least: Option<f64>,
    /// The bound as the lens has it, with its unit.
    pub written: String,
    pub signal: Option<SignalId>,
    /// A target within the limit is met, whatever the family says of such figures.
    pub settles: bool,
    pub because: String,
    pub remedy: String,
    pub source: String,
}

impl Limit {
    /// Whether a target is out of reach.
    pub fn excludes(&self, target: &Quantity) -> bool {
        let value = target.upper.unwrap_or(target.value);
        let beyond = self.at_most.is_some_and(|most| value > most) || self.at_least.is_some_and(|least| value < least);
        self.metric == target.metric && value > 0.0 && beyond
    }

    /// Whether a target is met by what the engine is known to reach.
    fn settles(&self, target: &Quantity) -> bool {
        self.settles && self.metric == target.metric && !self.excludes(target)
    }
}

impl Engine {
    /// The limit that puts a target out of reach.
    pub fn excludes(&self, target: &Quantity) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.excludes(target))
    }

    /// Whether a target is met by what the engine is known to reach.
    pub fn reaches(&self, target: &Quantity) -> bool {
        self.limits.iter().any(|limit| limit.settles(target))
    }
}

pub(super) struct Raw {
    pub families: Vec<Family>,
    pub engines: Vec<Engine>,
}

/// Looks ids up, reporting the unknown ones at their place.
pub(super) struct Lookup<'a> {
    pub engines: &'a HashMap<String, EngineId>,
    signals: &'a HashMap<String, SignalId>,
    pub families: HashMap<String, FamilyId>,
}

impl<'a> Lookup<'a> {
    pub fn new(
        files: &Files,
        engines: &'a HashMap<String, EngineId>,
        signals: &'a HashMap<String, SignalId>,
    ) -> Lookup<'a> {
        let families = files
            .families
            .iter()
            .enumerate()
            .map(|(at, (_, family))| (family.id.clone(), FamilyId(at as u16)))
            .collect();
        Lookup {
            engines,
            signals,
            families,
        }
    }

    pub fn signal(&self, files: &mut Files, origin: Origin, id: &str) -> Option<SignalId> {
        let found = self.signals.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown signal `{id}`{}",
                    nearest(id, self.signals.keys().map(String::as_str))
                ),
            );
        }
        found
    }

    fn engine(&self, files: &mut Files, origin: Origin, id: &str) -> Option<EngineId> {
        let found = self.engines.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown engine `{id}`{}",
                    nearest(id, self.engines.keys().map(String::as_str))
                ),
            );
        }
        found
    }

    fn family(&self, files: &mut Files, origin: Origin, id: &str) -> Option<FamilyId> {
        let found = self.families.get(id).copied();
        if found.is_none() {
            files.problem(
                origin,
                id,
                format!(
                    "unknown family `{id}`{}",
                    nearest(id, self.families.keys().map(String::as_str))
                ),
            );
        }
        found
    }
}

/// What one engine or family says itself.
struct Own {
    satisfies: BTreeSet<SignalId>,
    contradicts: BTreeMap<SignalId, Statement>,
}

pub(super) fn resolve(
    files: &mut Files,
    engines: &HashMap<String, EngineId>,
    signals: &HashMap<String, SignalId>,
) -> Raw {
    let lookup = Lookup::new(files, engines, signals);
    let mut number = 0;
    let raw_families = files.families.clone();
    let own_families: Vec<Own> = raw_families
        .iter()
        .map(|&(origin, ref family)| {
            check_source(files, origin, &family.source);
            own(
                files,
                &lookup,
                origin,
                &family.id,
                &family.satisfies,
                &family.contradicts,
                &mut number,
            )
        })
        .collect();
    let mut raw_engines = files.engines.clone();
    break_circles(files, &mut raw_engines, &lookup);
    let mut engines: Vec<Engine> = Vec::with_capacity(raw_engines.len());
    let mut own_engines = Vec::with_capacity(raw_engines.len());
    for &(origin, ref raw) in &raw_engines {
        own_engines.push(own(
            files,
            &lookup,
            origin,
            &raw.id,
            &raw.satisfies,
            &raw.contradicts,
            &mut number,
        ));
        engines.push(plain(files, &lookup, origin, raw));
    }
    for (at, &(origin, ref raw)) in raw_engines.iter().enumerate() {
        let merged = inherit(at, &raw_engines, &own_engines, &own_families, &lookup, files);
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
    inherit_histories(&mut engines);
    let families = raw_families
        .into_iter()
        .map(|(_, family)| Family {
            id: family.id,
            name: family.name,
            says: family.says,
            source: family.source,
        })
        .collect();
    Raw { families, engines }
}

/// Generations of inheritance that an engine can look back on; more are a mistake, or malice.
const GENERATIONS: usize = 6;

/// Takes away what an engine inherits from where that leads back to itself or never ends, and says so.
fn break_circles(files: &mut Files, engines: &mut [(Origin, schema::Engine)], lookup: &Lookup) {
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

/// A flavour has the limits and the lifecycle of what it is a flavour of, where it says nothing of its own.
fn inherit_histories(engines: &mut [Engine]) {
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

pub(super) fn check_source(files: &mut Files, origin: Origin, source: &str) {
    if !files.sources.contains_key(source) {
        let message = format!(
            "unknown source `{source}`{}",
            nearest(source, files.sources.keys().map(String::as_str))
        );
        files.problem(origin, source, message);
    }
}

fn own(
    files: &mut Files,
    lookup: &Lookup,
    origin: Origin,
    owner: &str,
    satisfies: &[String],
    contradicts: &[schema::Contradiction],
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
            because: raw.because.clone(),
            remedy: raw.remedy.clone(),
            mitigated_by,
            severity: if quiet {
                raw.severity.min(Severity::Info)
            } else {
                raw.severity
            },
            source: raw.source.clone(),
            number: *number,
        };
        *number += 1;
        if let Some(signal) = lookup.signal(files, origin, &raw.signal) {
            statements.insert(signal, statement);
        }
    }
    Own {
        satisfies,
        contradicts: statements,
    }
}

fn plain(files: &mut Files, lookup: &Lookup, origin: Origin, raw: &schema::Engine) -> Engine {
    check_source(files, origin, &raw.source);
    for event in &raw.lifecycle {
        check_source(files, origin, &event.source);
        for successor in &event.successors {
            lookup.engine(files, origin, successor);
        }
    }
    let family = lookup.family(files, origin, &raw.family).unwrap_or(FamilyId(0));
    let limits = raw
        .limits
        .iter()
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
                because: limit.because.clone(),
                remedy: limit.remedy.clone(),
                source: limit.source.clone(),
            })
        })
        .collect();
    Engine {
        id: raw.id.clone(),
        name: raw.name.clone(),
        family,
        vendor: raw.vendor.clone(),
        says: raw.says.clone(),
        source: raw.source.clone(),
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
        lifecycle: raw.lifecycle.clone(),
        operation: raw.operation,
        default_rank: raw.default_rank,
        retired: raw.retired,
    }
}

/// The most specific statement wins: the engine's own, then what it is a kind of, then what it offers, then its families.
fn inherit(
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
    let absorb = |other: &Own, satisfies: &mut BTreeSet<SignalId>, contradicts: &mut BTreeMap<SignalId, Statement>| {
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
