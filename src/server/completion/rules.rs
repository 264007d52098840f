//! In a comment of ours: the rules that find something in this record, then all others.

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::pages;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const MARK: &str = "adr-lens-ignore";

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let open = place.before.rfind(OPEN)?;
    let inside = place.before.get(open + OPEN.len()..)?;
    if inside.contains(CLOSE) {
        return None;
    }
    let words = inside.trim_start();
    let column = place.before.len() - words.len();
    match words.strip_prefix(MARK) {
        // What follows the colon is the author's reason.
        Some(rest) if rest.contains(':') => Some(Vec::new()),
        Some(rest) if rest.starts_with(' ') => Some(rules(place, rest.trim_start())),
        _ if MARK.starts_with(words) => Some(vec![Offer {
            label: MARK.to_owned(),
            detail: Some("silences a finding, with a reason".to_owned()),
            kind: CompletionItemKind::KEYWORD,
            span: place.from(column),
            text: format!("{MARK} "),
            about: None,
        }]),
        _ => None,
    }
}

fn rules(place: &Place, typed: &str) -> Vec<Offer> {
    let span = place.from(place.before.len() - typed.len());
    let found = place
        .analysis
        .findings
        .iter()
        .filter(|finding| finding.suppressed.is_none());
    let mut names: Vec<(String, Option<String>)> = found
        .map(|finding| (finding.rule.clone(), Some(finding.message.clone())))
        .collect();
    for name in pages::names(&place.snapshot.lens) {
        if name.contains('/') {
            names.push((name, None));
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|(name, _)| seen.insert(name.clone()));
    let closed = place.behind.contains(CLOSE);
    let offer = |(name, message): (String, Option<String>)| Offer {
        text: match closed {
            true => format!("{name}: "),
            false => format!("{name}:  {CLOSE}"),
        },
        label: name.clone(),
        detail: message,
        kind: CompletionItemKind::ENUM_MEMBER,
        span,
        about: Some(name),
    };
    names.into_iter().map(offer).collect()
}
