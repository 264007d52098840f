//! Engines and families with everything they inherit worked out: what each satisfies, what each contradicts and by whose statement.
//!
//! What is written (`schema`) is looked up (`lookup`), taken over (`resolve`) and inherited (`inherit`).

mod inherit;
mod lookup;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::schema::{self, Severity};
use super::{EngineId, FamilyId, SignalId};
use crate::quantity::{Metric, Quantity};

pub(super) use lookup::{Lookup, check_source};
pub(super) use resolve::{Raw, resolve};

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
    pub contradicts: BTreeMap<SignalId, Arc<Statement>>,
    pub limits: Vec<Limit>,
    pub lifecycle: Vec<schema::Lifecycle>,
    /// Needs, one of which a text must state before this engine goes ahead of others; empty when it may always do so.
    pub only_for: BTreeSet<SignalId>,
    pub operation: schema::Operation,
    pub default_rank: Option<u32>,
    pub retired: bool,
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
