//! Options named in running text: names joined in one sentence ("MySQL, MongoDB or PostgreSQL"), and lines that each open with a name:
//! "Redis: fast." or "**Redis.** Fast."

use super::options::{Group, Listed, Mark, Options, mark};
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
        let joined = joined(scene, sentence).into_iter();
        let group = Group::Sentence(number);
        options
            .listed
            .extend(joined.map(|mention| loose(group, sentence.block, mention, None)));
    }
    // Lines of one text, whatever paragraph each is in.
    let lines: Vec<(usize, usize)> = scene
        .record
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| weighs(sentence) && is_paragraph(scene, sentence.block))
        .filter_map(|(number, sentence)| Some((sentence.block, line(scene, number, sentence)?)))
        .collect();
    let named: Vec<usize> = lines.iter().map(|&(_, mention)| mention).collect();
    if let Some(&(first, _)) = lines.first()
        && scene.are_rivals(&named)
    {
        let own_block = lines.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a != b));
        for (block, mention) in lines {
            let mark = own_block.then(|| mark(scene, block)).flatten();
            options.listed.push(loose(Group::Lines(first), block, mention, mark));
        }
    }
}

fn is_paragraph(scene: &Scene, block: usize) -> bool {
    let block = scene.record.outline.blocks.get(block);
    block.is_some_and(|block| block.kind == BlockKind::Paragraph)
}

fn loose(group: Group, block: usize, mention: usize, mark: Option<Mark>) -> Listed {
    Listed {
        block,
        group,
        mentions: vec![mention],
        mark,
        loose: true,
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
            before.all(|&b| scene.lens.are_rivals(a, b))
        })
}

/// The name that opens a sentence, with a colon or a dash behind it, or that is all of the first sentence of a paragraph.
fn line(scene: &Scene, number: usize, sentence: &Sentence) -> Option<usize> {
    let mention = scene.named_by(sentence.words.start)?;
    let behind = scene.behind_name(sentence.words.start);
    let Some(next) = scene.record.words.get(behind).filter(|_| behind < sentence.words.end) else {
        let opens = scene.record.sentences_in(sentence.block).next() == Some(number);
        let goes_on = scene.record.sentences_in(sentence.block).nth(1).is_some();
        return (opens && goes_on).then_some(mention);
    };
    matches!(next.before, Break::Colon | Break::Strong).then_some(mention)
}
