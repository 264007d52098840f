//! A small record that a choice rule speaks about, and the same record mended. Both are tried.

use jiff::civil::Date;

use super::choice::{Against, ChoiceRule};
use crate::lens::schema::RuleExample;
use crate::lens::{EngineId, Lens};
use crate::review::{Category, Finding, review_text};
use crate::syntax::Language;

pub(super) struct Tried {
    pub wrong: String,
    /// With the first alternative that nothing speaks against.
    pub mended: Option<(EngineId, String)>,
}

/// None when the lens has no words for the need, or the record brings up something else.
pub(super) fn of(id: &str, rule: &ChoiceRule, lens: &Lens, as_of: Date) -> Option<Tried> {
    let found = |text: &str| review_text(text, Language::Markdown, lens, as_of);
    // What is usual first; what nobody can start on today last.
    let usual = |engine: EngineId| {
        let engine = lens.engine(engine);
        (engine.retired, engine.default_rank.unwrap_or(u32::MAX))
    };
    let mut candidates = rule.engines.clone();
    candidates.sort_by_key(|&engine| usual(engine));
    let drivers = drivers(rule, lens);
    let tries = drivers
        .iter()
        .flat_map(|driver| candidates.iter().map(move |&engine| (driver, engine)));
    let (driver, wrong, finding) = tries.into_iter().find_map(|(driver, engine)| {
        let wrong = record(driver, engine, lens);
        let finding = found(&wrong).into_iter().find(|finding| finding.rule == id)?;
        Some((driver, wrong, finding))
    })?;
    let mut instead: Vec<EngineId> = finding.alternatives.iter().map(|other| other.engine).collect();
    instead.sort_by_key(|&engine| usual(engine));
    let mended = instead.into_iter().find_map(|engine| {
        let right = record(driver, engine, lens);
        (!found(&right).iter().any(in_the_way)).then_some((engine, right))
    });
    Some(Tried { wrong, mended })
}

fn record(driver: &str, engine: EngineId, lens: &Lens) -> String {
    let example = RuleExample {
        context: driver.to_owned(),
        decision: format!("We will use {}.", lens.engine(engine).name),
        ..RuleExample::default()
    };
    example.record()
}

fn in_the_way(finding: &Finding) -> bool {
    matches!(finding.category, Category::Choice | Category::Lifecycle) && finding.is_loud()
}

/// Sentences that state the need, or a target beyond the limit; the best first.
fn drivers(rule: &ChoiceRule, lens: &Lens) -> Vec<String> {
    let questions = &lens.language.questions;
    match rule.against {
        Against::Need(signal) => {
            let need = questions.need(&lens.signal(signal).id);
            need.map(|need| vec![format!("{}.", need.needed), format!("We need {}.", need.name)])
                .unwrap_or_default()
        }
        Against::Figure(limit) => {
            let target = questions.table.targets.get(&limit.metric.word());
            let driver = target.and_then(|target| Some(target.replace("{figure}", &beyond(&limit.written)?)));
            driver.into_iter().collect()
        }
    }
}

/// A figure that a limit puts out of reach: twice what it allows, or half; of a share, a nine more.
fn beyond(written: &str) -> Option<String> {
    let at_most = written.strip_prefix("at most ");
    let bound = at_most.or_else(|| written.strip_prefix("at least "))?;
    let end = bound
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(bound.len());
    let (number, unit) = bound.split_at(end);
    if unit.trim_start().starts_with('%') {
        return Some(format!("{number}9{unit}"));
    }
    let number: f64 = number.replace(',', "").parse().ok()?;
    let number = if at_most.is_some() { number * 2.0 } else { number / 2.0 };
    Some(format!("{number}{unit}"))
}
