//! What the server offers, given what the client can do.

use tower_lsp::ls_types::*;

use super::actions::open_rule;
use super::client::Features;
use super::{conversation, convert};

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
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR]),
        resolve_provider: Some(features.resolves_edits),
        ..CodeActionOptions::default()
    };
    // Offered to clients that ask; the others are sent diagnostics. Never both, or each would be shown twice.
    let pulled = DiagnosticOptions {
        identifier: Some(super::NAME.to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: false,
        ..DiagnosticOptions::default()
    };
    let commands = ExecuteCommandOptions {
        commands: vec![open_rule::COMMAND.to_owned(), conversation::COMMAND.to_owned()],
        ..ExecuteCommandOptions::default()
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(convert::encoding(features.encoding)),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            inlay_hint_provider: Some(OneOf::Left(true)),
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
