//! Design rules: which engines and subjects they are about, the phrases that state a design, the needs that speak against it, and
//! what silences them.
//!
//! Rules as they are written come in (`schema::Design`); rules whose phrases are numbered, so that a match in a sentence can name the
//! group it belongs to, come out.

use std::collections::HashMap;

use super::engine::Lookup;
use super::files::Files;
use super::origin::Origin;
use super::phrase::Phrase;
use super::{EngineId, FamilyId, Figure, SectionRole, SignalId, figure, schema};

/// The number of a list of phrases of a design rule.
pub type GroupId = u16;

/// What a design rule looks for.
#[derive(Debug, Clone, Default)]
pub struct Design {
    /// The rule, by its place in [`super::Lens::rules`].
    pub rule: usize,
    pub engines: Vec<EngineId>,
    pub families: Vec<FamilyId>,
    /// Phrases any of which says that the record is about this, whatever it calls its store.
    pub about: Option<GroupId>,
    /// Any of them is the design that the rule speaks against.
    pub when: Vec<Passage>,
    /// Any of them is the need that the design fails; empty when the design is wrong whatever is needed.
    pub needs: Vec<Need>,
    pub unless: Option<GroupId>,
    pub exempt: Option<GroupId>,
    pub unless_signals: Vec<SignalId>,
}

/// Lists of phrases; one phrase of each stands in one sentence, or in one passage.
#[derive(Debug, Clone)]
pub struct Passage {
    pub places: Vec<Place>,
    pub within: schema::Within,
    pub groups: Vec<GroupId>,
    /// Phrases in which the words mean something else.
    pub except: Option<GroupId>,
    /// Phrases beside which the words are no such statement.
    pub beside: Option<GroupId>,
}

#[derive(Debug, Clone)]
pub enum Need {
    Signal(SignalId),
    Figure(Figure),
    /// What it says, with one of the figures in the same sentence unless there are none.
    Said(Passage, Vec<Figure>),
}

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Context,
    Decision,
    Consequences,
}

impl Place {
    pub fn holds(self, role: SectionRole) -> bool {
        match self {
            Place::Context => matches!(
                role,
                SectionRole::Context | SectionRole::Drivers | SectionRole::Requirements | SectionRole::Free
            ),
            Place::Decision => matches!(role, SectionRole::Decision | SectionRole::Free),
            Place::Consequences => matches!(
                role,
                SectionRole::Consequences | SectionRole::ConsequencesGood | SectionRole::ConsequencesBad
            ),
        }
    }
}

/// The design rules of a lens, and the phrases of each group with the part of a file they stand in.
#[derive(Default)]
pub(super) struct Designs {
    pub designs: Vec<Design>,
    pub groups: Vec<(Origin, Vec<Phrase>)>,
}

pub(super) fn compile(
    files: &mut Files,
    engines: &HashMap<String, EngineId>,
    signals: &HashMap<String, SignalId>,
) -> Designs {
    let lookup = Lookup::new(files, engines, signals);
    let mut compiled = Designs::default();
    let rules = std::mem::take(&mut files.rules);
    for (rule, &(origin, ref raw)) in rules.iter().enumerate() {
        let Some(design) = &raw.design else { continue };
        let design = Compiler {
            files,
            lookup: &lookup,
            origin,
            groups: &mut compiled.groups,
        }
        .design(rule, &raw.id, design);
        compiled.designs.push(design);
    }
    files.rules = rules;
    compiled
}

struct Compiler<'a, 'l> {
    files: &'a mut Files,
    lookup: &'a Lookup<'l>,
    origin: Origin,
    groups: &'a mut Vec<(Origin, Vec<Phrase>)>,
}

impl Compiler<'_, '_> {
    fn design(&mut self, rule: usize, id: &str, raw: &schema::Design) -> Design {
        if raw.when.is_empty() {
            self.files
                .problem(self.origin, id, "a design rule needs a `when`".to_owned());
        }
        let mut design = Design {
            rule,
            about: self.group(&raw.about),
            unless: self.group(&raw.unless),
            exempt: self.group(&raw.exempt),
            ..Design::default()
        };
        for name in &raw.engines {
            match (self.lookup.engines.get(name), self.lookup.families.get(name)) {
                (Some(&engine), _) => design.engines.push(engine),
                (None, Some(&family)) => design.families.push(family),
                (None, None) => self.files.problem(
                    self.origin,
                    name,
                    format!("`{name}` is neither an engine nor a family of this lens"),
                ),
            }
        }
        design.unless_signals = raw
            .unless_signals
            .iter()
            .filter_map(|id| self.lookup.signal(self.files, self.origin, id))
            .collect();
        for passage in &raw.when {
            let places = self.places(&passage.r#in, &[Place::Decision, Place::Consequences]);
            let passage = self.passage(passage, places);
            design.when.push(passage);
        }
        for need in &raw.needs {
            self.need(need, &mut design.needs);
        }
        design
    }

    fn need(&mut self, raw: &schema::DesignNeed, needs: &mut Vec<Need>) {
        for id in &raw.signals {
            needs.extend(self.lookup.signal(self.files, self.origin, id).map(Need::Signal));
        }
        let mut figures = Vec::new();
        for bound in &raw.figures {
            let above = figure::value(self.files, self.origin, bound.above.as_deref());
            let at_most = figure::value(self.files, self.origin, bound.at_most.as_deref());
            if let Some(metric) = figure::metric(self.files, self.origin, &bound.metric) {
                figures.push(Figure {
                    signal: SignalId(0),
                    metric,
                    unit: None,
                    above,
                    at_most,
                    named: bound.named,
                });
            }
        }
        if raw.says.is_empty() {
            needs.extend(figures.into_iter().map(Need::Figure));
        } else {
            let passage = schema::Passage {
                r#in: raw.r#in.clone(),
                within: raw.within,
                says: raw.says.clone(),
                except: raw.except.clone(),
                beside: raw.beside.clone(),
            };
            let places = self.places(&raw.r#in, &[Place::Context, Place::Decision]);
            let passage = self.passage(&passage, places);
            needs.push(Need::Said(passage, figures));
        }
    }

    fn places(&self, named: &[Place], default: &[Place]) -> Vec<Place> {
        if named.is_empty() { default } else { named }.to_vec()
    }

    fn passage(&mut self, raw: &schema::Passage, places: Vec<Place>) -> Passage {
        let groups = raw.says.iter().filter_map(|phrases| self.group(phrases)).collect();
        Passage {
            places,
            within: raw.within,
            groups,
            except: self.group(&raw.except),
            beside: self.group(&raw.beside),
        }
    }

    /// Gives a list of phrases its number. `<name>` stands for the list of that name in `language/lists.toml`.
    fn group(&mut self, phrases: &[Phrase]) -> Option<GroupId> {
        if phrases.is_empty() {
            return None;
        }
        let mut all = Vec::new();
        for phrase in phrases {
            match phrase.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                Some(name) => match self.files.lists.get(name) {
                    Some(list) => all.extend(list.iter().cloned()),
                    None => self.files.problem(
                        self.origin,
                        phrase,
                        format!("`language/lists.toml` has no list `{name}`"),
                    ),
                },
                None => all.push(phrase.clone()),
            }
        }
        let number = self.groups.len() as GroupId;
        self.groups.push((self.origin, all));
        Some(number)
    }
}
