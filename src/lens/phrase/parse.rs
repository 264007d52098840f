//! A phrase as written → its elements. Also a part of the build script.

use std::collections::BTreeMap;

/// The number of a stem, a form or a beginning.
pub type Key = u32;

/// Any number, whatever its figures.
pub const NUMBER: Key = 0;
/// The name of an engine. The numbers of words follow.
pub const ENGINE: Key = 1;

/// One place of a phrase, with the words that can stand there.
#[derive(Debug, Clone, PartialEq)]
pub enum Element<Words = Vec<Atom>> {
    /// Any of these, once; or not at all when `optional`.
    Word { any: Words, optional: bool },
    /// Up to this many words between.
    Gap(u8),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    Stem(String),
    Exact(String),
    Prefix(String),
    Number,
    Engine,
}

#[derive(Debug, thiserror::Error, PartialEq)]
pub enum Malformed {
    #[error("phrase `{0}` has no word")]
    Empty(String),
    #[error("phrase `{phrase}` names the word class `@{class}`, which no `language/words-*.toml` defines")]
    UnknownClass { phrase: String, class: String },
    #[error("phrase `{0}…` is longer than {LONGEST} words or has more than {GAPS} gaps")]
    TooLong(String),
    #[error("phrase `{phrase}` has `{piece}`, which stands for no word")]
    Bare { phrase: String, piece: String },
}

/// A phrase has no more places than this.
const LONGEST: usize = 40;
/// Nor more gaps: each multiplies the ways to look.
const GAPS: usize = 5;

/// Gaps as written: `..` and `...`.
const SHORT_GAP: u8 = 3;
const LONG_GAP: u8 = 7;

/// Parses a phrase.
pub fn parse(phrase: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<Element>, Malformed> {
    let mut elements = Vec::new();
    for piece in phrase.split_whitespace() {
        elements.extend(parse_piece(piece, phrase, classes)?);
    }
    whole(elements, phrase)
}

/// Parses what stands between two blanks of a phrase. A word with hyphens or slashes is several words, as in texts.
pub fn parse_piece(
    piece: &str,
    phrase: &str,
    classes: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<Element>, Malformed> {
    let mut elements = Vec::new();
    match piece {
        ".." => elements.push(Element::Gap(SHORT_GAP)),
        "..." | "…" => elements.push(Element::Gap(LONG_GAP)),
        _ => word(piece, phrase, classes, &mut elements)?,
    }
    Ok(elements)
}

/// The elements of all pieces as a phrase: it neither begins nor ends with a gap.
pub(super) fn whole<Words>(mut elements: Vec<Element<Words>>, phrase: &str) -> Result<Vec<Element<Words>>, Malformed> {
    while matches!(elements.first(), Some(Element::Gap(_))) {
        elements.remove(0);
    }
    while matches!(elements.last(), Some(Element::Gap(_))) {
        elements.pop();
    }
    let gaps = elements
        .iter()
        .filter(|element| matches!(element, Element::Gap(_)))
        .count();
    if elements.len() > LONGEST || gaps > GAPS {
        return Err(Malformed::TooLong(phrase.chars().take(60).collect()));
    }
    if !elements
        .iter()
        .any(|element| matches!(element, Element::Word { optional: false, .. }))
    {
        return Err(Malformed::Empty(phrase.to_owned()));
    }
    Ok(elements)
}

fn word(
    piece: &str,
    phrase: &str,
    classes: &BTreeMap<String, Vec<String>>,
    elements: &mut Vec<Element>,
) -> Result<(), Malformed> {
    let (piece, optional) = piece.strip_prefix('?').map_or((piece, false), |rest| (rest, true));
    // The name of a class may hold hyphens.
    let whole = piece.as_bytes().contains(&b'@');
    for part in split(piece, |byte| !whole && matches!(byte, b'-' | b'/')) {
        let mut any = Vec::new();
        for alternative in split(part, |byte| byte == b'|') {
            atoms(alternative, phrase, classes, &mut any)?;
        }
        elements.push(Element::Word { any, optional });
    }
    Ok(())
}

/// The parts of a text between some ASCII marks, empty ones left out. The lens has tens of thousands of words: they are gone through by
/// bytes.
fn split(text: &str, is_mark: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let parts = text.as_bytes().split(move |&byte| is_mark(byte));
    // Cut at ASCII marks, a text stays one.
    parts
        .filter(|part| !part.is_empty())
        .filter_map(|part| std::str::from_utf8(part).ok())
}

fn atoms(
    part: &str,
    phrase: &str,
    classes: &BTreeMap<String, Vec<String>>,
    any: &mut Vec<Atom>,
) -> Result<(), Malformed> {
    if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()) {
        any.push(Atom::Stem(part.to_owned()));
        return Ok(());
    }
    let part = part.trim_matches(|c: char| "\"“”,.:;()".contains(c));
    if part.is_empty() || ["=", "*"].contains(&part) {
        return Err(Malformed::Bare {
            phrase: phrase.to_owned(),
            piece: part.to_owned(),
        });
    }
    if let Some(class) = part.strip_prefix('@').filter(|_| part != "@engine") {
        let Some(members) = classes.get(class) else {
            return Err(Malformed::UnknownClass {
                phrase: phrase.to_owned(),
                class: class.to_owned(),
            });
        };
        for member in members.iter().filter(|member| !member.starts_with('@')) {
            atoms(member, phrase, classes, any)?;
        }
        return Ok(());
    }
    any.push(match part {
        "#" => Atom::Number,
        "@engine" => Atom::Engine,
        _ => {
            if let Some(exact) = part.strip_prefix('=') {
                Atom::Exact(exact.to_lowercase())
            } else if let Some(prefix) = part.strip_suffix('*') {
                Atom::Prefix(prefix.to_lowercase())
            } else {
                // A class may hold hyphenated words; a single place can only hold the last part.
                Atom::Stem(part.to_lowercase().replace('’', "'"))
            }
        }
    });
    Ok(())
}
