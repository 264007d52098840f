//! Options named in running text: names joined in one sentence ("MySQL, MongoDB or PostgreSQL"), and lines that each open with a name
//! and a colon.

use super::options::{Group, Listed, Options};
use super::{Scene, lists};
use crate::lens::phrase::Break;
use crate::lens::{EngineId, SectionRole};
use crate::record::Sentence;
use crate::syntax::BlockKind;

pub(super) fn read(scene: &Scene, options: &mut Options) {
    for (number, sentence) in scene.record.sentences.iter().enumerate() {
        if !weighs(sentence) || scene.is_heading(sentence.block) && !scene.is_title(sentence) {
            continue;
        }
        let joined = joined(scene, sentence);
        add(options, Group::Sentence(number), sentence.block, &joined);
    }
    // Lines of one text, whatever paragraph each is in.
    let lines: Vec<(usize, usize)> = scene
        .record
        .sentences
        .iter()
        .filter(|sentence| weighs(sentence) && is_paragraph(scene, sentence.block))
        .filter_map(|sentence| Some((sentence.block, line(scene, sentence)?)))
        .collect();
    let named: Vec<usize> = lines.iter().map(|&(_, mention)| mention).collect();
    if let Some(&(first, _)) = lines.first()
        && distinct(scene, &named)
    {
        add(options, Group::Lines(first), first, &named);
    }
}

fn is_paragraph(scene: &Scene, block: usize) -> bool {
    let block = scene.record.outline.blocks.get(block);
    block.is_some_and(|block| block.kind == BlockKind::Paragraph)
}

fn add(options: &mut Options, group: Group, block: usize, mentions: &[usize]) {
    for &mention in mentions {
        options.listed.push(Listed {
            block,
            group,
            mentions: vec![mention],
            mark: None,
            loose: true,
        });
    }
}

/// Where the text weighs.
fn weighs(sentence: &Sentence) -> bool {
    matches!(sentence.role, SectionRole::Free | SectionRole::Decision)
}

/// The longest run of names joined in a sentence, if they could do each other's work.
fn joined(scene: &Scene, sentence: &Sentence) -> Vec<usize> {
    let named = scene.named_in(sentence.words.start, sentence.words.end);
    let mut best: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for &mention in named {
        match run.last() {
            Some(&last) if !lists::listed_together(scene, last, mention) => run = vec![mention],
            _ => run.push(mention),
        }
        if run.len() > best.len() {
            best.clone_from(&run);
        }
    }
    if distinct(scene, &best) { best } else { Vec::new() }
}

/// Whether the mentions are at least two, of engines that are different products for the same work.
fn distinct(scene: &Scene, mentions: &[usize]) -> bool {
    let engines: Vec<EngineId> = mentions
        .iter()
        .filter_map(|&mention| scene.mention(mention))
        .map(|mention| mention.engine)
        .collect();
    engines.len() > 1
        && engines.iter().enumerate().all(|(at, &a)| {
            let mut before = engines.iter().take(at);
            before.all(|&b| !scene.lens.same_product(a, b) && scene.lens.do_the_same_work(a, b))
        })
}

/// The name that opens a sentence, with a colon or a dash behind it.
fn line(scene: &Scene, sentence: &Sentence) -> Option<usize> {
    let mention = scene.named_by(sentence.words.start)?;
    let next = scene.record.sentence_words(sentence).get(1)?;
    matches!(next.before, Break::Colon | Break::Strong).then_some(mention)
}
