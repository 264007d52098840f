//! Talks about open documents.
//!
//! `adrLens/conversation/create` takes `{"textDocument": {"uri": …}}` and gives `{"id": …}`; `adrLens/conversation/turn` takes
//! `{"id": …, "question": …, "width"?: …, "partialResultToken"?: …}` and gives an answer; `adrLens/conversation/destroy` takes `{"id": …}`. With a
//! token each part of the answer is sent through `$/progress` as it stands. Several talks go on at once, the turns of one in the order
//! they were asked; each is about the document as it is when the question arrives. The command `adrLens.ask` does the same for any
//! client: its arguments are a URI and a question, and it keeps one talk for each document.
//!
//! The answer is that of `adr-lens ask --format json`, with `text`, the same for people, and `edit`, the change that was said yes to.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    ExecuteCommandParams, LSPAny, ProgressToken, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::analysis::Before;
use super::outlet::Outlet;
use super::session::{Cancelled, Session, Stopped};
use super::state::Snapshot;
use super::{convert, progress};
use crate::conversation::{self, Answer, Document, Edit, Neighbour, Part, Subject};
use crate::report::{self, AnswerText, AnswerWire};
use crate::text::Span;
use crate::workspace::{Reach, neighbours};

pub(super) const CREATE: &str = "adrLens/conversation/create";
pub(super) const TURN: &str = "adrLens/conversation/turn";
pub(super) const DESTROY: &str = "adrLens/conversation/destroy";
pub(super) const COMMAND: &str = "adrLens.ask";

/// Columns that an answer for people is laid out for, unless told otherwise.
const WIDTH: usize = 100;
/// A client that reads no progress for so long is sent the answer without the rest of it.
const PATIENCE: Duration = Duration::from_secs(2);
/// More talks than this nobody holds: the oldest is forgotten.
const MOST: usize = 256;

/// The talks of a client.
#[derive(Default)]
pub(super) struct Talks {
    talks: HashMap<String, Talk>,
    next: u64,
}

#[derive(Clone)]
struct Talk {
    number: u64,
    uri: Uri,
    /// Held by the turn that is being answered; those behind it wait in the order they came.
    session: Arc<tokio::sync::Mutex<conversation::Session>>,
}

impl Talks {
    /// Begins a talk under a name, or under the next number.
    fn begin(&mut self, name: Option<String>, uri: Uri) -> String {
        if self.talks.len() >= MOST
            && let Some(oldest) = self
                .talks
                .iter()
                .min_by_key(|(_, talk)| talk.number)
                .map(|(id, _)| id.clone())
        {
            self.talks.remove(&oldest);
        }
        self.next += 1;
        let id = name.unwrap_or_else(|| self.next.to_string());
        let talk = Talk {
            number: self.next,
            uri,
            session: Arc::default(),
        };
        self.talks.insert(id.clone(), talk);
        id
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    text_document: TextDocumentIdentifier,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Turn {
    id: String,
    question: String,
    /// Columns that the answer for people is laid out for.
    width: Option<usize>,
    partial_result_token: Option<ProgressToken>,
}

/// A question, and how its answer is wanted.
struct Asked {
    question: String,
    width: usize,
    token: Option<ProgressToken>,
}

#[derive(Deserialize)]
pub(super) struct Destroy {
    id: String,
}

pub(super) fn create(session: &Arc<Session>, params: Create) -> Result<Value> {
    let uri = params.text_document.uri;
    let mut state = session.state();
    if state.snapshot(&uri).is_none() {
        return Err(not_open(&uri));
    }
    let id = state.talks.begin(None, uri);
    Ok(json!({ "id": id }))
}

pub(super) fn destroy(session: &Arc<Session>, params: &Destroy) -> Result<Value> {
    match session.state().talks.talks.remove(&params.id) {
        Some(_) => Ok(Value::Null),
        None => Err(no_talk(&params.id)),
    }
}

/// Answers a question. What is needed is taken from the state before anything is awaited.
pub(super) async fn turn(session: &Arc<Session>, params: Turn) -> Result<Value> {
    let (talk, snapshot) = {
        let state = session.state();
        let talk = state.talks.talks.get(&params.id).cloned();
        let talk = talk.ok_or_else(|| no_talk(&params.id))?;
        let snapshot = state.snapshot(&talk.uri).ok_or_else(|| not_open(&talk.uri))?;
        (talk, snapshot)
    };
    let asked = Asked {
        question: params.question,
        width: params.width.unwrap_or(WIDTH),
        token: params.partial_result_token,
    };
    let answer = answered(session, &talk, snapshot, asked).await?;
    Ok(answer.value)
}

/// `adrLens.ask`: the talk of a document goes on, or begins. A change that was said yes to is made in the editor.
pub(super) async fn execute(session: &Arc<Session>, params: &ExecuteCommandParams) -> Result<Option<LSPAny>> {
    let argument = |at: usize| params.arguments.get(at).and_then(Value::as_str);
    let (Some(uri), Some(question)) = (argument(0), argument(1)) else {
        return Err(Error::invalid_params(
            "the arguments are the URI of a document and a question",
        ));
    };
    let uri: Uri = uri
        .parse()
        .map_err(|_| Error::invalid_params(format!("`{uri}` is no URI")))?;
    let (talk, snapshot) = {
        let mut state = session.state();
        let snapshot = state.snapshot(&uri).ok_or_else(|| not_open(&uri))?;
        let id = format!("of {}", uri.as_str());
        if !state.talks.talks.contains_key(&id) {
            state.talks.begin(Some(id.clone()), uri.clone());
        }
        let talk = state.talks.talks.get(&id).cloned();
        (talk.ok_or_else(|| no_talk(&id))?, snapshot)
    };
    let asked = Asked {
        question: question.to_owned(),
        width: WIDTH,
        token: params.work_done_progress_params.work_done_token.clone(),
    };
    let answer = answered(session, &talk, snapshot, asked).await?;
    if let Some(edit) = answer.edit {
        session.ask(|client| async move { client.apply_edit(edit).await });
    }
    Ok(Some(answer.value))
}

struct Answered {
    value: Value,
    edit: Option<WorkspaceEdit>,
}

async fn answered(session: &Arc<Session>, talk: &Talk, snapshot: Snapshot, asked: Asked) -> Result<Answered> {
    let Asked { question, width, token } = asked;
    // Waiting turns are served in the order in which they came: handlers are first polled in the order of the messages.
    let mut memory = talk.session.clone().lock_owned().await;
    let (sender, parts) = unbounded_channel();
    let progress = token.map(|token| tokio::spawn(report_parts(session.outlet.clone(), token, parts)));
    let answer = session
        .work(snapshot, move |snapshot, cancelled| {
            respond(snapshot, cancelled, &mut memory, (&question, width), &mut |value| {
                // Nobody receives when there is no token.
                let _ = sender.send(value);
            })
        })
        .await?;
    if let Some(mut progress) = progress
        && tokio::time::timeout(PATIENCE, &mut progress).await.is_err()
    {
        // Behind the answer nobody expects a part of it.
        progress.abort();
    }
    Ok(answer)
}

fn respond(
    snapshot: &Snapshot,
    cancelled: &Cancelled,
    memory: &mut conversation::Session,
    (question, width): (&str, usize),
    send: &mut dyn FnMut(Value),
) -> std::result::Result<Answered, Stopped> {
    let file = convert::file_path(&snapshot.uri).map(|path| path.into_owned());
    let path = file
        .as_ref()
        .map_or_else(|| snapshot.uri.as_str().to_owned(), |file| shown(file));
    let before = snapshot.before();
    let document = Document {
        path: &path,
        source: &snapshot.source,
        language: snapshot.language,
        earlier: before.as_ref().map(Before::earlier),
    };
    let folder = file.as_deref().and_then(Path::parent).map(PathBuf::from);
    let beside = || beside(snapshot, document, folder.as_deref());
    let subject = Subject {
        lens: &snapshot.lens,
        as_of: snapshot.settings.date(),
        document: Some(document),
        neighbours: folder.is_some().then_some(&beside),
    };
    let mut text = AnswerText::new(&path, width);
    let answer = memory.turn_to(question, &subject, &mut |part: &Part| {
        if cancelled.check().is_err() {
            return ControlFlow::Break(());
        }
        send(json!({ "part": part, "text": text.part(part) }));
        ControlFlow::Continue(())
    });
    if answer.stopped {
        return Err(Stopped::Cancelled);
    }
    let edit = consented(snapshot, &answer);
    Ok(Answered {
        value: value(&answer, &path, width, edit.as_ref()),
        edit,
    })
}

fn value(answer: &Answer, path: &str, width: usize, edit: Option<&WorkspaceEdit>) -> Value {
    let mut value = serde_json::to_value(AnswerWire::new(path, answer)).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("text".to_owned(), report::answer_text(answer, path, width).into());
        fields.insert("edit".to_owned(), serde_json::to_value(edit).unwrap_or_default());
    }
    value
}

/// The change that was said yes to, for the version that was asked about.
fn consented(snapshot: &Snapshot, answer: &Answer) -> Option<WorkspaceEdit> {
    let into = |edit: &Edit| {
        let [start, end] = edit.span.bytes;
        TextEdit {
            range: snapshot.range(Span::new(start, end)),
            new_text: edit.text.clone(),
        }
    };
    let edits: Vec<TextEdit> = answer.edits.iter().filter(|edit| edit.consented).map(into).collect();
    let version = snapshot.features.versioned_edits.then_some(snapshot.version);
    (!edits.is_empty()).then(|| convert::workspace_edit(snapshot.uri.clone(), version, edits))
}

/// The records of the folder, this one as the editor shows it.
fn beside(snapshot: &Snapshot, document: Document<'_>, folder: Option<&Path>) -> Vec<Neighbour> {
    let Some(folder) = folder else { return Vec::new() };
    let mut records = neighbours(folder, &snapshot.lens, &Reach::default(), shown);
    records.retain(|record| record.path != document.path);
    if let Ok(analysis) = snapshot.analysis() {
        records.push(Neighbour::of(document, &analysis.reading));
    }
    records.sort_by(|a, b| a.path.cmp(&b.path));
    records
}

/// A path relative to the working directory where it lies below it.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    report::shown(path.strip_prefix(&here).unwrap_or(path))
}

async fn report_parts(outlet: Outlet, token: ProgressToken, mut parts: UnboundedReceiver<Value>) {
    while let Some(value) = parts.recv().await {
        progress::send(&outlet, &token, &value).await;
    }
}

fn not_open(uri: &Uri) -> Error {
    Error::invalid_params(format!("{} is not open, or is no record", uri.as_str()))
}

fn no_talk(id: &str) -> Error {
    Error::invalid_params(format!("there is no conversation `{id}`"))
}
