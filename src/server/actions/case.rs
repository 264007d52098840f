//! A finding in its record: what can be tried, and whether it does what it says.

use std::collections::BTreeSet;

use tower_lsp::ls_types::*;

use super::draft::Draft;
use super::{
    Case, Task, Ticket, accept, alternative, chosen, guarded, question, remove, silence, split, successor, supersede,
};
use crate::amend::Page;
use crate::lens::EngineId;
use crate::reading::Requirement;
use crate::server::analysis::Analysis;
use crate::server::commands::open_rule;
use crate::server::diagnostics;
use crate::server::session::Stopped;
use crate::text::Change;

impl Case<'_> {
    /// What can be tried for this finding, in the order it is shown.
    pub(super) fn tasks(&self) -> Vec<(String, CodeActionKind, Task)> {
        let lens = &self.snapshot.lens;
        let mut tasks = Vec::new();
        let id = |engine: EngineId| lens.engine(engine).id.clone();
        let name = |engine: EngineId| &lens.engine(engine).name;
        if let Some((engine, signal)) = accept::cost(self.finding) {
            // One choice may have several costs, at the same words.
            let need = lens.signal(signal).id.replace('-', " ");
            let title = format!("Accept the cost under Consequences: {} against {need}", name(engine));
            tasks.push((title, CodeActionKind::QUICKFIX, Task::Accept));
        }
        for engine in successor::successors(self) {
            let ended = self.finding.engine.map_or("it", |ended| name(ended));
            let title = format!("Replace {ended} by {}", name(engine));
            tasks.push((
                title,
                CodeActionKind::REFACTOR_REWRITE,
                Task::Successor { engine: id(engine) },
            ));
        }
        for engine in supersede::candidates(self) {
            let title = format!(
                "Draft a record that supersedes this one and decides for {}",
                name(engine)
            );
            tasks.push((title, CodeActionKind::REFACTOR, Task::Supersede { engine: id(engine) }));
        }
        for engine in split::partners(self) {
            let need = self.need().map_or("part of it".to_owned(), |need| {
                format!("what needs {}", lens.signal(need.signal).id.replace('-', " "))
            });
            let title = format!("Split the choice: put {need} in {}", name(engine));
            tasks.push((
                title,
                CodeActionKind::REFACTOR_REWRITE,
                Task::Split { engine: id(engine) },
            ));
        }
        for engine in alternative::fitting(self) {
            let title = format!("Name {} as an option", name(engine));
            tasks.push((
                title,
                CodeActionKind::REFACTOR,
                Task::Alternative { engine: id(engine) },
            ));
        }
        if question::applies(self.finding) {
            let title = format!("Ask under Open Questions: {}", self.finding.remedy);
            tasks.push((title, CodeActionKind::QUICKFIX, Task::Question));
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

    pub(super) fn action(
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
            let Some(draft) = self.draft(&task)? else {
                return Ok(None);
            };
            action.edit = Some(draft.edit(self.snapshot));
        }
        Ok(Some(action.into()))
    }

    pub(super) fn open_rule(&self, params: &CodeActionParams) -> CodeActionOrCommand {
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
    pub(super) fn diagnostics(&self, params: &CodeActionParams) -> Option<Vec<Diagnostic>> {
        let ours = diagnostics::diagnostic(self.snapshot, self.finding);
        let same = |theirs: &&Diagnostic| {
            theirs.code == ours.code && theirs.range == ours.range && theirs.source == ours.source
        };
        let found: Vec<Diagnostic> = params.context.diagnostics.iter().filter(same).cloned().collect();
        (!found.is_empty()).then_some(found)
    }

    /// The first draft that does what the task says, judged by a fresh review of the changed record.
    pub(super) fn draft(&self, task: &Task) -> Result<Option<Draft>, Stopped> {
        let page = Page::new(self.snapshot.text(), &self.analysis.reading.record);
        for draft in self.drafts(task, &page) {
            let after = guarded(|| self.snapshot.analyse(&draft.apply(self.snapshot.text())))?;
            let new = draft
                .file
                .as_ref()
                .map(|file| guarded(|| self.snapshot.analyse(&file.text)));
            if self.is_done(task, &after, new.transpose()?.as_ref()) {
                return Ok(Some(draft));
            }
        }
        Ok(None)
    }

    /// What could be tried, the best first.
    fn drafts(&self, task: &Task, page: &Page) -> Vec<Draft> {
        let each = |changes: Vec<Change>| changes.into_iter().map(Draft::from).collect();
        match (task, self.engine(task)) {
            (Task::Accept, _) => each(accept::changes(self, page)),
            (Task::Silence, _) => each(silence::changes(self.finding, page)),
            (Task::Remove, _) => each(remove::changes(self.finding, page)),
            (Task::Question, _) => each(question::changes(self, page)),
            (Task::Alternative { .. }, Some(engine)) => each(alternative::changes(self, page, engine)),
            (Task::Split { .. }, Some(engine)) => each(split::changes(self, page, engine)),
            (Task::Successor { .. }, Some(engine)) => successor::draft(self, engine).into_iter().collect(),
            (Task::Supersede { .. }, Some(engine)) => supersede::draft(self, page, engine).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn is_done(&self, task: &Task, after: &Analysis, new: Option<&Analysis>) -> bool {
        let done = match (task, self.engine(task)) {
            (Task::Accept, _) => accept::is_done(self.finding, after),
            (Task::Silence, _) => silence::is_done(self.finding, after),
            (Task::Remove, _) => remove::is_done(self.analysis, after),
            (Task::Question, _) => question::is_done(self.finding, self.analysis, after),
            (Task::Alternative { .. }, Some(engine)) => alternative::is_done(engine, after),
            // These change what is decided, and say how.
            (Task::Split { .. }, Some(engine)) => {
                return split::is_done(self, engine, after) && self.brings_nothing(after);
            }
            (Task::Successor { .. }, Some(engine)) => {
                return successor::is_done(self, engine, after) && self.brings_nothing(after);
            }
            (Task::Supersede { .. }, Some(engine)) => {
                return new.is_some_and(|new| supersede::is_done(self, engine, after, new));
            }
            _ => false,
        };
        done && chosen(&self.analysis.reading) == chosen(&after.reading) && self.brings_nothing(after)
    }

    /// No warning that was not there before.
    fn brings_nothing(&self, after: &Analysis) -> bool {
        let loud = |analysis: &Analysis| -> BTreeSet<String> {
            let loud = analysis.findings.iter().filter(|finding| finding.is_loud());
            loud.map(|finding| finding.rule.clone()).collect()
        };
        loud(after).is_subset(&loud(self.analysis))
    }

    fn engine(&self, task: &Task) -> Option<EngineId> {
        match task {
            Task::Alternative { engine }
            | Task::Split { engine }
            | Task::Successor { engine }
            | Task::Supersede { engine } => self.snapshot.lens.engine_by_id(engine),
            Task::Accept | Task::Silence | Task::Remove | Task::Question | Task::Mend => None,
        }
    }

    /// The need that the finding rests on.
    pub(super) fn need(&self) -> Option<&Requirement> {
        let evidence = self.finding.evidence.first()?;
        let mut needs = self.analysis.reading.requirements.iter();
        needs.find(|need| need.span == *evidence && Some(need.signal) == self.finding.signal)
    }
}
