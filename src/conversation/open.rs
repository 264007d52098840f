//! What the framework asks and the record leaves open, the most decisive first.

use std::cmp::Reverse;

use super::answer::{Ask, Basis};
use super::case::Case;
use crate::lens::{EngineId, Severity, SignalId};
use crate::review::{open_questions, recommend};

/// A question that nobody has answered yet.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// The id of the rule or of the signal whose question it is.
    pub of: String,
    pub question: String,
    /// What is open, in a sentence of the lens.
    pub says: String,
    /// Why the answer decides.
    pub because: String,
    pub basis: Basis,
    pub example: String,
    /// The signal, of a question about one need.
    pub signal: Option<SignalId>,
}

/// The open questions but those that were passed over.
pub(super) fn open(case: &Case, skipped: &[String]) -> Vec<Open> {
    let engines = at_stake(case);
    let mut open: Vec<(usize, Open)> = rules(case, &engines);
    let asked: Vec<SignalId> = open.iter().flat_map(|(_, open)| signals_of(&open.of, case)).collect();
    open.sort_by_key(|(decisive, _)| Reverse(*decisive));
    let mut needs = needs(case, &engines, &asked);
    let mut all: Vec<Open> = open.drain(..).map(|(_, open)| open).collect();
    needs.retain(|need| !all.iter().any(|other| other.question == need.question));
    all.append(&mut needs);
    all.retain(|open| !skipped.contains(&open.of));
    all
}

/// The engines whose place the answers decide: those the record decides for, or else the one that fits best.
fn at_stake(case: &Case) -> Vec<EngineId> {
    let chosen: Vec<EngineId> = case.chosen().map(|choice| choice.engine).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let best = recommend(&case.reading, case.lens, |_| true).ranking.into_iter().next();
    best.map(|ranked| ranked.engine).into_iter().collect()
}

fn signals_of(rule: &str, case: &Case) -> Vec<SignalId> {
    let lens = case.lens;
    let Some(rule) = lens.rule(rule) else {
        return Vec::new();
    };
    lens.signal_ids()
        .filter(|&id| {
            let signal = lens.signal(id);
            rule.answered_by
                .iter()
                .any(|wanted| *wanted == signal.group || *wanted == signal.id)
        })
        .collect()
}

/// The loud statement that one of the engines cannot meet a need.
fn against(signal: SignalId, engines: &[EngineId], case: &Case) -> Option<(EngineId, Severity)> {
    engines.iter().find_map(|&engine| {
        let statement = case.lens.engine(engine).contradicts.get(&signal)?;
        (statement.severity >= Severity::Warning).then_some((engine, statement.severity))
    })
}

/// The questions of the gap rules, each with how many of its answers would speak against what is decided.
fn rules(case: &Case, engines: &[EngineId]) -> Vec<(usize, Open)> {
    let lens = case.lens;
    let forms = &lens.language.questions.table.answers;
    open_questions(&case.reading, lens)
        .filter_map(|rule| {
            let question = rule.asks.clone()?;
            let decisive = signals_of(&rule.id, case)
                .into_iter()
                .filter(|&signal| against(signal, engines, case).is_some())
                .count();
            let example = forms.iter().find(|form| form.rule == rule.id);
            let open = Open {
                of: rule.id.clone(),
                question,
                says: rule.says.clone(),
                because: rule.why.clone(),
                basis: Basis::rule(&rule.id, &rule.source, lens),
                example: example.map(|form| form.example.clone()).unwrap_or_default(),
                signal: None,
            };
            Some((decisive, open))
        })
        .collect()
}

/// The questions of needs that nobody stated or denied and that what is decided cannot meet, in the order of the lens.
fn needs(case: &Case, engines: &[EngineId], asked: &[SignalId]) -> Vec<Open> {
    let lens = case.lens;
    let stated = |signal| case.reading.requirements.iter().any(|need| need.signal == signal);
    let decisive = &lens.language.questions.table.decisive;
    decisive
        .iter()
        .filter_map(|id| lens.signal_by_id(id))
        .filter(|&signal| !stated(signal) && !asked.contains(&signal))
        .filter_map(|signal| {
            let (engine, _) = against(signal, engines, case)?;
            let statement = lens.engine(engine).contradicts.get(&signal)?;
            let need = lens.signal(signal);
            let words = lens.language.questions.need(&need.id);
            Some(Open {
                of: need.id.clone(),
                question: need.asks.clone(),
                says: format!("The record does not say whether this is needed: {}", need.says),
                because: statement.because.clone(),
                basis: Basis::statement(engine, &statement.source, lens),
                example: words.map_or_else(
                    || "yes or no".to_owned(),
                    |words| format!("\u{201c}yes\u{201d}, or \u{201c}{}\u{201d}", words.denied),
                ),
                signal: Some(signal),
            })
        })
        .collect()
}

impl Open {
    /// The question as it is put, with how many are open.
    pub fn ask(&self, open: usize) -> Ask {
        Ask {
            of: self.of.clone(),
            question: self.question.clone(),
            example: self.example.clone(),
            open,
        }
    }
}
