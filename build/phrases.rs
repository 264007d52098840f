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

/// Writes `phrases.rs` and `words.txt`.
pub fn compile(files: &[File], out: &Path) -> Result<(), Box<dyn Error>> {
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
    fs::write(out.join("words.txt"), numbers.lines()?)?;
    fs::write(out.join("phrases.rs"), Tables::of(parsed, &numbers).rust()?)?;
    Ok(())
}

#[derive(serde::Deserialize)]
struct Classes {
    classes: BTreeMap<String, Vec<String>>,
}

/// The strings of the named lists of a value, or of all its lists but the others.
fn gather<'a>(value: &'a toml::Value, name: &str, names: &[&str], into: &mut Vec<&'a str>) {
    let held = names.contains(&name) || names.is_empty() && !OTHERS.contains(&name);
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(name, value)| gather(value, name, names, into)),
        toml::Value::Array(list) => list.iter().for_each(|value| match value {
            toml::Value::String(phrase) if held => into.push(phrase),
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

    /// A word on each line, in the order of their numbers: `stem word`, `=form` or `beginning*`.
    fn lines(&self) -> Result<String, Box<dyn Error>> {
        let mut lines = String::new();
        for (atom, stem) in &self.words {
            match atom {
                Atom::Stem(word) => writeln!(lines, "{stem} {word}")?,
                Atom::Exact(form) => writeln!(lines, "={form}")?,
                Atom::Prefix(beginning) => writeln!(lines, "{beginning}*")?,
                Atom::Number | Atom::Engine => {}
            }
        }
        Ok(lines)
    }
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
    by_hash: BTreeMap<u64, usize>,
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
            tables.by_hash.insert(xxh3_64(phrase.as_bytes()), tables.phrases.len());
            tables.text.push_str(phrase);
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
            by_hash,
        } = self;
        let mut numbers = phf_codegen::Map::new();
        for (hash, number) in by_hash {
            numbers.entry(*hash, number.to_string());
        }
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
        writeln!(rust, "static NUMBERS: phf::Map<u64, u32> = {};", numbers.build())?;
        Ok(rust)
    }
}

/// Whether a phrase names a class of words.
fn names_class(phrase: &str) -> bool {
    phrase.replace("@engine", "").contains('@')
}
