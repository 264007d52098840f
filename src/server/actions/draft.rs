//! What an action would change: pieces of the record, and perhaps a new file beside it.

use tower_lsp::ls_types::*;

use crate::server::convert;
use crate::server::state::Snapshot;
use crate::text::Change;

/// A file that is not there yet.
#[derive(Debug, Clone)]
pub(super) struct NewFile {
    pub uri: Uri,
    pub text: String,
}

/// Changes that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub changes: Vec<Change>,
    pub file: Option<NewFile>,
}

impl From<Change> for Draft {
    fn from(change: Change) -> Draft {
        Draft {
            changes: vec![change],
            file: None,
        }
    }
}

impl Draft {
    /// The record with the changes made. Of two that overlap, the first in the text is made.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for change in self.ordered() {
            out.push_str(text.get(at..change.span.start).unwrap_or_default());
            out.push_str(&change.text);
            at = change.span.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    fn ordered(&self) -> Vec<&Change> {
        let mut changes: Vec<&Change> = self.changes.iter().collect();
        changes.sort_by_key(|change| change.span);
        let mut end = 0;
        changes.retain(|change| {
            let apart = change.span.start >= end;
            end = if apart { change.span.end } else { end };
            apart
        });
        changes
    }

    /// As the client takes it: for the version it was made from when the client can say so.
    pub fn edit(&self, snapshot: &Snapshot) -> WorkspaceEdit {
        let edit = |change: &Change| TextEdit {
            range: snapshot.range(change.span),
            new_text: change.text.clone(),
        };
        let edits: Vec<TextEdit> = self.ordered().into_iter().map(edit).collect();
        let uri = snapshot.uri.clone();
        let version = snapshot.features.versioned_edits.then_some(snapshot.version);
        let Some(file) = &self.file else {
            return convert::workspace_edit(uri, version, edits);
        };
        let own = DocumentChangeOperation::Edit(edit_of(uri, version, edits));
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(
                created(file).into_iter().chain([own]).collect(),
            )),
            ..WorkspaceEdit::default()
        }
    }
}

fn edit_of(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

/// The file, then its text: the protocol has no operation that does both.
fn created(file: &NewFile) -> [DocumentChangeOperation; 2] {
    let create = CreateFile {
        uri: file.uri.clone(),
        options: Some(CreateFileOptions {
            overwrite: Some(false),
            ignore_if_exists: Some(false),
        }),
        annotation_id: None,
    };
    let text = TextEdit {
        range: Range::default(),
        new_text: file.text.clone(),
    };
    [
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(edit_of(file.uri.clone(), None, vec![text])),
    ]
}
