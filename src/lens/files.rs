//! The files of a lens, in layers → a lens, and every problem found in them, each with its place.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::checklist::{self, Known};
use super::engine;
use super::likeness::{Likeness, Malformed};
use super::origin::{self, Origin};
use super::phrase::Phrase;
use super::source_file::{Put, SourceFile};
use super::{
    EngineId, Knowledge, Lens, Likely, Names, Problem, SignalId, figure, language, message, questions, rule, schema,
};
use crate::quantity::{Quantities, QuantityWords, WordsError};

/// What the files of a lens hold, before anything is looked up. What a later layer says of a name replaces what an earlier one said.
#[derive(Default)]
pub(super) struct Files {
    pub families: Vec<(Origin, schema::Family)>,
    pub engines: Vec<(Origin, schema::Engine)>,
    pub signals: Vec<(Origin, schema::Signal)>,
    pub rules: Vec<(Origin, schema::Rule)>,
    pub checklist: Vec<(Origin, checklist::schema::Group)>,
    pub checklist_words: Table<checklist::schema::Words>,
    pub sources: HashMap<String, schema::Source>,
    pub classes: BTreeMap<String, Vec<String>>,
    /// Lists of phrases that design rules name.
    pub lists: BTreeMap<String, Vec<Phrase>>,
    /// Words by which a record is about a design, and where they stand.
    pub subjects: Vec<(Origin, Phrase)>,
    pub design_groups: Vec<(Origin, Vec<Phrase>)>,
    pub assertion: Table<schema::Assertion>,
    pub roles: Table<schema::Roles>,
    pub sections: Table<schema::Sections>,
    pub acceptance: Table<schema::Acceptance>,
    pub questions: Table<questions::Table>,
    pub references: Table<schema::References>,
    pub compatibility: Table<schema::Compatibility>,
    pub quantities: Option<(Origin, QuantityWords)>,
    pub likeness: schema::Likeness,
    /// The model of the last layer that has one.
    pub trained: Option<Trained>,
    pub problems: Vec<Problem>,
    texts: Vec<Text>,
    /// The number of the layer that is being read.
    layer: usize,
    /// Ids of what could not be read: that they are unknown is no second problem.
    broken: HashSet<String>,
}

/// A table of the language and where it stands.
#[derive(Clone, Default)]
pub(super) struct Table<T> {
    pub origin: Origin,
    pub table: T,
}

impl<T> Table<T> {
    pub fn new(origin: Origin, table: T) -> Self {
        Table { origin, table }
    }
}

struct Text {
    path: String,
    text: Cow<'static, str>,
    layer: usize,
}

impl Files {
    /// Takes up a file's text; the part of it that is the whole.
    pub fn take_up(&mut self, path: &str, text: Cow<'static, str>) -> Origin {
        let origin = Origin {
            file: self.texts.len(),
            start: 0,
            end: text.len(),
        };
        self.texts.push(Text {
            path: path.to_owned(),
            text,
            layer: self.layer,
        });
        origin
    }

    /// What follows is a layer of its own.
    pub fn next_layer(&mut self) {
        self.layer += 1;
    }

    /// Reports a problem about `needle`, where it stands in a part of a file.
    pub fn problem(&mut self, origin: Origin, needle: &str, message: String) {
        if self.broken.contains(needle) {
            return;
        }
        let problem = match self.texts.get(origin.file) {
            Some(file) => match origin::find(&file.text, origin.start..origin.end, needle) {
                Some(bytes) if !needle.is_empty() => Problem::at(&file.path, &file.text, bytes, message),
                _ if origin.start > 0 => Problem::at(&file.path, &file.text, origin.start..origin.end, message),
                _ => Problem::whole(&file.path, message),
            },
            None => Problem::whole("", message),
        };
        self.problems.push(problem);
    }

    /// Keeps a name from being called unknown: what it stands for was reported as broken.
    pub fn forgive(&mut self, id: String) {
        self.broken.insert(id);
    }

    /// The file of an origin and the line it begins at.
    pub fn place(&self, origin: Origin) -> (String, usize) {
        self.texts.get(origin.file).map_or_else(Default::default, |file| {
            let line = Problem::at(&file.path, &file.text, origin.start..origin.end, String::new()).line;
            (file.path.clone(), line)
        })
    }

    /// Takes up a file, and puts what it says into its place.
    fn read(&mut self, file: SourceFile, put: Option<Put>) {
        let at = self.take_up(&file.path, file.text);
        match put {
            Some(put) => put(self, at),
            None => self.problem(at, "", "no file of a lens is called so".to_owned()),
        }
    }

    pub fn add_family(&mut self, origin: Origin, family: schema::Family) {
        let id = family.id.clone();
        let clash = put(&mut self.families, origin, family, |family| &family.id);
        self.clash(origin, clash, &id);
    }

    pub fn add_engine(&mut self, origin: Origin, engine: schema::Engine) {
        let id = engine.id.clone();
        let clash = put(&mut self.engines, origin, engine, |engine| &engine.id);
        self.clash(origin, clash, &id);
    }

    pub fn add_signal(&mut self, origin: Origin, signal: schema::Signal) {
        let id = signal.id.clone();
        let clash = put(&mut self.signals, origin, signal, |signal| &signal.id);
        self.clash(origin, clash, &id);
    }

    pub fn add_rule(&mut self, origin: Origin, rule: schema::Rule) {
        let id = rule.id.clone();
        let clash = put(&mut self.rules, origin, rule, |rule| &rule.id);
        self.clash(origin, clash, &id);
    }

    /// Within one layer a name stands for one thing.
    fn clash(&mut self, origin: Origin, replaced: Option<Origin>, id: &str) {
        let Some(replaced) = replaced else { return };
        let layer = |origin: Origin| self.texts.get(origin.file).map(|file| file.layer);
        if layer(replaced) == layer(origin) {
            let (path, line) = self.place(replaced);
            self.problem(origin, id, format!("`{id}` is defined already, in {path}:{line}"));
        }
    }

    /// Reports why a file says nothing. Its own name stays known, so that nothing that speaks of it is wrong as well.
    pub fn unreadable(&mut self, at: Origin, error: &toml::de::Error) {
        #[derive(serde::Deserialize)]
        struct Named {
            id: String,
        }
        let Some(file) = self.texts.get(at.file) else { return };
        let stem = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
        let id = toml::from_str::<Named>(&file.text).map(|named| named.id);
        let id = id.ok().or_else(|| stem.map(str::to_owned));
        let bytes = error.span().unwrap_or(0..0);
        let problem = Problem::at(&file.path, &file.text, bytes, message::plain(error.message()));
        self.problems.push(problem);
        self.broken.extend(id);
    }
}

/// The name of the file with the trained model of a lens, in the lens folder.
pub const LIKENESS: &str = "likeness.bin";

/// The bytes of the [`LIKENESS`] file of a lens folder.
#[derive(Debug, Clone)]
pub struct Trained {
    /// As a user would name it.
    pub path: String,
    pub bytes: Cow<'static, [u8]>,
}

/// Puts a thing in the place of the one of its name, or at the end; where the one it replaced was written.
fn put<T>(list: &mut Vec<(Origin, T)>, origin: Origin, thing: T, id: impl Fn(&T) -> &String) -> Option<Origin> {
    match list.iter_mut().find(|(_, held)| id(held) == id(&thing)) {
        Some(held) => Some(std::mem::replace(held, (origin, thing)).0),
        None => {
            list.push((origin, thing));
            None
        }
    }
}

/// Loads a lens from the files of one folder, and its model where it was trained. Any problem is in the way.
pub fn load(files: Vec<SourceFile>, trained: Option<Trained>) -> Result<Lens, Vec<Problem>> {
    let mut read = Files {
        trained,
        ..Files::default()
    };
    read_folder(&mut read, files);
    let Compiled {
        knowledge, problems, ..
    } = compile(read);
    match knowledge.filter(|_| problems.is_empty()) {
        Some(knowledge) => Ok(Lens::new(Arc::new(knowledge))),
        None => Err(problems),
    }
}

/// Reads the files of a folder: all at once, and puts what they say into place in the order of their places in it.
pub(super) fn read_folder(read: &mut Files, mut files: Vec<SourceFile>) {
    files.retain(SourceFile::is_toml);
    files.sort();
    let said: Vec<Option<Put>> = files.par_iter().map(SourceFile::said).collect();
    files
        .into_iter()
        .zip(said)
        .for_each(|(file, said)| read.read(file, said));
}

/// What came of compiling.
pub(super) struct Compiled {
    pub knowledge: Option<Knowledge>,
    pub problems: Vec<Problem>,
    /// Ids of what could not be read.
    pub broken: HashSet<String>,
}

/// Looks up, merges and compiles what was read. What is wrong is left out and told; without the tables of the language there is nothing.
pub(super) fn compile(mut read: Files) -> Compiled {
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
    let words = read.quantities.take();
    let mut quantities = None;
    let trained = read.trained.take();
    let mut model = None;
    // The words of quantities and the trained model are half of the work, and nothing else needs them.
    let (names, engine::Raw { families, engines }, designs, groups, language) = rayon::in_place_scope(|scope| {
        scope.spawn(|_| quantities = words.as_ref().map(|(origin, words)| (*origin, Quantities::new(words))));
        scope.spawn(|_| model = trained.as_ref().map(|trained| Likeness::from_bytes(&trained.bytes)));
        let raw = engine::resolve(&mut read, &engine_ids, &signal_ids);
        let rule::Designs { designs, groups } = rule::compile(&mut read, &engine_ids, &signal_ids);
        read.design_groups = groups;
        let names = Names::compile(&mut read);
        let groups = checklist::merge(&mut read);
        let language = language::compile(&mut read, &groups);
        (names, raw, designs, groups, language)
    });
    let figures = figure::compile(&mut read);
    let quantities = sound(&mut read, quantities);
    let likeness = trained
        .zip(model)
        .and_then(|(trained, model)| likely(&mut read, &trained.path, model, &signal_ids));
    let known = Known {
        engines: &engines,
        engine_ids: &engine_ids,
        families: &families,
        signal_ids: &signal_ids,
    };
    let checklist = checklist::compile(&mut read, groups, &known);
    // An engine that others inherit from is looked at once for each.
    let mut problems: Vec<Problem> = Vec::new();
    for problem in read.problems {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    let Some(quantities) = quantities else {
        return Compiled {
            knowledge: None,
            problems,
            broken: read.broken,
        };
    };
    let knowledge = Knowledge {
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
    };
    Compiled {
        knowledge: Some(knowledge),
        problems,
        broken: read.broken,
    }
}

/// Signals that the lens does not have are never met.
fn likely(
    files: &mut Files,
    path: &str,
    model: Result<Likeness, Malformed>,
    signals: &HashMap<String, SignalId>,
) -> Option<Likely> {
    match model {
        Ok(model) => Some(Likely {
            signals: model.signals().map(|id| signals.get(id).copied()).collect(),
            model,
            bounds: files.likeness,
        }),
        Err(error) => {
            files.problems.push(Problem::whole(path, error.to_string()));
            None
        }
    }
}

/// The words of quantities, where they were read and can be used.
fn sound(files: &mut Files, compiled: Option<(Origin, Result<Quantities, WordsError>)>) -> Option<Quantities> {
    match compiled {
        Some((_, Ok(quantities))) => Some(quantities),
        Some((origin, Err(error))) => {
            files.problem(origin, "", error.to_string());
            None
        }
        None => {
            if files.problems.is_empty() {
                let message = "the lens has no `language/quantities.toml`, which a lens that stands alone needs";
                let path = files.texts.last().map(|file| file.path.clone()).unwrap_or_default();
                files.problems.push(Problem::whole(&path, message.to_owned()));
            }
            None
        }
    }
}
