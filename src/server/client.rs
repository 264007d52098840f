//! What a client said it can do → what we may send it.

use tower_lsp::ls_types::{DiagnosticTag, InitializeParams, MarkupKind};

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
}

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
        let is = |flag: Option<bool>| flag == Some(true);
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
