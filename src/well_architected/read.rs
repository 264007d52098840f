//! The text of a custom lens → the lens, or each mistake with its line.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::format::{
    CHOICES, CustomLens, KEYS, LONGEST_ID, PILLARS, QUESTIONS, Question, RESOURCES, RISKS, Resource, SHORTEST_ID, TEXT,
    TITLE, Text, VERSION,
};
use crate::lens::Problem;
use crate::lens::checklist::condition::{DEFAULT, named};
use crate::lens::nearest;

/// AWS takes no file larger than this, in bytes.
pub const LARGEST: usize = 500_000;

/// More mistakes than this are not told.
const MOST: usize = 20;

pub(super) fn read<'a>(path: &str, text: &'a str) -> Result<CustomLens<'a>, Vec<Problem>> {
    if text.len() > LARGEST {
        let message = format!(
            "{} KB; a custom lens has at most {} KB",
            text.len() / 1000,
            LARGEST / 1000
        );
        return Err(vec![Problem::whole(path, message)]);
    }
    let lens: CustomLens = serde_json::from_str(text).map_err(|error| vec![syntax(path, text, &error)])?;
    let mut reader = Reader {
        path,
        text,
        problems: Vec::new(),
    };
    if lens.schema_version.value == VERSION {
        reader.lens(&lens);
    } else {
        let version = &lens.schema_version;
        reader.problem(
            version,
            format!("unknown schemaVersion `{}`; `{VERSION}` is read", shown(version)),
        );
    }
    reader.problems.truncate(MOST);
    if reader.problems.is_empty() {
        Ok(lens)
    } else {
        Err(reader.problems)
    }
}

/// What the JSON parser says, at its place.
fn syntax(path: &str, text: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    let before: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Problem::at(path, text, at..at, format!("no custom lens: {message}"))
}

/// Keys that are no part of the format, each once; those with `_` before them are notes of the author.
pub(super) fn unknown_keys(text: &str) -> BTreeSet<String> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Object(entries) => {
                for (key, value) in entries {
                    if KEYS.contains(&key.as_str()) {
                        walk(value, found);
                    } else if !key.starts_with('_') {
                        found.insert(key.clone());
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(&serde_json::from_str(text).unwrap_or_default(), &mut found);
    found
}

struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, at: &Text, message: String) {
        let bytes = at.bytes(self.text);
        self.problems.push(Problem::at(self.path, self.text, bytes, message));
    }

    fn lens(&mut self, lens: &CustomLens) {
        self.long(&lens.name, "name", TITLE);
        self.texts(lens.description.as_ref());
        self.count(&lens.name, lens.pillars.len(), PILLARS, "pillars", "a custom lens");
        self.ids(lens.pillars.iter().map(|pillar| &pillar.id), "pillars");
        // A question is known by its id alone, whatever its pillar.
        self.ids(
            lens.pillars
                .iter()
                .flat_map(|pillar| &pillar.questions)
                .map(|question| &question.id),
            "questions",
        );
        for pillar in &lens.pillars {
            self.long(&pillar.name, "name", TITLE);
            self.count(&pillar.id, pillar.questions.len(), QUESTIONS, "questions", "a pillar");
            pillar.questions.iter().for_each(|question| self.question(question));
        }
    }

    fn question(&mut self, question: &Question) {
        self.long(&question.title, "title", TITLE);
        self.texts(question.description.as_ref());
        self.resource(question.helpful_resource.as_ref());
        self.count(&question.id, question.choices.len(), CHOICES, "choices", "a question");
        self.ids(
            question.choices.iter().map(|choice| &choice.id),
            "choices of a question",
        );
        for choice in &question.choices {
            self.long(&choice.title, "title", TITLE);
            self.resource(choice.helpful_resource.as_ref());
            self.resource(choice.improvement_plan.as_ref());
            for more in &choice.additional_resources {
                if more.content.len() > RESOURCES {
                    let message = format!("{} more resources; at most {RESOURCES} of a kind", more.content.len());
                    self.problem(&choice.id, message);
                }
                more.content.iter().for_each(|resource| self.resource(Some(resource)));
            }
        }
        self.risks(question);
    }

    fn risks(&mut self, question: &Question) {
        self.count(
            &question.id,
            question.risk_rules.len(),
            RISKS,
            "risk rules",
            "a question",
        );
        let defaults = question
            .risk_rules
            .iter()
            .filter(|rule| rule.condition.value.trim() == DEFAULT);
        let defaults = defaults.count();
        if defaults != 1 {
            let message =
                format!("the question needs one risk rule with the condition `{DEFAULT}`, and has {defaults}");
            self.problem(&question.id, message);
        }
        for rule in &question.risk_rules {
            match named(&rule.condition.value) {
                Err(malformed) => self.problem(&rule.condition, format!("the condition cannot be read: {malformed}")),
                Ok(named) => {
                    let known = || question.choices.iter().map(|choice| choice.id.value.as_str());
                    for unknown in named.iter().filter(|named| !known().any(|id| id == named.choice)) {
                        let near = nearest(unknown.choice, known());
                        let message = format!("the question has no choice `{}`{near}", cut(unknown.choice));
                        self.problem(&rule.condition, message);
                    }
                }
            }
        }
    }

    fn resource(&mut self, resource: Option<&Resource>) {
        let Some(resource) = resource else { return };
        self.texts(resource.display_text.as_ref());
        if let Some(url) = &resource.url {
            if !url.value.starts_with("http://") && !url.value.starts_with("https://") {
                self.problem(url, format!("`{}` does not begin with http:// or https://", shown(url)));
            } else if resource.display_text.is_none() {
                self.problem(url, "a `url` stands beside a `displayText`; there is none".to_owned());
            }
        }
    }

    fn ids<'t>(&mut self, ids: impl Iterator<Item = &'t Text<'t>>, what: &str) {
        let mut held: HashMap<&str, usize> = HashMap::new();
        for id in ids {
            let of_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !(SHORTEST_ID..=LONGEST_ID).contains(&id.value.len()) || !id.value.chars().all(of_id) {
                let message = format!(
                    "the id `{}` is not of {SHORTEST_ID} to {LONGEST_ID} letters, digits and `_`",
                    shown(id)
                );
                self.problem(id, message);
            }
            let line = Problem::at(self.path, self.text, id.bytes(self.text), String::new()).line;
            if let Some(first) = held.insert(&id.value, line) {
                self.problem(
                    id,
                    format!("two {what} have the id `{}`; the first is in line {first}", shown(id)),
                );
            }
        }
    }

    fn texts(&mut self, text: Option<&Text>) {
        if let Some(text) = text {
            self.long(text, "text", TEXT);
        }
    }

    fn long(&mut self, text: &Text, what: &str, most: usize) {
        let length = text.value.chars().count();
        if length > most {
            self.problem(
                text,
                format!("a {what} of {length} characters; the format has at most {most}"),
            );
        }
    }

    /// At least one, and at most so many.
    fn count(&mut self, at: &Text, count: usize, most: usize, what: &str, of: &str) {
        if count == 0 {
            self.problem(at, format!("no {what} here; {of} has 1 to {most}"));
        } else if count > most {
            self.problem(at, format!("{count} {what}; {of} has at most {most}"));
        }
    }
}

fn shown(text: &Text) -> String {
    cut(&text.value)
}

/// So much of a name that is wrong is shown.
const SHOWN: usize = 60;

fn cut(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words.to_owned(),
    }
}
