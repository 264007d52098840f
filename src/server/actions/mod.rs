//! A range → what can be done about the findings in it: accept a cost, name an alternative, split the choice, put a successor in its
//! place, draft a record that supersedes this one, ask what is left open, silence with a reason, read the rule; and slips to mend.
//!
//! An edit is worked out as text and held against a fresh review of the changed record: an action that would not do what it says is
//! not offered; when the client asks for edits only once one is chosen, it is refused there.

mod accept;
mod alternative;
mod case;
mod draft;
mod mend;
mod question;
mod remove;
mod silence;
mod split;
mod successor;
mod supersede;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::*;

use super::analysis::{Analysis, guarded};
use super::diagnostics::is_shown;
use super::session::{Cancelled, Stopped};
use super::state::Snapshot;
use crate::amend::Page;
use crate::lens::EngineId;
use crate::reading::{Reading, Role};
use crate::review::Finding;
use crate::text::{Change, Span};
use draft::Draft;

/// What an action does to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum Task {
    Accept,
    Silence,
    Remove,
    /// By the engine's id, which outlives the lens it was read from; so the others.
    Alternative {
        engine: String,
    },
    Question,
    Split {
        engine: String,
    },
    Successor {
        engine: String,
    },
    Supersede {
        engine: String,
    },
    /// Everything that has one right answer.
    Mend,
}

/// The kinds of actions there are.
pub(super) const KINDS: [CodeActionKind; 4] = [
    CodeActionKind::QUICKFIX,
    CodeActionKind::REFACTOR,
    CodeActionKind::REFACTOR_REWRITE,
    FIX_ALL,
];

/// Everything that can be mended without a thought, in the name that editors run on save.
const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.adr-lens");

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
    // What matters most is offered first.
    let mut here: Vec<&Finding> = here.collect();
    here.sort_by_key(|finding| Reverse(finding.severity));
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
    let mut offered = Vec::new();
    for action in edits {
        add(&mut offered, action);
    }
    offered.extend(mends(snapshot, &analysis, params, wanted)?);
    for reading in readings {
        add(&mut offered, reading);
    }
    Ok(offered)
}

/// Two findings at the same words may have the same way out, such as one engine that meets both needs: it is offered once, for both.
fn add(offered: &mut Vec<CodeActionOrCommand>, action: CodeActionOrCommand) {
    let same = offered.iter_mut().find(|other| does_the_same(other, &action));
    match (same, action) {
        (Some(CodeActionOrCommand::CodeAction(known)), CodeActionOrCommand::CodeAction(action)) => {
            if let Some(more) = action.diagnostics {
                known.diagnostics.get_or_insert_default().extend(more);
            }
        }
        (Some(_), _) => {}
        (None, action) => offered.push(action),
    }
}

fn does_the_same(one: &CodeActionOrCommand, other: &CodeActionOrCommand) -> bool {
    match (one, other) {
        (CodeActionOrCommand::CodeAction(one), CodeActionOrCommand::CodeAction(other)) => {
            let task = |action: &CodeAction| ticket(action).map(|ticket| ticket.task);
            // Each comment is removed by an action of its own.
            let is_same = task(one) == task(other) && task(one) != Some(Task::Remove);
            one.title == other.title && is_same && one.edit == other.edit && one.command == other.command
        }
        (CodeActionOrCommand::Command(one), CodeActionOrCommand::Command(other)) => one == other,
        _ => false,
    }
}

/// What is mended here, and, where that is asked for, everywhere.
fn mends(
    snapshot: &Snapshot,
    analysis: &Analysis,
    params: &CodeActionParams,
    wanted: Span,
) -> Result<Vec<CodeActionOrCommand>, Stopped> {
    let mut actions = Vec::new();
    if !snapshot.features.action_literals {
        return Ok(actions);
    }
    if is_asked(&CodeActionKind::QUICKFIX, &params.context) {
        let here = mend::mends(snapshot, analysis).into_iter();
        let here = here.filter(|mend| mend.place.start <= wanted.end && wanted.start <= mend.place.end);
        actions.extend(here.map(|mend| {
            let case = mend.finding.map(|finding| Case {
                snapshot,
                analysis,
                finding,
            });
            let action = CodeAction {
                title: mend.title(snapshot),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: case.and_then(|case| case.diagnostics(params)),
                edit: Some(Draft::from(mend.change).edit(snapshot)),
                is_preferred: Some(true),
                ..CodeAction::default()
            };
            action.into()
        }));
    }
    // Only to those that ask: in a list of actions for one place, what mends the whole record is out of place.
    let asks = params.context.only.is_some() && is_asked(&FIX_ALL, &params.context);
    if let Some(draft) = mend::all(snapshot, analysis).filter(|_| asks) {
        let mut action = CodeAction {
            title: "Mend all that has one right answer".to_owned(),
            kind: Some(FIX_ALL),
            ..CodeAction::default()
        };
        if snapshot.features.resolves_edits {
            let ticket = Ticket {
                uri: snapshot.uri.clone(),
                rule: String::new(),
                fingerprint: String::new(),
                task: Task::Mend,
            };
            action.data = serde_json::to_value(ticket).ok();
        } else {
            action.edit = Some(draft.edit(snapshot));
        }
        actions.push(action.into());
    }
    Ok(actions)
}

/// Works out the edit of an action that was chosen.
pub(super) fn resolve(snapshot: &Snapshot, action: CodeAction) -> Result<CodeAction, Stopped> {
    let Some(ticket) = ticket(&action) else {
        return Ok(action);
    };
    let analysis = snapshot.analysis()?;
    if ticket.task == Task::Mend {
        let draft =
            mend::all(snapshot, &analysis).ok_or_else(|| Stopped::Refused("nothing is left to mend".to_owned()))?;
        return Ok(CodeAction {
            edit: Some(draft.edit(snapshot)),
            ..action
        });
    }
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
    match case.draft(&ticket.task)? {
        Some(draft) => Ok(CodeAction {
            edit: Some(draft.edit(snapshot)),
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

fn chosen(reading: &Reading) -> BTreeSet<EngineId> {
    reading.with_role(Role::Chosen).map(|choice| choice.engine).collect()
}

/// Whether the findings of a finding's rule, of which there are still some, are all as wanted.
fn each_of_its_rule(finding: &Finding, after: &Analysis, wanted: impl Fn(&Finding) -> bool) -> bool {
    let mut same = after
        .findings
        .iter()
        .filter(|other| other.rule == finding.rule)
        .peekable();
    same.peek().is_some() && same.all(wanted)
}
