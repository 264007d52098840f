//! The files of a lens → a lens, or every problem found in them, each with its place.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::DeserializeOwned;

use super::checklist::{self, Known};
use super::engine::{self, Raw};
use super::likeness::Likeness;
use super::{EngineId, Language, Lens, Likely, Names, SignalId, figure, language, questions, rule, schema};
use crate::quantity::{Quantities, QuantityWords};
use crate::text::{Encoding, LineIndex};

/// Something wrong in a lens file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    /// From 1; 0 when the problem has no line.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// What the files of a lens hold, before anything is looked up.
#[derive(Default)]
pub(super) struct Files {
    pub families: Vec<(String, schema::Family)>,
    pub engines: Vec<(String, schema::Engine)>,
    pub signals: Vec<(String, schema::Signal)>,
    pub rules: Vec<(String, schema::Rule)>,
    pub checklist: Vec<(String, checklist::schema::Group)>,
    pub checklist_words: checklist::schema::Words,
    pub sources: HashMap<String, schema::Source>,
    pub classes: BTreeMap<String, Vec<String>>,
    pub lists: BTreeMap<String, Vec<String>>,
    pub subjects: Vec<String>,
    pub design_groups: Vec<(String, Vec<String>)>,
    pub assertion: schema::Assertion,
    pub roles: schema::Roles,
    pub sections: schema::Sections,
    pub acceptance: schema::Acceptance,
    pub questions: questions::Table,
    pub references: schema::References,
    pub compatibility: schema::Compatibility,
    pub quantities: Option<QuantityWords>,
    pub likeness: schema::Likeness,
    pub problems: Vec<Problem>,
    texts: HashMap<String, String>,
}

impl Files {
    /// Reports a problem about `needle`, at the first line of the file that holds it.
    pub fn problem(&mut self, path: &str, needle: &str, message: String) {
        let line = self
            .texts
            .get(path)
            .and_then(|text| text.lines().position(|line| line.contains(needle)));
        self.problems.push(Problem {
            path: path.to_owned(),
            line: line.map_or(0, |line| line + 1),
            message,
        });
    }

    fn read(&mut self, path: &str, text: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !name.ends_with(".toml") {
            return;
        }
        self.texts.insert(path.to_owned(), text.to_owned());
        match (folder, name) {
            ("families", _) => self.parse(path, text, |files, family| {
                files.families.push((path.to_owned(), family))
            }),
            ("engines", _) => self.parse(path, text, |files, engine| {
                files.engines.push((path.to_owned(), engine))
            }),
            ("signals", _) => self.parse(path, text, |files, signal| {
                files.signals.push((path.to_owned(), signal))
            }),
            ("rules" | "rules/design", _) => {
                self.parse(path, text, |files, rule| files.rules.push((path.to_owned(), rule)))
            }
            ("checklist", _) => self.parse(path, text, |files, group| {
                files.checklist.push((path.to_owned(), group))
            }),
            ("sources", _) => {
                self.parse(path, text, |files, sources: HashMap<String, _>| {
                    files.sources.extend(sources)
                });
            }
            ("language", "assertion.toml") => self.parse(path, text, |files, table| files.assertion = table),
            ("language", "roles.toml") => self.parse(path, text, |files, table| files.roles = table),
            ("language", "sections.toml") => self.parse(path, text, |files, table| files.sections = table),
            ("language", "questions.toml") => self.parse(path, text, |files, table| files.questions = table),
            ("language", "likeness.toml") => self.parse(path, text, |files, table| files.likeness = table),
            ("language", "acceptance.toml") => self.parse(path, text, |files, table| files.acceptance = table),
            ("language", "references.toml") => self.parse(path, text, |files, table| files.references = table),
            ("language", "compatibility.toml") => {
                self.parse(path, text, |files, table| files.compatibility = table);
            }
            ("language", "lists.toml") => self.parse(path, text, |files, table: schema::Lists| {
                files.lists.extend(table.lists);
                files.subjects.extend(table.subjects);
            }),
            ("language", "checklist.toml") => self.parse(path, text, |files, words| files.checklist_words = words),
            ("language", _) if name.starts_with("words") => {
                self.parse(path, text, |files, words: schema::Words| {
                    files.classes.extend(words.classes)
                });
            }
            ("language", "quantities.toml") => self.parse(path, text, |files, words| files.quantities = Some(words)),
            _ => self.problem(path, "", "no file of a lens is called so".to_owned()),
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, path: &str, text: &str, keep: impl FnOnce(&mut Files, T)) {
        match toml::from_str(text) {
            Ok(value) => keep(self, value),
            Err(error) => {
                let line = error.span().map_or(0, |span| {
                    LineIndex::new(text).position(text, span.start, Encoding::Utf32).line as usize + 1
                });
                let message = error.message().to_owned();
                self.problems.push(Problem {
                    path: path.to_owned(),
                    line,
                    message,
                });
            }
        }
    }
}

/// Loads a lens from its files: pairs of a path inside the lens folder (with `/`) and the file's text.
pub fn load(files: &[(String, String)]) -> Result<Lens, Vec<Problem>> {
    load_trained(files, None)
}

/// The name of the file with the trained models of a lens, in the lens folder.
pub const LIKENESS: &str = "likeness.bin";

/// Loads a lens with the bytes of its [`LIKENESS`] file.
pub fn load_trained(files: &[(String, String)], likeness: Option<&[u8]>) -> Result<Lens, Vec<Problem>> {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort();
    let mut read = Files::default();
    for (path, text) in sorted {
        read.read(path, text);
    }
    let engine_ids: HashMap<String, EngineId> = read
        .engines
        .iter()
        .enumerate()
        .map(|(at, (_, engine))| (engine.id.clone(), EngineId(at as u16)))
        .collect();
    let signal_ids: HashMap<String, SignalId> = read
        .signals
        .iter()
        .enumerate()
        .map(|(at, (_, signal))| (signal.id.clone(), SignalId(at as u16)))
        .collect();
    let Raw { families, engines } = engine::resolve(&mut read, &engine_ids, &signal_ids);
    let rule::Designs { designs, groups } = rule::compile(&mut read, &engine_ids, &signal_ids);
    read.design_groups = groups;
    let names = Names::compile(&mut read);
    let groups = checklist::merge(&mut read);
    let language: Language = language::compile(&mut read, &groups);
    let quantities = quantities(&mut read);
    let figures = figure::compile(&mut read);
    let likeness = likeness.and_then(|bytes| likely(&mut read, bytes, &signal_ids));
    let known = Known {
        engines: &engines,
        engine_ids: &engine_ids,
        families: &families,
        signal_ids: &signal_ids,
    };
    let checklist = checklist::compile(&mut read, groups, &known);
    let Some(quantities) = quantities.filter(|_| read.problems.is_empty()) else {
        return Err(read.problems);
    };
    Ok(Lens {
        quantities,
        figures,
        likeness,
        designs,
        engines,
        families,
        signals: read.signals.into_iter().map(|(_, signal)| signal).collect(),
        rules: read.rules.into_iter().map(|(_, rule)| rule).collect(),
        checklist,
        sources: read.sources,
        names,
        language,
        engine_ids,
        signal_ids,
    })
}

fn likely(files: &mut Files, bytes: &[u8], signals: &HashMap<String, SignalId>) -> Option<Likely> {
    match Likeness::from_bytes(bytes) {
        Ok(model) => Some(Likely {
            signals: model.signals().map(|id| signals.get(id).copied()).collect(),
            model,
            bounds: files.likeness,
        }),
        Err(error) => {
            files.problem(LIKENESS, "", error.to_string());
            None
        }
    }
}

fn quantities(files: &mut Files) -> Option<Quantities> {
    const PATH: &str = "language/quantities.toml";
    let Some(words) = files.quantities.take() else {
        if !files.problems.iter().any(|problem| problem.path == PATH) {
            files.problem(PATH, "", "a lens needs this file".to_owned());
        }
        return None;
    };
    match Quantities::new(&words) {
        Ok(quantities) => Some(quantities),
        Err(error) => {
            files.problem(PATH, "", error.to_string());
            None
        }
    }
}
