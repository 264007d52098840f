//! Folders upwards: where the nearest `adr-lens.toml` is, and how far what it extends may reach.

use std::path::{Path, PathBuf};

/// The file by which a team bends the lens to its house.
pub const NAME: &str = "adr-lens.toml";

/// What marks the folder that holds a repository.
const REPOSITORIES: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

fn is_repository(folder: &Path) -> bool {
    REPOSITORIES.iter().any(|mark| folder.join(mark).exists())
}

/// The nearest file at or above a folder, not beyond its repository.
pub(super) fn above(folder: &Path, exists: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(NAME);
        if exists(&file) {
            return Some(file);
        }
        if is_repository(folder) {
            return None;
        }
    }
    None
}

/// The folder that nothing extended may lie outside of: the repository's; without one, the topmost that has an `adr-lens.toml`.
pub(super) fn workspace(folder: &Path) -> PathBuf {
    let mut topmost = folder;
    for ancestor in folder.ancestors() {
        if is_repository(ancestor) {
            return ancestor.to_owned();
        }
        if ancestor.join(NAME).is_file() {
            topmost = ancestor;
        }
    }
    topmost.to_owned()
}
