//! A path or a text → what is to be looked at.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::desk::Desk;
use super::refusal::Refusal;
use crate::lens::Lens;
use crate::reading::Reading;
use crate::report::{Report, Reviewed, Sheet, Sheets};
use crate::review::{review, review_text};
use crate::syntax::Language;
use crate::text::{Source, decode};
use crate::workspace::{Outcome, Read, Talk, check_all, read_all, review_all, shown};

/// The longest text that is taken.
pub(super) const LONGEST_TEXT: usize = 1 << 20;
/// The longest path, name, question or statement, in characters.
pub(super) const LONGEST_LINE: usize = 2000;

/// What a text is called that has no file.
const NAMELESS: &str = "-";

/// The arguments of a tool that looks at records and asks nothing else. Tools with more arguments name theirs in one list with these: a
/// list in parts would take unknown names without a word.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Arguments")]
pub(super) struct Given {
    /// A record, or a folder of records.
    #[schemars(length(max = 2000))]
    path: Option<String>,
    /// A record as Markdown that stands in no file, such as a draft. Either this or `path`.
    #[schemars(length(max = 1_048_576))]
    text: Option<String>,
}

impl Given {
    pub fn material(self, desk: &Desk) -> Result<Material, Refusal> {
        Material::of(self.path.as_deref(), self.text, desk)
    }
}

/// What a call is about.
pub(super) enum Material {
    Path(PathBuf),
    /// Markdown that stands in no file.
    Text(String),
}

impl Material {
    /// One of the two, and not both.
    pub fn of(path: Option<&str>, text: Option<String>, desk: &Desk) -> Result<Material, Refusal> {
        match Material::maybe(path, text, desk)? {
            Some(material) => Ok(material),
            None => Err(Refusal::PathOrText),
        }
    }

    /// One of the two, or neither.
    pub fn maybe(path: Option<&str>, text: Option<String>, desk: &Desk) -> Result<Option<Material>, Refusal> {
        match (path, text) {
            (Some(path), None) => {
                line("path", path)?;
                Ok(Some(Material::Path(desk.find(path)?)))
            }
            (None, Some(text)) if text.len() > LONGEST_TEXT => Err(Refusal::TooLong {
                field: "text",
                most: LONGEST_TEXT,
                unit: "bytes",
            }),
            (None, Some(text)) => Ok(Some(Material::Text(text))),
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(Refusal::PathOrText),
        }
    }

    /// The lens in force for it.
    pub fn lens(&self, desk: &Desk) -> Lens {
        match self {
            Material::Path(path) => desk.lenses.lens_for(path),
            Material::Text(_) => desk.lens.clone(),
        }
    }

    /// As `adr-lens check` has it.
    pub fn checked(self, desk: &Desk) -> Result<Report, Refusal> {
        let as_of = desk.as_of();
        let report = match self {
            Material::Path(path) => {
                let outcomes = check_all(desk.discover(&[path])?, &desk.lenses, as_of, || {});
                Report::against(outcomes, &desk.lenses.baselines())
            }
            Material::Text(text) => {
                let source = source(text)?;
                let findings = review_text(&source.text, Language::Markdown, &desk.lens, as_of);
                let record = Reviewed {
                    path: NAMELESS.to_owned(),
                    source,
                    findings,
                    lens: desk.lens.clone(),
                };
                Report {
                    records: vec![record],
                    ..Report::default()
                }
            }
        };
        refuse_unread(report.records.is_empty(), &report.unreadable)?;
        Ok(report)
    }

    /// As `adr-lens read` has it.
    pub fn read(self, desk: &Desk) -> Result<Vec<Outcome<Read>>, Refusal> {
        let outcomes = match self {
            Material::Path(path) => read_all(desk.discover(&[path])?, |path| desk.lenses.lens_for(path), || {}),
            Material::Text(text) => {
                let source = source(text)?;
                let reading = Reading::of(&source.text, Language::Markdown, &desk.lens);
                vec![Outcome::Done(Read {
                    path: PathBuf::from(NAMELESS),
                    source,
                    reading,
                    lens: desk.lens.clone(),
                    note: None,
                })]
            }
        };
        let unread = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Unreadable { path, why } => Some((shown(path), why.clone())),
            _ => None,
        });
        let unread: Vec<(String, String)> = unread.collect();
        let none_read = !outcomes.iter().any(|outcome| matches!(outcome, Outcome::Done(_)));
        refuse_unread(none_read, &unread)?;
        Ok(outcomes)
    }

    /// As `adr-lens checklist` has it.
    pub fn sheets(self, desk: &Desk) -> Result<Sheets, Refusal> {
        let (lens, as_of) = (&desk.lens, desk.as_of());
        let sheets = match self {
            Material::Path(path) => Sheets::new(review_all(desk.discover(&[path])?, &desk.lenses, as_of, || {}), as_of),
            Material::Text(text) => {
                let source = source(text)?;
                let reading = Reading::of(&source.text, Language::Markdown, lens);
                let sheet = Sheet {
                    path: NAMELESS.to_owned(),
                    findings: review(&source.text, &reading, lens, as_of),
                    reading: reading.into(),
                    source,
                    lens: lens.clone(),
                };
                Sheets::of(vec![sheet], as_of)
            }
        };
        refuse_unread(sheets.records.is_empty(), &sheets.unreadable)?;
        Ok(sheets)
    }

    /// As `adr-lens ask` has it.
    pub fn talk(self, desk: &Desk) -> Result<Talk, Refusal> {
        match self {
            Material::Path(path) => Talk::within(&path, shown(&path), desk.reach()),
            Material::Text(text) => Talk::of_bytes(NAMELESS.to_owned(), text.into_bytes(), Language::Markdown),
        }
        .map_err(Refusal::Said)
    }
}

/// A line of an argument that is not too long.
pub(super) fn line(field: &'static str, words: &str) -> Result<(), Refusal> {
    if words.chars().nth(LONGEST_LINE).is_some() {
        return Err(Refusal::TooLong {
            field,
            most: LONGEST_LINE,
            unit: "characters",
        });
    }
    Ok(())
}

/// Lines of a list that is neither too short nor too long.
pub(super) fn lines(field: &'static str, list: &[String], least: usize, most: usize) -> Result<(), Refusal> {
    if !(least..=most).contains(&list.len()) {
        return Err(Refusal::TooMany { field, least, most });
    }
    list.iter().try_for_each(|words| line(field, words))
}

/// A text as a file of it would be read; bytes of a binary file are refused.
fn source(text: String) -> Result<Source, Refusal> {
    let decoded = decode(text.into_bytes()).map_err(|error| Refusal::Said(format!("text: {error}")))?;
    Ok(Source::new(decoded.text))
}

/// A file that was named and could not be read is no report about nothing.
fn refuse_unread(none_read: bool, unreadable: &[(String, String)]) -> Result<(), Refusal> {
    if !none_read || unreadable.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = unreadable.iter().map(|(path, why)| format!("{path}: {why}")).collect();
    Err(Refusal::Said(told.join("\n")))
}
