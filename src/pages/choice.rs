//! The pages of the choice rules: a need that a family or an engine cannot meet, a figure that it cannot reach.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::example;
use super::writer::{Writer, capital, severity};
use crate::lens::{EngineId, FamilyId, Lens, Limit, Severity, SignalId};

/// A rule `choice/<signal or metric>-on-<family or engine>`.
pub(super) struct ChoiceRule<'a> {
    pub severity: Severity,
    pub against: Against<'a>,
    pub because: &'a str,
    remedy: &'a str,
    source: &'a str,
    /// Families, a second store of which answers it.
    mitigated_by: &'a [FamilyId],
    /// Id of the family or the engine that says so.
    owner: &'a str,
    /// The engines it holds for, in the order of the lens.
    pub engines: Vec<EngineId>,
}

/// What stands against a choice.
pub(super) enum Against<'a> {
    Need(SignalId),
    Figure(&'a Limit),
}

/// Every choice rule, by its id.
pub(super) fn rules(lens: &Lens) -> BTreeMap<String, ChoiceRule<'_>> {
    of_owners(lens, |_| true)
}

/// The choice rule of an id.
pub(super) fn rule<'a>(id: &str, lens: &'a Lens) -> Option<ChoiceRule<'a>> {
    of_owners(lens, |owner| id.ends_with(owner)).remove(id)
}

fn of_owners<'a>(lens: &'a Lens, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, ChoiceRule<'a>> {
    let mut rules: BTreeMap<String, ChoiceRule> = BTreeMap::new();
    for id in lens.engine_ids() {
        let engine = lens.engine(id);
        for (&signal, statement) in engine.contradicts.iter().filter(|(_, said)| wanted(&said.owner)) {
            // A need that is about an engine: one rule of the lens reports all of them.
            if !lens.signal(signal).of.is_empty() {
                continue;
            }
            let rule = rules
                .entry(format!("choice/{}-on-{}", lens.signal(signal).id, statement.owner))
                .or_insert_with(|| ChoiceRule {
                    severity: statement.severity,
                    against: Against::Need(signal),
                    because: &statement.because,
                    remedy: &statement.remedy,
                    source: &statement.source,
                    mitigated_by: &statement.mitigated_by,
                    owner: &statement.owner,
                    engines: Vec::new(),
                });
            rule.engines.push(id);
        }
        for limit in engine.limits.iter().filter(|limit| wanted(&limit.owner)) {
            let rule = rules
                .entry(format!("choice/{}-on-{}", limit.metric.word(), limit.owner))
                .or_insert_with(|| ChoiceRule {
                    severity: Severity::Warning,
                    against: Against::Figure(limit),
                    because: &limit.because,
                    remedy: &limit.remedy,
                    source: &limit.source,
                    mitigated_by: &[],
                    owner: &limit.owner,
                    engines: Vec::new(),
                });
            rule.engines.push(id);
        }
    }
    rules
}

pub(super) fn page(id: &str, rule: &ChoiceRule, as_of: Option<Date>, mut out: Writer) -> String {
    let owner = owner(rule, out.lens);
    out.heading(1, id);
    match rule.against {
        Against::Need(signal) => {
            let need = out.lens.signal(signal);
            out.paragraph(&format!(
                "The record decides for {owner} and needs {} ({}).",
                out.signal(signal),
                severity(rule.severity)
            ));
            out.paragraph(&format!("The need: {}", capital(&need.says)));
        }
        Against::Figure(limit) => out.paragraph(&format!(
            "The record decides for {owner} and states a target of {} beyond its limit: {} ({}).",
            limit.metric.word(),
            limit.written,
            severity(rule.severity)
        )),
    }
    out.heading(2, "Why");
    out.paragraph(rule.because);
    out.heading(2, "Way out");
    out.paragraph(rule.remedy);
    let second: Vec<&str> = rule
        .mitigated_by
        .iter()
        .map(|&id| out.lens.family(id).name.as_str())
        .collect();
    if !second.is_empty() {
        out.paragraph(&format!(
            "A second store that the record names for that need answers it as well: {}.",
            second.join(", ")
        ));
    }
    let tried = as_of.and_then(|as_of| example::of(id, rule, out.lens, as_of));
    if let Some(tried) = tried {
        out.heading(2, "A record that it speaks about");
        out.fenced("markdown", &tried.wrong);
        if let Some((engine, right)) = tried.mended {
            out.heading(2, "The same record mended");
            let said = format!("With {}, which meets the need:", out.engine(engine));
            out.paragraph(&said);
            out.fenced("markdown", &right);
        }
    }
    out.heading(2, "Holds for");
    let engines = format!("{}.", out.engines(rule.engines.iter().copied()));
    out.paragraph(&engines);
    out.heading(2, "Source");
    let source = out.source(rule.source);
    out.paragraph(&source);
    out.silence(id);
    out.done()
}

/// "a key-value store", "Amazon DynamoDB".
fn owner(rule: &ChoiceRule, lens: &Lens) -> String {
    if let Some(id) = lens.engine_by_id(rule.owner) {
        return lens.engine(id).name.clone();
    }
    let name = lens
        .family_by_id(rule.owner)
        .map_or(rule.owner, |id| lens.family(id).name.as_str());
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
