//! The names of engines, found word by word; the longest name wins.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::EngineId;
use super::files::Files;
use super::phrase::{Break, Word, split};

/// Every way an engine is written.
pub struct Names {
    by_first: FxHashMap<CompactString, Vec<Written>>,
}

struct Written {
    words: SmallVec<[CompactString; 2]>,
    /// With the case of the lens, for names that are also words.
    exact: Option<SmallVec<[CompactString; 2]>>,
    stands_for: Option<Stands>,
}

/// What a name stands for; a phrase that only looks like a name stands for nothing.
#[derive(Clone, Copy)]
enum Stands {
    Engine(EngineId),
    /// What is written in it runs on this engine.
    Dialect(EngineId),
}

impl Written {
    fn engine(&self) -> Option<EngineId> {
        match self.stands_for {
            Some(Stands::Engine(engine)) => Some(engine),
            _ => None,
        }
    }
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    pub engine: EngineId,
    /// How many words it takes.
    pub words: usize,
    /// Also a word of the language, or of another product: the record must confirm it.
    pub doubtful: bool,
}

impl Names {
    pub(super) fn compile(files: &mut Files) -> Names {
        let mut by_first: FxHashMap<CompactString, Vec<Written>> = FxHashMap::default();
        let mut clashes = Vec::new();
        let mut split_name = Vec::new();
        for (at, (origin, engine)) in files.engines.iter().enumerate() {
            let id = EngineId(at as u16);
            let lists = [
                (&engine.written, false, Some(Stands::Engine(id))),
                (&engine.words, true, Some(Stands::Engine(id))),
                (&engine.not_when, false, None),
                (&engine.dialects, false, Some(Stands::Dialect(id))),
            ];
            for (list, exact, stands_for) in lists {
                for name in list {
                    split(name, false, &mut split_name);
                    let form = |word: &Word| CompactString::from(word.span.of(name));
                    let written = Written {
                        exact: exact.then(|| split_name.iter().map(form).collect()),
                        words: split_name.drain(..).map(|word| word.text).collect(),
                        stands_for,
                    };
                    let Some(first) = written.words.first() else { continue };
                    let Some(others) = by_first.get_mut(first) else {
                        by_first.insert(first.clone(), vec![written]);
                        continue;
                    };
                    let same = |other: &&Written| other.engine().is_some() && other.words == written.words;
                    let owner = others.iter().rev().find(same).and_then(Written::engine);
                    if let Some(other) = owner.filter(|&other| written.engine().is_some() && other != id) {
                        clashes.push((*origin, name.clone(), other));
                    }
                    others.push(written);
                }
            }
        }
        for (origin, name, other) in clashes {
            let owner = files.engines.get(other.index()).map(|(_, engine)| engine.id.clone());
            let owner = owner.unwrap_or_default();
            files.problem(origin, &name, format!("the name `{name}` already stands for `{owner}`"));
        }
        for names in by_first.values_mut() {
            // Longest first; of equal names the one that is no engine, then the one that needs no confirmation.
            names.sort_by_key(|name| {
                (
                    std::cmp::Reverse(name.words.len()),
                    name.engine().is_some(),
                    name.exact.is_some(),
                )
            });
        }
        Names { by_first }
    }

    /// The words of every name, and whether they count only as they are written here, capitals and all.
    pub fn written(&self) -> impl Iterator<Item = (&[CompactString], bool)> {
        self.by_first
            .values()
            .flatten()
            .filter(|name| name.engine().is_some())
            .map(|name| match &name.exact {
                Some(forms) => (forms.as_slice(), true),
                None => (name.words.as_slice(), false),
            })
    }

    /// Whether some name begins with this word.
    pub fn begins_a_name(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// The engine that one word names beyond doubt, also inside a phrase that is no name: the engine of "MySQL dialect".
    pub fn alone(&self, word: &str) -> Option<EngineId> {
        let mut names = self.by_first.get(word)?.iter();
        names
            .find(|name| name.words.len() == 1 && name.exact.is_none() && name.engine().is_some())
            .and_then(Written::engine)
    }

    /// The engine whose dialect is named at word `at`: Oracle for "PL/SQL".
    pub fn dialect_at(&self, words: &[Word], at: usize) -> Option<EngineId> {
        match self.found(words, at, |_, _| true)?.stands_for {
            Some(Stands::Dialect(engine)) => Some(engine),
            _ => None,
        }
    }

    /// The names of one word.
    pub fn single_words(&self) -> impl Iterator<Item = &str> {
        self.by_first
            .values()
            .flatten()
            .filter(|name| name.engine().is_some() && name.words.len() == 1)
            .filter_map(|name| name.words.first())
            .map(CompactString::as_str)
    }

    /// The name that begins at word `at`. The first value is how many words to pass over, for a phrase that is no name after all.
    pub fn at(&self, words: &[Word], at: usize, text: &str) -> Option<Result<Name, usize>> {
        self.begins(words, at, |form, word| word.span.of(text).starts_with(form))
    }

    /// The same whatever the capitals: who asks about an engine seldom types them.
    pub fn at_in_any_case(&self, words: &[Word], at: usize) -> Option<Result<Name, usize>> {
        self.begins(words, at, |_, _| true)
    }

    fn begins(&self, words: &[Word], at: usize, fits: impl Fn(&str, &Word) -> bool) -> Option<Result<Name, usize>> {
        let found = self.found(words, at, fits)?;
        let length = found.words.len();
        Some(match found.engine() {
            Some(engine) => Ok(Name {
                engine,
                words: length,
                doubtful: found.exact.is_some(),
            }),
            None => Err(length),
        })
    }

    /// The longest name that begins at word `at`.
    fn found(&self, words: &[Word], at: usize, fits: impl Fn(&str, &Word) -> bool) -> Option<&Written> {
        let first = words.get(at).filter(|word| !word.opaque)?;
        let names = self.by_first.get(&first.text)?;
        names.iter().find(|name| {
            name.words.iter().enumerate().all(|(i, wanted)| {
                words.get(at + i).is_some_and(|word| {
                    word.text == *wanted && (i == 0 || word.before < Break::Comma) && {
                        let form = name.exact.as_ref().and_then(|forms| forms.get(i));
                        form.is_none_or(|form| fits(form, word))
                    }
                })
            })
        })
    }
}
