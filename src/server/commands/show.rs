//! How a command's answer is shown to a person: in a message, or as a document of its own where the editor can open one. Nothing
//! here waits for the client.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{MessageType, ShowDocumentParams, Uri};

use crate::server::session::Session;

pub(super) fn message(session: &Arc<Session>, text: String) {
    let client = session.client.clone();
    tokio::spawn(async move { client.show_message(MessageType::INFO, text).await });
}

/// Opens a page in the browser, or in whatever the client has for it.
pub(super) fn page(session: &Arc<Session>, uri: Uri) {
    document(session, uri, true);
}

/// Opens a text as a file of its own, which the next text of this session under the same name replaces. A client that opens no
/// documents is told the first line.
pub(super) fn file(session: &Arc<Session>, name: &str, text: &str) {
    let shows = session.state().features.show_document;
    let written = shows.then(|| write(name, text)).and_then(Result::ok);
    match written.and_then(Uri::from_file_path) {
        Some(uri) => document(session, uri, false),
        None => message(session, text.lines().take(12).collect::<Vec<_>>().join("\n")),
    }
}

/// Into a folder of this process alone, which nobody else may read: a report can hold what a team keeps to itself.
fn write(name: &str, text: &str) -> std::io::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("adr-lens-{}", std::process::id()));
    match create(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        created => created?,
    }
    let path = folder.join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

#[cfg(unix)]
fn create(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)
}

fn document(session: &Arc<Session>, uri: Uri, external: bool) {
    let show = ShowDocumentParams {
        uri,
        external: Some(external),
        take_focus: Some(true),
        selection: None,
    };
    session.ask(|client| async move { client.show_document(show).await });
}
