//! Where the status stands: the words for it.

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::lens::{SectionRole, Status};
use crate::record::is_status_key;
use crate::report::word;

const ALL: [(Status, &str); 5] = [
    (Status::Proposed, "under discussion"),
    (Status::Accepted, "in force"),
    (Status::Rejected, "decided against"),
    (Status::Deprecated, "no longer in force"),
    (Status::Superseded, "another record decides now"),
];

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let (column, small) = typed(place)?;
    let cased = |status: Status| {
        let word = word(status);
        let word = if status == Status::Superseded {
            format!("{word} by ")
        } else {
            word
        };
        let mut characters = word.chars();
        match characters.next() {
            Some(first) if !small => format!("{}{}", first.to_uppercase(), characters.as_str()),
            _ => word,
        }
    };
    let offer = |(status, detail): (Status, &str)| Offer {
        label: cased(status).trim_end().to_owned(),
        detail: Some(detail.to_owned()),
        kind: CompletionItemKind::ENUM_MEMBER,
        span: place.from(column),
        text: cased(status),
        about: None,
    };
    Some(ALL.into_iter().map(offer).collect())
}

/// Where the word begins that is being written, and whether it is written small; nothing where no status stands.
fn typed(place: &Place) -> Option<(usize, bool)> {
    let marks: &[char] = &[' ', '\t', '*', '_', '>', '-', '|', '#'];
    let line = place.before.trim_start_matches(marks);
    let lead = place.before.len() - line.len();
    if let Some((key, value)) = line.split_once(':') {
        let is_key = is_status_key(key.trim_matches(marks), &place.snapshot.lens);
        let value = value.trim_start_matches(marks);
        // In the front matter, values are written small.
        let small = place.page.text.starts_with("---") && !place.before.starts_with(marks);
        return (is_key && is_one_word(value)).then(|| (place.before.len() - value.len(), small));
    }
    let alone = place.role() == Some(SectionRole::Status) && is_one_word(line) && place.behind.trim().is_empty();
    alone.then_some((lead, false))
}

fn is_one_word(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}
