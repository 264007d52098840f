//! The phrases of the built-in lens, compiled: their words as numbers, and each phrase as the numbers that can stand in its places
//! (`src/lens/phrase/ready.rs`). What is missing here is compiled when the program starts; a test sees to it that nothing is.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use crate::lens::File;
use crate::parse::{self, Atom, ENGINE, Element, Key, NUMBER};

/// Which lists of which files hold phrases: the beginning of a file's place, and the names of its lists; every list, where none is named.
const LISTS: &[(&str, &[&str])] = &[
    ("checklist/", &["phrases"]),
    ("engines/", &["mitigation"]),
    ("families/", &["mitigation"]),
    ("language/acceptance.toml", &[]),
    ("language/assertion.toml", &[]),
    ("language/checklist.toml", &[]),
    ("language/compatibility.toml", &[]),
    ("language/lists.toml", &[]),
    ("language/questions.toml", &[]),
    ("language/references.toml", &[]),
    ("language/roles.toml", &[]),
    ("language/sections.toml", &[]),
    (
        "rules/design/",
        &["about", "beside", "except", "exempt", "says", "unless"],
    ),
    ("signals/", &["cues", "denials", "not-cues", "weak"]),
];

/// Lists among them that hold sentences and ids.
const OTHERS: &[&str] = &["decisive", "examples", "no", "past-endings", "places", "roles", "yes"];

/// Files in which a phrase that is ready may be told by its number (`src/lens/phrase/written.rs`): those with most of them.
const NUMBERED: &[&str] = &[
    "language/assertion.toml",
    "language/lists.toml",
    "language/roles.toml",
    "rules/design/",
    "signals/",
];

/// Writes `phrases.rs`; where a phrase may be told by its number, it is.
pub fn compile(files: &mut [File], out: &Path) -> Result<(), Box<dyn Error>> {
    let numbers = tables(files, out)?;
    let is_numbered = |file: &&mut File| NUMBERED.iter().any(|beginning| file.inside.starts_with(beginning));
    for File { inside, value, .. } in files.iter_mut().filter(is_numbered) {
        let Some(value) = value else { continue };
        for (_, names) in LISTS.iter().filter(|(beginning, _)| inside.starts_with(beginning)) {
            number(value, "", names, &numbers);
        }
    }
    Ok(())
}

/// Puts the numbers of phrases in the place of the strings that [`gather`] finds.
fn number(value: &mut toml::Value, name: &str, names: &[&str], numbers: &BTreeMap<String, i64>) {
    match value {
        toml::Value::Table(table) => table
            .iter_mut()
            .for_each(|(name, value)| number(value, name, names, numbers)),
        toml::Value::Array(list) => list.iter_mut().for_each(|value| match value {
            toml::Value::String(phrase) if is_phrases(name, names) => {
                if let Some(number) = numbers.get(phrase) {
                    *value = toml::Value::Integer(*number);
                }
            }
            value => number(value, name, names, numbers),
        }),
        _ => {}
    }
}

fn is_phrases(name: &str, names: &[&str]) -> bool {
    names.contains(&name) || names.is_empty() && !OTHERS.contains(&name)
}

/// Writes the tables; the number of each phrase that is ready.
fn tables(files: &[File], out: &Path) -> Result<BTreeMap<String, i64>, Box<dyn Error>> {
    // In the order in which they are loaded: what is looked for next stands next.
    let mut written = Vec::new();
    let mut classes = BTreeMap::new();
    for File { inside, value, .. } in files {
        let Some(value) = value else { continue };
        if inside.starts_with("language/words") {
            classes.extend(value.clone().try_into::<Classes>()?.classes);
        }
        for (_, names) in LISTS.iter().filter(|(beginning, _)| inside.starts_with(beginning)) {
            gather(value, "", names, &mut written);
        }
    }
    // What is no phrase is told by the loader.
    let parse = |phrase| Some((phrase, parse::parse(phrase, &classes).ok()?));
    let mut known = BTreeSet::new();
    let first = written.into_iter().filter(|phrase| known.insert(*phrase));
    let parsed: Vec<(&str, Vec<Element>)> = first.filter_map(parse).collect();
    let numbers = Numbers::of(parsed.iter().flat_map(|(_, elements)| elements));
    let tables = Tables::of(parsed, &numbers);
    fs::write(out.join("phrases.rs"), tables.rust()? + &numbers.rust()?)?;
    Ok(tables.written.into_iter().zip(0..).collect())
}

#[derive(serde::Deserialize)]
struct Classes {
    classes: BTreeMap<String, Vec<String>>,
}

/// The strings of the named lists of a value, or of all its lists but the others.
fn gather<'a>(value: &'a toml::Value, name: &str, names: &[&str], into: &mut Vec<&'a str>) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(name, value)| gather(value, name, names, into)),
        toml::Value::Array(list) => list.iter().for_each(|value| match value {
            toml::Value::String(phrase) if is_phrases(name, names) => into.push(phrase),
            value => gather(value, name, names, into),
        }),
        _ => {}
    }
}

/// The words of phrases, each with its number. Words of one stem follow one another.
struct Numbers {
    /// In the order of their numbers, with the stem of those that stand for all forms of theirs.
    words: Vec<(Atom, String)>,
    numbers: BTreeMap<Atom, Key>,
}

impl Numbers {
    fn of<'a>(elements: impl Iterator<Item = &'a Element>) -> Numbers {
        let stemmer = Stemmer::create(Algorithm::English);
        let atoms: BTreeSet<&Atom> = elements.flat_map(atoms).collect();
        let stem = |atom: &Atom| match atom {
            Atom::Stem(word) => stemmer.stem(word).into_owned(),
            _ => String::new(),
        };
        let is_word = |atom: &&Atom| !matches!(atom, Atom::Number | Atom::Engine);
        let words = atoms.into_iter().filter(is_word).map(|atom| (atom.clone(), stem(atom)));
        let mut words: Vec<_> = words.collect();
        words.sort_by(|(a, stem), (b, other)| (stem, a).cmp(&(other, b)));
        let numbers = words
            .iter()
            .zip(ENGINE + 1..)
            .map(|((atom, _), number)| (atom.clone(), number));
        let mut numbers: BTreeMap<_, _> = numbers.collect();
        numbers.extend([(Atom::Number, NUMBER), (Atom::Engine, ENGINE)]);
        Numbers { words, numbers }
    }

    /// The words behind one another, and tables that say where each stands.
    fn rust(&self) -> Result<String, Box<dyn Error>> {
        let (mut text, mut words) = (String::new(), Vec::new());
        let mut stems: BTreeMap<u64, (Key, u32)> = BTreeMap::new();
        let (mut exacts, mut prefixes) = (BTreeMap::new(), BTreeMap::new());
        let mut lengths = BTreeSet::new();
        for ((atom, stem), key) in self.words.iter().zip(ENGINE + 1..) {
            let start = text.len();
            text.push_str(stem);
            let middle = text.len();
            let (Atom::Stem(word) | Atom::Exact(word) | Atom::Prefix(word)) = atom else {
                continue;
            };
            text.push_str(word);
            words.push((start, middle, text.len()));
            match atom {
                Atom::Stem(_) => stems.entry(xxh3_64(stem.as_bytes())).or_insert((key, 0)).1 += 1,
                Atom::Exact(form) => drop(exacts.insert(xxh3_64(form.as_bytes()), key)),
                Atom::Prefix(beginning) => {
                    lengths.insert(beginning.len());
                    prefixes.insert(xxh3_64(beginning.as_bytes()), key);
                }
                Atom::Number | Atom::Engine => {}
            }
        }
        let mut rust = String::new();
        writeln!(rust, "static WORD_TEXT: &str = {text:?};")?;
        writeln!(rust, "static WORDS: [(u32, u32, u32); {}] = {words:?};", words.len())?;
        writeln!(
            rust,
            "pub static PREFIX_LENGTHS: [usize; {}] = {:?};",
            lengths.len(),
            Vec::from_iter(lengths)
        )?;
        writeln!(rust, "static STEMS: phf::Map<u64, (Key, u32)> = {};", map(&stems))?;
        writeln!(rust, "static EXACTS: phf::Map<u64, Key> = {};", map(&exacts))?;
        writeln!(rust, "static PREFIXES: phf::Map<u64, Key> = {};", map(&prefixes))?;
        Ok(rust)
    }
}

fn map<T: std::fmt::Debug>(entries: &BTreeMap<u64, T>) -> String {
    let mut map = phf_codegen::Map::new();
    for (hash, value) in entries {
        map.entry(*hash, format!("{value:?}"));
    }
    map.build().to_string()
}

fn atoms(element: &Element) -> &[Atom] {
    match element {
        Element::Word { any, .. } => any,
        Element::Gap(_) => &[],
    }
}

/// The tables of phrases. They hold places in one another, not pointers, which would have to be set each time the program starts.
#[derive(Default)]
struct Tables {
    keys: Vec<Key>,
    slots: Vec<String>,
    phrases: Vec<String>,
    text: String,
    written: Vec<String>,
}

impl Tables {
    fn of(parsed: Vec<(&str, Vec<Element>)>, numbers: &Numbers) -> Tables {
        let mut tables = Tables::default();
        // Most sets of words are those of many phrases.
        let mut known: BTreeMap<Vec<Key>, usize> = BTreeMap::new();
        for (phrase, elements) in parsed {
            // What is in a class a team's lens may say otherwise.
            if names_class(phrase) {
                continue;
            }
            let (text, slots) = (tables.text.len(), tables.slots.len());
            for element in &elements {
                let slot = match element {
                    Element::Gap(most) => format!("Gap({most})"),
                    Element::Word { any, optional } => {
                        let any: BTreeSet<Key> = any
                            .iter()
                            .filter_map(|atom| numbers.numbers.get(atom))
                            .copied()
                            .collect();
                        let count = any.len();
                        let keys = &mut tables.keys;
                        let start = *known.entry(any.into_iter().collect()).or_insert_with_key(|any| {
                            keys.extend(any);
                            keys.len() - any.len()
                        });
                        format!("Word({start}, {count}, {optional})")
                    }
                };
                tables.slots.push(slot);
            }
            tables.text.push_str(phrase);
            tables.written.push(phrase.to_owned());
            tables
                .phrases
                .push(format!("({text}, {}, {slots}, {})", phrase.len(), elements.len()));
        }
        tables
    }

    fn rust(&self) -> Result<String, Box<dyn Error>> {
        let Tables {
            keys,
            slots,
            phrases,
            text,
            written,
        } = self;
        let numbers: BTreeMap<u64, u32> = written
            .iter()
            .map(|phrase| xxh3_64(phrase.as_bytes()))
            .zip(0..)
            .collect();
        let mut rust = String::new();
        writeln!(rust, "static KEYS: [Key; {}] = {keys:?};", keys.len())?;
        writeln!(rust, "static SLOTS: [Slot; {}] = [{}];", slots.len(), slots.join(", "))?;
        writeln!(
            rust,
            "static PHRASES: [(u32, u16, u32, u8); {}] = [{}];",
            phrases.len(),
            phrases.join(", ")
        )?;
        writeln!(rust, "static TEXT: &str = {text:?};")?;
        writeln!(rust, "static NUMBERS: phf::Map<u64, u32> = {};", map(&numbers))?;
        Ok(rust)
    }
}

/// Whether a phrase names a class of words.
fn names_class(phrase: &str) -> bool {
    phrase.replace("@engine", "").contains('@')
}
