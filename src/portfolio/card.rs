//! One record as its neighbours see it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::name::{self, Numbered, file_number, is_record_name};
use super::path;
use crate::lens::phrase::Break;
use crate::lens::{EngineId, Lens, ReferenceCue, SectionRole, Status};
use crate::reading::{Choice, Role};
use crate::record::{Record, Reference, Target, references};
use crate::syntax::Language;
use crate::text::{Source, Span};

/// What other records may ask about a record. Cheap to clone where it stands behind an [`Arc`].
#[derive(Debug)]
pub struct Card {
    /// The file, in its shortest form; what cards know each other by.
    pub path: Arc<str>,
    /// The file as a report names it.
    pub shown: Arc<str>,
    /// The folder it is counted in.
    pub home: Arc<str>,
    pub source: Source,
    pub language: Language,
    /// A record, and not a page beside the records.
    pub is_record: bool,
    /// By its file's name.
    pub numbered: Option<Numbered>,
    /// By its title.
    pub title_number: Option<u32>,
    pub title: Option<String>,
    /// Its title; else its first bytes.
    pub title_span: Span,
    pub status: Status,
    pub status_span: Option<Span>,
    /// The words of a status entry that name no status.
    pub unknown_status: Option<Span>,
    pub references: Vec<Reference>,
    /// Every link to a document of the same tree.
    pub leads: Vec<Leads>,
    /// The engines it decides about, each with its role.
    pub choices: Vec<Choice>,
    pub forbidden: Vec<Forbidden>,
    /// Its comments, in which a finding can be silenced.
    pub comments: Vec<Span>,
}

/// A link to a document.
#[derive(Debug, Clone)]
pub struct Leads {
    pub span: Span,
    /// The file it means, in the form of [`Card::path`].
    pub to: String,
}

/// An engine that a decision keeps out.
#[derive(Debug, Clone)]
pub struct Forbidden {
    pub engine: EngineId,
    pub span: Span,
}

impl Card {
    /// `path` is in the form of [`path::normal`]; `choices` are those of the record's reading, where it was read that far.
    pub fn of(path: &str, shown: &str, source: Source, record: &Record, choices: &[Choice], lens: &Lens) -> Card {
        let text = &source.text;
        let stem = path::stem(path);
        let numbered = file_number(stem);
        let folder = path::folder(path);
        let leads = record
            .outline
            .links
            .iter()
            .filter(|link| link.is_local())
            .filter_map(|link| {
                let target = path::decoded(&link.target);
                is_document(&target).then(|| Leads {
                    span: link.span,
                    to: path::join(folder, &target),
                })
            });
        let first = text.find(|c: char| !c.is_whitespace()).unwrap_or_default();
        let line = text
            .get(first..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        Card {
            path: path.into(),
            shown: shown.into(),
            home: path::home(path, lens).into(),
            language: record.language,
            is_record: is_record_name(stem) && (numbered.is_some() || name::has_form(record)),
            title_number: record.number,
            title: record.title.as_ref().map(|title| title.text.clone()),
            title_span: record
                .title
                .as_ref()
                .map_or(Span::new(first, first + line.trim_end().len()), |title| title.span),
            status: record.status,
            status_span: record.status_span,
            unknown_status: unknown_status(record),
            references: references(text, record, lens),
            leads: leads.collect(),
            choices: choices
                .iter()
                .filter(|choice| choice.role != Role::Mentioned)
                .cloned()
                .collect(),
            forbidden: forbidden(record, lens),
            comments: record.outline.comments.clone(),
            numbered,
            source,
        }
    }

    /// The number it is known by.
    pub fn number(&self) -> Option<u32> {
        self.numbered
            .as_ref()
            .map(|numbered| numbered.number)
            .or(self.title_number)
    }

    /// The engines it decides for.
    pub fn chosen(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| choice.role == Role::Chosen)
    }

    /// How a message names it: by its number where it has one, else by its file.
    pub fn label(&self) -> String {
        match &self.numbered {
            Some(Numbered { series, number, width }) if series.is_empty() => format!("{number:0width$}"),
            Some(Numbered { series, number, width }) => format!("{}-{number:0width$}", series.to_uppercase()),
            None => path::file_name(&self.shown).to_owned(),
        }
    }

    /// Where the number of the title stands, before the words of the title.
    pub fn title_number_span(&self) -> Option<Span> {
        let before = self.source.text.get(..self.title_span.start)?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let head = before.get(line..)?;
        let end = head.rfind(|c: char| c.is_ascii_digit())? + 1;
        let start = head.get(..end)?.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let span = Span::new(line + start, line + end);
        (self.words(span).parse().ok() == self.title_number).then_some(span)
    }

    /// Where the target of a link stands, without its anchor.
    pub fn target_span(&self, link: Span) -> Option<Span> {
        let folder = path::folder(&self.path);
        let lead = self.leads.iter().find(|lead| lead.span == link)?;
        let text = self.words(link);
        // The last piece of the link that means its file.
        let delimiter = |c: char| c.is_whitespace() || "()<>[]\"`:".contains(c);
        let mut pieces = text.split(delimiter).filter(|piece| !piece.is_empty());
        let means = |piece: &&str| path::join(folder, &path::decoded(piece)) == lead.to;
        let piece = pieces.rfind(means)?;
        let start = link.start + text.rfind(piece)?;
        let length = piece.find(['#', '?']).unwrap_or(piece.len());
        Some(Span::new(start, start + length))
    }

    /// The words at a place of it.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.source.text)
    }
}

/// The words of a status entry that name no status, in a text that decides: other pages have states of their own.
fn unknown_status(record: &Record) -> Option<Span> {
    let told = record.told.iter().find(|told| told.status.is_none())?;
    let decides = record
        .sections
        .iter()
        .any(|section| section.role == SectionRole::Decision && section.heading.is_some());
    decides.then_some(told.span)
}

/// Whether a path names a text that is read here.
pub(super) fn is_document(target: &str) -> bool {
    let name = path::file_name(target);
    name.rsplit_once('.')
        .is_some_and(|(stem, end)| !stem.is_empty() && Language::of_extension(end).is_some())
}

/// The links and names a record refers to others by, whatever it says of them.
pub(super) fn target_path(reference: &Reference, folder: &str) -> Option<String> {
    let Target::Link { target, .. } = &reference.to else {
        return None;
    };
    let target = path::decoded(target);
    is_document(&target).then(|| path::join(folder, &target))
}

/// "We will not use MongoDB." in a decision or a title: whatever is said of it in the rest of the sentence limits it, so nothing may be.
fn forbidden(record: &Record, lens: &Lens) -> Vec<Forbidden> {
    if record.mentions.is_empty() {
        return Vec::new();
    }
    let title = record.title.as_ref().and_then(|title| title.block);
    let sentences: BTreeSet<usize> = record.mentions.iter().map(|mention| mention.sentence).collect();
    let mut found = Vec::new();
    for sentence in sentences.into_iter().filter_map(|at| record.sentences.get(at)) {
        if !(sentence.role == SectionRole::Decision || Some(sentence.block) == title) {
            continue;
        }
        let words = record.sentence_words(sentence);
        let hits = lens.language.references.find(words);
        let supposed = |at: usize| {
            let denial = |word: &str| !["not", "never", "no", "don't"].contains(&word);
            hits.iter().any(|hit| {
                hit.payload == ReferenceCue::Denied
                    && hit.start < at
                    && words.get(hit.start).is_some_and(|word| denial(&word.text))
            })
        };
        for hit in hits.iter().filter(|hit| hit.payload == ReferenceCue::Forbids) {
            let ends = words.get(hit.end).is_none_or(|word| word.before >= Break::Strong);
            for word in hit.engines.iter().filter_map(|&at| words.get(at)) {
                let mention = word.mention.and_then(|at| record.mentions.get(at));
                if let Some(mention) = mention.filter(|mention| ends && !mention.doubtful && !supposed(hit.start)) {
                    found.push(Forbidden {
                        engine: mention.engine,
                        span: mention.span,
                    });
                }
            }
        }
    }
    found.sort_by_key(|forbidden| forbidden.span);
    found.dedup_by_key(|forbidden| forbidden.span);
    found
}
