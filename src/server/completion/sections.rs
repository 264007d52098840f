//! On an empty line, or where a heading begins: the sections that the record's template has and the record lacks.

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::record::TemplateSection;
use crate::syntax::Language;

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let mark = match place.snapshot.language {
        Language::Markdown => "#",
        Language::AsciiDoc => "=",
        // Its headings are lines drawn under words.
        Language::ReStructuredText => return None,
    };
    let marks = place.before.len() - place.before.trim_start_matches(mark).len();
    let words = place.before.get(marks..).unwrap_or_default();
    let begins = marks > 0 && (words.is_empty() || words.starts_with(' '));
    // On an empty line under a heading, something of that section is as likely wanted.
    let empty = place.before.is_empty() && place.behind.trim().is_empty() && starts_anew(place);
    if !begins && !empty {
        return None;
    }
    let record = place.page.record;
    let wanted = record
        .template
        .sections()
        .iter()
        .filter(|section| lacks(place, section));
    let offer = |section: &TemplateSection| Offer {
        label: section.title.to_owned(),
        detail: Some("section".to_owned()),
        kind: CompletionItemKind::MODULE,
        span: place.from(0),
        text: format!("{} {}", mark.repeat(usize::from(section.level)), section.title),
        about: None,
    };
    let offers: Vec<Offer> = wanted.map(offer).collect();
    (begins || !offers.is_empty()).then_some(offers)
}

/// Whether the line stands behind two others that are empty, or at the end of the text.
fn starts_anew(place: &Place) -> bool {
    let above = place.page.text.get(..place.line_start).unwrap_or_default();
    let rest = place.page.text.get(place.at..).unwrap_or_default();
    let blank = above.len() - above.trim_end().len();
    let ends = above
        .get(above.len() - blank..)
        .unwrap_or_default()
        .matches('\n')
        .count();
    ends > 1 && (rest.trim().is_empty() || ends > 2)
}

fn lacks(place: &Place, wanted: &TemplateSection) -> bool {
    let record = place.page.record;
    let same_words = |number: usize| {
        let heading = place.page.heading(number).map(|block| place.page.heading_text(block));
        heading.is_some_and(|heading| heading.eq_ignore_ascii_case(wanted.title))
    };
    let same_role = |number: usize| {
        let section = record.sections.get(number);
        let title = record.title.as_ref().and_then(|title| title.block);
        section.is_some_and(|section| {
            section.heading.is_some() && section.heading != title && Some(section.role) == wanted.role
        })
    };
    // A section whose words are being typed now is not there yet.
    let elsewhere = |number: &usize| place.page.start(*number) != place.line_start;
    !(0..record.sections.len())
        .filter(elsewhere)
        .any(|number| same_words(number) || same_role(number))
}
