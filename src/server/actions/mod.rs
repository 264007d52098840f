//! A range → what can be done about the findings in it: accept a cost, name an alternative, silence with a reason, read the rule.
//!
//! An edit is worked out as text and held against a fresh review of the changed record: an action that would not do what it says is
//! not offered; when the client asks for edits only once one is chosen, it is refused there.

mod accept;
mod alternative;
pub(super) mod open_rule;
mod remove;
mod silence;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::*;

use super::analysis::{Analysis, guarded};
use super::convert;
use super::diagnostics::{self, is_shown};
use super::session::{Cancelled, Stopped};
use super::state::Snapshot;
use crate::amend::{Change, Page};
use crate::lens::EngineId;
use crate::reading::{Reading, Role};
use crate::review::Finding;
use crate::text::Span;

/// What an action does to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum Task {
    Accept,
    Silence,
    Remove,
    /// By the engine's id, which outlives the lens it was read from.
    Alternative {
        engine: String,
    },
}

/// Travels in an action's `data`: enough to work the edit out later, on the version of then.
#[derive(Serialize, Deserialize)]
struct Ticket {
    uri: Uri,
    rule: String,
    fingerprint: String,
    task: Task,
}

/// A finding in its record.
struct Case<'a> {
    snapshot: &'a Snapshot,
    analysis: &'a Analysis,
    finding: &'a Finding,
}

/// The actions for a range, of the kinds asked for.
pub(super) fn offer(
    snapshot: &Snapshot,
    params: &CodeActionParams,
    cancelled: &Cancelled,
) -> Result<CodeActionResponse, Stopped> {
    let analysis = snapshot.analysis()?;
    let wanted = snapshot.span(params.range);
    let touches = |span: Span| span.start <= wanted.end && wanted.start <= span.end;
    let here = analysis.findings.iter().filter(|finding| {
        is_shown(finding, &snapshot.settings)
            && (touches(finding.span) || finding.evidence.iter().any(|&span| touches(span)))
    });
    let mut edits = Vec::new();
    let mut readings = Vec::new();
    for finding in here {
        let case = Case {
            snapshot,
            analysis: &analysis,
            finding,
        };
        for (title, kind, task) in case.tasks() {
            cancelled.check()?;
            if snapshot.features.action_literals && is_asked(&kind, &params.context) {
                edits.extend(case.action(title, kind, task, params)?);
            }
        }
        if is_asked(&CodeActionKind::QUICKFIX, &params.context) {
            readings.push(case.open_rule(params));
        }
    }
    edits.extend(readings);
    Ok(edits)
}

/// Works out the edit of an action that was chosen.
pub(super) fn resolve(snapshot: &Snapshot, action: CodeAction) -> Result<CodeAction, Stopped> {
    let Some(ticket) = ticket(&action) else {
        return Ok(action);
    };
    let analysis = snapshot.analysis()?;
    let by_mark = analysis
        .findings
        .iter()
        .find(|finding| finding.fingerprint == ticket.fingerprint);
    let by_rule = || {
        analysis
            .findings
            .iter()
            .find(|finding| finding.rule == ticket.rule && finding.suppressed.is_none())
    };
    let Some(finding) = by_mark.or_else(by_rule) else {
        return Err(Stopped::Refused(format!(
            "{} no longer finds anything here",
            ticket.rule
        )));
    };
    let case = Case {
        snapshot,
        analysis: &analysis,
        finding,
    };
    match case.change(&ticket.task)? {
        Some(change) => Ok(CodeAction {
            edit: Some(case.edit(change)),
            ..action
        }),
        None => Err(Stopped::Refused(format!(
            "no edit of this record would do that; change it by hand ({})",
            finding.remedy
        ))),
    }
}

/// The document an unresolved action is about; none for an action that is not ours.
pub(super) fn uri_of(action: &CodeAction) -> Option<Uri> {
    ticket(action).map(|ticket| ticket.uri)
}

fn ticket(action: &CodeAction) -> Option<Ticket> {
    Ticket::deserialize(action.data.as_ref()?).ok()
}

/// Whether a kind is asked for: all are when none is named, and `refactor` asks for `refactor.rewrite` as well.
fn is_asked(kind: &CodeActionKind, context: &CodeActionContext) -> bool {
    let covers = |wanted: &CodeActionKind| {
        let (kind, wanted) = (kind.as_str(), wanted.as_str());
        wanted.is_empty() || kind == wanted || kind.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(covers))
}

impl Case<'_> {
    /// What can be tried for this finding, in the order it is shown.
    fn tasks(&self) -> Vec<(String, CodeActionKind, Task)> {
        let lens = &self.snapshot.lens;
        let mut tasks = Vec::new();
        if accept::applies(self.finding) {
            tasks.push((
                "Accept the cost under Consequences".to_owned(),
                CodeActionKind::QUICKFIX,
                Task::Accept,
            ));
        }
        for engine in alternative::fitting(self) {
            let title = format!("Name {} as an option", lens.engine(engine).name);
            let task = Task::Alternative {
                engine: lens.engine(engine).id.clone(),
            };
            tasks.push((title, CodeActionKind::REFACTOR, task));
        }
        if remove::applies(self.finding) {
            tasks.push(("Remove this comment".to_owned(), CodeActionKind::QUICKFIX, Task::Remove));
        }
        if silence::applies(self.finding) {
            let title = format!("Silence {} with a reason", self.finding.rule);
            tasks.push((title, CodeActionKind::QUICKFIX, Task::Silence));
        }
        tasks
    }

    fn action(
        &self,
        title: String,
        kind: CodeActionKind,
        task: Task,
        params: &CodeActionParams,
    ) -> Result<Option<CodeActionOrCommand>, Stopped> {
        let mut action = CodeAction {
            title,
            kind: Some(kind),
            diagnostics: self.diagnostics(params),
            ..CodeAction::default()
        };
        if self.snapshot.features.resolves_edits {
            let ticket = Ticket {
                uri: self.snapshot.uri.clone(),
                rule: self.finding.rule.clone(),
                fingerprint: self.finding.fingerprint.clone(),
                task,
            };
            action.data = serde_json::to_value(ticket).ok();
        } else {
            let Some(change) = self.change(&task)? else {
                return Ok(None);
            };
            action.edit = Some(self.edit(change));
        }
        Ok(Some(action.into()))
    }

    fn open_rule(&self, params: &CodeActionParams) -> CodeActionOrCommand {
        let command = open_rule::command(self.finding, self.snapshot);
        if !self.snapshot.features.action_literals {
            return command.into();
        }
        CodeAction {
            title: command.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: self.diagnostics(params),
            command: Some(command),
            ..CodeAction::default()
        }
        .into()
    }

    /// The client's own diagnostics that this finding stands behind.
    fn diagnostics(&self, params: &CodeActionParams) -> Option<Vec<Diagnostic>> {
        let ours = diagnostics::diagnostic(self.snapshot, self.finding);
        let same = |theirs: &&Diagnostic| {
            theirs.code == ours.code && theirs.range == ours.range && theirs.source == ours.source
        };
        let found: Vec<Diagnostic> = params.context.diagnostics.iter().filter(same).cloned().collect();
        (!found.is_empty()).then_some(found)
    }

    /// The first edit that does what the task says, judged by a fresh review of the changed record.
    fn change(&self, task: &Task) -> Result<Option<Change>, Stopped> {
        let page = Page::new(self.snapshot.text(), &self.analysis.reading.record);
        let engine = match task {
            Task::Alternative { engine } => self.snapshot.lens.engine_by_id(engine),
            _ => None,
        };
        let candidates = match (task, engine) {
            (Task::Accept, _) => accept::changes(self, &page),
            (Task::Silence, _) => silence::changes(self.finding, &page),
            (Task::Remove, _) => remove::changes(self.finding, &page),
            (Task::Alternative { .. }, Some(engine)) => alternative::changes(self, &page, engine),
            (Task::Alternative { .. }, None) => Vec::new(),
        };
        for candidate in candidates {
            let after = guarded(|| self.snapshot.analyse(&candidate.apply(self.snapshot.text())))?;
            let done = match (task, engine) {
                (Task::Accept, _) => accept::is_done(self.finding, &after),
                (Task::Silence, _) => silence::is_done(self.finding, &after),
                (Task::Remove, _) => remove::is_done(self.analysis, &after),
                (Task::Alternative { .. }, Some(engine)) => alternative::is_done(engine, &after),
                (Task::Alternative { .. }, None) => false,
            };
            if done && self.harms_nothing(&after) {
                return Ok(Some(candidate));
            }
        }
        Ok(None)
    }

    /// An edit must not change what the record decides, nor bring a new warning.
    fn harms_nothing(&self, after: &Analysis) -> bool {
        let loud = |analysis: &Analysis| -> BTreeSet<String> {
            analysis
                .findings
                .iter()
                .filter(|finding| finding.is_loud())
                .map(|finding| finding.rule.clone())
                .collect()
        };
        chosen(&self.analysis.reading) == chosen(&after.reading) && loud(after).is_subset(&loud(self.analysis))
    }

    fn edit(&self, change: Change) -> WorkspaceEdit {
        let version = self.snapshot.features.versioned_edits.then_some(self.snapshot.version);
        let edit = TextEdit {
            range: self.snapshot.range(change.span),
            new_text: change.text,
        };
        convert::workspace_edit(self.snapshot.uri.clone(), version, vec![edit])
    }
}

fn chosen(reading: &Reading) -> BTreeSet<EngineId> {
    reading.with_role(Role::Chosen).map(|choice| choice.engine).collect()
}
