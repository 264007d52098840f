//! Entries of a list that give each kind of data its store: "Feeds, authors: PostgreSQL".

use std::collections::BTreeMap;

use super::options::Options;
use super::{Scene, covers};
use crate::lens::phrase::Break;
use crate::lens::{Cue, SectionRole};
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// An entry names its data in this many words.
const DATA: usize = 12;

/// A list with at least two such entries assigns stores to data.
pub(super) fn read(scene: &Scene, options: &mut Options) {
    let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, block) in scene.record.outline.blocks.iter().enumerate() {
        let BlockKind::Item { list, .. } = block.kind else {
            continue;
        };
        if let Some(mention) = entry(scene, number) {
            lists.entry(list).or_default().push(mention);
        }
    }
    options
        .entries
        .extend(lists.into_values().filter(|entries| entries.len() > 1).flatten());
}

/// The name right behind the colon of a list item, with no name before it.
fn entry(scene: &Scene, block: usize) -> Option<usize> {
    let record = scene.record;
    let number = record.sentences_in(block).next()?;
    let sentence: &Sentence = record.sentences.get(number)?;
    let words = record.sentence_words(sentence);
    if !matches!(sentence.role, SectionRole::Free | SectionRole::Decision) {
        return None;
    }
    let colon = words
        .iter()
        .take(DATA)
        .skip(1)
        .position(|word| matches!(word.before, Break::Colon | Break::Strong))?
        + 1;
    let covered = |at: usize, cue: Cue| covers(scene.cues.of(number), cue, at);
    // "Option B: Redis" weighs, "today: Redis" tells how things are.
    if (0..colon).any(|at| covered(at, Cue::OptionWord) || covered(at, Cue::Present)) {
        return None;
    }
    let start = sentence.words.start;
    if !scene.named_in(start, start + colon).is_empty() {
        return None;
    }
    let at = (colon..words.len()).find(|&at| !covered(at, Cue::Lead))?;
    scene.named_by(start + at)
}
