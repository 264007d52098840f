//! Blocks → words in sentences, with the names of engines as one word each.

use std::ops::Range;

use compact_str::format_compact;

use super::placeholder::placeholders;
use super::{Mention, Record, Sentence};
use crate::lens::phrase::{Break, Word, split};
use crate::lens::{Lens, SectionRole};
use crate::syntax::{Block, BlockKind, Outline, Run};
use crate::text::Span;

/// What an edit adds is seldom more than so many words.
const EDIT: usize = 64;

pub(super) struct Wording {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
    pub mentions: Vec<Mention>,
    /// For each block, its sentences.
    pub of_block: Vec<Range<usize>>,
}

impl Wording {
    /// No words yet.
    pub fn none(outline: &Outline) -> Wording {
        Wording {
            words: Vec::new(),
            sentences: Vec::new(),
            mentions: Vec::new(),
            of_block: vec![0..0; outline.blocks.len()],
        }
    }

    /// The same, with room for about as much as an earlier reading has.
    pub fn none_like(earlier: &Record, outline: &Outline) -> Wording {
        Wording {
            words: Vec::with_capacity(earlier.words.len() + EDIT),
            sentences: Vec::with_capacity(earlier.sentences.len() + EDIT),
            mentions: Vec::with_capacity(earlier.mentions.len() + EDIT),
            ..Wording::none(outline)
        }
    }

    /// Takes over the words that an earlier reading has of a block, which has `moved` so many bytes since.
    pub fn take_over(&mut self, earlier: &Record, known: usize, number: usize, moved: isize) {
        let first = self.sentences.len();
        for sentence in earlier.sentences.get(earlier.sentences_in(known)).unwrap_or_default() {
            let (at, first_word) = (self.sentences.len(), self.words.len());
            for word in earlier.sentence_words(sentence) {
                let mut word = word.clone();
                word.span = word.span.moved(moved);
                if let Some(mention) = word.mention.and_then(|mention| earlier.mentions.get(mention)) {
                    word.mention = Some(self.mentions.len());
                    self.mentions.push(Mention {
                        span: mention.span.moved(moved),
                        sentence: at,
                        word: self.words.len(),
                        ..*mention
                    });
                }
                self.words.push(word);
            }
            self.sentences.push(Sentence {
                span: sentence.span.moved(moved),
                words: first_word..self.words.len(),
                block: number,
                role: SectionRole::Free,
            });
        }
        if let Some(held) = self.of_block.get_mut(number) {
            *held = first..self.sentences.len();
        }
    }

    /// Reads the words of a block, unless they have been.
    pub fn add(&mut self, text: &str, outline: &Outline, lens: &Lens, number: usize) {
        let (Some(block), Some(held)) = (outline.blocks.get(number), self.of_block.get(number)) else {
            return;
        };
        if block.kind == BlockKind::Code || !held.is_empty() {
            return;
        }
        let first = self.sentences.len();
        let mut words = block_words(block);
        lens.language.vocabulary.identify(&mut words);
        sentences(text, number, words, lens, self);
        let last = self.sentences.len();
        if let Some(held) = self.of_block.get_mut(number) {
            *held = first..last;
        }
    }

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
    let mut wording = Wording::none(outline);
    (0..outline.blocks.len()).for_each(|number| wording.add(text, outline, lens, number));
    wording
}

fn block_words(block: &Block) -> Vec<Word> {
    let mut words = Vec::new();
    for line in block.runs.split(|run| run.style.ends) {
        let plain = Plain::of(line);
        let from = words.len();
        split(&plain.text, true, &mut words);
        // A heading keeps its words: it is a name.
        if block.level().is_none() {
            plain.drop_placeholders(&mut words, from);
        }
        for word in words.iter_mut().skip(from) {
            let Some(run) = plain.run(word.span.start) else {
                continue;
            };
            word.span = plain.place(word.span);
            word.strong = run.style.strong;
            word.emphasis = run.style.emphasis;
            word.struck = run.style.struck;
            // `SELECT *`: code is no prose, but a lone name in back-ticks is.
            word.opaque |= run.style.code && run.text.contains(char::is_whitespace);
        }
    }
    words
}

/// Runs of text put together, so that a sentence goes on where only the style or the line changes.
struct Plain<'a> {
    text: String,
    /// Where each run begins in `text`.
    runs: Vec<(usize, &'a Run)>,
}

impl<'a> Plain<'a> {
    fn of(runs: &'a [Run]) -> Self {
        let mut plain = Plain {
            text: String::new(),
            runs: Vec::with_capacity(runs.len()),
        };
        for run in runs {
            plain.runs.push((plain.text.len(), run));
            plain.text.push_str(&run.text);
        }
        plain
    }

    fn piece(&self, offset: usize) -> Option<(usize, &'a Run)> {
        let next = self.runs.partition_point(|(start, _)| *start <= offset);
        next.checked_sub(1).and_then(|at| self.runs.get(at)).copied()
    }

    /// The run that holds a byte of the text.
    fn run(&self, offset: usize) -> Option<&'a Run> {
        self.piece(offset).map(|(_, run)| run)
    }

    /// Takes out the words, from `from` on, that only say what a template wants to be told. Code keeps its braces.
    fn drop_placeholders(&self, words: &mut Vec<Word>, from: usize) {
        let places = placeholders(&self.text);
        if places.is_empty() {
            return;
        }
        let prose = |place: &Range<usize>| self.run(place.start).is_some_and(|run| !run.style.code);
        let within = |word: &Word| {
            let next = places.partition_point(|place| place.end <= word.span.start);
            places
                .get(next)
                .is_some_and(|place| place.start < word.span.start && prose(place))
        };
        let mut pause = Break::None;
        for word in words.split_off(from) {
            let before = pause.max(word.before);
            if within(&word) {
                pause = before;
            } else {
                words.push(Word { before, ..word });
                pause = Break::None;
            }
        }
    }

    /// Where bytes of the text stand in the file. A run that is not written as it reads (`&amp;`) stands as a whole.
    fn place(&self, span: Span) -> Span {
        let verbatim = |run: &Run| run.text.len() == run.span.end - run.span.start;
        let start = self.piece(span.start).map_or(0, |(start, run)| match verbatim(run) {
            true => run.span.start + span.start - start,
            false => run.span.start,
        });
        let end = self
            .piece(span.end.saturating_sub(1))
            .map_or(0, |(start, run)| match verbatim(run) {
                true => run.span.start + span.end - start,
                false => run.span.end,
            });
        Span::new(start, end)
    }
}

fn sentences(text: &str, block: usize, mut words: Vec<Word>, lens: &Lens, wording: &mut Wording) {
    let mut start = 0;
    while start < words.len() {
        let end = (start + 1..words.len())
            .find(|&at| words.get(at).is_some_and(|word| ends_before(word, at - start)))
            .unwrap_or(words.len());
        sentence(
            text,
            block,
            words.get_mut(start..end).unwrap_or_default(),
            lens,
            wording,
        );
        start = end;
    }
}

/// A sentence longer than this, in words, ends at the next pause; one twice as long ends where it stands. Whatever is asked of a
/// sentence may compare all its phrases with each other, so that a pasted megabyte without a full stop must not be one.
const LONG: usize = 150;

fn ends_before(word: &Word, length: usize) -> bool {
    word.before == Break::Sentence || length >= LONG && word.before >= Break::Comma || length >= 2 * LONG
}

/// Adds one sentence; a name of several words becomes one word that keeps what its parts match.
fn sentence(text: &str, block: usize, words: &mut [Word], lens: &Lens, wording: &mut Wording) {
    let number = wording.sentences.len();
    let first = wording.words.len();
    let mut at = 0;
    while at < words.len() {
        match lens.names.at(words, at, text) {
            Some(Ok(name)) => {
                let parts = words.get_mut(at..at + name.words).unwrap_or_default();
                let span = parts
                    .iter()
                    .map(|part| part.span)
                    .reduce(Span::join)
                    .unwrap_or_default();
                let mut whole = parts.first_mut().map(std::mem::take).unwrap_or_default();
                for part in parts.iter().skip(1) {
                    whole.text = format_compact!("{} {}", whole.text, part.text);
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
            // As many words as are no name after all.
            passed => {
                let length = passed.and_then(Result::err).unwrap_or(1);
                let parts = words.get_mut(at..at + length).unwrap_or_default();
                wording.words.extend(parts.iter_mut().map(std::mem::take));
                at += length;
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
