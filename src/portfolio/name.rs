//! What a file's name says of its record: its number, and whether it is a record at all.

use crate::record::Record;

/// Files that stand beside records and are none.
const OTHERS: [&str; 16] = [
    "readme",
    "index",
    "_index",
    "toc",
    "summary",
    "template",
    "contributing",
    "changelog",
    "glossary",
    "_sidebar",
    "adr-template",
    "license",
    "security",
    "code_of_conduct",
    "overview",
    "faq",
];

/// A number in a file's name, with the word before it: `ADR-012-x` → `adr`, 12. Teams that number in several series
/// (`ARCH-001`, `LEGAL-001`) tell them apart by that word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Numbered {
    pub series: String,
    pub number: u32,
    /// How many digits it is written with.
    pub width: usize,
}

/// The number of a record by the stem of its file name. A date at its head is none: `2024-03-01-x`.
pub fn file_number(stem: &str) -> Option<Numbered> {
    let stem = without_date(stem);
    let letters = stem.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (series, rest) = stem.split_at_checked(letters)?;
    let rest = rest.trim_start_matches(|c: char| letters > 0 && "-_ #.".contains(c));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, tail) = rest.split_at_checked(digits)?;
    if letters > LONGEST_SERIES || !(1..=5).contains(&digits) || is_year(number) {
        return None;
    }
    let mut after = tail.chars();
    let apart = after.next().is_none_or(|c| "-_ .:)".contains(c));
    // `0025-1-x` is a part of 25.
    let part: String = after.take_while(char::is_ascii_digit).collect();
    let is_part = !part.is_empty() && part.len() < 3 && !tail.starts_with(' ');
    (apart && !is_part)
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| Numbered {
            series: series.to_ascii_lowercase(),
            number,
            width: digits,
        })
}

/// A series is named by at most this many letters.
const LONGEST_SERIES: usize = 8;

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// `2022-03-28_017-x` → `017-x`
fn without_date(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    let year = bytes.get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit));
    if !year || bytes.get(4) != Some(&b'-') {
        return stem;
    }
    let digits = stem
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'-')
        .count();
    let rest = stem.get(digits..).unwrap_or_default();
    let month = digits > 6;
    if month {
        rest.trim_start_matches(['_', '-', '.'])
    } else {
        stem
    }
}

/// Whether a file holds a record, by its name and its form: a number, a status, or a decision.
pub fn is_record_name(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    !OTHERS.contains(&lower.as_str()) && !lower.contains("template")
}

/// Whether the form of a text is that of a record.
pub(super) fn has_form(record: &Record) -> bool {
    use crate::lens::{SectionRole, Status};
    let decides = |section: &crate::record::Section| section.role == SectionRole::Decision && section.heading.is_some();
    record.status != Status::Unknown || record.sections.iter().any(decides)
}

#[cfg(test)]
mod tests {
    use super::file_number;

    fn number(stem: &str) -> Option<(String, u32)> {
        file_number(stem).map(|found| (found.series, found.number))
    }

    #[test]
    fn numbers_of_files() {
        let some = |series: &str, number| Some((series.to_owned(), number));
        assert_eq!(number("0012-use-x"), some("", 12));
        assert_eq!(number("ADR044-translate"), some("adr", 44));
        assert_eq!(number("adr-009-track"), some("adr", 9));
        assert_eq!(number("LEGAL-002-licences"), some("legal", 2));
        assert_eq!(number("2022-03-28_017-udp"), some("", 17));
        assert_eq!(number("003 Tracing"), some("", 3));
        assert_eq!(number("ADR-5: Incorporate"), some("adr", 5));
        assert_eq!(number("2024-03-01-use-x"), None);
        assert_eq!(number("2021-04-prod"), None);
        assert_eq!(number("0025-1-collector"), None);
        assert_eq!(number("use-x-in-2-places"), None);
        assert_eq!(number("3scale"), None);
    }
}
