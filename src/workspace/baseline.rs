//! A baseline: findings that were there when a team began, kept by rule and words so that edits elsewhere do not wake them.
//!
//! `{"schema": "adr-lens/baseline/1", "findings": [{"path", "rule", "fingerprint", "text"}]}`, paths relative to the file's folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::batch::Checked;
use super::configuration::{Known, absolute, relative};

const SCHEMA: &str = "adr-lens/baseline/1";

/// No baseline is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// One finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Entry {
    pub path: String,
    pub rule: String,
    pub fingerprint: String,
    /// The words it sits on, for people.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    schema: String,
    findings: Vec<Entry>,
}

/// The findings that are known, by record.
#[derive(Debug, Default)]
pub struct Baseline {
    path: PathBuf,
    folder: PathBuf,
    entries: BTreeSet<Entry>,
    known: BTreeMap<String, Known>,
}

impl Baseline {
    fn new(path: &Path, entries: BTreeSet<Entry>) -> Baseline {
        let path = absolute(path);
        let mut known: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for entry in &entries {
            let of_record = known.entry(entry.path.clone()).or_default();
            of_record.insert((entry.rule.clone(), entry.fingerprint.clone()));
        }
        Baseline {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            path,
            entries,
            known: known.into_iter().map(|(path, known)| (path, Arc::new(known))).collect(),
        }
    }

    /// Reads a baseline; what is wrong with it as a sentence.
    pub fn read(path: &Path) -> Result<Baseline, String> {
        let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "no such file; `adr-lens check --write-baseline` writes it".to_owned(),
            _ => error.to_string(),
        })?;
        if metadata.len() > LARGEST {
            return Err(format!("larger than {} MiB", LARGEST >> 20));
        }
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let wire: Wire = serde_json::from_slice(&bytes).map_err(|error| format!("no baseline: {error}"))?;
        if wire.schema != SCHEMA {
            return Err(format!("its schema is `{}`, not `{SCHEMA}`", wire.schema));
        }
        Ok(Baseline::new(path, wire.findings.into_iter().collect()))
    }

    /// What is reported now, known from now on. Silenced findings need no baseline, and locked rules take none.
    pub fn of_findings<'a>(path: &Path, checked: impl IntoIterator<Item = &'a Checked>) -> Baseline {
        let folder = absolute(path).parent().unwrap_or(Path::new("")).to_owned();
        let mut entries = BTreeSet::new();
        for record in checked {
            let inside = relative(&absolute(&record.path), &folder);
            let counts = record.findings.iter().filter(|finding| {
                (finding.suppressed.is_none() || finding.known) && record.lens.policy.locked(&finding.rule).is_none()
            });
            entries.extend(counts.map(|finding| Entry {
                path: inside.clone(),
                rule: finding.rule.clone(),
                fingerprint: finding.fingerprint.clone(),
                text: finding.span.of(&record.source.text).to_owned(),
            }));
        }
        Baseline::new(path, entries)
    }

    /// Writes it in place of the file that was there.
    pub fn write(&self) -> std::io::Result<()> {
        let wire = Wire {
            schema: SCHEMA.to_owned(),
            findings: self.entries.iter().cloned().collect(),
        };
        let mut text = serde_json::to_string_pretty(&wire)?;
        text.push('\n');
        std::fs::write(&self.path, text)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Marks of what is known of a record, by its whole path.
    pub fn of(&self, record: &Path) -> Known {
        let inside = relative(record, &self.folder);
        self.known.get(&inside).cloned().unwrap_or_default()
    }

    /// What is known and no longer found in the records that were looked at, or whose record is gone.
    pub fn resolved<'a>(&self, checked: impl IntoIterator<Item = &'a Checked>) -> Vec<Entry> {
        let mut looked_at: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for record in checked {
            let inside = relative(&absolute(&record.path), &self.folder);
            let marks = record.findings.iter().map(|finding| finding.fingerprint.as_str());
            looked_at.entry(inside).or_default().extend(marks);
        }
        let is_resolved = |entry: &&Entry| match looked_at.get(&entry.path) {
            Some(marks) => !marks.contains(entry.fingerprint.as_str()),
            None => !self.folder.join(&entry.path).exists(),
        };
        self.entries.iter().filter(is_resolved).cloned().collect()
    }
}
