//! A file of a lens folder → what it says, told from its place in the folder.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::DeserializeOwned;

use super::files::{Files, Table};
use super::origin::Origin;
use super::schema;

/// A file of a lens folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its place inside the folder, with `/`: `engines/oracle.toml`.
    pub inside: String,
    /// As a user would name it.
    pub path: String,
    pub text: Cow<'static, str>,
    /// What the text says, as MessagePack, where that is known.
    pub parsed: Option<&'static [u8]>,
}

/// Puts what a file says into its place among what others say.
pub(super) type Put = Box<dyn FnOnce(&mut Files, Origin) + Send>;

impl SourceFile {
    pub(super) fn is_toml(&self) -> bool {
        self.inside.ends_with(".toml")
    }

    /// What it says; nothing when no file of a lens is called so.
    pub(super) fn said(&self) -> Option<Put> {
        let (folder, name) = self.inside.rsplit_once('/').unwrap_or(("", &self.inside));
        Some(match (folder, name) {
            ("families", _) => self.parse(Files::add_family),
            ("engines", _) => self.parse(Files::add_engine),
            ("signals", _) => self.parse(Files::add_signal),
            ("rules" | "rules/design", _) => self.parse(Files::add_rule),
            ("sources", _) => self.parse(|files, _, sources: HashMap<String, _>| files.sources.extend(sources)),
            ("checklist", _) => self.parse(|files, at, group| files.checklist.push((at, group))),
            ("language", "assertion.toml") => self.parse(|files, at, table| files.assertion = Table::new(at, table)),
            ("language", "roles.toml") => self.parse(|files, at, table| files.roles = Table::new(at, table)),
            ("language", "sections.toml") => self.parse(|files, at, table| files.sections = Table::new(at, table)),
            ("language", "acceptance.toml") => self.parse(|files, at, table| files.acceptance = Table::new(at, table)),
            ("language", "questions.toml") => self.parse(|files, at, table| files.questions = Table::new(at, table)),
            ("language", "references.toml") => self.parse(|files, at, table| files.references = Table::new(at, table)),
            ("language", "compatibility.toml") => {
                self.parse(|files, at, table| files.compatibility = Table::new(at, table))
            }
            ("language", "checklist.toml") => {
                self.parse(|files, at, table| files.checklist_words = Table::new(at, table))
            }
            ("language", "likeness.toml") => self.parse(|files, _, table| files.likeness = table),
            ("language", "lists.toml") => self.parse(|files, at, table: schema::Lists| {
                files.lists.extend(table.lists);
                files
                    .subjects
                    .extend(table.subjects.into_iter().map(|subject| (at, subject)));
            }),
            ("language", "quantities.toml") => self.parse(|files, at, words| files.quantities = Some((at, words))),
            ("language", _) if name.starts_with("words") => {
                self.parse(|files, _, words: schema::Words| files.classes.extend(words.classes))
            }
            _ => return None,
        })
    }

    fn parse<T: DeserializeOwned + Send + 'static>(
        &self,
        put: impl FnOnce(&mut Files, Origin, T) + Send + 'static,
    ) -> Put {
        // What does not fit is parsed from its text, so that the problem has a place.
        let parsed = self.parsed.and_then(|bytes| rmp_serde::from_slice(bytes).ok());
        match parsed.map_or_else(|| toml::from_str(&self.text), Ok) {
            Ok(value) => Box::new(move |files, at| put(files, at, value)),
            Err(error) => Box::new(move |files, at| files.unreadable(at, &error)),
        }
    }
}
