//! The options a record weighs: where each stands, the engines it names, and how it is marked; and tables that assign stores to data.

use std::collections::BTreeMap;

use super::Scene;
use crate::lens::phrase::{Break, Word};
use crate::lens::{Cue, SectionRole};
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// One option.
#[derive(Debug)]
pub(super) struct Listed {
    /// The heading, list item or table cell that names it.
    pub block: usize,
    pub group: Group,
    /// The valid mentions in its head.
    pub mentions: Vec<usize>,
    pub mark: Option<Mark>,
    /// Not under a heading for options: a list of names is one of options only when one of them is chosen elsewhere.
    pub loose: bool,
}

/// Options that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Headings(u8),
    List(usize),
    Table(usize),
    Paragraphs,
    /// Names joined in a sentence, by its number.
    Sentence(usize),
    /// Lines that open with a name and a colon, by the block of the first.
    Lines(usize),
}

impl Group {
    /// Whether the options stand in running text and have no block of their own.
    pub(super) fn is_running_text(self) -> bool {
        matches!(self, Group::Sentence(_) | Group::Lines(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Wins,
    Loses,
}

#[derive(Debug, Default)]
pub(super) struct Options {
    pub listed: Vec<Listed>,
    /// Mentions in the store column of a table that has a column of data beside it.
    pub assigned: Vec<usize>,
    /// Mentions in entries of a list that give each kind of data its store.
    pub entries: Vec<usize>,
}

const TICKS: [char; 9] = ['✅', '✔', '☑', '🏆', '⭐', '✓', '🥇', '👍', '🎯'];
const CROSSES: [char; 9] = ['❌', '✗', '✘', '🚫', '👎', '✖', '⛔', '✕', '❎'];
/// An option's name is looked for in this many words.
const HEAD: usize = 14;
/// A loose list names its options within this many words.
const LOOSE_HEAD: usize = 3;

pub(super) fn read(scene: &Scene) -> Options {
    let mut options = Options::default();
    for (number, block) in scene.record.outline.blocks.iter().enumerate() {
        let here = under_options(scene, number);
        let (group, loose) = match block.kind {
            BlockKind::Heading { level } => {
                let own = role_of_heading(scene, number) == Some(SectionRole::Options);
                // "Option 1: Redis" at the level of the other sections.
                if here || own && !head(scene, number).is_empty() {
                    (Group::Headings(level), false)
                } else if is_name(scene, number) {
                    (Group::Headings(level), true)
                } else {
                    continue;
                }
            }
            BlockKind::Item { list, .. } if block.parent.is_some_and(|parent| labels_options(scene, parent)) => {
                (Group::List(list), false)
            }
            BlockKind::Item { list, .. } if block.parent.is_none() && !is_argument(scene, number) => {
                (Group::List(list), !here)
            }
            BlockKind::Paragraph if here && starts_strong(scene, number) && !under_option_heading(scene, number) => {
                (Group::Paragraphs, false)
            }
            _ => continue,
        };
        let mentions = if loose {
            loose_head(scene, number)
        } else {
            head(scene, number)
        };
        let mark = mark(scene, number);
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        if !loose || heading || !mentions.is_empty() && weighs(scene, number) {
            options.listed.push(Listed {
                block: number,
                group,
                mentions,
                mark,
                loose,
            });
        }
    }
    super::tables::read(scene, &mut options);
    super::entries::read(scene, &mut options);
    keep_lists(&mut options);
    // Where the options are listed, what is named in passing is none.
    if options.listed.iter().all(|option| option.loose) {
        super::enumerations::read(scene, &mut options);
    }
    keep_boxes(scene, &mut options);
    options
}

/// An empty box means something only beside one that is ticked.
fn keep_boxes(scene: &Scene, options: &mut Options) {
    let ticked: Vec<usize> = scene
        .record
        .outline
        .blocks
        .iter()
        .filter_map(|block| match block.kind {
            BlockKind::Item {
                list,
                checked: Some(true),
                ..
            } => Some(list),
            _ => None,
        })
        .collect();
    for option in &mut options.listed {
        let kind = scene.record.outline.blocks.get(option.block).map(|block| block.kind);
        if let Some(BlockKind::Item {
            list,
            checked: Some(false),
            ..
        }) = kind
            && !ticked.contains(&list)
        {
            option.mark = None;
        }
    }
}

/// A loose list is one of options when at least two of its items name one.
fn keep_lists(options: &mut Options) {
    let mut count: BTreeMap<Group, usize> = BTreeMap::new();
    for option in &options.listed {
        *count.entry(option.group).or_default() += usize::from(!option.mentions.is_empty());
    }
    options
        .listed
        .retain(|option| !option.loose || count.get(&option.group).is_some_and(|&count| count > 1));
    options.listed.sort_by_key(|option| option.block);
}

pub(super) fn under_options(scene: &Scene, block: usize) -> bool {
    let record = scene.record;
    let Some(section) = record.section_of.get(block).and_then(|&at| record.sections.get(at)) else {
        return false;
    };
    let above = || {
        section
            .parent
            .and_then(|at| record.sections.get(at))
            .is_some_and(|up| up.role == SectionRole::Options)
    };
    if section.heading == Some(block) {
        section.role == SectionRole::Options && above()
    } else {
        section.role == SectionRole::Options
    }
}

/// Whether a heading, other than the title, is hardly more than the name of an engine.
fn is_name(scene: &Scene, block: usize) -> bool {
    let title = scene.record.title.as_ref().and_then(|title| title.block);
    title != Some(block) && scene.record.block_words(block).len() <= LOOSE_HEAD && !loose_head(scene, block).is_empty()
}

/// Whether a list item is the word "Options", with the options as items below it.
fn labels_options(scene: &Scene, block: usize) -> bool {
    let first = scene
        .record
        .sentences_in(block)
        .next()
        .and_then(|at| scene.record.sentences.get(at));
    first.is_some_and(|sentence| sentence.role == SectionRole::Options)
        && scene.record.block_words(block).len() <= LOOSE_HEAD
        && scene
            .record
            .outline
            .blocks
            .get(block)
            .is_some_and(|block| block.parent.is_none())
        && head(scene, block).is_empty()
}

fn role_of_heading(scene: &Scene, block: usize) -> Option<SectionRole> {
    let section = scene
        .record
        .section_of
        .get(block)
        .and_then(|&at| scene.record.sections.get(at))?;
    (section.heading == Some(block)).then_some(section.role)
}

/// Whether a loose item stands where options can be weighed.
fn weighs(scene: &Scene, block: usize) -> bool {
    let role = scene
        .record
        .sentences_in(block)
        .next()
        .and_then(|at| scene.record.sentences.get(at))
        .map(|sentence| sentence.role);
    matches!(
        role,
        Some(SectionRole::Free | SectionRole::Decision | SectionRole::Context)
    )
}

/// An entry of pros or cons argues about an option; it does not name one.
fn is_argument(scene: &Scene, block: usize) -> bool {
    let record = scene.record;
    let role = record
        .sentences_in(block)
        .next()
        .and_then(|at| record.sentences.get(at))
        .map(|sentence| sentence.role);
    matches!(role, Some(SectionRole::Pros | SectionRole::Cons)) || under_option_heading(scene, block)
}

/// Under the heading of a single option, lists are about it.
pub(super) fn under_option_heading(scene: &Scene, block: usize) -> bool {
    let record = scene.record;
    let Some(section) = record.section_of.get(block).and_then(|&at| record.sections.get(at)) else {
        return false;
    };
    // A label that opens a section of its own stands in the one above.
    let section = match section.parent.and_then(|at| record.sections.get(at)) {
        Some(above) if section.heading == Some(block) && !scene.is_heading(block) => above,
        _ => section,
    };
    let own = section
        .heading
        .is_some_and(|heading| heading != block && !head(scene, heading).is_empty());
    own && section.role == SectionRole::Options
        || section
            .parent
            .and_then(|at| record.sections.get(at))
            .is_some_and(|up| up.role == SectionRole::Options && up.heading.is_some())
}

fn starts_strong(scene: &Scene, block: usize) -> bool {
    scene.record.block_words(block).first().is_some_and(|word| word.strong)
}

/// The mentions in the first words of an option: its bold words, or all up to a dash or the end of its first sentence; behind the
/// dash where nothing stands before it ("Option 2 - Redis"). A part of an engine is not the engine ("Redis streams").
pub(super) fn head(scene: &Scene, block: usize) -> Vec<usize> {
    let (from, words) = first_sentence(scene, block);
    let strong = words.iter().take_while(|word| word.strong).count();
    let dash = |from: usize| {
        words
            .iter()
            .skip(from + 1)
            .position(|word| word.before >= Break::Strong)
            .map_or(words.len(), |at| from + 1 + at)
    };
    let first = dash(0).min(HEAD);
    let ends = if strong > 0 {
        [strong, strong]
    } else {
        [first, dash(first).min(first + HEAD)]
    };
    let bracketed = |number: usize| {
        let word = scene
            .mention(number)
            .and_then(|mention| scene.record.words.get(mention.word));
        word.is_some_and(|word| word.bracketed)
    };
    let names = |end: usize| -> Vec<usize> {
        let found: Vec<usize> = scene
            .named_in(from, from + end)
            .iter()
            .copied()
            .filter(|&number| !scene.is_part(number))
            .collect();
        // "pgvector (our PostgreSQL is run by others)": what stands in brackets explains.
        let plain: Vec<usize> = found.iter().copied().filter(|&number| !bracketed(number)).collect();
        if plain.is_empty() { found } else { plain }
    };
    ends.into_iter()
        .map(names)
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The mention that opens an item of a list.
fn loose_head(scene: &Scene, block: usize) -> Vec<usize> {
    let (from, words) = first_sentence(scene, block);
    let until = words
        .iter()
        .skip(1)
        .position(|word| word.before != Break::None)
        .map_or(words.len(), |at| at + 1);
    scene.named_in(from, from + until.min(LOOSE_HEAD)).to_vec()
}

/// The first sentence of a block, without the number of a heading: "2. PostgreSQL on the shared server".
fn first_sentence<'a>(scene: &'a Scene, block: usize) -> (usize, &'a [Word]) {
    let is_number = |sentence: &Sentence| {
        let words = scene.record.sentence_words(sentence);
        matches!(words, [only] if scene.is_heading(block) && only.mention.is_none())
    };
    let sentences = scene.record.sentences_in(block);
    let mut sentences = sentences.filter_map(|at| scene.record.sentences.get(at)).peekable();
    let numbered = sentences.peek().is_some_and(|first| is_number(first));
    let first = sentences.nth(usize::from(numbered));
    first.map_or((0, &[]), |sentence| {
        (sentence.words.start, scene.record.sentence_words(sentence))
    })
}

/// "(chosen)", "✅", "- rejected" at the head or the end of an option.
pub(super) fn mark(scene: &Scene, block: usize) -> Option<Mark> {
    let text = scene
        .record
        .outline
        .blocks
        .get(block)
        .map(crate::syntax::Block::plain)
        .unwrap_or_default();
    let kind = scene.record.outline.blocks.get(block).map(|block| block.kind);
    if matches!(
        kind,
        Some(BlockKind::Item {
            checked: Some(true),
            ..
        })
    ) {
        return Some(Mark::Wins);
    }
    if matches!(
        kind,
        Some(BlockKind::Item {
            checked: Some(false),
            ..
        })
    ) {
        return Some(Mark::Loses);
    }
    // "~~Redis~~"
    if scene.record.block_words(block).first().is_some_and(|word| word.struck) {
        return Some(Mark::Loses);
    }
    if text.contains(TICKS) {
        return Some(Mark::Wins);
    }
    if text.contains(CROSSES) {
        return Some(Mark::Loses);
    }
    // Under a heading the verdict opens the text: "Rejected: too slow."
    let below = scene
        .is_heading(block)
        .then(|| scene.record.sentences_in(block + 1).next())
        .flatten();
    scene.record.sentences_in(block).chain(below).find_map(|number| {
        let sentence = scene.record.sentences.get(number)?;
        let words = scene.record.sentence_words(sentence);
        let hits = scene.cues.of(number).iter().filter(|hit| {
            matches!(
                hit.payload,
                Cue::WinnerMark | Cue::LoserMark | Cue::WinnerAnswer | Cue::LoserAnswer
            )
        });
        let apart = hits.filter(|hit| {
            let bracketed = words
                .get(hit.start)
                .is_some_and(|word| word.bracketed || word.before >= Break::Strong);
            // "SQL Server: yes, it is paid for."
            if matches!(hit.payload, Cue::WinnerAnswer | Cue::LoserAnswer) {
                return words.get(hit.start).is_some_and(|word| word.before == Break::Colon)
                    && words.get(hit.end).is_none_or(|word| word.before >= Break::Comma);
            }
            bracketed
                || hit.start == 0 && words.get(hit.end).is_none_or(|word| word.before > Break::None)
                || hit.end == words.len()
        });
        let longest = apart.max_by_key(|hit| hit.end - hit.start)?;
        Some(if matches!(longest.payload, Cue::WinnerMark | Cue::WinnerAnswer) {
            Mark::Wins
        } else {
            Mark::Loses
        })
    })
}

/// Whether a block has a phrase of this kind.
pub(super) fn has(scene: &Scene, block: usize, cue: Cue) -> bool {
    scene
        .record
        .sentences_in(block)
        .any(|number| scene.cues.of(number).iter().any(|hit| hit.payload == cue))
}
