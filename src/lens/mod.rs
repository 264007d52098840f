//! The framework as data: files of a lens in, everything the reader and the reviewer ask of it out.
//!
//! Nothing about engines, needs or rules is written in Rust; this room loads, checks, merges and compiles what stands in `lenses/`.

mod builtin;
pub mod checklist;
mod engine;
pub mod examples;
mod figure;
mod files;
mod language;
mod lent;
pub mod likeness;
mod message;
mod names;
mod nearest;
mod origin;
pub mod phrase;
mod problem;
pub mod questions;
mod rule;
pub mod schema;
mod source_file;
pub mod team;

use std::collections::{BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use crate::quantity::Quantities;

pub use builtin::{builtin, builtin_files, builtin_model};
pub use engine::{Engine, Family, Limit, Statement};
pub use figure::Figure;
pub use files::{LIKENESS, Trained, load};
pub use language::{
    ClauseWord, Cue, CueKind, Label, Language, ReferenceCue, Relation, Scope, SectionRole, Status, TriggerKind,
};
pub use names::{Name, Names};
pub use nearest::nearest;
pub use problem::Problem;
pub use rule::{Design, GroupId, Need, Passage, Place};
pub use schema::{Certainty, Event, Operation, Severity, Weighs};
pub use source_file::SourceFile;
pub use team::Policy;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u16);

        impl $name {
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

id! {
    /// An engine of a lens; its name of the contract is [`Lens::engine`]`(id).id`.
    EngineId
    /// A need a workload can have.
    SignalId
    /// A family of engines.
    FamilyId
}

/// The trained model of a lens, and how sure it must be.
pub struct Likely {
    pub model: likeness::Likeness,
    pub bounds: schema::Likeness,
    /// The signals of the lens, by their numbers in the model.
    signals: Vec<Option<SignalId>>,
}

impl Likely {
    /// The signal of a number in the model, where the lens knows it.
    pub fn signal(&self, number: usize) -> Option<SignalId> {
        self.signals.get(number).copied().flatten()
    }

    /// The number of a signal in the model, where that knows it.
    pub fn number(&self, signal: SignalId) -> Option<usize> {
        self.signals.iter().position(|known| *known == Some(signal))
    }
}

/// A lens in force for a record: what is known, and what the team rules on it. Cheap to clone.
#[derive(Clone)]
pub struct Lens {
    knowledge: Arc<Knowledge>,
    pub policy: Policy,
}

impl Lens {
    /// A lens on which nothing is ruled.
    pub(crate) fn new(knowledge: Arc<Knowledge>) -> Lens {
        Lens::with_policy(knowledge, Policy::default())
    }

    pub(crate) fn with_policy(knowledge: Arc<Knowledge>, policy: Policy) -> Lens {
        Lens { knowledge, policy }
    }

    /// The same lens, for a record of which some findings are known.
    #[must_use]
    pub fn knowing(&self, known: Arc<BTreeSet<(String, String)>>) -> Lens {
        Lens::with_policy(self.knowledge.clone(), self.policy.with_known(known))
    }

    pub(crate) fn knowledge(&self) -> Arc<Knowledge> {
        self.knowledge.clone()
    }

    /// Whether both know the same, whatever is ruled on it.
    pub fn knows_what(&self, other: &Lens) -> bool {
        Arc::ptr_eq(&self.knowledge, &other.knowledge)
    }
}

impl Deref for Lens {
    type Target = Knowledge;

    fn deref(&self) -> &Knowledge {
        &self.knowledge
    }
}

/// What a lens knows: its files, loaded, checked, merged and compiled.
pub struct Knowledge {
    pub engines: Vec<Engine>,
    pub families: Vec<Family>,
    pub signals: Vec<schema::Signal>,
    pub rules: Vec<schema::Rule>,
    /// The questions of a review, in the order in which they are asked.
    pub checklist: Vec<checklist::Group>,
    pub sources: HashMap<String, schema::Source>,
    pub names: Names,
    pub language: Language,
    pub quantities: Quantities,
    /// The figures that state a signal, in the order of the signals.
    pub figures: Vec<Figure>,
    /// What sentences are like, where the lens was trained.
    pub likeness: Option<Likely>,
    /// The design rules, in the order of the rules.
    pub designs: Vec<Design>,
    engine_ids: HashMap<String, EngineId>,
    signal_ids: HashMap<String, SignalId>,
}

impl Knowledge {
    pub fn engine(&self, id: EngineId) -> &Engine {
        &self.engines[id.index()]
    }

    pub fn family(&self, id: FamilyId) -> &Family {
        &self.families[id.index()]
    }

    pub fn signal(&self, id: SignalId) -> &schema::Signal {
        &self.signals[id.index()]
    }

    pub fn engine_by_id(&self, id: &str) -> Option<EngineId> {
        self.engine_ids.get(id).copied()
    }

    pub fn signal_by_id(&self, id: &str) -> Option<SignalId> {
        self.signal_ids.get(id).copied()
    }

    pub fn family_by_id(&self, id: &str) -> Option<FamilyId> {
        let at = self.families.iter().position(|family| family.id == id)?;
        Some(FamilyId(at as u16))
    }

    pub fn family_ids(&self) -> impl Iterator<Item = FamilyId> {
        (0..self.families.len()).map(|at| FamilyId(at as u16))
    }

    pub fn rule(&self, id: &str) -> Option<&schema::Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// How loud each rule is by itself, the choice rules included: `choice/<signal>-on-<owner>` for every statement,
    /// `choice/<metric>-on-<owner>` for every limit.
    fn rule_severities(&self) -> impl Iterator<Item = (String, Severity)> {
        let written = self.rules.iter().map(|rule| (rule.id.clone(), rule.severity));
        let statements = self
            .engines
            .iter()
            .flat_map(|engine| &engine.contradicts)
            // What is wrong with a need that is about an engine, one rule of the lens says of all.
            .filter(|(signal, _)| self.signal(**signal).of.is_empty())
            .map(|(&signal, statement)| {
                let id = format!("choice/{}-on-{}", self.signal(signal).id, statement.owner);
                (id, statement.severity)
            });
        let limits = self.engines.iter().flat_map(|engine| &engine.limits).map(|limit| {
            let id = format!("choice/{}-on-{}", limit.metric.word(), limit.owner);
            (id, Severity::Warning)
        });
        written.chain(statements).chain(limits)
    }

    /// The id of every rule that can report.
    pub fn rule_ids(&self) -> BTreeSet<String> {
        self.rule_severities().map(|(id, _)| id).collect()
    }

    /// How loud a rule is by itself.
    pub fn rule_severity(&self, id: &str) -> Option<Severity> {
        self.rule_severities()
            .find(|(rule, _)| rule == id)
            .map(|(_, severity)| severity)
    }

    pub fn engine_ids(&self) -> impl Iterator<Item = EngineId> {
        (0..self.engines.len()).map(|at| EngineId(at as u16))
    }

    pub fn signal_ids(&self) -> impl Iterator<Item = SignalId> {
        (0..self.signals.len()).map(|at| SignalId(at as u16))
    }

    /// Whether a need of this signal can be about an engine; `None` when the signal is about no engine.
    pub fn concerns(&self, signal: SignalId, engine: EngineId) -> Option<bool> {
        let of = &self.signal(signal).of;
        let family = &self.family(self.engine(engine).family).id;
        let named = |wanted: &String| {
            wanted == family
                || self
                    .engine_by_id(wanted)
                    .is_some_and(|wanted| self.understands(engine, wanted))
        };
        (!of.is_empty()).then(|| of.iter().any(named))
    }

    /// Whether an engine, or a flavour of it, is another one, offers it, or speaks its protocol: what works with the one works with
    /// the other.
    pub fn understands(&self, engine: EngineId, other: EngineId) -> bool {
        let flavours = self
            .engine_ids()
            .filter(|&flavour| self.engine(flavour).kind_of == Some(engine));
        std::iter::once(engine).chain(flavours).any(|engine| {
            let [kind_of, offers] = [self.engine(engine).kind_of, self.engine(engine).offers];
            self.same_product(engine, other)
                || [Some(engine), kind_of, offers].into_iter().flatten().any(|id| {
                    self.engine(id)
                        .speaks
                        .iter()
                        .any(|&spoken| self.same_product(spoken, other))
                })
        })
    }

    /// Whether two engines are different products of one family, so that a workload takes the one or the other.
    pub fn are_rivals(&self, a: EngineId, b: EngineId) -> bool {
        self.engine(a).family == self.engine(b).family && !self.same_product(a, b)
    }

    /// Whether two engines are one product, one of them named more exactly.
    pub fn same_product(&self, a: EngineId, b: EngineId) -> bool {
        a == b || self.refines(a, b) || self.refines(b, a)
    }

    /// Whether `a` is a flavour of `b`, or a managed offering of it.
    pub fn refines(&self, a: EngineId, b: EngineId) -> bool {
        let engine = self.engine(a);
        [engine.kind_of, engine.offers]
            .into_iter()
            .flatten()
            .any(|parent| parent == b || self.refines(parent, b))
    }
}
