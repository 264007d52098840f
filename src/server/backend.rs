//! The protocol's methods, each handed to the file that does it.
//!
//! Two rules hold here. A notification changes the state before its handler first awaits, because handlers run concurrently and only
//! their first step runs in the order of the messages. No handler awaits the client.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::client::Features;
use super::session::Session;
use super::{
    actions, capabilities, commands, completion, conversation, convert, definition, folding, highlight, hints, hover,
    lens_file, lenses, links, matrix, publish, pull, references, reload, rename, selection, sweep, symbols, text,
    tokens, workspace_symbols,
};

pub(super) struct Backend {
    pub session: Arc<Session>,
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let features = Features::of(&params);
        let offered = capabilities::offered(&features);
        let roots = convert::roots(&params);
        self.session.watch_client(params.process_id);
        self.session.trace.set(params.trace.unwrap_or_default());
        let wrong = self
            .session
            .state()
            .begin(features, roots, params.initialization_options.as_ref());
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
        if lens_file::is_lens_file(&uri) {
            self.session
                .apply(|state| state.open_lens_file(uri.clone(), version, text));
            if !self.session.state().features.pulls_diagnostics {
                lens_file::publish(&self.session, uri);
            }
            return;
        }
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
        if lens_file::is_lens_file(&uri) {
            let changes = params.content_changes;
            self.session.apply(|state| {
                state.change_lens_file(&uri, version, changes);
            });
            if !self.session.state().features.pulls_diagnostics {
                lens_file::publish(&self.session, uri);
            }
            return;
        }
        self.session
            .apply(|state| state.change(&uri, version, params.content_changes));
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.session.reload.notify_one();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let was_lens = self.session.state().close_lens_file(&uri);
        if was_lens && !self.session.state().features.pulls_diagnostics {
            lens_file::clear(&self.session, uri.clone());
        }
        let (was_ours, pushes) = {
            let mut state = self.session.state();
            (state.close(&uri), !state.features.pulls_diagnostics)
        };
        if was_ours && pushes {
            sweep::closed(&self.session, uri);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let told = params.settings.as_object().is_some_and(|settings| !settings.is_empty());
        if told || !self.session.state().features.configuration {
            self.session.state().settings_told += 1;
            self.session.configure(&params.settings);
        } else {
            // Nothing but "something changed": such a client has to be asked.
            self.session.reload.notify_one();
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session.reload.notify_one();
        self.session.sweep.notify_one();
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let added = convert::folders(&params.event.added);
        let removed = convert::folders(&params.event.removed);
        self.session.state().change_roots(added, &removed);
        self.session.sweep.notify_one();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        pull::document(&self.session, params).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        pull::workspace(&self.session, params).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        if lens_file::is_lens_file(&text_document.uri) {
            let asked = move |snapshot: &lens_file::LensSnapshot| lens_file::hover(snapshot, position);
            return Ok(self.session.answer_of_lens(&text_document.uri, asked).await?.flatten());
        }
        let answer = self
            .session
            .answer(&text_document.uri, move |snapshot, _| hover::hover(snapshot, position));
        Ok(answer.await?.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let folder = self.session.state().lenses.base().folder().map(Path::to_owned);
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            definition::definition(snapshot, position, folder.as_deref())
        });
        Ok(answer.await?.flatten())
    }

    async fn goto_implementation(
        &self,
        params: request::GotoImplementationParams,
    ) -> Result<Option<request::GotoImplementationResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            definition::implementation(snapshot, position)
        });
        Ok(answer.await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        let declared = params.context.include_declaration;
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            references::references(snapshot, position, declared)
        });
        Ok(answer.await?.flatten())
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.session
            .answer(&params.text_document.uri, |snapshot, _| links::links(snapshot))
            .await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let position = params.position;
        let answer = self.session.answer(&params.text_document.uri, move |snapshot, _| {
            rename::prepare(snapshot, position)
        });
        Ok(answer.await?.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        let name = params.new_name;
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            rename::rename(snapshot, position, &name)
        });
        Ok(answer.await?.flatten())
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        rename::will_rename(&self.session, params.files).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        workspace_symbols::symbols(&self.session, params.query).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.session
            .answer(&params.text_document.uri, move |snapshot, _| {
                hints::hints(snapshot, range)
            })
            .await
    }

    async fn inlay_hint_resolve(&self, hint: InlayHint) -> Result<InlayHint> {
        let Some(uri) = hints::uri_of(&hint) else {
            return Ok(hint);
        };
        let asked = hint.clone();
        let answer = self
            .session
            .answer(&uri, move |snapshot, _| hints::resolve(snapshot, asked));
        Ok(answer.await?.unwrap_or(hint))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.session
            .answer(&params.text_document.uri, |snapshot, _| lenses::lenses(snapshot))
            .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        if lens_file::is_lens_file(&text_document.uri) {
            let asked = move |snapshot: &lens_file::LensSnapshot| lens_file::completion(snapshot, position);
            let answer = self.session.answer_of_lens(&text_document.uri, asked).await?;
            return Ok(answer.map(CompletionResponse::Array));
        }
        let records = self.session.state().records();
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            completion::complete(snapshot, &records, position)
        });
        Ok(answer.await?.flatten())
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let lens = self.session.state().lens();
        Ok(completion::resolve(&lens, item))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.session
            .answer(&params.text_document.uri, |snapshot, _| symbols::symbols(snapshot))
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.session
            .answer(&params.text_document.uri, |snapshot, _| folding::ranges(snapshot))
            .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let places = params.positions;
        self.session
            .answer(&params.text_document.uri, move |snapshot, _| {
                selection::ranges(snapshot, &places)
            })
            .await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let answer = self.session.answer(&text_document.uri, move |snapshot, _| {
            highlight::highlights(snapshot, position)
        });
        Ok(answer.await?.flatten())
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let answer = self.session.answer(&uri, |snapshot, _| tokens::tokens(snapshot, None));
        let Some(tokens) = answer.await? else { return Ok(None) };
        self.session.state().keep_tokens(&uri, Arc::new(tokens.clone()));
        Ok(Some(tokens.into()))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let uri = params.text_document.uri;
        let before = self.session.state().tokens(&uri, &params.previous_result_id);
        let answer = self.session.answer(&uri, |snapshot, _| tokens::tokens(snapshot, None));
        let Some(after) = answer.await? else { return Ok(None) };
        self.session.state().keep_tokens(&uri, Arc::new(after.clone()));
        Ok(Some(match before {
            Some(before) => tokens::delta(&before, after).into(),
            None => after.into(),
        }))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let answer = self.session.answer(&params.text_document.uri, move |snapshot, _| {
            tokens::tokens(snapshot, Some(range))
        });
        Ok(answer.await?.map(SemanticTokensRangeResult::from))
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
        commands::execute(&self.session, params).await
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

    pub async fn set_trace(&self, params: SetTraceParams) {
        self.session.trace.set(params.value);
    }

    pub async fn cancel(&self, params: WorkDoneProgressCancelParams) {
        self.session.cancel(&params.token);
    }

    pub async fn record(&self, params: TextDocumentIdentifier) -> Result<Option<LSPAny>> {
        self.session
            .answer(&params.uri, |snapshot, _| matrix::record(snapshot))
            .await
    }

    pub async fn checklist(&self, params: TextDocumentIdentifier) -> Result<Option<LSPAny>> {
        self.session
            .answer(&params.uri, |snapshot, _| Ok(commands::checklist::value(snapshot)))
            .await
    }

    pub async fn text(&self, params: TextDocumentIdentifier) -> Result<Option<text::Text>> {
        Ok(text::text(&self.session, &params))
    }
}
