//! The words of a record that tell its form, and no others: its headings and labels, where its status may stand, what holds a link.
//!
//! A folder of records is read so before one of them is reviewed; most of it is prose that no other record asks about.

use super::sections::{self, Sectioned};
use super::status::HEAD;
use super::wording::Wording;
use crate::lens::{Lens, SectionRole};
use crate::syntax::{Block, BlockKind, Outline};

/// A block of more bytes is a paragraph of prose, and no entry such as "Supersedes: ADR 3".
const SHORT: usize = 240;
/// A lone status before the second section has no more bytes than this, with what is said beside it.
const LONE: usize = 120;
/// Under so many headings a lone status is looked for.
const HEADINGS: usize = 2;
/// A label ends within this many bytes.
const LABEL: usize = 60;

pub(super) fn read(text: &str, outline: &Outline, lens: &Lens) -> (Wording, Sectioned) {
    let mut wording = Wording::none(outline);
    let mut headings = 0;
    for (number, block) in outline.blocks.iter().enumerate() {
        headings += usize::from(is_heading(block));
        let length = block.span.end - block.span.start;
        let early = number < HEAD && (headings <= HEADINGS && length <= LONE || hints(block, lens));
        if early || is_heading(block) || is_labelled(block) || is_entry(outline, number) || has_link(outline, block) {
            wording.add(text, outline, lens, number);
        }
    }
    let sections = sections::read(outline, &wording, lens);
    for number in 0..outline.blocks.len() {
        let section = sections
            .section_of
            .get(number)
            .and_then(|&at| sections.sections.get(at));
        if section.is_some_and(|section| matches!(section.role, SectionRole::Status | SectionRole::Links)) {
            wording.add(text, outline, lens, number);
        }
    }
    (wording, sections)
}

/// Whether other records may be spoken of in a block: one with a link, an entry at the head, or one of the status or the links.
pub(super) fn may_refer(outline: &Outline, number: usize, role: SectionRole) -> bool {
    let Some(block) = outline.blocks.get(number) else {
        return false;
    };
    matches!(role, SectionRole::Status | SectionRole::Links) || is_entry(outline, number) || has_link(outline, block)
}

/// A short block at the head that holds a number, or the mark of a wiki's link.
fn is_entry(outline: &Outline, number: usize) -> bool {
    outline.blocks.get(number).is_some_and(|block| {
        let holds = |text: &str| text.contains("[[") || text.bytes().any(|byte| byte.is_ascii_digit());
        number < HEAD && block.span.end - block.span.start <= SHORT && block.runs.iter().any(|run| holds(&run.text))
    })
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. })
}

/// Whether a paragraph may begin with a label that stands for a heading.
fn is_labelled(block: &Block) -> bool {
    let Some(first) = block.runs.first() else { return false };
    let head = first.text.get(..first.text.len().min(LABEL)).unwrap_or(&first.text);
    block.kind == BlockKind::Paragraph && (first.style.strong || head.contains(':'))
}

/// Whether a word that names the status may stand in a block.
fn hints(block: &Block, lens: &Lens) -> bool {
    block.runs.iter().any(|run| lens.language.may_name_status(&run.text))
}

fn has_link(outline: &Outline, block: &Block) -> bool {
    outline.links_in(block.span).any(|link| link.is_local())
}
