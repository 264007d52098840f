//! Rules, engines and signals explained from the lens.

use std::fmt::Write;

use crate::lens::{Engine, Lens, SignalId, Statement};

/// Every rule that can report, with its severity and one sentence.
pub fn rule_list(lens: &Lens) -> String {
    let mut lines: Vec<(String, String)> = lens
        .rules
        .iter()
        .map(|rule| {
            (
                rule.id.clone(),
                format!("{:<7} {}", format!("{:?}", rule.severity).to_lowercase(), rule.title),
            )
        })
        .collect();
    for (id, (severity, because)) in choice_rules(lens) {
        lines.push((id, format!("{:<7} {because}", format!("{severity:?}").to_lowercase())));
    }
    lines.sort();
    let width = lines.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    lines.iter().fold(String::new(), |mut out, (id, rest)| {
        let _ = writeln!(out, "{id:<width$}  {rest}");
        out
    })
}

/// Every name that [`explain`] knows.
pub fn names(lens: &Lens) -> Vec<String> {
    let rules = lens
        .rules
        .iter()
        .map(|rule| rule.id.clone())
        .chain(choice_rules(lens).into_keys());
    let signals = lens.signals.iter().map(|signal| signal.id.clone());
    rules
        .chain(signals)
        .chain(lens.engines.iter().map(|engine| engine.id.clone()))
        .collect()
}

type ChoiceRules<'a> = std::collections::BTreeMap<String, (crate::lens::Severity, &'a str)>;

/// `choice/<signal>-on-<owner>` for every statement of the lens.
fn choice_rules(lens: &Lens) -> ChoiceRules<'_> {
    let mut rules = ChoiceRules::new();
    for engine in &lens.engines {
        for (&signal, statement) in &engine.contradicts {
            rules.insert(
                rule_id(lens, signal, statement),
                (statement.severity, &statement.because),
            );
        }
    }
    rules
}

fn rule_id(lens: &Lens, signal: SignalId, statement: &Statement) -> String {
    format!("choice/{}-on-{}", lens.signal(signal).id, statement.owner)
}

/// What the lens says of a rule, an engine or a signal; nothing when it knows none of that name. A unique written name of an engine
/// serves as well as its id.
pub fn explain(name: &str, lens: &Lens) -> Option<String> {
    if let Some(rule) = lens.rule(name) {
        let mut out = format!(
            "{}: {}\n\n{}\n\nWhy: {}\nWay out: {}\n",
            rule.id, rule.title, rule.says, rule.why, rule.remedy
        );
        cite(&mut out, &rule.source, lens);
        return Some(out);
    }
    if let Some(text) = explain_choice_rule(name, lens) {
        return Some(text);
    }
    if let Some(id) = lens.signal_by_id(name) {
        return Some(explain_signal(id, lens));
    }
    let by_name = || {
        lens.engines
            .iter()
            .find(|engine| engine.name.eq_ignore_ascii_case(name))
    };
    let engine = lens.engine_by_id(name).map(|id| lens.engine(id)).or_else(by_name)?;
    Some(explain_engine(engine, lens))
}

fn explain_choice_rule(name: &str, lens: &Lens) -> Option<String> {
    let found = lens.engines.iter().find_map(|engine| {
        let mut statements = engine.contradicts.iter();
        statements.find(|(signal, statement)| rule_id(lens, **signal, statement) == name)
    });
    let (&signal, statement) = found?;
    let mut out = format!("{name}\n\n");
    let _ = writeln!(out, "The record needs this: {}", lens.signal(signal).says);
    let _ = writeln!(out, "Against it: {}\nWay out: {}", statement.because, statement.remedy);
    cite(&mut out, &statement.source, lens);
    let _ = writeln!(
        out,
        "\nTo silence it with a reason: <!-- adr-lens-ignore {name}: reason -->"
    );
    Some(out)
}

fn explain_signal(id: SignalId, lens: &Lens) -> String {
    let signal = lens.signal(id);
    let mut out = format!(
        "{} (a {} need)\n\n{}\nAsk: {}\n",
        signal.id, signal.group, signal.says, signal.asks
    );
    let names = |wanted: &dyn Fn(&Engine) -> bool| {
        lens.engines
            .iter()
            .filter(|engine| wanted(engine))
            .map(|engine| engine.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let _ = writeln!(out, "\nMet by: {}", names(&|engine| engine.satisfies.contains(&id)));
    let _ = writeln!(
        out,
        "\nNot met by: {}",
        names(&|engine| engine.contradicts.contains_key(&id))
    );
    out
}

fn explain_engine(engine: &Engine, lens: &Lens) -> String {
    let family = lens.family(engine.family);
    let mut out = format!(
        "{} ({})\n\n{}\n{}\n",
        engine.name, family.name, engine.says, family.says
    );
    let satisfies: Vec<&str> = engine.satisfies.iter().map(|&id| lens.signal(id).id.as_str()).collect();
    let _ = writeln!(out, "\nMeets: {}", satisfies.join(", "));
    if !engine.contradicts.is_empty() {
        let _ = writeln!(out, "\nDoes not meet:");
        for (&signal, statement) in &engine.contradicts {
            let _ = writeln!(out, "  {}: {}", lens.signal(signal).id, statement.because);
        }
    }
    if !engine.limits.is_empty() {
        let _ = writeln!(out, "\nLimits:");
        for limit in &engine.limits {
            let _ = writeln!(
                out,
                "  {} {}: {}",
                super::read::word(limit.metric),
                limit.written,
                limit.because
            );
        }
    }
    if !engine.lifecycle.is_empty() {
        let _ = writeln!(out, "\nLifecycle:");
        for event in &engine.lifecycle {
            let _ = writeln!(out, "  {}: {}", event.on, event.says);
        }
    }
    cite(&mut out, &engine.source, lens);
    out
}

fn cite(out: &mut String, source: &str, lens: &Lens) {
    if let Some(source) = lens.sources.get(source) {
        let url = if source.url.is_empty() {
            String::new()
        } else {
            format!(", {}", source.url)
        };
        let _ = writeln!(out, "\nSource: {}{url} (as of {})", source.title, source.as_of);
    }
}
