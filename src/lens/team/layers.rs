//! Layers, the most general first → the lens they make together, what each rules, and every problem on the way.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::merge;
use super::parse::LensFile;
use super::pattern::Pattern;
use super::policy::{Policy, weight};
use super::ruling::{Listed, Lock, Place, Ruling, Set, glob, lists};
use super::schema::{Case, Engines, Settings};
use crate::lens::SourceFile;
use crate::lens::files::{Files, Trained, compile, read_folder};
use crate::lens::{Knowledge, Lens, Problem, Severity, nearest};

/// One lens among those that are extended, or the file that extends them.
#[derive(Default)]
pub struct Layer {
    /// As a user would name it.
    pub name: String,
    /// The files of a folder.
    pub files: Vec<SourceFile>,
    /// The model of a folder, where it was trained.
    pub trained: Option<Trained>,
    pub lens_file: Option<LensFile>,
    /// The lens that the files make by themselves, where it is at hand.
    pub compiled: Option<Lens>,
}

/// A record in a lens with what is found in it.
#[derive(Debug, Clone)]
pub struct TestCase {
    pub place: Place,
    pub case: Case,
}

/// One layer, as a user is told of it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Summary {
    /// The path of the lens file or folder; `databases` for the built-in lens.
    pub name: String,
    /// What it defines or changes, in its own order; of the built-in lens nothing is listed.
    pub says: Vec<Said>,
}

/// A thing that a layer defines or changes.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Said {
    /// The key or folder: `engine`, `rule`, `cues`, …
    pub what: String,
    pub id: String,
    pub from: String,
}

/// What layers make together.
pub struct Loaded {
    knowledge: Arc<Knowledge>,
    rulings: Arc<Vec<Ruling>>,
    pub cases: Vec<TestCase>,
    pub problems: Vec<Problem>,
    /// Policies by the numbers of the rulings that hold: most records share one.
    policies: Mutex<HashMap<Vec<usize>, Policy>>,
    /// The layers, the most general first.
    pub layers: Vec<Summary>,
}

impl Loaded {
    /// The lens in force for a record, at a path with `/` relative to the folder of the `adr-lens.toml` in force.
    pub fn lens_for(&self, path: &str) -> Lens {
        let holding: Vec<usize> = (0..self.rulings.len())
            .filter(|&at| self.rulings.get(at).is_some_and(|ruling| ruling.holds(path)))
            .collect();
        let mut policies = self.policies.lock().unwrap_or_else(PoisonError::into_inner);
        let policy = policies
            .entry(holding)
            .or_insert_with_key(|holding| Policy::new(self.rulings.clone(), holding.clone(), &self.knowledge));
        Lens::with_policy(self.knowledge.clone(), policy.clone())
    }
}

/// Merges layers. What is wrong is left out and told; there is nothing when no layer has the tables of the language.
pub fn assemble(layers: Vec<Layer>, mut problems: Vec<Problem>) -> Result<Loaded, Vec<Problem>> {
    let told = problems.len();
    let base = layers.first().and_then(|layer| layer.compiled.clone());
    let adds = |layer: &Layer| {
        !layer.files.is_empty() || layer.trained.is_some() || layer.lens_file.as_ref().is_some_and(merge::adds)
    };
    let mut broken: HashSet<String> = HashSet::new();
    for file in layers.iter().filter_map(|layer| layer.lens_file.as_ref()) {
        problems.extend(file.problems.iter().cloned());
        broken.extend(file.broken.iter().cloned());
    }
    let knowledge = match base.filter(|_| !layers.iter().skip(1).any(adds)) {
        Some(lens) => lens.knowledge(),
        None => {
            let mut read = Files::default();
            broken.iter().for_each(|id| read.forgive(id.clone()));
            for layer in &layers {
                read_folder(&mut read, layer.files.clone());
                if layer.trained.is_some() {
                    read.trained.clone_from(&layer.trained);
                }
                if let Some(file) = &layer.lens_file {
                    merge::merge(&mut read, file);
                }
                read.next_layer();
            }
            let compiled = compile(read);
            broken.extend(compiled.broken);
            problems.extend(compiled.problems);
            match compiled.knowledge {
                Some(knowledge) => Arc::new(knowledge),
                None => return Err(problems),
            }
        }
    };
    let mut judge = Judge {
        rules: knowledge.rule_ids(),
        knowledge: &knowledge,
        broken,
        problems: Vec::new(),
        rulings: Vec::new(),
    };
    let summaries = layers.iter().map(summary).collect();
    let mut cases = Vec::new();
    for file in layers.into_iter().filter_map(|layer| layer.lens_file) {
        judge.file(&file);
        for (at, case) in file.file.test.iter().enumerate() {
            cases.push(TestCase {
                place: file.place(file.item("test", at)),
                case: case.clone(),
            });
        }
    }
    let Judge {
        rulings,
        problems: judged,
        ..
    } = judge;
    problems.extend(judged);
    problems
        .get_mut(told..)
        .unwrap_or_default()
        .sort_by(|a, b| (&a.path, a.bytes.start).cmp(&(&b.path, b.bytes.start)));
    Ok(Loaded {
        knowledge,
        rulings: Arc::new(rulings),
        cases,
        problems,
        policies: Mutex::default(),
        layers: summaries,
    })
}

fn summary(layer: &Layer) -> Summary {
    let mut says = Vec::new();
    if layer.compiled.is_none() {
        says.extend(layer.files.iter().map(|file| {
            let (what, name) = file.inside.split_once('/').unwrap_or(("", &file.inside));
            Said {
                what: what.to_owned(),
                id: name.trim_end_matches(".toml").to_owned(),
                from: file.path.clone(),
            }
        }));
    }
    if let Some(file) = &layer.lens_file {
        says.extend(file.defined().into_iter().map(|(what, id, place)| Said {
            what: what.to_owned(),
            id,
            from: place.to_string(),
        }));
    }
    Summary {
        name: layer.name.clone(),
        says,
    }
}

/// Turns what the files rule into rulings, held against what the lens knows.
struct Judge<'a> {
    knowledge: &'a Knowledge,
    rules: BTreeSet<String>,
    broken: HashSet<String>,
    problems: Vec<Problem>,
    rulings: Vec<Ruling>,
}

impl Judge<'_> {
    fn file(&mut self, file: &LensFile) {
        let settings = self.settings(file, "rules", &file.file.rules);
        let engines = self.engines(file, "engines", &file.file.engines);
        let mut locks = Vec::new();
        for written in &file.file.locked.rules {
            let pattern = Pattern::new(written);
            if self.is_rule(file, "locked", &pattern) {
                let place = place(file, "locked", written);
                locks.push(Lock { pattern, place });
            }
        }
        self.rulings.push(Ruling {
            paths: None,
            settings,
            engines,
            locks,
        });
        for over in &file.file.overrides {
            let mut globs = Vec::new();
            for written in &over.paths {
                match glob(written) {
                    Ok(glob) => globs.push(glob),
                    Err(message) => self.problems.push(file.problem("overrides", written, message)),
                }
            }
            let settings = self.settings(file, "overrides", &over.rules);
            let engines = self.engines(file, "overrides", &over.engines);
            self.rulings.push(Ruling {
                paths: Some(globs),
                settings,
                engines,
                locks: Vec::new(),
            });
        }
    }

    fn settings(&mut self, file: &LensFile, key: &str, settings: &Settings) -> Vec<Set> {
        let mut sets = Vec::new();
        for (written, &setting) in settings {
            let pattern = Pattern::new(written);
            if !self.is_rule(file, key, &pattern) {
                continue;
            }
            let place = place(file, key, written);
            if pattern.is_exact() && !self.may_set(file, key, written, setting) {
                continue;
            }
            sets.push(Set {
                pattern,
                setting,
                place,
            });
        }
        sets.sort_by_key(|set| set.pattern.exactness());
        sets
    }

    /// A rule that an earlier ruling locks can be made louder, not quieter.
    fn may_set(&mut self, file: &LensFile, key: &str, rule: &str, setting: super::schema::Setting) -> bool {
        let lock = self
            .rulings
            .iter()
            .flat_map(|ruling| &ruling.locks)
            .find(|lock| lock.pattern.fits(rule));
        let Some(lock) = lock else { return true };
        let own = self.knowledge.rule_severity(rule).unwrap_or_default();
        let before: Option<Severity> = self
            .rulings
            .iter()
            .filter(|ruling| ruling.paths.is_none())
            .flat_map(|ruling| &ruling.settings)
            .rfind(|set| set.pattern.fits(rule))
            .map_or(Some(own), |set| weight(set.setting, own));
        if weight(setting, own) >= before {
            return true;
        }
        let message = format!(
            "`{rule}` is locked by {}: it can be made louder, not quieter",
            lock.place
        );
        self.problems.push(file.problem(key, rule, message));
        false
    }

    fn is_rule(&mut self, file: &LensFile, key: &str, pattern: &Pattern) -> bool {
        let written = pattern.written();
        let known = self.rules.iter().any(|rule| pattern.fits(rule));
        if !known && !self.broken.contains(written) {
            let message = match pattern.is_exact() {
                true => format!(
                    "unknown rule `{written}`{}",
                    nearest(written, self.rules.iter().map(String::as_str))
                ),
                false => format!("no rule is called `{written}`"),
            };
            self.problems.push(file.problem(key, written, message));
        }
        known
    }

    fn engines(&mut self, file: &LensFile, key: &str, engines: &Engines) -> Vec<Listed> {
        let mut listed: Vec<Listed> = Vec::new();
        for (kind, id, reason) in lists(engines) {
            let Some(engine) = self.knowledge.engine_by_id(id) else {
                if !self.broken.contains(id) {
                    let known = self.knowledge.engines.iter().map(|engine| engine.id.as_str());
                    let message = format!("unknown engine `{id}`{}", nearest(id, known));
                    self.problems.push(file.problem(key, id, message));
                }
                continue;
            };
            if let Some(twice) = listed.iter().find(|held| held.engine == engine) {
                let message = format!("`{id}` stands in two lists, {} and {}", twice.kind.word(), kind.word());
                self.problems.push(file.problem(key, id, message));
                continue;
            }
            listed.push(Listed {
                engine,
                kind,
                reason: reason.map(str::to_owned),
                place: place(file, key, id),
            });
        }
        listed
    }
}

fn place(file: &LensFile, key: &str, needle: &str) -> Place {
    file.place(file.problem(key, needle, String::new()).bytes)
}
