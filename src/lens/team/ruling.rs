//! What one layer rules: settings, locks and lists of engines, each with its place, in the order in which later ones win.

use globset::{GlobBuilder, GlobMatcher};

use super::pattern::Pattern;
use super::policy::StandingKind;
use super::schema::{Engines, Setting};
use crate::lens::EngineId;

/// Where something was set: a file and a line, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// How loud a rule, or a form of rules, is.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub pattern: Pattern,
    pub setting: Setting,
    pub place: Place,
}

/// What a list says of one engine.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub engine: EngineId,
    pub kind: StandingKind,
    pub reason: Option<String>,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(super) struct Lock {
    pub pattern: Pattern,
    pub place: Place,
}

/// The top of a layer, or one of its overrides.
#[derive(Debug, Default)]
pub(super) struct Ruling {
    /// Where it holds; everywhere when there is none.
    pub paths: Option<Vec<GlobMatcher>>,
    /// The more exact name last.
    pub settings: Vec<Set>,
    pub engines: Vec<Listed>,
    pub locks: Vec<Lock>,
}

impl Ruling {
    /// Whether it holds for a record at a path relative to the folder of the `adr-lens.toml` in force.
    pub fn holds(&self, path: &str) -> bool {
        self.paths
            .as_ref()
            .is_none_or(|globs| globs.iter().any(|glob| glob.is_match(path)))
    }
}

/// A glob of paths; `*` stays within a folder.
pub(super) fn glob(written: &str) -> Result<GlobMatcher, String> {
    let written = written.strip_prefix("./").unwrap_or(written);
    match GlobBuilder::new(written).literal_separator(true).build() {
        Ok(glob) => Ok(glob.compile_matcher()),
        Err(error) => Err(format!("`{written}` is no glob: {}", error.kind())),
    }
}

/// The lists in the order of their weight, so that the strictest word on an engine comes last.
pub(super) fn lists(engines: &Engines) -> Vec<(StandingKind, &str, Option<&str>)> {
    let lists = [
        (StandingKind::Approved, &engines.approved),
        (StandingKind::Trial, &engines.trial),
        (StandingKind::Hold, &engines.hold),
        (StandingKind::Forbidden, &engines.forbidden),
    ];
    lists
        .into_iter()
        .flat_map(|(kind, listing)| {
            listing
                .entries()
                .into_iter()
                .map(move |(id, reason)| (kind, id, reason))
        })
        .collect()
}
