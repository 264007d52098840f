//! Where a statement of a lens was written, and where in it some words stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A part of a file of a lens: the whole of a file that holds one thing, one table of a file that holds many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The number of the file among those that were read.
    pub file: usize,
    pub start: usize,
    pub end: usize,
}

/// The bytes of the first key or string in a part of a TOML text that is `needle`; else of the first place where it stands.
pub(super) fn find(text: &str, part: Range<usize>, needle: &str) -> Option<Range<usize>> {
    let exact = || {
        let (table, _) = DeTable::parse_recoverable(text);
        let mut found = None;
        in_table(table.get_ref(), &part, needle, &mut found);
        found
    };
    let anywhere = || {
        let at = part.start + text.get(part.clone())?.find(needle)?;
        Some(at..at + needle.len())
    };
    exact().or_else(anywhere)
}

fn in_table(table: &DeTable, part: &Range<usize>, needle: &str, found: &mut Option<Range<usize>>) {
    for (key, value) in table {
        keep(key.span(), key.get_ref(), part, needle, found);
        in_value(value, part, needle, found);
    }
}

fn in_value(value: &Spanned<DeValue>, part: &Range<usize>, needle: &str, found: &mut Option<Range<usize>>) {
    match value.get_ref() {
        DeValue::String(words) => keep(value.span(), words, part, needle, found),
        DeValue::Array(items) => items.iter().for_each(|item| in_value(item, part, needle, found)),
        DeValue::Table(table) => in_table(table, part, needle, found),
        _ => {}
    }
}

fn keep(span: Range<usize>, words: &str, part: &Range<usize>, needle: &str, found: &mut Option<Range<usize>>) {
    let inside = part.start <= span.start && span.end <= part.end;
    if words == needle && inside && found.as_ref().is_none_or(|held| span.start < held.start) {
        *found = Some(span);
    }
}

/// The bytes from the first to the last word of a value, tables below it included.
pub(super) fn extent(value: &Spanned<DeValue>) -> Range<usize> {
    let mut extent = value.span();
    let mut widen = |other: Range<usize>| extent = extent.start.min(other.start)..extent.end.max(other.end);
    match value.get_ref() {
        DeValue::Array(items) => items.iter().for_each(|item| widen(self::extent(item))),
        DeValue::Table(table) => table.iter().for_each(|(key, value)| {
            widen(key.span());
            widen(self::extent(value));
        }),
        _ => {}
    }
    extent
}
