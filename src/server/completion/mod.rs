//! A place → what could be written there: a rule in a comment of ours, a record in a link, a status, a section that the template
//! has and the record lacks, an engine under the options, a need among the drivers. What an item says at length is worked out when
//! it is looked at.

mod engines;
mod links;
mod needs;
mod rules;
mod sections;
mod status;

use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use super::analysis::Analysis;
use super::records::Records;
use super::session::Stopped;
use super::state::Snapshot;
use crate::amend::Page;
use crate::lens::{Lens, SectionRole};
use crate::pages;
use crate::text::Span;

/// After these an editor asks by itself.
pub(super) const TRIGGERS: [&str; 5] = ["#", "(", "/", ":", "["];

/// Where the cursor is.
struct Place<'a> {
    snapshot: &'a Snapshot,
    analysis: &'a Analysis,
    page: &'a Page<'a>,
    records: &'a Records,
    at: usize,
    line_start: usize,
    /// The line up to the cursor.
    before: &'a str,
    /// The line behind the cursor.
    behind: &'a str,
}

/// Something that could be written.
struct Offer {
    label: String,
    detail: Option<String>,
    kind: CompletionItemKind,
    /// What it replaces.
    span: Span,
    text: String,
    /// The id of the engine, the signal or the rule it is about.
    about: Option<String>,
}

pub(super) fn complete(
    snapshot: &Snapshot,
    records: &Records,
    position: Position,
) -> Result<Option<CompletionResponse>, Stopped> {
    let analysis = snapshot.analysis()?;
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let at = snapshot.offset(position);
    let line_start = page.line_start(at);
    let place = Place {
        snapshot,
        analysis: &analysis,
        page: &page,
        records,
        at,
        line_start,
        before: page.text.get(line_start..at).unwrap_or_default(),
        behind: page.text.get(at..page.line_end(at)).unwrap_or_default(),
    };
    // The first that has something to say at this place says it alone.
    let offers = rules::offers(&place)
        .or_else(|| links::offers(&place))
        .or_else(|| status::offers(&place))
        .or_else(|| sections::offers(&place))
        .or_else(|| engines::offers(&place))
        .or_else(|| needs::offers(&place))
        .unwrap_or_default();
    let items: Vec<CompletionItem> = offers
        .into_iter()
        .enumerate()
        .map(|(number, offer)| item(snapshot, number, offer))
        .collect();
    Ok((!items.is_empty()).then(|| items.into()))
}

fn item(snapshot: &Snapshot, number: usize, offer: Offer) -> CompletionItem {
    let lazy = snapshot.features.resolves_completions;
    let documentation = offer.about.as_ref().filter(|_| !lazy);
    let documentation = documentation.and_then(|about| documentation_of(about, &snapshot.lens));
    CompletionItem {
        label: offer.label,
        detail: offer.detail,
        kind: Some(offer.kind),
        documentation,
        // In our order; an editor would sort by the alphabet.
        sort_text: Some(format!("{number:04}")),
        filter_text: Some(offer.text.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: snapshot.range(offer.span),
            new_text: offer.text,
        })),
        data: offer.about.map(|about| json!({"about": about})),
        ..CompletionItem::default()
    }
}

/// The same item with what the lens says of what it is about.
pub(super) fn resolve(lens: &Lens, item: CompletionItem) -> CompletionItem {
    let about = item
        .data
        .as_ref()
        .and_then(|data| data.get("about"))
        .and_then(Value::as_str);
    let documentation = about.and_then(|about| documentation_of(about, lens));
    CompletionItem {
        documentation: documentation.or(item.documentation),
        ..item
    }
}

fn documentation_of(about: &str, lens: &Lens) -> Option<Documentation> {
    pages::page(about, lens, None).map(Documentation::String)
}

impl Place<'_> {
    /// What the section under the cursor is for.
    fn role(&self) -> Option<SectionRole> {
        let record = self.page.record;
        let section = (0..record.sections.len())
            .rfind(|&number| self.page.heading(number).is_some() && self.page.start(number) <= self.at)?;
        // On the heading itself, nothing of the section can be written yet.
        let heading = self.page.heading(section)?;
        let on_heading = heading.level().is_some() && self.at <= heading.span.end;
        (!on_heading).then(|| record.sections.get(section).map(|section| section.role))?
    }

    /// The words of a list item, or of a line, up to the cursor; what stands before them is the mark.
    fn item(&self) -> (Span, &str) {
        let lead = self.before.len() - self.before.trim_start_matches([' ', '\t', '>']).len();
        let (_, rest) = self.before.split_at(lead);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mark = match rest.get(digits..).unwrap_or_default().as_bytes() {
            [b'.' | b')', b' ', ..] if digits > 0 => digits + 2,
            [b'-' | b'*' | b'+', b' ', ..] if digits == 0 => 2,
            _ => 0,
        };
        let from = self.line_start + lead + mark;
        (
            Span::new(from, self.at),
            self.before.get(lead..lead + mark).unwrap_or_default(),
        )
    }

    /// From an offset of the line to the cursor.
    fn from(&self, column: usize) -> Span {
        Span::new(self.line_start + column, self.at)
    }
}
