//! A folder with records, and the program run in it.

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A record that needs joins and decides for a store that has none.
pub const CONTRADICTION: &str = "\
# 1. Store for orders

## Status

Proposed

## Context

Reports need joins across the orders and customers tables.

## Decision

We will use Amazon DynamoDB.

## Consequences

The team learns to design keys.
";

/// A record whose store meets its needs.
pub const HARMONY: &str = "\
# 2. Store for invoices

## Status

Accepted

## Context

Reports need joins across the invoices and customers tables.

## Decision

We will use PostgreSQL.
";

pub struct Folder(TempDir);

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a temporary folder"));
        files
            .iter()
            .for_each(|(name, text)| folder.write(name, text.as_bytes()));
        folder
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a written file");
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("adr-lens").expect("the program");
        let output = command
            .current_dir(self.path())
            .args(arguments)
            .output()
            .expect("a run");
        Ran {
            status: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("JSON on standard output")
    }

    /// The rules of the findings that are not suppressed, loud ones only.
    pub fn loud_rules(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().expect("findings").iter();
        let loud = |finding: &&serde_json::Value| {
            finding["suppressed"].is_null()
                && ["error", "warning"].contains(&finding["severity"].as_str().unwrap_or(""))
        };
        findings
            .filter(loud)
            .map(|finding| finding["rule"].as_str().expect("a rule").to_owned())
            .collect()
    }
}
