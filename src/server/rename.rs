//! A record gets another name or another number: its file is renamed, its title numbered anew, and every link and number that means it
//! follows. By `textDocument/rename` on a record's title or on a reference to it, and when the editor renames the file itself.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::convert;
use super::session::{Session, Stopped};
use super::shelf::Shelved;
use super::state::Snapshot;
use super::things::{self, What};
use crate::lens::Lens;
use crate::portfolio::{Card, Index, Meaning, file_number, path};
use crate::record::{Record, all_references};
use crate::text::{Encoding, Span};

/// The files whose renaming we want to be asked about.
pub(super) fn file_operations() -> WorkspaceFileOperationsServerCapabilities {
    let pattern = FileOperationPattern {
        glob: "**/*.{md,markdown,mdx,adoc,asciidoc,rst}".to_owned(),
        matches: Some(FileOperationPatternKind::File),
        options: None,
    };
    let filters = vec![FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern,
    }];
    WorkspaceFileOperationsServerCapabilities {
        will_rename: Some(FileOperationRegistrationOptions { filters }),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

/// What would be renamed: the record's number in its title, or its file by a reference to it.
pub(super) fn prepare(
    snapshot: &Snapshot,
    position: Position,
) -> std::result::Result<Option<PrepareRenameResponse>, Stopped> {
    Ok(
        target(snapshot, position)?.map(|(span, card)| PrepareRenameResponse::RangeWithPlaceholder {
            range: snapshot.range(span),
            placeholder: path::stem(&card.path).to_owned(),
        }),
    )
}

fn target(snapshot: &Snapshot, position: Position) -> std::result::Result<Option<(Span, Arc<Card>)>, Stopped> {
    // Only a file has a name here that can be changed.
    if convert::file_path(&snapshot.uri).is_none() {
        return Ok(None);
    }
    let analysis = snapshot.analysis()?;
    let thing = things::at(snapshot, &analysis, snapshot.offset(position));
    Ok(thing.and_then(|thing| match thing.what {
        What::Record(card) => Some((thing.span, card)),
        _ => None,
    }))
}

/// `name` is the new name of the file without its extension, or only its new number.
pub(super) fn rename(
    snapshot: &Snapshot,
    position: Position,
    name: &str,
) -> std::result::Result<Option<WorkspaceEdit>, Stopped> {
    let Some((_, card)) = target(snapshot, position)? else {
        return Ok(None);
    };
    let analysis = snapshot.analysis()?;
    let Some(place) = &analysis.place else { return Ok(None) };
    let to = renamed(&card, name).map_err(Stopped::Refused)?;
    if place.index.at(&to).is_some() {
        return Err(Stopped::Refused(format!(
            "there is a record {} already",
            path::file_name(&to)
        )));
    }
    let changes = changes(&place.index, &card, &to, Some(&place.card), &snapshot.lens);
    let edits = changes.iter().filter_map(|(card, changes)| {
        let open = card.path == place.card.path;
        document_edit(
            card,
            changes,
            open.then_some(snapshot.version),
            snapshot.features.encoding,
        )
    });
    let mut operations: Vec<DocumentChangeOperation> = edits.map(DocumentChangeOperation::Edit).collect();
    let uris = Uri::from_file_path(&*card.path).zip(Uri::from_file_path(&to));
    operations.extend(uris.map(|(old_uri, new_uri)| {
        DocumentChangeOperation::Op(ResourceOp::Rename(RenameFile {
            old_uri,
            new_uri,
            options: None,
            annotation_id: None,
        }))
    }));
    Ok(Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        ..WorkspaceEdit::default()
    }))
}

/// The path of a record under another name: a number alone takes the place of its number.
fn renamed(card: &Card, name: &str) -> std::result::Result<String, String> {
    let name = name.trim();
    let (stem, file) = (path::stem(&card.path), path::file_name(&card.path));
    let ending = file.get(stem.len()..).unwrap_or_default();
    let bare = name.strip_suffix(ending).unwrap_or(name);
    if bare.is_empty() || bare.contains(['/', '\\', '\n']) {
        return Err(format!("\u{201c}{name}\u{201d} is no name for a file"));
    }
    let stem = match (bare.parse::<u32>(), &card.numbered) {
        (Ok(number), Some(numbered)) => {
            let old = format!("{:0width$}", numbered.number, width = numbered.width);
            stem.replacen(&old, &format!("{number:0width$}", width = numbered.width), 1)
        }
        (Ok(number), None) => return Err(format!("this record's file has no number that {number} could replace")),
        (Err(_), _) => bare.to_owned(),
    };
    Ok(path::join(path::folder(&card.path), &format!("{stem}{ending}")))
}

type Changes = Vec<(Arc<Card>, Vec<(Span, String)>)>;

/// What has to be written anew where, when a record's file goes to another path. `own` is newer than its card in the index.
fn changes(index: &Index, card: &Arc<Card>, to: &str, own: Option<&Arc<Card>>, lens: &Lens) -> Changes {
    let newest = |held: &Arc<Card>| own.filter(|own| own.path == held.path).unwrap_or(held).clone();
    let numbers = number_change(card, to);
    let mut found = Changes::new();
    for held in index.cards() {
        let from = newest(held);
        let mut changes = link_changes(&from, card, to);
        if let Some((old, new)) = numbers {
            changes.extend(number_changes(index, &from, card, old, new, lens));
        }
        changes.sort_by_key(|(span, _)| *span);
        changes.dedup_by_key(|(span, _)| *span);
        if !changes.is_empty() {
            found.push((from, changes));
        }
    }
    found
}

fn number_change(card: &Card, to: &str) -> Option<(u32, u32)> {
    let new = file_number(path::stem(to))?.number;
    let old = card.numbered.as_ref()?.number;
    (old != new).then_some((old, new))
}

/// The targets of links to the record, and those of its own links when its folder changes.
fn link_changes(from: &Card, card: &Card, to: &str) -> Vec<(Span, String)> {
    let moves = from.path == card.path;
    let folder = path::folder(if moves { to } else { &from.path });
    let stays = path::folder(to) == path::folder(&card.path);
    let leads = from
        .leads
        .iter()
        .filter(|lead| lead.to == *card.path || moves && !stays);
    let change = |lead: &crate::portfolio::Leads| {
        let goal = if lead.to == *card.path { to } else { &lead.to };
        let span = from.target_span(lead.span)?;
        let written = path::relative(folder, goal).replace(' ', "%20");
        let dotted = from.words(span).starts_with("./") && !written.starts_with("..");
        Some((span, if dotted { format!("./{written}") } else { written }))
    };
    leads.filter_map(change).collect()
}

/// The number in the record's own title, and in every reference that means it.
fn number_changes(index: &Index, from: &Card, card: &Card, old: u32, new: u32, lens: &Lens) -> Vec<(Span, String)> {
    let written = |span: Span| digits(from, span, old).map(|span| (span, like(from.words(span), new)));
    let title = (from.path == card.path).then(|| from.title_number_span()).flatten();
    let mut changes: Vec<(Span, String)> = title.and_then(written).into_iter().collect();
    // Prose is read in full here: cards know only what matters to others.
    let holds = from.source.text.contains(&old.to_string());
    if holds {
        let record = Record::read(&from.source.text, from.language, lens);
        let references = all_references(&from.source.text, &record, lens);
        let meant = references.iter().filter(
            |reference| matches!(index.meaning(from, reference), Meaning::Record(found) if found.path == card.path),
        );
        changes.extend(meant.filter_map(|reference| {
            let target = from
                .target_span(reference.span)
                .map_or(reference.span.end, |target| target.start);
            written(Span::new(reference.span.start, target))
        }));
    }
    changes
}

/// The figures of a number in a span.
fn digits(card: &Card, span: Span, number: u32) -> Option<Span> {
    let text = card.words(span);
    let mut at = 0;
    while let Some(start) = text
        .get(at..)?
        .find(|c: char| c.is_ascii_digit())
        .map(|start| at + start)
    {
        let rest = text.get(start..)?;
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if rest.get(..length)?.parse() == Ok(number) {
            return Some(Span::new(span.start + start, span.start + start + length));
        }
        at = start + length;
    }
    None
}

/// A number with as many digits as another one was written with, where that began with a zero.
fn like(written: &str, number: u32) -> String {
    let width = if written.starts_with('0') { written.len() } else { 0 };
    format!("{number:0width$}")
}

fn document_edit(
    card: &Card,
    changes: &[(Span, String)],
    version: Option<i32>,
    encoding: Encoding,
) -> Option<TextDocumentEdit> {
    let edit = |(span, text): &(Span, String)| {
        OneOf::Left(TextEdit {
            range: convert::range(&card.source, *span, encoding),
            new_text: text.clone(),
        })
    };
    Some(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: Uri::from_file_path(&*card.path)?,
            version,
        },
        edits: changes.iter().map(edit).collect(),
    })
}

/// The edits that go with files the editor is about to rename.
pub(super) async fn will_rename(session: &Arc<Session>, files: Vec<FileRename>) -> Result<Option<WorkspaceEdit>> {
    let (library, features) = {
        let state = session.state();
        (state.library(), state.features.clone())
    };
    let encoding = features.encoding;
    let work = move || {
        let mut edits: Vec<TextDocumentEdit> = Vec::new();
        for file in files {
            let (Ok(old), Ok(new)) = (file.old_uri.parse::<Uri>(), file.new_uri.parse::<Uri>()) else {
                continue;
            };
            let to = super::state::path_of(&new);
            let Some(Shelved { card, index, lens }) = library.at(&super::state::path_of(&old)) else {
                continue;
            };
            let changes = changes(&index, &card, &to, None, &lens);
            edits.extend(
                changes
                    .iter()
                    .filter_map(|(card, changes)| document_edit(card, changes, None, encoding)),
            );
        }
        edits
    };
    let edits = session.on_thread(work).await?;
    let edit = match features.versioned_edits {
        true => WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(edits)),
            ..WorkspaceEdit::default()
        },
        false => WorkspaceEdit {
            changes: Some(edits.into_iter().map(plain).collect()),
            ..WorkspaceEdit::default()
        },
    };
    Ok(Some(edit))
}

fn plain(edit: TextDocumentEdit) -> (Uri, Vec<TextEdit>) {
    let edits = edit.edits.into_iter().map(|edit| match edit {
        OneOf::Left(edit) => edit,
        OneOf::Right(annotated) => annotated.text_edit,
    });
    (edit.text_document.uri, edits.collect())
}
