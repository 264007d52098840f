//! A path → what a conversation is about: a record, or a folder of records, with the records beside it.

use std::path::{Path, PathBuf};

use super::Reach;
use super::batch::{Outcome, read_all};
use super::discover::discover_within;
use crate::conversation::{Document, Neighbour};
use crate::lens::Lens;
use crate::syntax::Language;
use crate::text::{Source, decode};

/// A record from a file or a pipe.
pub struct Talk {
    /// As answers write it.
    pub path: String,
    /// None for a folder.
    pub source: Option<Source>,
    pub language: Language,
    /// Where the records beside it are; none for a text from a pipe.
    pub folder: Option<PathBuf>,
}

impl Talk {
    /// A record of these bytes.
    pub fn of_bytes(path: String, bytes: Vec<u8>, language: Language) -> Result<Talk, String> {
        let text = decode(bytes).map_err(|error| format!("{path}: {error}"))?;
        Ok(Talk {
            path,
            source: Some(Source::new(text.text)),
            language,
            folder: None,
        })
    }

    /// A record or a folder on disk.
    pub fn of_path(path: &Path, shown: String) -> Result<Talk, String> {
        Talk::within(path, shown, &Reach::default())
    }

    /// The same, of what may be looked at.
    pub fn within(path: &Path, shown: String, reach: &Reach) -> Result<Talk, String> {
        if path.is_dir() {
            return Ok(Talk {
                path: shown,
                source: None,
                language: Language::Markdown,
                folder: Some(path.to_owned()),
            });
        }
        let bytes = reach.read(path).map_err(|error| format!("{shown}: {error}"))?;
        let extension = path.extension().and_then(|extension| extension.to_str());
        let language = extension.and_then(Language::of_extension).unwrap_or(Language::Markdown);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let mut talk = Talk::of_bytes(shown, bytes, language)?;
        talk.folder = Some(parent.unwrap_or(Path::new(".")).to_owned());
        Ok(talk)
    }

    pub fn document(&self) -> Option<Document<'_>> {
        Some(Document {
            path: &self.path,
            source: self.source.as_ref()?,
            language: self.language,
            earlier: None,
        })
    }
}

/// The records of a folder, as far as others want to know of them. What cannot be read, or may not, is left out. `shown` writes a path as answers do.
pub fn neighbours(folder: &Path, lens: &Lens, reach: &Reach, shown: impl Fn(&Path) -> String) -> Vec<Neighbour> {
    let Ok(found) = discover_within(&[folder.to_owned()], Path::new(""), reach) else {
        return Vec::new();
    };
    let outcomes = read_all(found, |_| lens.clone(), || {});
    let read = outcomes.into_iter().filter_map(|outcome| match outcome {
        Outcome::Done(read) => Some(read),
        Outcome::PassedOver { .. } | Outcome::Unreadable { .. } => None,
    });
    read.map(|read| {
        let path = shown(&read.path);
        let document = Document {
            path: &path,
            source: &read.source,
            language: read.reading.record.language,
            earlier: None,
        };
        Neighbour::of(document, &read.reading)
    })
    .collect()
}
