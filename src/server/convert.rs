//! Our types ↔ the protocol's, at the edge: byte spans and ranges, severities, encodings, languages, edits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types::{
    DiagnosticSeverity, DocumentChanges, InitializeParams, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    PositionEncodingKind, Range, TextDocumentContentChangeEvent, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
    WorkspaceFolder,
};

use crate::lens::Severity;
use crate::syntax::Language;
use crate::text::{self, Edit, Encoding, Source, Span};

pub(super) fn position(source: &Source, offset: usize, encoding: Encoding) -> Position {
    let position = source.lines.position(&source.text, offset, encoding);
    Position {
        line: position.line,
        character: position.column,
    }
}

pub(super) fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    Range {
        start: position(source, span.start, encoding),
        end: position(source, span.end, encoding),
    }
}

/// The byte offset of a position; one that is out of range is clamped.
pub(super) fn offset(source: &Source, position: Position, encoding: Encoding) -> usize {
    source.lines.offset(&source.text, place(position), encoding)
}

pub(super) fn span(source: &Source, range: Range, encoding: Encoding) -> Span {
    Span::new(
        offset(source, range.start, encoding),
        offset(source, range.end, encoding),
    )
}

fn place(position: Position) -> text::Position {
    text::Position {
        line: position.line,
        column: position.character,
    }
}

pub(super) fn edits(changes: Vec<TextDocumentContentChangeEvent>) -> Vec<Edit> {
    let edit = |change: TextDocumentContentChangeEvent| Edit {
        range: change.range.map(|range| (place(range.start), place(range.end))),
        text: change.text,
    };
    changes.into_iter().map(edit).collect()
}

pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

pub(super) fn encoding(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// The path of a document that is a file of this machine. Nothing for one that was never saved or lies elsewhere: what its URI has for a
/// path is no place on this disk.
pub(super) fn file_path(uri: &Uri) -> Option<Cow<'_, Path>> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten()
}

/// The folders a session begins with.
pub(super) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    #[allow(deprecated)]
    let root = params.root_uri.as_ref().and_then(file_path);
    match &params.workspace_folders {
        Some(list) if !list.is_empty() => folders(list),
        _ => root.map(|root| root.into_owned()).into_iter().collect(),
    }
}

/// Those that lie on this machine.
pub(super) fn folders(list: &[WorkspaceFolder]) -> Vec<PathBuf> {
    list.iter()
        .filter_map(|folder| Some(file_path(&folder.uri)?.into_owned()))
        .collect()
}

/// The document language of a text: by the editor's name for it, which is often an extension too, else by its file's extension.
pub(super) fn language(id: &str, uri: &Uri) -> Option<Language> {
    let by_path = || Language::of_extension(uri.path().as_str().rsplit_once('.')?.1);
    Language::of_extension(id).or_else(by_path)
}

/// The edit of one document, for the version it was made from when the client can say so.
pub(super) fn workspace_edit(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if version.is_none() {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(uri, edits)])),
            ..WorkspaceEdit::default()
        };
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![edit])),
        ..WorkspaceEdit::default()
    }
}
