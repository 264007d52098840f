"""Clients that can do everything, in each way to count positions, and one that can do nothing."""

from lsprotocol import types

KINDS = types.MarkupKind


def everything(encoding: types.PositionEncodingKind, pulls: bool = True) -> types.ClientCapabilities:
    symbols = types.ClientSymbolKindOptions(value_set=list(types.SymbolKind))
    completion_item = types.ClientCompletionItemOptions(
        snippet_support=True,
        documentation_format=[KINDS.Markdown, KINDS.PlainText],
        resolve_support=types.ClientCompletionItemResolveOptions(properties=["documentation", "detail"]),
        label_details_support=True,
    )
    publish = types.PublishDiagnosticsClientCapabilities(
        related_information=True,
        version_support=True,
        code_description_support=True,
        data_support=True,
        tag_support=types.ClientDiagnosticsTagOptions(value_set=list(types.DiagnosticTag)),
    )
    hints = ["tooltip", "label.tooltip", "label.location", "label.command"]
    document = types.TextDocumentClientCapabilities(
        synchronization=types.TextDocumentSyncClientCapabilities(did_save=True),
        completion=types.CompletionClientCapabilities(completion_item=completion_item, context_support=True),
        hover=types.HoverClientCapabilities(content_format=[KINDS.Markdown, KINDS.PlainText]),
        document_symbol=types.DocumentSymbolClientCapabilities(symbol_kind=symbols, hierarchical_document_symbol_support=True),
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=types.ClientCodeActionLiteralOptions(
                code_action_kind=types.ClientCodeActionKindOptions(value_set=list(types.CodeActionKind))
            ),
            is_preferred_support=True,
            data_support=True,
            resolve_support=types.ClientCodeActionResolveOptions(properties=["edit"]),
        ),
        code_lens=types.CodeLensClientCapabilities(),
        inlay_hint=types.InlayHintClientCapabilities(resolve_support=types.ClientInlayHintResolveOptions(properties=hints)),
        folding_range=types.FoldingRangeClientCapabilities(range_limit=5000, line_folding_only=True),
        selection_range=types.SelectionRangeClientCapabilities(),
        document_highlight=types.DocumentHighlightClientCapabilities(),
        semantic_tokens=types.SemanticTokensClientCapabilities(
            requests=types.ClientSemanticTokensRequestOptions(
                range=True, full=types.ClientSemanticTokensRequestFullDelta(delta=True)
            ),
            token_types=[],
            token_modifiers=[],
            formats=[types.TokenFormat.Relative],
        ),
        publish_diagnostics=publish,
        diagnostic=types.DiagnosticClientCapabilities(related_document_support=True) if pulls else None,
    )
    workspace = types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=list(types.ResourceOperationKind)
        ),
        did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        configuration=True,
        workspace_folders=True,
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
        code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        semantic_tokens=types.SemanticTokensWorkspaceClientCapabilities(refresh_support=True),
    )
    window = types.WindowClientCapabilities(
        work_done_progress=True, show_document=types.ShowDocumentClientCapabilities(support=True)
    )
    general = types.GeneralClientCapabilities(position_encodings=[encoding, types.PositionEncodingKind.Utf16])
    return types.ClientCapabilities(workspace=workspace, text_document=document, window=window, general=general)


ENCODINGS = types.PositionEncodingKind

SHAPES = {
    "everything-utf-8": lambda: everything(ENCODINGS.Utf8),
    "everything-utf-16": lambda: everything(ENCODINGS.Utf16),
    "everything-utf-32": lambda: everything(ENCODINGS.Utf32),
    "everything-pushed": lambda: everything(ENCODINGS.Utf8, pulls=False),
    "nothing": types.ClientCapabilities,
}
