//! What may change while the server runs: the client's settings and a lens that came from a folder. Both are looked at again when
//! the client says something changed and on every save, since not every client watches files (Neovim on Linux does not by default).

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
};

use super::session::Session;
use super::settings::SECTION;
use crate::workspace::load_lens;

/// Reloads when woken; wake-ups during a reload make one more.
pub(super) async fn run(session: Arc<Session>) {
    let folder = session.state().lens_folder.clone();
    let mut seen = folder.as_deref().map(stamp);
    loop {
        session.reload.notified().await;
        session.state().stir();
        if let Some(folder) = folder.clone() {
            let now = stamp(&folder);
            if seen != Some(now) {
                seen = Some(now);
                lens(&session, folder).await;
            }
        }
        configuration(&session).await;
    }
}

/// Tells two states of a folder apart without reading its files: the newest change, the number and the size of its files.
fn stamp(folder: &Path) -> (Option<SystemTime>, usize, u64) {
    let mut stamp = (None, 0, 0);
    for entry in ignore::WalkBuilder::new(folder)
        .max_depth(Some(2))
        .standard_filters(false)
        .build()
        .flatten()
    {
        if let Ok(metadata) = entry.metadata() {
            stamp = (
                stamp.0.max(metadata.modified().ok()),
                stamp.1 + 1,
                stamp.2 + metadata.len(),
            );
        }
    }
    stamp
}

/// Loads the lens again; a broken one is reported, and the old one stays.
async fn lens(session: &Arc<Session>, folder: std::path::PathBuf) {
    match tokio::task::spawn_blocking(move || load_lens(&folder)).await {
        Ok(Ok(lens)) => {
            session.state().replace_lens(Arc::new(lens));
            session.refresh();
        }
        Ok(Err(error)) => session.warn(format!("the lens was not reloaded. {error}")),
        Err(error) => session.log(error.to_string()),
    }
}

/// Asks for the client's settings, if it keeps them for servers to ask.
async fn configuration(session: &Arc<Session>) {
    if !session.state().features.configuration {
        return;
    }
    let item = ConfigurationItem {
        scope_uri: None,
        section: Some(SECTION.to_owned()),
    };
    let answer = tokio::time::timeout(session.patience, session.client.configuration(vec![item])).await;
    if let Ok(Ok(values)) = answer
        && let Some(value) = values.first()
    {
        session.configure(value);
    }
}

/// Records, and what says where they are.
const WATCHED: [&str; 2] = [
    "**/*.{md,markdown,mdx,mkd,adoc,asciidoc,asc,rst}",
    "**/{.adr-dir,adr-lens.toml}",
];

/// Asks to be told of changes, by the means that this client has.
pub(super) fn register(session: &Arc<Session>) {
    let (features, folder) = {
        let state = session.state();
        (state.features.clone(), state.lens_folder.clone())
    };
    let mut wanted = Vec::new();
    if features.registers_configuration {
        wanted.push(registration(
            "workspace/didChangeConfiguration",
            Some(serde_json::json!({"section": SECTION})),
        ));
    }
    if features.registers_watchers {
        let lens = folder.map(|folder| format!("{}/**/*.toml", folder.display()));
        let watcher = |glob: String| FileSystemWatcher {
            glob_pattern: GlobPattern::String(glob),
            kind: None,
        };
        let watchers = WATCHED
            .map(str::to_owned)
            .into_iter()
            .chain(lens)
            .map(watcher)
            .collect();
        let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers });
        wanted.push(registration("workspace/didChangeWatchedFiles", options.ok()));
    }
    if !wanted.is_empty() {
        session.ask(|client| async move { client.register_capability(wanted).await });
    }
    session.reload.notify_one();
    // A client that asks does so at once by itself.
    if !features.pulls_diagnostics {
        session.sweep.notify_one();
    }
}

fn registration(method: &str, register_options: Option<serde_json::Value>) -> Registration {
    Registration {
        id: format!("adr-lens/{method}"),
        method: method.to_owned(),
        register_options,
    }
}
