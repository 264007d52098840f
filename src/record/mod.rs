//! An outline → a record: its title, status and template, its sections by role, its words in sentences.

mod form;
mod kept;
mod placeholder;
mod references;
mod sections;
mod status;
mod template;
mod title;
mod wording;

use std::ops::Range;

use crate::lens::phrase::Word;
use crate::lens::{EngineId, Lens, SectionRole, Status};
use crate::syntax::{self, Language, Outline};
use crate::text::Span;
use kept::Kept;
use wording::Wording;

pub use references::{Reference, Target, all_references, references};
pub use status::is_status_key;
pub use template::{Template, TemplateSection};

/// A decision record, as far as its form goes; what it says is for `reading`.
pub struct Record {
    pub language: Language,
    pub template: Template,
    pub number: Option<u32>,
    pub title: Option<Titled>,
    pub status: Status,
    /// The words the status was read from.
    pub status_span: Option<Span>,
    /// Each place that states a status, in the order in which they count.
    pub told: Vec<Told>,
    pub date: Option<String>,
    pub outline: Outline,
    pub sections: Vec<Section>,
    /// For each block, its section.
    pub section_of: Vec<usize>,
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
    /// For each block, its sentences.
    sentences_in: Vec<Range<usize>>,
    pub mentions: Vec<Mention>,
}

/// A place that states a status.
#[derive(Debug, Clone)]
pub struct Told {
    /// The status its words name; none when they name no status that is known.
    pub status: Option<Status>,
    pub span: Span,
}

/// A title without its number.
pub struct Titled {
    pub text: String,
    pub span: Span,
    /// The block it stands in; none when it comes from the front matter.
    pub block: Option<usize>,
}

/// A part of a record under one heading, or under a label that stands for one.
#[derive(Debug, Clone)]
pub struct Section {
    pub role: SectionRole,
    /// The block of its heading; none before the first heading.
    pub heading: Option<usize>,
    pub level: u8,
    pub parent: Option<usize>,
    /// Its heading does not say what it is for: the role is that of the section above.
    pub inherited: bool,
}

/// A sentence, a list item or a table cell, whichever is smaller.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub span: Span,
    pub words: Range<usize>,
    pub block: usize,
    pub role: SectionRole,
}

/// The name of an engine where it stands.
#[derive(Debug, Clone)]
pub struct Mention {
    pub engine: EngineId,
    pub span: Span,
    pub sentence: usize,
    /// Index of the word that stands for it.
    pub word: usize,
    /// Also a word, or another product: counts only when the record confirms it.
    pub doubtful: bool,
}

impl Record {
    /// Whether a sentence is a question.
    pub fn asks(&self, sentence: &Sentence) -> bool {
        let Some(block) = self.outline.blocks.get(sentence.block) else {
            return false;
        };
        let from = block.runs.partition_point(|run| run.span.end < sentence.span.end);
        let behind = block.runs.iter().skip(from).filter_map(|run| {
            let from = sentence.span.end.saturating_sub(run.span.start);
            let verbatim = run.text.len() == run.span.end - run.span.start;
            let rest = if verbatim { run.text.get(from..)? } else { "" };
            (sentence.span.end <= run.span.end).then_some(rest)
        });
        let next = behind.flat_map(str::chars).find(|c| !"\"'”’)*_`» ".contains(*c));
        next == Some('?')
    }

    /// Reads a record. Every text is one; a text without headings is all one section.
    pub fn read(text: &str, language: Language, lens: &Lens) -> Record {
        let outline = syntax::outline(text, language);
        let wording = wording::read(text, &outline, lens);
        let sections = sections::read(&outline, &wording, lens);
        Record::of(text, language, lens, outline, wording, sections)
    }

    /// Reads a record again after a change: the same as [`Record::read`], and for each sentence the one that it was in the `earlier`
    /// reading of the text `before`, if it reads as it did. What was read of those is taken over.
    pub fn read_again(
        text: &str,
        language: Language,
        lens: &Lens,
        before: &str,
        earlier: &Record,
    ) -> (Record, Vec<Option<usize>>) {
        let outline = syntax::outline(text, language);
        let kept = Kept::between((before, &earlier.outline), (text, &outline));
        let mut wording = Wording::none_like(earlier, &outline);
        let mut known = Vec::with_capacity(earlier.sentences.len());
        for number in 0..outline.blocks.len() {
            if let Some((block, moved)) = kept.earlier(number) {
                wording.take_over(earlier, block, number, moved);
                known.extend(earlier.sentences_in(block).map(Some));
            } else {
                wording.add(text, &outline, lens, number);
                known.resize(wording.sentences.len(), None);
            }
        }
        let sections = sections::read(&outline, &wording, lens);
        (Record::of(text, language, lens, outline, wording, sections), known)
    }

    /// Reads a record no further than its form: number, title, status, sections, links. Those are as [`Record::read`] has them; the
    /// words of the body are left out.
    pub fn form(text: &str, language: Language, lens: &Lens) -> Record {
        let outline = syntax::outline(text, language);
        let (wording, sections) = form::read(text, &outline, lens);
        Record::of(text, language, lens, outline, wording, sections)
    }

    fn of(
        text: &str,
        language: Language,
        lens: &Lens,
        outline: Outline,
        wording: Wording,
        sectioned: sections::Sectioned,
    ) -> Record {
        let sections::Sectioned {
            sections,
            section_of,
            role_of,
        } = sectioned;
        let title = title::read(text, &outline, &wording, lens);
        let status = status::read(&outline, &wording, &sections, &section_of, lens);
        let template = template::read(text, &outline, &sections);
        let Wording {
            words,
            mut sentences,
            mentions,
            of_block,
        } = wording;
        for sentence in &mut sentences {
            sentence.role = role_of.get(sentence.block).copied().unwrap_or(SectionRole::Free);
        }
        sections::label_lines(&outline, &words, &mut sentences, lens);
        Record {
            language,
            template,
            number: title.as_ref().and_then(|title| title.number),
            title: title.map(|title| title.titled),
            status: status.status,
            status_span: status.span,
            told: status.told,
            date: status.date,
            outline,
            sections,
            section_of,
            words,
            sentences,
            sentences_in: of_block,
            mentions,
        }
    }

    pub fn sentence_words(&self, sentence: &Sentence) -> &[Word] {
        self.words.get(sentence.words.clone()).unwrap_or_default()
    }

    /// The numbers of the sentences of a block.
    pub fn sentences_in(&self, block: usize) -> Range<usize> {
        self.sentences_in.get(block).cloned().unwrap_or_default()
    }

    /// The engines named in a block.
    pub fn mentions_in(&self, block: usize) -> &[Mention] {
        let sentences = self.sentences_in(block);
        let from = self
            .mentions
            .partition_point(|mention| mention.sentence < sentences.start);
        let to = self
            .mentions
            .partition_point(|mention| mention.sentence < sentences.end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// What a block is for: as its sentences say, else as its section.
    pub fn role_of_block(&self, block: usize) -> SectionRole {
        let own = self.sentences_in(block).next().and_then(|at| self.sentences.get(at));
        let section = || self.section_of.get(block).and_then(|&at| self.sections.get(at));
        own.map(|sentence| sentence.role)
            .or_else(|| section().map(|section| section.role))
            .unwrap_or(SectionRole::Free)
    }

    /// All words of a block.
    pub fn block_words(&self, block: usize) -> &[Word] {
        let sentences = self.sentences.get(self.sentences_in(block)).unwrap_or_default();
        match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => self.words.get(first.words.start..last.words.end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The heading block a block stands under, and those above it, nearest first.
    pub fn headings_of(&self, block: usize) -> impl Iterator<Item = usize> {
        let mut next = self.section_of.get(block).copied();
        std::iter::from_fn(move || {
            let section = self.sections.get(next?)?;
            next = section.parent;
            Some(section.heading)
        })
        .flatten()
    }
}
