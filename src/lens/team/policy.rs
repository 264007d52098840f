//! What a team rules on the rules and the engines of a lens, for one record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ruling::{Lock, Place, Ruling, Set};
use super::schema::Setting;
use crate::lens::{EngineId, Knowledge, Severity};

/// What a team thinks of an engine.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StandingKind {
    Approved,
    Trial,
    /// In no list, while there is one of what is approved.
    Unlisted,
    Hold,
    Forbidden,
}

impl StandingKind {
    /// As the lists are called.
    pub fn word(self) -> &'static str {
        match self {
            StandingKind::Approved => "approved",
            StandingKind::Trial => "trial",
            StandingKind::Unlisted => "unlisted",
            StandingKind::Hold => "hold",
            StandingKind::Forbidden => "forbidden",
        }
    }
}

/// An engine's standing, and who says so.
#[derive(Debug, Clone)]
pub struct Standing {
    pub kind: StandingKind,
    pub reason: Option<String>,
    /// None for what is in no list.
    pub place: Option<Place>,
}

/// What becomes of a rule's findings.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub setting: Setting,
    pub place: Place,
    /// The name by which the rule was set: its id, or a form of ids.
    pub by: String,
}

/// The rulings that hold for one record, and what of it is known.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    rulings: Arc<Vec<Ruling>>,
    /// The numbers of those that hold.
    holding: Arc<Vec<usize>>,
    standings: Arc<BTreeMap<EngineId, Standing>>,
    /// Marks of findings that are known: rule and fingerprint.
    known: Arc<BTreeSet<(String, String)>>,
}

impl Policy {
    pub(super) fn new(rulings: Arc<Vec<Ruling>>, holding: Vec<usize>, knowledge: &Knowledge) -> Policy {
        let standings = standings(&rulings, &holding, knowledge);
        Policy {
            rulings,
            holding: Arc::new(holding),
            standings: Arc::new(standings),
            known: Arc::default(),
        }
    }

    /// The same, with findings that are known.
    #[must_use]
    pub fn with_known(&self, known: Arc<BTreeSet<(String, String)>>) -> Policy {
        Policy { known, ..self.clone() }
    }

    /// Whether a finding is in the baseline.
    pub fn knows(&self, rule: &str, fingerprint: &str) -> bool {
        !self.known.is_empty() && self.known.contains(&(rule.to_owned(), fingerprint.to_owned()))
    }

    /// What is set for a rule whose lens has it at a severity; none when nothing is.
    pub fn verdict(&self, rule: &str, own: Severity) -> Option<Verdict> {
        let mut verdict: Option<Verdict> = None;
        let mut locked = false;
        for ruling in self.holding.iter().filter_map(|&at| self.rulings.get(at)) {
            let best = ruling.settings.iter().rev().find(|set| set.pattern.fits(rule));
            let held = verdict.as_ref().map(|verdict| verdict.setting);
            if let Some(set) =
                best.filter(|set| !locked || weight(set.setting, own) > weight(held.unwrap_or(Setting::Default), own))
            {
                verdict = Some(of(set));
            }
            locked |= ruling.locks.iter().any(|lock| lock.pattern.fits(rule));
        }
        verdict
    }

    /// Where a rule is locked, if it is.
    pub fn locked(&self, rule: &str) -> Option<&Place> {
        self.locks()
            .find(|lock| lock.pattern.fits(rule))
            .map(|lock| &lock.place)
    }

    fn locks(&self) -> impl Iterator<Item = &Lock> {
        let holding = self.holding.iter().filter_map(|&at| self.rulings.get(at));
        holding.flat_map(|ruling| &ruling.locks)
    }

    /// What the team thinks of an engine; none when it has said nothing that bears on it.
    pub fn standing(&self, engine: EngineId) -> Option<&Standing> {
        self.standings.get(&engine)
    }

    /// Whether an engine may be offered as a way out.
    pub fn recommends(&self, engine: EngineId) -> bool {
        !matches!(
            self.standing(engine).map(|standing| standing.kind),
            Some(StandingKind::Hold | StandingKind::Forbidden)
        )
    }

    pub fn standings(&self) -> impl Iterator<Item = (EngineId, &Standing)> {
        self.standings.iter().map(|(&engine, standing)| (engine, standing))
    }
}

fn of(set: &Set) -> Verdict {
    Verdict {
        setting: set.setting,
        place: set.place.clone(),
        by: set.pattern.written().to_owned(),
    }
}

/// How loud a setting makes a rule; nothing for `off`.
pub(super) fn weight(setting: Setting, own: Severity) -> Option<Severity> {
    match setting {
        Setting::Off => None,
        Setting::Default => Some(own),
        set => set.severity(),
    }
}

/// The last word on each engine: its own, else that on what it is a flavour or a managed offering of.
fn standings(rulings: &[Ruling], holding: &[usize], knowledge: &Knowledge) -> BTreeMap<EngineId, Standing> {
    let mut named: BTreeMap<EngineId, Standing> = BTreeMap::new();
    for listed in holding
        .iter()
        .filter_map(|&at| rulings.get(at))
        .flat_map(|ruling| &ruling.engines)
    {
        let standing = Standing {
            kind: listed.kind,
            reason: listed.reason.clone(),
            place: Some(listed.place.clone()),
        };
        named.insert(listed.engine, standing);
    }
    if named.is_empty() {
        return named;
    }
    let restricted = named.values().any(|standing| standing.kind == StandingKind::Approved);
    let mut standings = BTreeMap::new();
    for engine in knowledge.engine_ids() {
        let standing = lineage(engine, knowledge)
            .into_iter()
            .find_map(|id| named.get(&id).cloned());
        let unlisted = || {
            restricted.then_some(Standing {
                kind: StandingKind::Unlisted,
                reason: None,
                place: None,
            })
        };
        if let Some(standing) = standing.or_else(unlisted) {
            standings.insert(engine, standing);
        }
    }
    standings
}

/// An engine, then what it is a flavour of or offers, the nearest first.
fn lineage(engine: EngineId, knowledge: &Knowledge) -> Vec<EngineId> {
    let mut line = vec![engine];
    let mut at = 0;
    while let Some(&id) = line.get(at) {
        let engine = knowledge.engine(id);
        for parent in [engine.kind_of, engine.offers].into_iter().flatten() {
            if !line.contains(&parent) {
                line.push(parent);
            }
        }
        at += 1;
    }
    line
}
