//! What a client said it can do → what we may send it.

use tower_lsp::ls_types::{DiagnosticTag, InitializeParams, MarkupKind, ResourceOperationKind, SymbolKind};

use crate::text::Encoding;

/// Read once, when the session begins.
#[derive(Debug, Clone)]
pub(super) struct Features {
    /// How positions are counted on the wire.
    pub encoding: Encoding,
    /// The client asks for diagnostics; it is never sent any unasked.
    pub pulls_diagnostics: bool,
    pub related_information: bool,
    pub code_description: bool,
    pub diagnostic_data: bool,
    pub deprecated_tag: bool,
    pub hover_markdown: bool,
    /// Code actions may carry edits; without, only commands can be offered.
    pub action_literals: bool,
    /// The edit of a code action is asked for when it is chosen.
    pub resolves_edits: bool,
    /// An edit can name the version it is for.
    pub versioned_edits: bool,
    pub show_document: bool,
    pub configuration: bool,
    pub registers_configuration: bool,
    pub registers_watchers: bool,
    pub refreshes_diagnostics: bool,
    pub refreshes_hints: bool,
    pub refreshes_lenses: bool,
    pub refreshes_tokens: bool,
    /// Symbols may hold symbols.
    pub nested_symbols: bool,
    /// What an option is shown as: older clients do not know all kinds.
    pub option_symbol: SymbolKind,
    /// No more folding ranges are wanted.
    pub most_folds: usize,
    /// A hint may be made of parts, each with a tooltip and a place to go to.
    pub hint_parts: bool,
    /// What a hint says at length is asked for when it is pointed at.
    pub resolves_hints: bool,
    /// Documentation of a completion is asked for when it is looked at.
    pub resolves_completions: bool,
    /// An edit can make a file.
    pub creates_files: bool,
    /// Shows progress that the server begins.
    pub progress: bool,
    /// An edit can rename a file.
    pub renames_files: bool,
    /// Asks before it renames a file itself.
    pub tells_of_renames: bool,
}

/// The kinds of symbols that every client knows, by the protocol, end with this one.
const LAST_COMMON_SYMBOL: SymbolKind = SymbolKind::ARRAY;

impl Default for Features {
    fn default() -> Self {
        Features::of(&InitializeParams::default())
    }
}

impl Features {
    pub fn of(params: &InitializeParams) -> Features {
        let document = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let publish = document.and_then(|document| document.publish_diagnostics.as_ref());
        let action = document.and_then(|document| document.code_action.as_ref());
        let resolvable = action.and_then(|action| action.resolve_support.as_ref());
        let hover = document.and_then(|document| document.hover.as_ref());
        let formats = hover.and_then(|hover| hover.content_format.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let window = params.capabilities.window.as_ref();
        let symbols = document.and_then(|document| document.document_symbol.as_ref());
        let symbol_kinds = symbols
            .and_then(|symbols| symbols.symbol_kind.as_ref())
            .and_then(|kinds| kinds.value_set.as_ref());
        let folds = document.and_then(|document| document.folding_range.as_ref());
        let hint = document.and_then(|document| document.inlay_hint.as_ref());
        let hint_resolves = |wanted: &[&str]| {
            let resolvable = hint.and_then(|hint| hint.resolve_support.as_ref());
            resolvable.is_some_and(|can| {
                can.properties
                    .iter()
                    .any(|property| wanted.contains(&property.as_str()))
            })
        };
        let completion = document
            .and_then(|document| document.completion.as_ref())
            .and_then(|completion| completion.completion_item.as_ref());
        let completion_resolve = completion.and_then(|item| item.resolve_support.as_ref());
        let is = |flag: Option<bool>| flag == Some(true);
        // An operation on a file can stand nowhere but in `documentChanges`: a client that names one takes them, also where it does not
        // say so (Neovim).
        let operations = edits.and_then(|edits| edits.resource_operations.as_ref());
        let handles = |operation| operations.is_some_and(|known| known.contains(&operation));
        Features {
            encoding: encoding(params),
            pulls_diagnostics: document.is_some_and(|document| document.diagnostic.is_some()),
            related_information: is(publish.and_then(|publish| publish.related_information)),
            code_description: is(publish.and_then(|publish| publish.code_description_support)),
            diagnostic_data: is(publish.and_then(|publish| publish.data_support)),
            deprecated_tag: publish
                .and_then(|publish| publish.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::DEPRECATED)),
            hover_markdown: formats.and_then(|formats| formats.first()) == Some(&MarkupKind::Markdown),
            action_literals: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves_edits: is(action.and_then(|action| action.data_support))
                && resolvable.is_some_and(|support| support.properties.iter().any(|property| property == "edit")),
            versioned_edits: is(edits.and_then(|edits| edits.document_changes)),
            show_document: window
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            configuration: is(workspace.and_then(|workspace| workspace.configuration)),
            registers_configuration: is(workspace
                .and_then(|workspace| workspace.did_change_configuration)
                .and_then(|configuration| configuration.dynamic_registration)),
            registers_watchers: is(workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|watched| watched.dynamic_registration)),
            refreshes_diagnostics: is(workspace
                .and_then(|workspace| workspace.diagnostics.as_ref())
                .and_then(|diagnostics| diagnostics.refresh_support)),
            refreshes_hints: is(workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref())
                .and_then(|hints| hints.refresh_support)),
            refreshes_lenses: is(workspace
                .and_then(|workspace| workspace.code_lens.as_ref())
                .and_then(|lenses| lenses.refresh_support)),
            refreshes_tokens: is(workspace
                .and_then(|workspace| workspace.semantic_tokens.as_ref())
                .and_then(|tokens| tokens.refresh_support)),
            nested_symbols: is(symbols.and_then(|symbols| symbols.hierarchical_document_symbol_support)),
            option_symbol: match symbol_kinds {
                Some(known) if known.contains(&SymbolKind::ENUM_MEMBER) => SymbolKind::ENUM_MEMBER,
                _ => LAST_COMMON_SYMBOL,
            },
            most_folds: folds
                .and_then(|folds| folds.range_limit)
                .map_or(usize::MAX, |limit| limit as usize),
            hint_parts: hint_resolves(&["label.location", "label.tooltip", "label.command"]),
            resolves_hints: hint_resolves(&["tooltip"]),
            resolves_completions: completion_resolve
                .is_some_and(|can| can.properties.iter().any(|property| property == "documentation")),
            creates_files: handles(ResourceOperationKind::Create),
            progress: is(window.and_then(|window| window.work_done_progress)),
            renames_files: handles(ResourceOperationKind::Rename),
            tells_of_renames: is(workspace
                .and_then(|workspace| workspace.file_operations.as_ref())
                .and_then(|operations| operations.will_rename)),
        }
    }
}

/// UTF-8 when it is offered, else the first of the offer that we know, else UTF-16, which every client counts in.
fn encoding(params: &InitializeParams) -> Encoding {
    let general = params.capabilities.general.as_ref();
    let offered = general
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or_default();
    let known: Vec<Encoding> = offered
        .iter()
        .filter_map(|kind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        })
        .collect();
    if known.contains(&Encoding::Utf8) {
        return Encoding::Utf8;
    }
    known.first().copied().unwrap_or(Encoding::Utf16)
}
