//! `workspace/executeCommand`: what can be done with a record or with all of them, in any editor. The result is the command line's
//! JSON; what a person wants to read is shown as well, in a message or as a document.

pub(super) mod check;
pub(super) mod checklist;
pub(super) mod compare;
pub(super) mod open_rule;
pub(super) mod recommend;
pub(super) mod report;
mod show;

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny, Uri};

use super::conversation;
use super::session::Session;

/// Every command there is.
pub(super) const COMMANDS: [&str; 7] = [
    check::COMMAND,
    checklist::COMMAND,
    compare::COMMAND,
    conversation::COMMAND,
    open_rule::COMMAND,
    recommend::COMMAND,
    report::COMMAND,
];

pub(super) async fn execute(session: &Arc<Session>, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    let arguments = &params.arguments;
    match params.command.as_str() {
        check::COMMAND => check::execute(session, arguments).await,
        checklist::COMMAND => checklist::execute(session, arguments).await,
        compare::COMMAND => compare::execute(session, arguments).await,
        conversation::COMMAND => {
            let answer = conversation::execute(session, &params).await?;
            let text = answer
                .as_ref()
                .and_then(|answer| answer.get("text"))
                .and_then(Value::as_str);
            if let Some(text) = text {
                show::file(session, "answer.txt", text);
            }
            Ok(answer)
        }
        open_rule::COMMAND => open_rule::execute(session, arguments),
        recommend::COMMAND => recommend::execute(session, arguments).await,
        report::COMMAND => report::execute(session, arguments).await,
        other => Err(Error::invalid_params(format!("no command is called `{other}`"))),
    }
}

/// The document that the first argument names; none when there is no argument.
fn document(arguments: &[Value]) -> Result<Option<Uri>> {
    match arguments.first() {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match serde_json::from_value(value.clone()) {
            Ok(uri) => Ok(Some(uri)),
            Err(_) => Err(Error::invalid_params("the first argument is the URI of a record")),
        },
    }
}

fn text(arguments: &[Value], at: usize) -> Option<&str> {
    arguments.get(at).and_then(Value::as_str)
}

/// A report in JSON as a value.
fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}
