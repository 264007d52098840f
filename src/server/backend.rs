//! The protocol's methods, each handed to the file that does it.
//!
//! Two rules hold here. A notification changes the state before its handler first awaits, because handlers run concurrently and only
//! their first step runs in the order of the messages. No handler awaits the client.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::client::Features;
use super::session::Session;
use super::{actions, capabilities, conversation, convert, diagnostics, hints, hover, publish, reload, text};
use crate::server::actions::open_rule;

pub(super) struct Backend {
    pub session: Arc<Session>,
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let features = Features::of(&params);
        let offered = capabilities::offered(&features);
        let wrong = self
            .session
            .state()
            .begin(features, params.initialization_options.as_ref());
        wrong.into_iter().for_each(|sentence| self.session.warn(sentence));
        Ok(offered)
    }

    async fn initialized(&self, _: InitializedParams) {
        reload::register(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.state().shutdown = true;
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem {
            uri,
            language_id,
            version,
            text,
        } = params.text_document;
        let Some(language) = convert::language(&language_id, &uri) else {
            return;
        };
        let pushes = !self.session.state().features.pulls_diagnostics;
        let worker = pushes.then(|| publish::worker(&self.session, uri.clone()));
        self.session
            .apply(|state| state.open(uri, language, version, text, worker));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.session
            .apply(|state| state.change(&uri, version, params.content_changes));
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.session.reload.notify_one();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let (was_ours, pushes) = {
            let mut state = self.session.state();
            (state.close(&uri), !state.features.pulls_diagnostics)
        };
        if was_ours && pushes {
            publish::clear(&self.session, uri);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let told = params.settings.as_object().is_some_and(|settings| !settings.is_empty());
        if told || !self.session.state().features.configuration {
            self.session.configure(&params.settings);
        } else {
            // Nothing but "something changed": such a client has to be asked.
            self.session.reload.notify_one();
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session.reload.notify_one();
    }

    // Every document is answered for by itself; folders do not matter.
    async fn did_change_workspace_folders(&self, _: DidChangeWorkspaceFoldersParams) {}

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let answer = self.session.answer(&params.text_document.uri, move |snapshot, _| {
            Ok(diagnostics::report(diagnostics::all(snapshot)?, previous))
        });
        Ok(answer
            .await?
            .unwrap_or_else(|| diagnostics::report(Vec::new(), None))
            .into())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let answer = self
            .session
            .answer(&text_document.uri, move |snapshot, _| hover::hover(snapshot, position));
        Ok(answer.await?.flatten())
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.session
            .answer(&params.text_document.uri, move |snapshot, _| {
                hints::hints(snapshot, range)
            })
            .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.session
            .answer(&uri, move |snapshot, cancelled| {
                actions::offer(snapshot, &params, cancelled)
            })
            .await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(uri) = actions::uri_of(&action) else {
            return Ok(action);
        };
        let asked = action.clone();
        let answer = self
            .session
            .answer(&uri, move |snapshot, _| actions::resolve(snapshot, asked));
        Ok(answer.await?.unwrap_or(action))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        match params.command.as_str() {
            conversation::COMMAND => conversation::execute(&self.session, &params).await,
            _ => open_rule::execute(&self.session, &params),
        }
    }
}

impl Backend {
    pub async fn begin_conversation(&self, params: conversation::Create) -> Result<LSPAny> {
        conversation::create(&self.session, params)
    }

    pub async fn converse(&self, params: conversation::Turn) -> Result<LSPAny> {
        conversation::turn(&self.session, params).await
    }

    pub async fn end_conversation(&self, params: conversation::Destroy) -> Result<LSPAny> {
        conversation::destroy(&self.session, &params)
    }

    pub async fn text(&self, params: TextDocumentIdentifier) -> Result<Option<text::Text>> {
        Ok(text::text(&self.session, &params))
    }
}
