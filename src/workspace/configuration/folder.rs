//! The files of a lens folder on disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{NAME, shown};
use crate::lens::{LIKENESS, Lens, Problem, SourceFile, Trained, load};

/// No file of a lens is larger, in bytes.
const LARGEST: u64 = 4 << 20;

/// Loads the lens of a folder with the shape of `lenses/databases`; any problem is in the way.
pub fn load_lens(folder: &Path) -> Result<Lens, Vec<Problem>> {
    let mut problems = Vec::new();
    let files = files(folder, &HashMap::new(), &mut problems);
    let trained = trained(folder, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    if files.is_empty() {
        let message = "no lens file (*.toml) in this folder".to_owned();
        return Err(vec![Problem::whole(&folder.to_string_lossy(), message)]);
    }
    load(files, trained)
}

/// The files of a lens folder. What cannot be read is left out and told.
/// `overlay` has the texts that an editor holds.
pub(super) fn files(folder: &Path, overlay: &HashMap<PathBuf, String>, problems: &mut Vec<Problem>) -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(folder, folder, overlay, &mut files, problems);
    files
}

fn collect(
    root: &Path,
    folder: &Path,
    overlay: &HashMap<PathBuf, String>,
    files: &mut Vec<SourceFile>,
    problems: &mut Vec<Problem>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return problems.push(Problem::whole(&shown(folder), error.to_string())),
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let inside = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        // A lens is three levels deep: a link that leads back up cannot be followed for ever.
        if path.is_dir() && inside.matches('/').count() < 2 {
            collect(root, &path, overlay, files, problems);
        } else if inside != NAME && path.extension().is_some_and(|extension| extension == "toml") {
            match overlay.get(&path).cloned().map_or_else(|| read(&path), Ok) {
                Ok(text) => files.push(SourceFile {
                    inside,
                    path: shown(&path),
                    text: text.into(),
                    parsed: None,
                }),
                Err(why) => problems.push(Problem::whole(&shown(&path), why)),
            }
        }
    }
}

/// The model of a lens folder; nothing where it was not trained. What cannot be read is left out and told.
pub(super) fn trained(folder: &Path, problems: &mut Vec<Problem>) -> Option<Trained> {
    let path = folder.join(LIKENESS);
    if !path.exists() {
        return None;
    }
    let name = shown(&path);
    match bytes(&path) {
        Ok(bytes) => Some(Trained {
            path: name,
            bytes: bytes.into(),
        }),
        Err(why) => {
            problems.push(Problem::whole(&name, why));
            None
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if metadata.len() > LARGEST {
        let size = metadata.len() >> 20;
        return Err(format!("{size} MiB; a file of a lens is at most {} MiB", LARGEST >> 20));
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

/// The text of a file of a lens, or why there is none.
pub(super) fn read(path: &Path) -> Result<String, String> {
    String::from_utf8(bytes(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("not valid UTF-8 at byte {at}")
    })
}
