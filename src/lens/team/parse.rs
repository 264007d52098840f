//! The text of an `adr-lens.toml` → what it says, and every mistake in it: one wrong entry is left out and the rest is read.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::ruling::Place;
use super::schema::{self, File, KEYS};
use crate::lens::message::plain;
use crate::lens::nearest;
use crate::lens::origin::extent;
use crate::lens::problem::Problem;

/// An `adr-lens.toml` that was read.
#[derive(Debug, Clone)]
pub struct LensFile {
    /// As a user would name it.
    pub path: String,
    pub text: Cow<'static, str>,
    pub file: File,
    pub problems: Vec<Problem>,
    /// Ids of what could not be read.
    pub(super) broken: Vec<String>,
    /// The bytes of each key of the file, and of each item of its lists that could be read.
    keys: HashMap<&'static str, Range<usize>>,
    items: HashMap<&'static str, Vec<Range<usize>>>,
}

impl LensFile {
    /// The bytes of all that a key of the file holds.
    pub fn part(&self, key: &str) -> Range<usize> {
        self.keys.get(key).cloned().unwrap_or(0..0)
    }

    /// The bytes of an item of a list.
    pub(super) fn item(&self, key: &str, at: usize) -> Range<usize> {
        let items = self.items.get(key).and_then(|items| items.get(at));
        items.cloned().unwrap_or_else(|| self.part(key))
    }

    /// The file and the line of some bytes.
    pub(super) fn place(&self, bytes: Range<usize>) -> Place {
        let Problem { path, line, .. } = Problem::at(&self.path, &self.text, bytes, String::new());
        Place { path, line }
    }

    /// What the file defines or changes: the key, the id, and where.
    pub(super) fn defined(&self) -> Vec<(&'static str, String, Place)> {
        let file = &self.file;
        let mut defined = Vec::new();
        let mut list = |key: &'static str, ids: Vec<String>| {
            for (at, id) in ids.into_iter().enumerate() {
                defined.push((key, id, self.place(self.item(key, at))));
            }
        };
        list("engine", file.engine.iter().map(|engine| engine.id.clone()).collect());
        list("family", file.family.iter().map(|family| family.id.clone()).collect());
        list("signal", file.signal.iter().map(|signal| signal.id.clone()).collect());
        list("rule", file.rule.iter().map(|rule| rule.id.clone()).collect());
        let against = file
            .contradicts
            .iter()
            .map(|one| format!("{} on {}", one.signal, one.on));
        list("contradicts", against.collect());
        let tables = [
            ("cues", file.cues.keys().collect::<Vec<_>>()),
            ("words", file.words.keys().collect()),
            ("thresholds", file.thresholds.keys().collect()),
        ];
        for (key, ids) in tables {
            for id in ids {
                let bytes = self.problem(key, id, String::new()).bytes;
                defined.push((key, id.clone(), self.place(bytes)));
            }
        }
        defined
    }

    /// A problem where some words stand in what a key holds.
    pub fn problem(&self, key: &str, needle: &str, message: String) -> Problem {
        let part = self.part(key);
        let bytes = crate::lens::origin::find(&self.text, part.clone(), needle).unwrap_or(part);
        Problem::at(&self.path, &self.text, bytes, message)
    }
}

/// Reads an `adr-lens.toml`.
pub fn parse(path: &str, text: Cow<'static, str>) -> LensFile {
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut reader = Reader {
        path,
        text: &text,
        problems: Vec::new(),
        broken: Vec::new(),
        keys: HashMap::new(),
        items: HashMap::new(),
    };
    let file = reader.file(table.into_inner());
    let Reader {
        mut problems,
        broken,
        keys,
        items,
        ..
    } = reader;
    // Where the text is no TOML, what else seems wrong may only follow from that.
    if let Some(error) = errors.first() {
        let bytes = error.span().unwrap_or(0..0);
        problems = vec![Problem::at(path, &text, bytes, plain(error.message()))];
    }
    LensFile {
        path: path.to_owned(),
        file,
        problems,
        broken,
        keys,
        items,
        text,
    }
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
    broken: Vec<String>,
    keys: HashMap<&'static str, Range<usize>>,
    items: HashMap<&'static str, Vec<Range<usize>>>,
}

impl Reader<'_> {
    fn file(&mut self, table: DeTable) -> File {
        let mut file = File::default();
        for (key, value) in table {
            let Some(&known) = KEYS.iter().find(|known| **known == key.get_ref().as_ref()) else {
                let message = format!("unknown key `{}`{}", key.get_ref(), nearest(key.get_ref(), KEYS));
                self.problem(key.span(), message);
                continue;
            };
            let whole = extent(&value);
            self.keys.insert(known, key.span().start..whole.end.max(key.span().end));
            match known {
                "extends" => file.extends = self.extends(value),
                "baseline" => file.baseline = self.value(value),
                "rules" => file.rules = self.table(value),
                "thresholds" => file.thresholds = self.table(value),
                "engines" => file.engines = self.value(value).unwrap_or_default(),
                "overrides" => file.overrides = self.list(known, value),
                "locked" => file.locked = self.value(value).unwrap_or_default(),
                "cues" => file.cues = self.table(value),
                "words" => file.words = self.table(value),
                "engine" => file.engine = self.list(known, value),
                "family" => file.family = self.list(known, value),
                "signal" => file.signal = self.list(known, value),
                "rule" => file.rule = self.list(known, value),
                "contradicts" => file.contradicts = self.list(known, value),
                "sources" => file.sources = self.table(value),
                _ => file.test = self.list(known, value),
            }
        }
        file
    }

    fn problem(&mut self, bytes: Range<usize>, message: String) {
        self.problems.push(Problem::at(self.path, self.text, bytes, message));
    }

    fn value<T: DeserializeOwned>(&mut self, value: Spanned<DeValue>) -> Option<T> {
        let whole = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(error.span().unwrap_or(whole), plain(error.message()));
                None
            }
        }
    }

    fn extends(&mut self, value: Spanned<DeValue>) -> Option<schema::Extends> {
        let span = value.span();
        let strings = match value.get_ref() {
            DeValue::String(_) => true,
            DeValue::Array(items) => items.iter().all(|item| matches!(item.get_ref(), DeValue::String(_))),
            _ => false,
        };
        if !strings {
            self.problem(
                span,
                "`extends` is the name or path of a lens, or a list of them".to_owned(),
            );
            return None;
        }
        self.value(value)
    }

    /// A table, entry by entry.
    fn table<T: DeserializeOwned>(&mut self, value: Spanned<DeValue>) -> BTreeMap<String, T> {
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            self.problem(span, "a table is expected here".to_owned());
            return BTreeMap::new();
        };
        let mut entries = BTreeMap::new();
        for (key, value) in table {
            let name = key.into_inner().into_owned();
            match self.value(value) {
                Some(value) => {
                    entries.insert(name, value);
                }
                None => self.broken.push(name),
            }
        }
        entries
    }

    /// A list of tables, item by item.
    fn list<T: DeserializeOwned>(&mut self, key: &'static str, value: Spanned<DeValue>) -> Vec<T> {
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            self.problem(span, format!("`{key}` is a list of tables: [[{key}]]"));
            return Vec::new();
        };
        let mut read = Vec::new();
        let mut places = Vec::new();
        for item in items {
            let place = extent(&item);
            let id = match item.get_ref() {
                DeValue::Table(table) => table.get("id").and_then(|id| id.get_ref().as_str().map(str::to_owned)),
                _ => None,
            };
            match self.value(item) {
                Some(item) => {
                    read.push(item);
                    places.push(place);
                }
                None => self.broken.extend(id),
            }
        }
        self.items.insert(key, places);
        read
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn problems(text: &str) -> Vec<String> {
        let file = parse("adr-lens.toml", text.to_owned().into());
        file.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_mistake_is_told_once_at_its_place() {
        let text = "\
extend = []

[rules]
\"gap/scale\" = \"silent\"
\"gap/consistency\" = 3

[locked]
rule = []

[[test]]
name = \"x\"
record = 3
finds = []
";
        assert_eq!(
            problems(text),
            [
                "adr-lens.toml:1:1: unknown key `extend`; did you mean `extends`?",
                "adr-lens.toml:8:1: unknown key `rule`; did you mean `rules`?",
                "adr-lens.toml:5:21: a string is expected here",
                "adr-lens.toml:4:15: `silent` is not known here; known are off, hint, info, warn, warning, error, default",
                "adr-lens.toml:12:10: invalid type: integer `3`, expected a string",
            ]
        );
    }

    #[test]
    fn what_is_right_is_read_beside_what_is_wrong() {
        let file = parse("adr-lens.toml", "[rules]\n\"a/*\" = \"off\"\n\"b/*\" = \"of\"\n".into());
        assert_eq!((file.file.rules.len(), file.problems.len()), (1, 1));
        let file = parse("adr-lens.toml", "baseline = \"known.json\"\n[rules\n".into());
        assert_eq!(
            (file.file.baseline.as_deref(), file.problems.len()),
            (Some("known.json"), 1)
        );
    }
}
