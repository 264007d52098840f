//! Code lenses: over the title what a review finds and the commands on the whole record, over an option a comparison with what was
//! chosen.

use std::collections::BTreeSet;

use serde_json::Value;
use tower_lsp::ls_types::{CodeLens, Command};

use super::commands::{check, compare, recommend, report};
use super::conversation;
use super::diagnostics::is_shown;
use super::session::Stopped;
use super::state::Snapshot;
use crate::lens::{EngineId, SectionRole, Severity};
use crate::reading::{Reading, Role};
use crate::review::Finding;
use crate::text::Span;

/// What a lens asks; any other question is the user's to ask.
const QUESTION: &str = "What is missing?";

pub(super) fn lenses(snapshot: &Snapshot) -> Result<Vec<CodeLens>, Stopped> {
    let analysis = snapshot.analysis()?;
    let reading = &analysis.reading;
    // A record that names no engine and has nothing to say about is no concern of ours.
    if reading.record.mentions.is_empty() && reading.requirements.is_empty() && analysis.findings.is_empty() {
        return Ok(Vec::new());
    }
    let title = reading
        .record
        .title
        .as_ref()
        .map_or(Span::new(0, 0), |title| title.span);
    let shown: Vec<&Finding> = analysis
        .findings
        .iter()
        .filter(|finding| is_shown(finding, &snapshot.settings))
        .collect();
    let mut lenses = vec![
        lens(snapshot, title, summary(&shown), check::COMMAND, &[]),
        lens(snapshot, title, "recommend".to_owned(), recommend::COMMAND, &[]),
        lens(snapshot, title, "report".to_owned(), report::COMMAND, &[]),
        lens(
            snapshot,
            title,
            "ask what is missing".to_owned(),
            conversation::COMMAND,
            &[QUESTION],
        ),
    ];
    lenses.extend(options(snapshot, reading));
    Ok(lenses)
}

/// "1 error, 2 questions"; "no findings".
pub(super) fn summary(findings: &[&Finding]) -> String {
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "note", "notes"),
        (Severity::Hint, "question", "questions"),
    ];
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|(severity, one, many)| match count(severity) {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {many}")),
        })
        .collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Over each option that was not chosen, where it is first named as one, given that something was.
fn options(snapshot: &Snapshot, reading: &Reading) -> Vec<CodeLens> {
    let record = &reading.record;
    let Some(chosen) = reading.with_role(Role::Chosen).next() else {
        return Vec::new();
    };
    let mut seen: BTreeSet<EngineId> = BTreeSet::new();
    let mut lenses = Vec::new();
    for mention in &record.mentions {
        let role = record.sentences.get(mention.sentence).map(|sentence| sentence.role);
        let choice = reading.choices.iter().find(|choice| choice.engine == mention.engine);
        let is_option = choice.is_some_and(|choice| matches!(choice.role, Role::Considered | Role::Rejected));
        if role == Some(SectionRole::Options) && is_option && seen.insert(mention.engine) {
            let name = &snapshot.lens.engine(chosen.engine).name;
            let engine = snapshot.lens.engine(mention.engine).id.as_str();
            let title = format!("compare with {name}");
            lenses.push(lens(snapshot, mention.span, title, compare::COMMAND, &[engine]));
        }
    }
    lenses
}

fn lens(snapshot: &Snapshot, span: Span, title: String, command: &str, more: &[&str]) -> CodeLens {
    let arguments = std::iter::once(snapshot.uri.as_str()).chain(more.iter().copied());
    CodeLens {
        range: snapshot.range(span),
        command: Some(Command {
            title,
            command: command.to_owned(),
            arguments: Some(arguments.map(Value::from).collect()),
        }),
        data: None,
    }
}
