//! What the server offers, given what the client can do.

use tower_lsp::ls_types::*;

use super::client::Features;
use super::{actions, commands, completion, convert, rename, tokens};

pub(super) fn offered(features: &Features) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
            include_text: Some(false),
        })),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(actions::KINDS.to_vec()),
        resolve_provider: Some(features.resolves_edits),
        ..CodeActionOptions::default()
    };
    // Offered to clients that ask; the others are sent diagnostics. Never both, or each would be shown twice.
    let pulled = DiagnosticOptions {
        identifier: Some(super::NAME.to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let commands = ExecuteCommandOptions {
        commands: commands::COMMANDS.map(str::to_owned).to_vec(),
        ..ExecuteCommandOptions::default()
    };
    let completion = CompletionOptions {
        resolve_provider: Some(true),
        trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    };
    let hints = InlayHintServerCapabilities::Options(InlayHintOptions {
        resolve_provider: Some(true),
        ..InlayHintOptions::default()
    });
    let tokens = SemanticTokensOptions {
        legend: tokens::legend(),
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    };
    let links = DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    let rename = RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    let workspace = WorkspaceServerCapabilities {
        workspace_folders: Some(WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        }),
        file_operations: features.tells_of_renames.then(rename::file_operations),
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(convert::encoding(features.encoding)),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            inlay_hint_provider: Some(OneOf::Right(hints)),
            code_lens_provider: Some(CodeLensOptions {
                resolve_provider: Some(false),
            }),
            completion_provider: Some(completion),
            document_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: Some(tokens.into()),
            definition_provider: Some(OneOf::Left(true)),
            implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
            references_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(links),
            rename_provider: features.renames_files.then_some(OneOf::Right(rename)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            workspace: Some(workspace),
            diagnostic_provider: features
                .pulls_diagnostics
                .then_some(DiagnosticServerCapabilities::Options(pulled)),
            execute_command_provider: Some(commands),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: super::NAME.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        offset_encoding: None,
    }
}
