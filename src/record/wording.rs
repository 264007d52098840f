//! Blocks → words in sentences, with the names of engines as one word each.

use std::ops::Range;

use super::{Mention, Sentence};
use crate::lens::phrase::{Break, Cache, Word, split};
use crate::lens::{Lens, SectionRole};
use crate::syntax::{Block, BlockKind, Outline};
use crate::text::Span;

pub(super) struct Wording {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
    pub mentions: Vec<Mention>,
    /// For each block, its sentences.
    pub of_block: Vec<Range<usize>>,
}

impl Wording {
    /// All words of a block.
    pub fn block_words(&self, block: usize) -> &[Word] {
        let sentences = self
            .of_block
            .get(block)
            .and_then(|range| self.sentences.get(range.clone()))
            .unwrap_or_default();
        match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => self.words.get(first.words.start..last.words.end).unwrap_or_default(),
            _ => &[],
        }
    }
}

pub(super) fn read(text: &str, outline: &Outline, lens: &Lens) -> Wording {
    let mut wording = Wording {
        words: Vec::new(),
        sentences: Vec::new(),
        mentions: Vec::new(),
        of_block: Vec::with_capacity(outline.blocks.len()),
    };
    let mut cache = Cache::default();
    for (number, block) in outline.blocks.iter().enumerate() {
        let first = wording.sentences.len();
        if block.kind != BlockKind::Code {
            let mut words = block_words(block);
            for word in &mut words {
                lens.language.vocabulary.identify(word, &mut cache);
            }
            sentences(text, number, words, lens, &mut wording);
        }
        wording.of_block.push(first..wording.sentences.len());
    }
    wording
}

fn block_words(block: &Block) -> Vec<Word> {
    let mut words = Vec::new();
    let mut fresh = true;
    // Neighbouring runs of one word ("**D**ynamo") are rare enough to be two words.
    for run in &block.runs {
        if run.style.ends {
            fresh = true;
            continue;
        }
        let from = words.len();
        let whole = run.text.len() != run.span.end - run.span.start;
        let span = run.span;
        split(
            &run.text,
            |i| {
                if whole {
                    if i == 0 { span.start } else { span.end }
                } else {
                    span.start + i
                }
            },
            fresh,
            &mut words,
        );
        for word in words.iter_mut().skip(from) {
            word.strong = run.style.strong;
            word.struck = run.style.struck;
            // `user_id`, `SELECT *`: code is no prose, but a lone name in back-ticks is.
            word.opaque |= run.style.code && run.text.contains(char::is_whitespace);
        }
        if words.len() > from {
            fresh = false;
        }
        carry_break(&run.text, &mut words, from, &mut fresh);
    }
    words
}

/// A run that ends a sentence makes the next run begin one.
fn carry_break(text: &str, words: &mut [Word], from: usize, fresh: &mut bool) {
    let trimmed = text.trim_end();
    if trimmed.ends_with(['.', '!', '?']) && text.len() != trimmed.len() && words.len() > from {
        *fresh = true;
    }
    let starts = text.trim_start();
    if let Some(word) = words.get_mut(from) {
        let found = match starts.chars().next() {
            Some(',') => Break::Comma,
            Some(':') => Break::Colon,
            Some(';' | '—' | '–') => Break::Strong,
            Some('.' | '!' | '?') if starts.len() > 1 && starts[1..].starts_with(char::is_whitespace) => {
                Break::Sentence
            }
            _ => Break::None,
        };
        word.before = word.before.max(found);
    }
}

/// A sentence of more words is none: it is cut, so that the work on one is bounded.
const LONGEST: usize = 200;

fn sentences(text: &str, block: usize, words: Vec<Word>, lens: &Lens, wording: &mut Wording) {
    let mut start = 0;
    while start < words.len() {
        let longest = words.len().min(start + LONGEST);
        let rest = words.get(start + 1..longest).unwrap_or_default();
        let end = rest
            .iter()
            .position(|word| word.before == Break::Sentence)
            .map_or(longest, |at| start + 1 + at);
        sentence(text, block, words.get(start..end).unwrap_or_default(), lens, wording);
        start = end;
    }
}

/// Adds one sentence; a name of several words becomes one word that keeps what its parts match.
fn sentence(text: &str, block: usize, words: &[Word], lens: &Lens, wording: &mut Wording) {
    let number = wording.sentences.len();
    let first = wording.words.len();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match lens.names.at(words, at, text) {
            Some(Ok(name)) => {
                let parts = words.get(at..at + name.words).unwrap_or_default();
                let span = parts
                    .iter()
                    .map(|part| part.span)
                    .reduce(Span::join)
                    .unwrap_or(word.span);
                let mut whole = word.clone();
                for part in parts.iter().skip(1) {
                    whole.text = format!("{} {}", whole.text, part.text);
                    whole.keys.extend(part.keys.iter().copied());
                }
                whole.span = span;
                whole.mention = Some(wording.mentions.len());
                let place = wording.words.len();
                let doubtful = name.doubtful;
                wording.mentions.push(Mention {
                    engine: name.engine,
                    span,
                    sentence: number,
                    word: place,
                    doubtful,
                });
                wording.words.push(whole);
                at += name.words;
            }
            Some(Err(length)) => {
                wording
                    .words
                    .extend(words.get(at..at + length).unwrap_or_default().iter().cloned());
                at += length;
            }
            None => {
                wording.words.push(word.clone());
                at += 1;
            }
        }
    }
    let range = first..wording.words.len();
    let placed = wording.words.get(range.clone()).unwrap_or_default();
    if let Some(span) = placed.iter().map(|word| word.span).reduce(Span::join) {
        wording.sentences.push(Sentence {
            span,
            words: range,
            block,
            role: SectionRole::Free,
        });
    }
}
