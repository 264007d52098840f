//! Where the questions of former talks are kept.

use std::path::{Path, PathBuf};

use rustyline::Editor;
use rustyline::history::DefaultHistory;

use super::complete::Questions;

/// `adr-lens/history` under the user's folder for state; none where there is no such folder.
pub(super) fn file() -> Option<PathBuf> {
    let named = |variable: &str| {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state = match cfg!(windows) {
        true => named("LOCALAPPDATA"),
        false => named("XDG_STATE_HOME").or_else(|| Some(std::env::home_dir()?.join(".local/state"))),
    };
    Some(state?.join("adr-lens").join("history"))
}

pub(super) fn save(editor: &mut Editor<Questions, DefaultHistory>, file: &Path) -> rustyline::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    editor.save_history(file)
}
