//! `adrLens.openRule`, "Open the rule": its page, where the client can show one, else what the lens says of it in a message.

use std::str::FromStr;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Command, LSPAny, Uri};

use super::show;
use crate::pages;
use crate::review::Finding;
use crate::server::diagnostics::page;
use crate::server::session::Session;
use crate::server::state::Snapshot;

/// Arguments: the rule, and the URL of its page when there is one.
pub(in crate::server) const COMMAND: &str = "adrLens.openRule";

pub(in crate::server) fn command(finding: &Finding, snapshot: &Snapshot) -> Command {
    let url = page(finding, &snapshot.settings, &snapshot.lens);
    let rule = Value::from(finding.rule.as_str());
    Command {
        title: format!("Open the rule {}", finding.rule),
        command: COMMAND.to_owned(),
        arguments: Some(
            std::iter::once(rule)
                .chain(url.map(|url| Value::from(url.as_str())))
                .collect(),
        ),
    }
}

/// What the client is asked for is not waited for.
pub(super) fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let Some(rule) = super::text(arguments, 0) else {
        return Err(Error::invalid_params("the first argument is the id of a rule"));
    };
    let (lens, features) = {
        let state = session.state();
        (state.lens(), state.features.clone())
    };
    let Some(text) = pages::page(rule, &lens, None) else {
        return Err(Error::invalid_params(format!("no rule is called `{rule}`")));
    };
    let url = super::text(arguments, 1).and_then(|url| Uri::from_str(url).ok());
    match url {
        Some(uri) if features.show_document => show::page(session, uri),
        _ => show::message(session, text),
    }
    Ok(None)
}
