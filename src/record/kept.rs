//! Two outlines of a text, before and after a change → the blocks that read as they did: those in front of the change, and those behind
//! it. What is read of a block by itself need not be read again.

use crate::syntax::{Block, BlockKind, Outline, Run};
use crate::text::Span;

/// The blocks of a text that an earlier one has as well.
pub(super) struct Kept {
    /// So many blocks at the beginning.
    front: usize,
    /// The block from which on all are known, and the one that it was.
    back: (usize, usize),
    /// How many bytes further on those stand.
    moved: isize,
}

impl Kept {
    pub fn between(before: (&str, &Outline), now: (&str, &Outline)) -> Kept {
        let ((text_before, before), (text, now)) = (before, now);
        let same_front = common_front(text_before.as_bytes(), text.as_bytes());
        let rest = text.len().min(text_before.len()) - same_front;
        let same_back = common_back(text_before.as_bytes(), text.as_bytes()).min(rest);
        let moved = text.len() as isize - text_before.len() as isize;

        let pairs = before.blocks.iter().zip(&now.blocks);
        let front = pairs.take_while(|(known, block)| ends_by(block, same_front) && reads_alike(known, block, 0));
        let front = front.count();
        let begin = text.len() - same_back;
        let pairs = before
            .blocks
            .iter()
            .skip(front)
            .rev()
            .zip(now.blocks.iter().skip(front).rev());
        let back = pairs.take_while(|(known, block)| begins_at(block, begin) && reads_alike(known, block, moved));
        let back = back.count();
        Kept {
            front,
            back: (now.blocks.len() - back, before.blocks.len() - back),
            moved,
        }
    }

    /// The block that a block was, and how many bytes it has moved.
    pub fn earlier(&self, block: usize) -> Option<(usize, isize)> {
        if block < self.front {
            return Some((block, 0));
        }
        let behind = block.checked_sub(self.back.0)?;
        Some((self.back.1 + behind, self.moved))
    }
}

/// So many bytes are compared at once.
const PIECE: usize = 256;

/// How many bytes at the beginning are the same.
fn common_front(before: &[u8], now: &[u8]) -> usize {
    let pieces = before.chunks_exact(PIECE).zip(now.chunks_exact(PIECE));
    let whole = PIECE * pieces.take_while(|(before, now)| before == now).count();
    let rest = before.iter().zip(now).skip(whole);
    whole + rest.take_while(|(before, now)| before == now).count()
}

/// How many bytes at the end are the same.
fn common_back(before: &[u8], now: &[u8]) -> usize {
    let pieces = before.rchunks_exact(PIECE).zip(now.rchunks_exact(PIECE));
    let whole = PIECE * pieces.take_while(|(before, now)| before == now).count();
    let rest = before.iter().rev().zip(now.iter().rev()).skip(whole);
    whole + rest.take_while(|(before, now)| before == now).count()
}

/// Where the text of a block stands.
fn place(block: &Block) -> Option<Span> {
    block.runs.iter().map(|run| run.span).reduce(Span::join)
}

fn ends_by(block: &Block, end: usize) -> bool {
    place(block).is_none_or(|place| place.end <= end)
}

fn begins_at(block: &Block, begin: usize) -> bool {
    place(block).is_none_or(|place| begin <= place.start)
}

/// Whether two blocks have the same words, so many bytes apart.
fn reads_alike(known: &Block, block: &Block, moved: isize) -> bool {
    let is_code = |block: &Block| block.kind == BlockKind::Code;
    let alike = |known: &Run, run: &Run| {
        known.span.moved(moved) == run.span && known.style == run.style && known.text == run.text
    };
    is_code(known) == is_code(block)
        && known.level().is_some() == block.level().is_some()
        && known.runs.len() == block.runs.len()
        && known.runs.iter().zip(&block.runs).all(|(known, run)| alike(known, run))
}
