//! Slips of the record itself that have one right answer: a status that is misspelt, a title's number that is not its file's, a link
//! to a record that was renamed, a comment of ours that silences nothing. Each is mended where it stands, and all at once by
//! `source.fixAll.adr-lens`.

use std::path::Path;

use super::draft::Draft;
use super::{Analysis, Page, remove};
use crate::lens::{SectionRole, Status};
use crate::report::word;
use crate::server::state::Snapshot;
use crate::syntax::BlockKind;
use crate::text::{Change, Span};

/// A slip, and what to write instead.
pub(super) struct Mend {
    pub title: String,
    /// Where it is offered.
    pub place: Span,
    pub change: Change,
}

/// How alike two words must be, for one to be a slip of the other.
const ALIKE: f64 = 0.88;

pub(super) fn mends(snapshot: &Snapshot, analysis: &Analysis) -> Vec<Mend> {
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let found = status(&page)
        .into_iter()
        .chain(number(snapshot, &page))
        .chain(links(snapshot, &page));
    // What the record says must stay, but for what was mended.
    found
        .filter(|mend| harmless(snapshot, analysis, &mend.change.clone().into()))
        .collect()
}

/// All of them, with the comments that silence nothing.
pub(super) fn all(snapshot: &Snapshot, analysis: &Analysis) -> Option<Draft> {
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let idle = analysis.findings.iter().filter(|finding| remove::applies(finding));
    let idle = idle.flat_map(|finding| remove::changes(finding, &page));
    let mends = mends(snapshot, analysis).into_iter().map(|mend| mend.change);
    let changes: Vec<Change> = mends.chain(idle).collect();
    let draft = Draft { changes, file: None };
    (!draft.changes.is_empty() && harmless(snapshot, analysis, &draft)).then_some(draft)
}

fn harmless(snapshot: &Snapshot, before: &Analysis, draft: &Draft) -> bool {
    let text = draft.apply(snapshot.text());
    let after = super::guarded(|| snapshot.analyse(&text));
    after.is_ok_and(|after| super::chosen(&before.reading) == super::chosen(&after.reading))
}

/// "Acepted": a word that stands where the status stands, and is nearly one.
fn status(page: &Page) -> Option<Mend> {
    let record = page.record;
    if record.status != Status::Unknown {
        return None;
    }
    let section = page.section(&[SectionRole::Status])?;
    let block = page.blocks_of(section).next().and_then(|number| page.block(number))?;
    let written = block.plain();
    let written = written.trim();
    let span = Span::new(block.span.start, block.span.start + written.len());
    if written.contains(char::is_whitespace) || span.of(page.text) != written {
        return None;
    }
    let known = [
        Status::Proposed,
        Status::Accepted,
        Status::Rejected,
        Status::Deprecated,
        Status::Superseded,
    ];
    let likeness = |status: &Status| strsim::jaro_winkler(&written.to_lowercase(), &word(status));
    let best = known.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    if likeness(&best) < ALIKE {
        return None;
    }
    let small = word(best);
    let text = match written.chars().next() {
        Some(first) if first.is_uppercase() => {
            let mut letters = small.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect::<String>())?
        }
        _ => small,
    };
    Some(Mend {
        title: format!("Write the status as \u{201c}{text}\u{201d}"),
        place: span,
        change: Change { span, text },
    })
}

/// `0007-orders.md` with the title "8. Orders": links go by the file.
fn number(snapshot: &Snapshot, page: &Page) -> Option<Mend> {
    let record = page.record;
    let written = record.number?;
    let path = snapshot.uri.to_file_path()?;
    let stem = path.file_stem()?.to_str()?;
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let wanted: u32 = stem
        .get(..digits)
        .filter(|digits| (3..=5).contains(&digits.len()))?
        .parse()
        .ok()?;
    if wanted == written {
        return None;
    }
    let title = record.title.as_ref()?;
    let line = page.line_start(title.span.start);
    let before = page.text.get(line..title.span.start)?;
    let figures = before.rfind(|c: char| c.is_ascii_digit())? + 1;
    let from = before
        .get(..figures)?
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + 1);
    let width = figures - from;
    let span = Span::new(line + from, line + figures);
    let text = format!("{wanted:0width$}");
    Some(Mend {
        title: format!("Number the title {wanted}, as its file is"),
        place: Span::new(line, title.span.end),
        change: Change { span, text },
    })
    // A record whose number was read otherwise is left alone.
    .filter(|mend| mend.change.span.of(page.text).parse() == Ok(written))
}

/// A link to a record that is not there, when one of the same number is.
fn links<'a>(snapshot: &Snapshot, page: &'a Page) -> Vec<Mend> {
    let Some(own) = snapshot.uri.to_file_path() else {
        return Vec::new();
    };
    let Some(folder) = own.parent() else { return Vec::new() };
    let mend = |link: &'a crate::syntax::Link| {
        let target = link.target.split(['#', '?']).next()?;
        let is_local = !target.is_empty() && !target.contains(':') && !target.starts_with('/');
        if !is_local || folder.join(target).exists() {
            return None;
        }
        let renamed = renamed(folder, target)?;
        let at = link.span.of(page.text).rfind(target)?;
        let start = link.span.start + at;
        Some(Mend {
            title: format!("Link to {renamed}"),
            place: link.span,
            change: Change {
                span: Span::new(start, start + target.len()),
                text: renamed,
            },
        })
    };
    page.record.outline.links.iter().filter_map(mend).collect()
}

/// The one file in the target's folder that has the target's number.
fn renamed(folder: &Path, target: &str) -> Option<String> {
    let (inside, name) = target.rsplit_once('/').unwrap_or(("", target));
    let number = |name: &str| {
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        name.get(..digits)?.parse::<u32>().ok()
    };
    let wanted = number(name)?;
    let extension = Path::new(name).extension()?;
    let mut same = std::fs::read_dir(folder.join(inside))
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            (number(&name) == Some(wanted) && Path::new(&name).extension() == Some(extension)).then_some(name)
        });
    let found = same.next().filter(|_| same.next().is_none())?;
    Some(if inside.is_empty() {
        found
    } else {
        format!("{inside}/{found}")
    })
}

impl Page<'_> {
    /// The blocks of a section, without its heading.
    fn blocks_of(&self, section: usize) -> impl Iterator<Item = usize> {
        let is = move |number: &usize| {
            self.record.section_of.get(*number) == Some(&section)
                && self
                    .block(*number)
                    .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }))
        };
        (0..self.record.outline.blocks.len()).filter(is)
    }
}
