//! Text → words and sentence ends.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::parse::Key;
use crate::text::Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// Blanks, quotes, hyphens, slashes, brackets.
    #[default]
    None,
    Colon,
    Comma,
    /// A semicolon, or a dash with blanks around it.
    Strong,
    /// The word begins a sentence.
    Sentence,
}

/// A word of a text.
#[derive(Clone, Debug, Default)]
pub struct Word {
    pub span: Span,
    /// In lower case, with straight apostrophes, without a possessive `'s`.
    pub text: CompactString,
    pub before: Break,
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
    /// Part of an address, a path or a code fragment: no prose.
    pub opaque: bool,
    /// Written with a capital first letter.
    pub capital: bool,
    /// An opening bracket stands before it, or it follows one that is still open.
    pub bracketed: bool,
    /// What phrases know it by, in the vocabulary's numbers.
    pub keys: SmallVec<[Key; 3]>,
    /// The engine mention this word stands for.
    pub mention: Option<usize>,
}

/// Splits `text` into words, whose spans are bytes of `text`. `fresh` says that the first word begins a sentence.
pub fn split(text: &str, fresh: bool, words: &mut Vec<Word>) {
    let mut pending = if fresh { Break::Sentence } else { Break::None };
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let chunk_length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if chunk_length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let chunk = rest.get(..chunk_length).unwrap_or_default();
        if is_address(chunk) {
            words.push(Word {
                span: Span::new(at, at + chunk_length),
                text: chunk.into(),
                before: std::mem::take(&mut pending),
                opaque: true,
                ..Word::default()
            });
        } else {
            split_chunk(chunk, at, &mut pending, &mut depth, words);
        }
        let next = text.get(at + chunk_length..).unwrap_or_default();
        if ends_sentence(chunk, next) {
            pending = Break::Sentence;
        }
        at += chunk_length;
    }
}

/// An address, a path, a file name: names in it are no prose.
fn is_address(chunk: &str) -> bool {
    let inner = chunk
        .trim_matches(|c: char| !c.is_alphanumeric() && !"/.~".contains(c))
        .trim_end_matches('.');
    if inner.contains("://") || inner.starts_with("www.") || inner.starts_with("mailto:") {
        return true;
    }
    let path = inner.starts_with("/") || inner.starts_with("./") || inner.starts_with("../") || inner.starts_with("~/");
    path && inner.len() > 2 || has_extension(inner) && inner.contains('/')
}

fn has_extension(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && (1..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
    })
}

fn split_chunk(chunk: &str, base: usize, pending: &mut Break, depth: &mut usize, words: &mut Vec<Word>) {
    let mut start = None;
    let mut characters = chunk.char_indices().peekable();
    let mut previous = ' ';
    let lone = chunk.chars().all(|c| "-–—".contains(c)) || matches!(chunk, "->" | "=>" | "-->");
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, c)| *c);
        let joins = match character {
            c if c.is_alphanumeric() || c == '_' => true,
            '\'' | '’' => start.is_some() && next.is_alphanumeric(),
            // "5.7", "node.js", "99,5", "1'000": one word.
            '.' => start.is_some() && next.is_alphanumeric() && previous.is_alphanumeric(),
            ',' => start.is_some() && previous.is_ascii_digit() && next.is_ascii_digit(),
            '+' => start.is_some() && previous == '+' || next == '+' && previous.is_ascii_alphabetic(),
            _ => false,
        };
        if joins {
            start.get_or_insert(at);
        } else {
            if let Some(from) = start.take() {
                push(chunk, from, at, base, pending, *depth, words);
            }
            let found = match character {
                ',' => Break::Comma,
                ':' => Break::Colon,
                ';' | '→' => Break::Strong,
                '—' | '–' => Break::Strong,
                '-' if lone => Break::Strong,
                _ => Break::None,
            };
            match character {
                '(' | '[' => *depth += 1,
                ')' | ']' => *depth = depth.saturating_sub(1),
                _ => {}
            }
            *pending = (*pending).max(found);
        }
        previous = character;
    }
    if let Some(from) = start {
        push(chunk, from, chunk.len(), base, pending, *depth, words);
    }
}

fn push(chunk: &str, from: usize, to: usize, base: usize, pending: &mut Break, depth: usize, words: &mut Vec<Word>) {
    let written = chunk.get(from..to).unwrap_or_default();
    let mut text = CompactString::from_str_to_lowercase(written);
    if text.contains('’') {
        text = text.replace('’', "'").into();
    }
    if let Some(stripped) = text.strip_suffix("'s") {
        text.truncate(stripped.len());
    }
    words.push(Word {
        span: Span::new(base + from, base + to),
        opaque: text.contains('_') || has_extension(&text) && !text.starts_with(|c: char| c.is_ascii_digit()),
        text,
        before: std::mem::take(pending),
        capital: written.starts_with(char::is_uppercase),
        bracketed: depth > 0,
        ..Word::default()
    });
}

/// Words after which a full stop ends nothing.
const ABBREVIATIONS: [&str; 14] = [
    "e.g", "i.e", "vs", "etc", "approx", "cf", "resp", "no", "fig", "incl", "mr", "dr", "ca", "max",
];

fn ends_sentence(chunk: &str, next: &str) -> bool {
    let bare = chunk.trim_end_matches(|c: char| "\"'”’)]*_`»".contains(c));
    let Some(last) = bare.chars().next_back() else {
        return false;
    };
    if !".!?…".contains(last) {
        return false;
    }
    if last == '.' {
        let word = bare
            .trim_end_matches('.')
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if ABBREVIATIONS.contains(&word.as_str()) || initial {
            return false;
        }
    }
    !next.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        split(text, true, &mut words);
        words
            .iter()
            .map(|word| match word.before {
                Break::Sentence => format!("| {}", word.text),
                Break::Strong => format!("; {}", word.text),
                Break::Comma => format!(", {}", word.text),
                _ => word.text.to_string(),
            })
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(
            words("We use e.g. Redis 5.7 (fast). Don't join; it's read/write-heavy, 10,5 ms."),
            [
                "| we", "use", "e.g", "redis", "5.7", "fast", "| don't", "join", "; it", "read", "write", "heavy",
                ", 10,5", "ms"
            ]
        );
    }

    #[test]
    fn addresses_are_no_prose() {
        let mut found = Vec::new();
        split(
            "see https://redis.io/docs and config/redis.conf or S3/GCS",
            true,
            &mut found,
        );
        let opaque: Vec<_> = found
            .iter()
            .filter(|word| word.opaque)
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(opaque, ["https://redis.io/docs", "config/redis.conf"]);
        assert!(found.iter().any(|word| word.text == "gcs"));
    }
}
