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
pub mod likeness;
mod names;
pub mod phrase;
pub mod questions;
mod rule;
pub mod schema;

use std::collections::HashMap;

use crate::quantity::Quantities;

pub use builtin::builtin;
pub use engine::{Engine, Family, Limit, Statement};
pub use figure::Figure;
pub use files::{LIKENESS, Problem, load, load_trained};
pub use language::{Cue, CueKind, Label, Language, ReferenceCue, Relation, Scope, SectionRole, Status, TriggerKind};
pub use names::{Name, Names};
pub use rule::{Design, GroupId, Need, Passage, Place};
pub use schema::{Certainty, Event, Operation, Severity, Weighs};

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

/// The trained models of a lens, and how sure they must be.
pub struct Likely {
    pub model: likeness::Likeness,
    pub bounds: schema::Likeness,
    /// The signals of the lens, by the classes of the model.
    signals: Vec<Option<SignalId>>,
}

impl Likely {
    /// The signal of a class, where the lens knows it.
    pub fn signal(&self, class: usize) -> Option<SignalId> {
        self.signals.get(class).copied().flatten()
    }

    /// The class of a signal, where the model knows it.
    pub fn class(&self, signal: SignalId) -> Option<usize> {
        self.signals.iter().position(|known| *known == Some(signal))
    }
}

/// A lens, loaded, checked and compiled.
pub struct Lens {
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

impl Lens {
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
