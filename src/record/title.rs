//! The title of a record, and its number.

use super::Titled;
use super::wording::Wording;
use crate::lens::{Label, Lens};
use crate::syntax::{BlockKind, Outline};

pub(super) struct Title {
    pub titled: Titled,
    pub number: Option<u32>,
}

/// The first heading that is not a section's, else the title of the front matter.
pub(super) fn read(text: &str, outline: &Outline, wording: &Wording, lens: &Lens) -> Option<Title> {
    if let Some(number) = heading(outline, wording, lens)
        && let Some(block) = outline.blocks.get(number)
    {
        let words = wording.block_words(number);
        let span = words
            .first()
            .zip(words.last())
            .map_or(block.span, |(first, last)| first.span.join(last.span));
        let (number_read, rest) = split_number(span.of(text));
        let from = span.end - rest.len().min(span.end - span.start);
        let titled = Titled {
            text: rest.to_owned(),
            span: crate::text::Span::new(from, span.end),
            block: Some(number),
        };
        return Some(Title {
            titled,
            number: number_read,
        });
    }
    let entry = outline
        .front_matter
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case("title"))?;
    let (number, rest) = split_number(&entry.value);
    Some(Title {
        titled: Titled {
            text: rest.to_owned(),
            span: entry.span,
            block: None,
        },
        number,
    })
}

/// The block of the first heading that is not a section's.
pub(super) fn heading(outline: &Outline, wording: &Wording, lens: &Lens) -> Option<usize> {
    outline.blocks.iter().enumerate().position(|(number, block)| {
        matches!(block.kind, BlockKind::Heading { .. }) && !is_section(wording.block_words(number), lens)
    })
}

fn is_section(words: &[crate::lens::phrase::Word], lens: &Lens) -> bool {
    lens.language
        .labels
        .find(words)
        .iter()
        .any(|found| matches!(found.payload, Label::Section(_)) && found.start == 0 && found.end == words.len())
}

/// `ADR-0007: Use X`, `7. Use X`, `# 7 - Use X` → 7 and `Use X`.
fn split_number(title: &str) -> (Option<u32>, &str) {
    let trimmed = title.trim();
    let after_word = ["adr", "rfc", "decision record", "architecture decision record", "mdr"]
        .iter()
        .find_map(|word| {
            let head = trimmed.get(..word.len())?;
            head.eq_ignore_ascii_case(word)
                .then(|| trimmed.get(word.len()..))
                .flatten()
        });
    let rest = after_word
        .unwrap_or(trimmed)
        .trim_start_matches([' ', '-', '_', '#', '[', ':', '0']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (figures, tail) = rest.split_at(digits);
    let separator = tail.trim_start_matches([']', ' ']);
    let separated = separator.starts_with([':', '.', '-', '–', '—', ')', '|']) || (after_word.is_some() && digits > 0);
    // "3 ways to store files" has no number; "2024-05-01 …" is a date.
    if digits == 0 || !(1..=5).contains(&digits) || !separated || figures.len() == 4 && figures.starts_with("20") {
        return (None, trimmed);
    }
    let tail = separator.trim_start_matches([':', '.', '-', '–', '—', ')', '|', ' ']);
    (figures.parse().ok(), if tail.is_empty() { trimmed } else { tail })
}

#[cfg(test)]
mod tests {
    use super::split_number;

    #[test]
    fn numbers_are_told_from_figures() {
        assert_eq!(split_number("ADR-0007: Use X"), (Some(7), "Use X"));
        assert_eq!(split_number("12. Use X"), (Some(12), "Use X"));
        assert_eq!(split_number("[ADR 3] Use X"), (None, "[ADR 3] Use X"));
        assert_eq!(split_number("3 stores for 3 needs"), (None, "3 stores for 3 needs"));
        assert_eq!(split_number("ADR 021 – Use X"), (Some(21), "Use X"));
    }
}
