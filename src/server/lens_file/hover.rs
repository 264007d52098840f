//! What the name under the cursor means: a rule, an engine, a need, or a key of the file.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::document::LensSnapshot;
use super::keys::says;
use super::place::place;
use crate::pages;

/// Marks between which a name stands.
const ENDS: &str = "\"'=,[]{}";

pub(in crate::server) fn hover(snapshot: &LensSnapshot, position: Position) -> Option<Hover> {
    let text = &snapshot.source.text;
    let at = snapshot.offset(position);
    let is_end = |c: char| c.is_whitespace() || ENDS.contains(c);
    let start = text.get(..at)?.rfind(is_end).map_or(0, |end| end + 1);
    let end = at + text.get(at..)?.find(is_end).unwrap_or(text.len() - at);
    let name = text.get(start..end).filter(|name| !name.is_empty())?;
    let place = place(text, start);
    let is_key = place.key.is_none();
    let of_key = || is_key.then(|| says(&place.table, name)).flatten().map(str::to_owned);
    let said = of_key().or_else(|| pages::page(name, &snapshot.lens(), None))?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            // What `adr-lens explain` prints, line by line.
            kind: MarkupKind::PlainText,
            value: said.trim_end().to_owned(),
        }),
        range: Some(snapshot.range(start..end)),
    })
}
