//! A folder of example sentences on disk → the model of a lens.

use std::path::{Path, PathBuf};

use crate::lens::examples::Examples;
use crate::lens::likeness::{Example, Likeness, train};

/// Why a folder cannot be trained on.
#[derive(Debug, thiserror::Error)]
pub enum ExamplesError {
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Malformed(PathBuf, toml::de::Error),
    #[error("{0}: no examples (*.toml) in this folder")]
    Empty(PathBuf),
}

/// The examples of a folder, by signal: `<signal>.toml` each.
pub fn load_examples(folder: &Path) -> Result<Vec<Example>, ExamplesError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        |error| ExamplesError::Unreadable(path, error)
    };
    let entries = std::fs::read_dir(folder).map_err(unreadable(folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut examples = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        let read: Examples = toml::from_str(&text).map_err(|error| ExamplesError::Malformed(path.clone(), error))?;
        let signal = path.file_stem().unwrap_or_default().to_string_lossy();
        examples.extend(read.of(&signal));
    }
    match examples.is_empty() {
        true => Err(ExamplesError::Empty(folder.to_owned())),
        false => Ok(examples),
    }
}

/// Trains on the examples of a folder.
pub fn train_lens(examples: &Path) -> Result<Likeness, ExamplesError> {
    Ok(train(&load_examples(examples)?))
}
