//! The checklist of a lens: its files in, groups of items out, every name in them looked up.

pub mod condition;
mod offered;
pub mod schema;

use std::collections::{HashMap, HashSet};

use super::files::Files;
use super::origin::Origin;
use super::{EngineId, FamilyId, SectionRole, SignalId, Status, engine, figure};
use crate::quantity::Metric;

pub use schema::{Choice, Entry, Help, Prompt, Risk, RiskRule};

/// A group of items under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: String,
    pub title: String,
    /// Its id as a pillar of a Well-Architected lens, where it has one.
    pub known_as: Option<String>,
    pub items: Vec<Item>,
}

/// One question of the checklist.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    pub question: String,
    /// One sentence: why it is asked.
    pub why: String,
    pub source: String,
    /// Its id in a Well-Architected lens, where it has one.
    pub known_as: Option<String>,
    pub help: Vec<Help>,
    /// Answers that a reviewer can tick.
    pub choices: Vec<Choice>,
    /// Which risk the choices leave; the first condition that holds says it.
    pub risks: Vec<RiskRule>,
    pub when: When,
    pub ticked_by: TickedBy,
    /// Rules whose findings fail the item: ids, or the beginning of ids with `*`.
    pub failed_by: Vec<String>,
    pub prompt: Option<Prompt>,
    pub human: bool,
    /// What its phrases are compiled under.
    pub number: u16,
}

/// The records an item is for. Empty lists ask for nothing; `status` is never empty.
#[derive(Debug, Clone, Default)]
pub struct When {
    pub status: Vec<Status>,
    pub families: Vec<FamilyId>,
    pub engines: Vec<EngineId>,
    pub choice: bool,
    /// The least number of chosen engines.
    pub stores: usize,
    pub needs: Vec<SignalId>,
}

/// What answers an item; any of it does.
#[derive(Debug, Clone, Default)]
pub struct TickedBy {
    pub signals: Vec<SignalId>,
    pub metrics: Vec<Metric>,
    pub sections: Vec<SectionRole>,
    /// Where its phrases count.
    pub places: Vec<SectionRole>,
    pub entries: Vec<Entry>,
    pub options: Option<usize>,
    pub choice: bool,
    pub met_needs: bool,
    /// How many phrases it has.
    pub phrases: usize,
}

impl TickedBy {
    /// Whether nothing can tick it: such an item is asked only when a finding fails it.
    pub fn is_empty(&self) -> bool {
        let lists = self.signals.len() + self.metrics.len() + self.sections.len() + self.entries.len() + self.phrases;
        lists == 0 && self.options.is_none() && !self.choice && !self.met_needs
    }
}

/// Statuses of a record that is still being reviewed or in force.
const LIVING: [Status; 3] = [Status::Unknown, Status::Proposed, Status::Accepted];

/// Where a decision is described: not where options are weighed, nor in the entries at the head of a record.
const DESCRIBING: [SectionRole; 11] = [
    SectionRole::Context,
    SectionRole::Drivers,
    SectionRole::Requirements,
    SectionRole::Decision,
    SectionRole::Consequences,
    SectionRole::ConsequencesGood,
    SectionRole::ConsequencesBad,
    SectionRole::Notes,
    SectionRole::Links,
    SectionRole::Other,
    SectionRole::Free,
];

/// The groups of one id, of all files and layers.
pub(super) struct Merged {
    id: String,
    title: String,
    order: u32,
    known_as: Option<String>,
    /// Each with the file it is written in.
    items: Vec<(Origin, schema::Item)>,
}

/// Puts the groups in order, those of one id together; a later item takes the place of an earlier one of the same id.
pub(super) fn merge(files: &mut Files) -> Vec<Merged> {
    let mut merged: Vec<Merged> = Vec::new();
    for (origin, mut group) in std::mem::take(&mut files.checklist) {
        for item in group.items.iter_mut().filter(|item| item.inherit) {
            let earlier = merged.iter().flat_map(|group| &group.items);
            match earlier
                .map(|(_, earlier)| earlier)
                .find(|earlier| earlier.id == item.id)
            {
                Some(earlier) => inherit(item, earlier),
                None => files.problem(origin, &item.id, format!("no earlier lens has an item `{}`", item.id)),
            }
        }
        let mut own = HashSet::new();
        for item in &group.items {
            if !own.insert(item.id.clone()) {
                files.problem(origin, &item.id, format!("two items are called `{}`", item.id));
            }
        }
        for other in &mut merged {
            other
                .items
                .retain(|(_, item)| !own.contains(&item.id) && !group.off.contains(&item.id));
        }
        let asked = group.items.into_iter().filter(|item| !group.off.contains(&item.id));
        let items = asked.map(|item| (origin, item));
        match merged.iter_mut().find(|other| other.id == group.id) {
            Some(other) => {
                other.title = group.title;
                other.order = group.order.min(other.order);
                other.known_as = group.known_as.or(other.known_as.take());
                other.items.extend(items);
            }
            None => merged.push(Merged {
                items: items.collect(),
                id: group.id,
                title: group.title,
                order: group.order,
                known_as: group.known_as,
            }),
        }
    }
    merged.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    merged
}

/// Fills what an item does not say from the one whose place it takes.
fn inherit(item: &mut schema::Item, earlier: &schema::Item) {
    let words = [
        (&mut item.question, &earlier.question),
        (&mut item.why, &earlier.why),
        (&mut item.source, &earlier.source),
    ];
    for (own, held) in words {
        if own.is_empty() {
            own.clone_from(held);
        }
    }
    if item.choices.is_empty() && item.risks.is_empty() {
        item.choices.clone_from(&earlier.choices);
        item.risks.clone_from(&earlier.risks);
    }
    if item.help.is_empty() {
        item.help.clone_from(&earlier.help);
    }
    if item.failed_by.is_empty() {
        item.failed_by.clone_from(&earlier.failed_by);
    }
    if item.when == schema::When::default() {
        item.when = earlier.when.clone();
    }
    if item.ticked_by == schema::TickedBy::default() {
        item.ticked_by = earlier.ticked_by.clone();
    }
    item.known_as = item.known_as.take().or_else(|| earlier.known_as.clone());
    item.prompt = item.prompt.or(earlier.prompt);
    item.human |= earlier.human;
}

/// Numbers the items in their order: what the compiled phrases name them by.
pub(super) fn numbered(groups: &[Merged]) -> impl Iterator<Item = (u16, Origin, &schema::Item)> {
    let items = groups.iter().flat_map(|group| &group.items);
    (0u16..)
        .zip(items)
        .map(|(number, (origin, item))| (number, *origin, item))
}

/// What the names of a checklist are looked up in.
pub(super) struct Known<'a> {
    pub engines: &'a [engine::Engine],
    pub engine_ids: &'a HashMap<String, EngineId>,
    pub families: &'a [engine::Family],
    pub signal_ids: &'a HashMap<String, SignalId>,
}

pub(super) fn compile(files: &mut Files, groups: Vec<Merged>, known: &Known) -> Vec<Group> {
    let mut number = 0;
    let mut compiled = Vec::new();
    for group in groups {
        let mut items = Vec::new();
        for (origin, item) in group.items {
            items.push(self::item(files, origin, item, number, known));
            number += 1;
        }
        compiled.push(Group {
            id: group.id,
            title: group.title,
            known_as: group.known_as,
            items,
        });
    }
    compiled
}

fn item(files: &mut Files, origin: Origin, raw: schema::Item, number: u16, known: &Known) -> Item {
    offered::check(files, origin, &raw);
    engine::check_source(files, origin, &raw.source);
    for pattern in &raw.failed_by {
        check_rule(files, origin, pattern, known);
    }
    let mut ticked_by = TickedBy {
        signals: signals(files, origin, &raw.ticked_by.signals, known),
        metrics: metrics(files, origin, &raw.ticked_by.figures),
        sections: raw.ticked_by.sections,
        places: raw.ticked_by.places,
        entries: raw.ticked_by.entries,
        options: raw.ticked_by.options,
        choice: raw.ticked_by.choice,
        met_needs: raw.ticked_by.met_needs,
        phrases: raw.ticked_by.phrases.len(),
    };
    if ticked_by.places.is_empty() {
        ticked_by.places = DESCRIBING.to_vec();
    }
    if let Some(id) = &raw.ticked_by.answers {
        let rule = files.rules.iter().map(|(_, rule)| rule).find(|rule| rule.id == *id);
        match rule.cloned() {
            Some(rule) => {
                ticked_by
                    .signals
                    .extend(signals(files, origin, &rule.answered_by, known));
                ticked_by
                    .metrics
                    .extend(metrics(files, origin, &rule.answered_by_figures));
            }
            None => unknown(files, origin, "rule", id),
        }
    }
    let status = if raw.when.status.is_empty() {
        LIVING.to_vec()
    } else {
        raw.when.status
    };
    let families = raw.when.family.iter().filter_map(|id| {
        let found = known.families.iter().position(|family| family.id == *id);
        if found.is_none() {
            unknown(files, origin, "family", id);
        }
        found.map(|at| FamilyId(at as u16))
    });
    let families = families.collect();
    let engines = raw.when.engine.iter().filter_map(|id| {
        let found = known.engine_ids.get(id).copied();
        if found.is_none() {
            unknown(files, origin, "engine", id);
        }
        found
    });
    let engines = engines.collect();
    Item {
        when: When {
            status,
            families,
            engines,
            choice: raw.when.choice,
            stores: raw.when.stores,
            needs: signals(files, origin, &raw.when.needs, known),
        },
        id: raw.id,
        question: raw.question,
        why: raw.why,
        source: raw.source,
        known_as: raw.known_as,
        help: raw.help,
        choices: raw.choices,
        risks: raw.risks,
        ticked_by,
        // The rule that asks the same question is told here.
        failed_by: raw.failed_by.into_iter().chain(raw.ticked_by.answers).collect(),
        prompt: raw.prompt,
        human: raw.human,
        number,
    }
}

fn unknown(files: &mut Files, origin: Origin, what: &str, id: &str) {
    files.problem(origin, id, format!("unknown {what} `{id}`"));
}

/// The signals of an id or of a group.
fn signals(files: &mut Files, origin: Origin, names: &[String], known: &Known) -> Vec<SignalId> {
    let mut found = Vec::new();
    for name in names {
        let of_group = files
            .signals
            .iter()
            .filter(|(_, signal)| signal.group == *name || signal.id == *name);
        let before = found.len();
        found.extend(of_group.filter_map(|(_, signal)| known.signal_ids.get(&signal.id).copied()));
        if found.len() == before {
            unknown(files, origin, "signal or group of signals", name);
        }
    }
    found
}

fn metrics(files: &mut Files, origin: Origin, names: &[String]) -> Vec<Metric> {
    names
        .iter()
        .filter_map(|name| figure::metric(files, origin, name))
        .collect()
}

/// `choice/…` rules have no file: they are the statements and limits of engines.
fn check_rule(files: &mut Files, origin: Origin, pattern: &str, known: &Known) {
    let stem = pattern.strip_suffix('*');
    let is = |id: &str| stem.map_or(id == pattern, |stem| id.starts_with(stem));
    let listed = files.rules.iter().any(|(_, rule)| is(&rule.id));
    let stated = || {
        known.engines.iter().any(|engine| {
            let mut statements = engine.contradicts.iter();
            statements.any(|(signal, statement)| {
                files
                    .signals
                    .get(signal.index())
                    .is_some_and(|(_, signal)| is(&format!("choice/{}-on-{}", signal.id, statement.owner)))
            })
        })
    };
    if !listed && !stated() {
        unknown(files, origin, "rule", pattern);
    }
}
