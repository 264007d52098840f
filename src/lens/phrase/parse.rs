//! A phrase as written → its elements.

use std::collections::BTreeMap;

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// Any of these, once; or not at all when `optional`.
    Word { any: Vec<Atom>, optional: bool },
    /// Up to this many words between.
    Gap(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
const SHORT_GAP: usize = 3;
const LONG_GAP: usize = 7;

/// Parses a phrase. A word with hyphens or slashes is several words, as in texts.
pub fn parse(phrase: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<Element>, Malformed> {
    let mut elements = Vec::new();
    for piece in phrase.split_whitespace() {
        match piece {
            ".." => elements.push(Element::Gap(SHORT_GAP)),
            "..." | "…" => elements.push(Element::Gap(LONG_GAP)),
            _ => word(piece, phrase, classes, &mut elements)?,
        }
    }
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
    let parts: Vec<&str> = if piece.contains('@') {
        vec![piece]
    } else {
        piece.split(['-', '/']).collect()
    };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let mut any = Vec::new();
        for alternative in part.split('|').filter(|alternative| !alternative.is_empty()) {
            any.extend(atoms(alternative, phrase, classes)?);
        }
        elements.push(Element::Word { any, optional });
    }
    Ok(())
}

fn atoms(part: &str, phrase: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<Atom>, Malformed> {
    let part = part.trim_matches(|c: char| "\"“”,.:;()".contains(c));
    if part.is_empty() || ["=", "*"].contains(&part) {
        return Err(Malformed::Bare {
            phrase: phrase.to_owned(),
            piece: part.to_owned(),
        });
    }
    match part {
        "#" => return Ok(vec![Atom::Number]),
        "@engine" => return Ok(vec![Atom::Engine]),
        _ => {}
    }
    if let Some(class) = part.strip_prefix('@') {
        let Some(members) = classes.get(class) else {
            return Err(Malformed::UnknownClass {
                phrase: phrase.to_owned(),
                class: class.to_owned(),
            });
        };
        let mut any = Vec::new();
        for member in members.iter().filter(|member| !member.starts_with('@')) {
            any.extend(atoms(member, phrase, classes)?);
        }
        return Ok(any);
    }
    if let Some(exact) = part.strip_prefix('=') {
        return Ok(vec![Atom::Exact(exact.to_lowercase())]);
    }
    if let Some(prefix) = part.strip_suffix('*') {
        return Ok(vec![Atom::Prefix(prefix.to_lowercase())]);
    }
    // A class may hold hyphenated words; a single place can only hold the last part.
    Ok(vec![Atom::Stem(part.to_lowercase().replace('’', "'"))])
}
