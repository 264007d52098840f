//! A lens from a folder on disk.

use std::path::{Path, PathBuf};

use crate::lens::{LIKENESS, Lens, Problem, load_trained};

/// Why a folder is no lens.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0}: no lens file (*.toml) in this folder")]
    Empty(PathBuf),
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Broken(Vec<Problem>),
}

/// No file of a lens is larger, in bytes.
const LARGEST: u64 = 4 << 20;

/// Loads the lens of a folder with the shape of `lenses/databases`.
pub fn load_lens(folder: &Path) -> Result<Lens, LensError> {
    let unreadable = |error| LensError::Unreadable(folder.to_owned(), error);
    let mut files = Vec::new();
    collect(folder, folder, &mut files).map_err(unreadable)?;
    if files.is_empty() {
        return Err(LensError::Empty(folder.to_owned()));
    }
    let path = folder.join(LIKENESS);
    let likeness = match size(&path) {
        Ok(()) => Some(std::fs::read(&path).map_err(unreadable)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(error)),
    };
    load_trained(&files, likeness.as_deref()).map_err(LensError::Broken)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let inside = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        // A lens is three levels deep: a link that leads back up cannot be followed for ever.
        if path.is_dir() && inside.matches('/').count() < 2 {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            size(&path)?;
            files.push((inside, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// An error when a file is too large for a part of a lens.
fn size(path: &Path) -> std::io::Result<()> {
    if std::fs::metadata(path)?.len() > LARGEST {
        let message = format!("{}: larger than {} MiB", path.display(), LARGEST >> 20);
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, message));
    }
    Ok(())
}
