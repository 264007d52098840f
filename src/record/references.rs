//! Where a record speaks of other records, and what it says of them: "Superseded by [ADR 12](0012-x.md)", "builds on ADR 3".
//!
//! A relation is read only where the sentence is about this record: in its status, in an entry of its own, or behind words such as
//! "this decision". "ADR 3, which ADR 12 supersedes" says nothing about the record it stands in.

use std::ops::Range;

use super::{Record, form};
use crate::lens::phrase::{Break, Match, Word, split};
use crate::lens::{Lens, ReferenceCue, Relation, SectionRole};
use crate::syntax::{Block, BlockKind, Entry};
use crate::text::Span;

/// A place that speaks of another record.
#[derive(Debug, Clone)]
pub struct Reference {
    pub span: Span,
    pub to: Target,
    pub relation: Option<Relation>,
    /// Only a part of the other record is meant.
    pub partly: bool,
}

/// How the other record is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A link, and the number that its words name.
    Link { target: String, number: Option<u32> },
    /// "ADR 12", with the word before the number; none where a phrase such as "superseded by" stands there.
    Number { number: u32, name: Option<String> },
    /// `[[0012-use-x]]`
    Name(String),
}

/// Words that no table explains may stand between a phrase and its reference, up to this many.
const LOOSE: usize = 2;
/// How far before a phrase a word can deny it.
const DENIAL: usize = 3;
/// How many words a phrase and its reference are apart at most, the references between them included.
const REACH: usize = 200;
/// The words of a line that says something of all that stands under it.
const LONGEST_LEAD: usize = 40;

/// The references of a record that others are told of: those in its front matter, its status, its links, and wherever a link leads to
/// another file. `Record::read` and `Record::form` give the same ones.
pub fn references(text: &str, record: &Record, lens: &Lens) -> Vec<Reference> {
    let role = |number: usize| record.role_of_block(number);
    let blocks = (0..record.outline.blocks.len()).filter(|&at| form::may_refer(&record.outline, at, role(at)));
    collect(text, record, lens, blocks)
}

/// Every reference of a record, those in its prose included. Needs all words: for [`Record::read`] only.
pub fn all_references(text: &str, record: &Record, lens: &Lens) -> Vec<Reference> {
    collect(text, record, lens, 0..record.outline.blocks.len())
}

fn collect(text: &str, record: &Record, lens: &Lens, blocks: impl Iterator<Item = usize>) -> Vec<Reference> {
    let entries = record.outline.front_matter.iter();
    let mut found: Vec<Reference> = entries.flat_map(|entry| of_entry(entry, lens)).collect();
    for number in blocks {
        if let Some(block) = record.outline.blocks.get(number)
            && block.kind != BlockKind::Code
        {
            found.extend(Scene::new(text, record, lens, number, block).references());
        }
    }
    found
}

/// `superseded-by: ADR-013`, `supersedes: [3, 0007-x.md]`
fn of_entry(entry: &Entry, lens: &Lens) -> Vec<Reference> {
    let key = words_of(&entry.key, lens);
    let hits = lens.language.references.find(&key);
    let relation = hits.iter().find_map(|hit| match hit.payload {
        ReferenceCue::Relation(relation) if hit.start == 0 => Some(relation),
        _ => None,
    });
    let Some(relation) = relation else { return Vec::new() };
    let pieces = entry.value.split(',').filter_map(|piece| {
        let piece = piece.trim().trim_matches(['"', '\'', '[', ']']);
        let number = words_of(piece, lens).iter().find_map(|word| number_in(word, lens));
        match piece.rsplit_once('.') {
            Some((stem, end)) if !stem.is_empty() && crate::syntax::Language::of_extension(end).is_some() => {
                let target = piece.to_owned();
                Some(Target::Link { target, number })
            }
            _ => number.map(|number| Target::Number { number, name: None }),
        }
    });
    pieces
        .map(|to| Reference {
            span: entry.span,
            to,
            relation: Some(relation),
            partly: false,
        })
        .collect()
}

fn words_of(text: &str, lens: &Lens) -> Vec<Word> {
    let mut words = Vec::new();
    split(text, true, &mut words);
    lens.language.vocabulary.identify(&mut words);
    words
}

/// The number that a word writes: "0012", or "adr044" in one.
fn number_in(word: &Word, lens: &Lens) -> Option<u32> {
    plain_number(&word.text).or_else(|| {
        let letters = word.text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = word.text.get(letters.len()..)?;
        lens.language
            .names_records(letters)
            .then(|| plain_number(digits))
            .flatten()
    })
}

/// The number of a record: up to five digits, and no year.
fn plain_number(text: &str) -> Option<u32> {
    let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !is_year).then(|| text.parse().ok()).flatten()
}

/// One block with what is found in it.
struct Scene<'a> {
    text: &'a str,
    record: &'a Record,
    lens: &'a Lens,
    number: usize,
    block: &'a Block,
    words: &'a [Word],
    /// In the order of the text.
    hits: Vec<Match<ReferenceCue>>,
    /// For each word, whether it is one of those that stand around phrases about records.
    covered: Vec<bool>,
    /// For each word, whether a phrase of a relation ends before it.
    introduced: Vec<bool>,
}

/// A reference and the words it is written in.
struct Placed {
    words: Range<usize>,
    span: Span,
    to: Target,
}

impl<'a> Scene<'a> {
    fn new(text: &'a str, record: &'a Record, lens: &'a Lens, number: usize, block: &'a Block) -> Self {
        let words = record.block_words(number);
        let mut hits = lens.language.references.find(words);
        hits.sort_by_key(|hit| hit.start);
        let mut introduced = vec![false; words.len() + 1];
        for hit in hits
            .iter()
            .filter(|hit| matches!(hit.payload, ReferenceCue::Relation(_)))
        {
            if let Some(behind) = introduced.get_mut(hit.end) {
                *behind = true;
            }
        }
        let around = hits
            .iter()
            .filter(|hit| matches!(hit.payload, ReferenceCue::LeadIn | ReferenceCue::Partly));
        Scene {
            text,
            record,
            lens,
            number,
            block,
            words,
            covered: marked(words.len(), around.map(|hit| hit.start..hit.end)),
            introduced,
            hits,
        }
    }

    fn references(&self) -> Vec<Reference> {
        let mut placed = self.links();
        placed.extend(self.names());
        let mut taken: Vec<Span> = placed.iter().map(|reference| reference.span).collect();
        taken.sort();
        placed.extend(self.numbers(&taken));
        placed.sort_by_key(|reference| reference.span);
        let above = self.relation_above();
        let named = marked(self.words.len(), placed.iter().map(|reference| reference.words.clone()));
        placed
            .iter()
            .filter_map(|Placed { words, span, to }| {
                let told = self.relation(words.start, &named);
                let bare = matches!(to, Target::Number { name: None, .. });
                let (relation, partly) = match told {
                    Some((relation, partly)) => (Some(relation), partly),
                    None => (above, false),
                };
                // A number that nothing introduces is some number.
                (!bare || relation.is_some()).then(|| Reference {
                    span: *span,
                    to: to.clone(),
                    relation,
                    partly,
                })
            })
            .collect()
    }

    fn links(&self) -> Vec<Placed> {
        let links = self.record.outline.links_in(self.block.span);
        links
            .map(|link| {
                let words = self.words_in(link.span);
                let inside = self.words.get(words.clone()).unwrap_or_default();
                let number = inside.iter().enumerate().find_map(|(at, word)| {
                    let named = at.checked_sub(1).and_then(|before| inside.get(before));
                    let introduced = at == 0 || named.is_some_and(|word| self.lens.language.names_records(&word.text));
                    number_in(word, self.lens).filter(|_| introduced || plain_number(&word.text).is_none())
                });
                Placed {
                    words,
                    span: link.span,
                    to: Target::Link {
                        target: link.target.clone(),
                        number,
                    },
                }
            })
            .collect()
    }

    /// `[[0012-use-x]]`, `[[0012-use-x|the store]]`
    fn names(&self) -> Vec<Placed> {
        let mut found = Vec::new();
        let (mut at, end) = (self.block.span.start, self.block.span.end);
        while let Some(open) = self
            .text
            .get(at..end)
            .and_then(|rest| rest.find("[["))
            .map(|open| at + open)
        {
            let Some(length) = self.text.get(open..end).and_then(|rest| rest.find("]]")) else {
                break;
            };
            let span = Span::new(open, open + length + 2);
            let inside = self.text.get(open + 2..open + length).unwrap_or_default();
            let name = inside.split(['|', '#', '\n']).next().unwrap_or_default().trim();
            if !name.is_empty() && !name.starts_with('[') {
                found.push(Placed {
                    words: self.words_in(span),
                    span,
                    to: Target::Name(name.to_owned()),
                });
            }
            at = span.end;
        }
        found
    }

    /// "ADR 12", "ADR-0012", "ADR044"; and a number right behind a phrase such as "superseded by".
    fn numbers(&self, taken: &[Span]) -> Vec<Placed> {
        let is_taken = |span: Span| {
            let next = taken.partition_point(|other| other.end <= span.start);
            taken.get(next).is_some_and(|other| other.overlaps(span))
        };
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if is_taken(word.span) {
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| self.words.get(before));
            let name = before.filter(|before| {
                word.before <= Break::Colon && self.lens.language.names_records(&before.text) && !is_taken(before.span)
            });
            let introduced = || self.introduced.get(at) == Some(&true) && word.before <= Break::Colon;
            let plain = plain_number(&word.text);
            let placed = match (plain, name) {
                (Some(number), Some(name)) => {
                    Some((at - 1..at + 1, name.span.join(word.span), number, Some(&name.text)))
                }
                (Some(number), None) if introduced() => Some((at..at + 1, word.span, number, None)),
                (None, _) => number_in(word, self.lens).map(|number| (at..at + 1, word.span, number, None)),
                _ => None,
            };
            if let Some((words, span, number, name)) = placed {
                let name = name.map(|name| name.to_string()).or_else(|| {
                    let letters = word.text.trim_end_matches(|c: char| c.is_ascii_digit());
                    (!letters.is_empty()).then(|| letters.to_owned())
                });
                found.push(Placed {
                    words,
                    span,
                    to: Target::Number { number, name },
                });
            }
        }
        found
    }

    /// The words of the block that stand in a span.
    fn words_in(&self, span: Span) -> Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < span.start);
        let last = self.words.partition_point(|word| word.span.start < span.end);
        first..last.max(first)
    }

    /// What the sentence says of the reference that begins at a word: the nearest phrase before it that speaks of it, and whether of a
    /// part of it. `named` says of each word whether it belongs to a reference.
    fn relation(&self, at: usize, named: &[bool]) -> Option<(Relation, bool)> {
        let begins = self.sentence_start(at);
        let first = self.hits.partition_point(|hit| hit.start < begins);
        let behind = self.hits.partition_point(|hit| hit.start < at);
        let hits = self.hits.get(first..behind)?;
        let nearest = hits.iter().filter_map(|hit| match hit.payload {
            ReferenceCue::Relation(relation) if hit.end <= at => Some((hit, relation)),
            _ => None,
        });
        let (hit, relation) = nearest.max_by_key(|(hit, _)| (hit.end, hit.end - hit.start))?;
        let is_named = |word: usize| named.get(word) == Some(&true);
        let is_covered = |word: usize| self.covered.get(word) == Some(&true);
        let loose = (hit.end..at).filter(|&word| !is_named(word) && !is_covered(word));
        let about_us = (begins..hit.start).all(|word| !is_named(word))
            && (self.role() == SectionRole::Status || (begins..hit.start).all(is_covered));
        let denied = hits.iter().any(|other| {
            other.payload == ReferenceCue::Denied && other.start < hit.start && other.start + DENIAL >= hit.start
        });
        let partly = hits.iter().any(|other| other.payload == ReferenceCue::Partly);
        (loose.count() <= LOOSE && about_us && !denied).then_some((relation, partly))
    }

    /// The word that begins the sentence of a word, or from which on it is near enough.
    fn sentence_start(&self, from: usize) -> usize {
        let far = from.saturating_sub(REACH);
        let is_start = |&at: &usize| self.words.get(at).is_some_and(|word| word.before == Break::Sentence);
        (far..=from).rev().find(is_start).unwrap_or(far)
    }

    fn role(&self) -> SectionRole {
        self.record.role_of_block(self.number)
    }

    /// What a heading or the line before a list says of all that stands under it: "Supersedes:".
    fn relation_above(&self) -> Option<Relation> {
        let intro = match self.block.kind {
            BlockKind::Item { intro, .. } => intro,
            _ => None,
        };
        let heading = self
            .record
            .headings_of(self.number)
            .find(|&heading| heading != self.number);
        [intro, heading].into_iter().flatten().find_map(|above| {
            let words = self.record.block_words(above);
            if words.len() > LONGEST_LEAD {
                return None;
            }
            let hits = self.lens.language.references.find(words);
            hits.iter().find_map(|hit| match hit.payload {
                ReferenceCue::Relation(relation) if hit.start == 0 && hit.end == words.len() => Some(relation),
                _ => None,
            })
        })
    }
}

/// For each of so many words, whether it is in one of the ranges.
fn marked(words: usize, ranges: impl Iterator<Item = Range<usize>>) -> Vec<bool> {
    let mut marked = vec![false; words];
    for range in ranges {
        if let Some(inside) = marked.get_mut(range) {
            inside.fill(true);
        }
    }
    marked
}
