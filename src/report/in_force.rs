//! What is in force for a record, and from where.

use std::fmt::Write;

use serde::Serialize;

use crate::lens::team::schema::Setting;
use crate::lens::team::{StandingKind, Summary};
use crate::lens::{Lens, Severity};

/// The lens in force for one path (schema `adr-lens/lens-show/1`).
#[derive(Serialize)]
pub struct InForceWire {
    schema: &'static str,
    path: String,
    /// The `adr-lens.toml` in force; none where there is none.
    file: Option<String>,
    /// What it is built on, the most general first.
    layers: Vec<Summary>,
    rules: Vec<RuleWire>,
    engines: Vec<EngineWire>,
    baseline: Option<BaselineWire>,
}

#[derive(Serialize)]
struct RuleWire {
    rule: String,
    /// None for a rule that is off.
    severity: Option<Severity>,
    /// As the lens that defines it has it.
    own: Severity,
    from: Option<String>,
    by: Option<String>,
    locked: Option<String>,
}

#[derive(Serialize)]
struct EngineWire {
    engine: String,
    standing: StandingKind,
    reason: Option<String>,
    from: Option<String>,
}

#[derive(Serialize)]
struct BaselineWire {
    path: String,
    /// Findings of this record that are known.
    known: usize,
}

impl InForceWire {
    pub fn new(
        path: String,
        file: Option<String>,
        layers: Vec<Summary>,
        baseline: Option<(String, usize)>,
        lens: &Lens,
        all: bool,
    ) -> InForceWire {
        let rule = |rule: String| {
            let own = lens.rule_severity(&rule).unwrap_or_default();
            let verdict = lens.policy.verdict(&rule, own);
            let locked = lens.policy.locked(&rule).map(ToString::to_string);
            let severity = match verdict.as_ref().map(|verdict| verdict.setting) {
                Some(Setting::Off) => None,
                Some(setting) => setting.severity().or(Some(own)),
                None => Some(own),
            };
            (all || verdict.is_some() || locked.is_some()).then(|| RuleWire {
                rule,
                severity,
                own,
                from: verdict.as_ref().map(|verdict| verdict.place.to_string()),
                by: verdict.map(|verdict| verdict.by),
                locked,
            })
        };
        let engines = lens
            .policy
            .standings()
            .filter(|(_, standing)| all || standing.place.is_some());
        InForceWire {
            schema: "adr-lens/lens-show/1",
            path,
            file,
            layers,
            rules: lens.rule_ids().into_iter().filter_map(rule).collect(),
            engines: engines
                .map(|(engine, standing)| EngineWire {
                    engine: lens.engine(engine).id.clone(),
                    standing: standing.kind,
                    reason: standing.reason.clone(),
                    from: standing.place.as_ref().map(ToString::to_string),
                })
                .collect(),
            baseline: baseline.map(|(path, known)| BaselineWire { path, known }),
        }
    }
}

pub fn in_force_json(shown: &InForceWire) -> String {
    serde_json::to_string_pretty(shown).unwrap_or_default()
}

pub fn in_force_text(shown: &InForceWire) -> String {
    let mut out = format!("{}\n\n", shown.path);
    match &shown.file {
        Some(file) => {
            let _ = writeln!(out, "lens file: {file}");
        }
        None => out.push_str("lens file: none; the built-in lens as it is\n"),
    }
    for layer in &shown.layers {
        let _ = writeln!(out, "  layer: {}", layer.name);
        for said in &layer.says {
            let _ = writeln!(out, "    {} {} ({})", said.what, said.id, said.from);
        }
    }
    if !shown.engines.is_empty() {
        out.push_str("\nengines\n");
    }
    for engine in &shown.engines {
        let reason = engine
            .reason
            .as_ref()
            .map_or(String::new(), |reason| format!(": {reason}"));
        let from = engine.from.as_deref().unwrap_or("in no list");
        let _ = writeln!(out, "  {} {}{reason} ({from})", engine.standing.word(), engine.engine);
    }
    if !shown.rules.is_empty() {
        out.push_str("\nrules\n");
    }
    let word = |severity: Severity| format!("{severity:?}").to_lowercase();
    for rule in &shown.rules {
        let severity = rule.severity.map_or("off".to_owned(), word);
        let mut notes = Vec::new();
        if rule.severity != Some(rule.own) {
            notes.push(format!("else {}", word(rule.own)));
        }
        if let (Some(from), Some(by)) = (&rule.from, &rule.by) {
            notes.push(format!("{from} sets `{by}`"));
        }
        notes.extend(rule.locked.as_ref().map(|place| format!("locked in {place}")));
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!(" ({})", notes.join("; "))
        };
        let _ = writeln!(out, "  {severity:<7} {}{notes}", rule.rule);
    }
    if let Some(baseline) = &shown.baseline {
        let _ = writeln!(
            out,
            "\nbaseline: {} ({} known of this path)",
            baseline.path, baseline.known
        );
    }
    out
}
