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
use crate::workspace::Base;

/// Reloads when woken; wake-ups during a reload make one more.
pub(super) async fn run(session: Arc<Session>) {
    let mut seen = session.state().lenses.base().folder().map(stamp);
    loop {
        session.reload.notified().await;
        session.state().stir();
        let lenses = session.state().lenses.clone();
        let now = lenses.base().folder().map(stamp);
        let base_changed = now != seen;
        seen = now;
        let work = move || match lenses.base().folder().filter(|_| base_changed) {
            Some(folder) => Base::of_folder(folder).map(|base| Change::Base(Box::new(base))),
            None => Ok(if lenses.refresh() {
                Change::Files
            } else {
                Change::Nothing
            }),
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(Change::Nothing)) => {}
            Ok(Ok(Change::Files)) => {
                session.state().replace_lenses(None);
                session.refresh();
            }
            Ok(Ok(Change::Base(base))) => {
                let lenses = session.state().lenses.with_base(*base);
                session.state().replace_lenses(Some(Arc::new(lenses)));
                session.refresh();
            }
            Ok(Err(problems)) => {
                let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
                session.warn(format!("the lens was not reloaded. {}", told.join("\n")));
            }
            Err(error) => session.log(error.to_string()),
        }
        configuration(&session).await;
    }
}

/// What has changed on disk.
enum Change {
    Nothing,
    /// An `adr-lens.toml`, or what it extends; the old one stays in force where the new one has errors only as far as these go.
    Files,
    /// The lens that was given in place of the built-in one; a broken one is reported, and the old one stays.
    Base(Box<Base>),
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

/// Asks for the client's settings, if it keeps them for servers to ask.
async fn configuration(session: &Arc<Session>) {
    if !session.state().features.configuration {
        return;
    }
    let item = ConfigurationItem {
        scope_uri: None,
        section: Some(SECTION.to_owned()),
    };
    let told = session.state().settings_told;
    let answer = tokio::time::timeout(session.patience, session.client.configuration(vec![item])).await;
    if session.state().settings_told != told {
        // What was told meanwhile may be newer than what was answered.
        session.reload.notify_one();
        return;
    }
    if let Ok(Ok(values)) = answer
        && let Some(value) = values.first()
    {
        session.configure(value);
    }
}

/// Records, and what says where they are.
const WATCHED: [&str; 3] = [
    "**/*.{md,markdown,mdx,mkd,adoc,asciidoc,asc,rst}",
    "**/.adr-dir",
    // Every lens file, and what it extends.
    "**/*.toml",
];

/// Asks to be told of changes, by the means that this client has.
pub(super) fn register(session: &Arc<Session>) {
    let (features, lenses) = {
        let state = session.state();
        (state.features.clone(), state.lenses.clone())
    };
    let mut wanted = Vec::new();
    if features.registers_configuration {
        wanted.push(registration(
            "workspace/didChangeConfiguration",
            Some(serde_json::json!({"section": SECTION})),
        ));
    }
    if features.registers_watchers {
        let lens = lenses
            .base()
            .folder()
            .map(|folder| format!("{}/**/*.toml", folder.display()));
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
