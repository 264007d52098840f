//! Phrases of a lens and the tokens of a sentence come in; the places where they match go out. The notation is that of
//! `lenses/README.md`: words by their stem, `=word` for that form alone, `begin*`, `a|b`, `?word`, `..` for up to three
//! words, `...` for up to seven, `#` for a figure.

use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::token::{Kind, Token};

/// A place where a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// What the phrase stands for, as numbered by whoever compiled it.
    pub class: usize,
    /// First and last token.
    pub first: usize,
    pub last: usize,
    /// How many words it matched.
    pub words: usize,
    /// The figure in it, where the phrase has a `#`.
    pub figure: Option<usize>,
}

#[derive(Debug, Clone)]
enum Form {
    Stem(CompactString),
    Exact(CompactString),
    Prefix(CompactString),
}

#[derive(Debug, Clone)]
enum Element {
    Word { forms: SmallVec<[Form; 1]>, optional: bool },
    Gap(usize),
    Figure,
}

/// Phrases with their classes, ready to be looked up by the word they begin with.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    phrases: Vec<(Vec<Element>, usize)>,
    by_stem: FxHashMap<CompactString, SmallVec<[usize; 2]>>,
    by_word: FxHashMap<CompactString, SmallVec<[usize; 2]>>,
    by_prefix: Vec<(CompactString, usize)>,
    by_figure: Vec<usize>,
}

impl Phrases {
    /// Adds a phrase; false when it is empty or begins with a gap or an optional word.
    pub fn add(&mut self, phrase: &str, class: usize) -> bool {
        let elements: Vec<Element> = phrase.split_whitespace().map(element).collect();
        let id = self.phrases.len();
        match elements.first() {
            Some(Element::Word { forms, optional: false }) => {
                for form in forms {
                    match form {
                        Form::Stem(stem) => self.by_stem.entry(stem.clone()).or_default().push(id),
                        Form::Exact(word) => self.by_word.entry(word.clone()).or_default().push(id),
                        Form::Prefix(begin) => self.by_prefix.push((begin.clone(), id)),
                    }
                }
            }
            Some(Element::Figure) => self.by_figure.push(id),
            _ => return false,
        }
        self.phrases.push((elements, class));
        true
    }

    /// All matches in the sentence. Linear: each phrase is tried where its first word stands and looks a bounded way ahead.
    pub fn find(&self, tokens: &[Token<'_>]) -> Vec<Cue> {
        let mut cues = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.is_number() {
                self.try_all(&self.by_figure, tokens, at, &mut cues);
            }
            if !is_word(token) {
                continue;
            }
            if let Some(ids) = self.by_stem.get(&token.stem) {
                self.try_all(ids, tokens, at, &mut cues);
            }
            if let Some(ids) = self.by_word.get(&token.lower) {
                self.try_all(ids, tokens, at, &mut cues);
            }
            for (begin, id) in &self.by_prefix {
                if token.lower.starts_with(begin.as_str()) {
                    self.try_all(&[*id], tokens, at, &mut cues);
                }
            }
        }
        cues
    }

    fn try_all(&self, ids: &[usize], tokens: &[Token<'_>], at: usize, cues: &mut Vec<Cue>) {
        for id in ids {
            if let Some((elements, class)) = self.phrases.get(*id)
                && let Some((end, figure)) = matches(elements, tokens, at, None)
            {
                let words = elements
                    .iter()
                    .filter(|e| matches!(e, Element::Word { optional: false, .. }))
                    .count();
                cues.push(Cue {
                    class: *class,
                    first: at,
                    last: end.saturating_sub(1),
                    words,
                    figure,
                });
            }
        }
    }
}

/// Comparisons, units without a number and "per second" are words, too, when they stand in a phrase.
fn is_word(token: &Token<'_>) -> bool {
    !matches!(token.kind, Kind::Number(..) | Kind::Stop(_) | Kind::Pair(..))
}

/// Where the match ends (one past its last token), and the figure in it.
fn matches(
    elements: &[Element],
    tokens: &[Token<'_>],
    at: usize,
    figure: Option<usize>,
) -> Option<(usize, Option<usize>)> {
    let Some((element, rest)) = elements.split_first() else {
        return Some((at, figure));
    };
    match element {
        Element::Word { forms, optional } => {
            // A label's colon parts no phrase: "RPO: none".
            let colon = at > 0 && tokens.get(at).is_some_and(|token| token.stops(&[':', '=', '|']));
            let at = if colon { at + 1 } else { at };
            let fits = tokens
                .get(at)
                .is_some_and(|token| forms.iter().any(|form| form.fits(token)));
            if fits && let Some(found) = matches(rest, tokens, at + 1, figure) {
                return Some(found);
            }
            if *optional {
                matches(rest, tokens, at - usize::from(colon), figure)
            } else {
                None
            }
        }
        Element::Figure => {
            // Signs and words of comparison before a figure belong to it: "at most about 5 ms".
            let mut place = at;
            for _ in 0..3 {
                match tokens.get(place).map(|token| &token.kind) {
                    Some(Kind::Number(..)) => {
                        let range = matches!(tokens.get(place + 1).map(|token| &token.kind), Some(Kind::To))
                            && tokens.get(place + 2).is_some_and(Token::is_number);
                        let end = if range { place + 3 } else { place + 1 };
                        return matches(rest, tokens, end, Some(place));
                    }
                    Some(Kind::Bound(_) | Kind::About | Kind::Between) => place += 1,
                    _ => return None,
                }
            }
            None
        }
        Element::Gap(most) => {
            for skip in 0..=*most {
                if let Some(found) = matches(rest, tokens, at + skip, figure) {
                    return Some(found);
                }
                // Gaps do not reach over punctuation.
                if tokens
                    .get(at + skip)
                    .is_none_or(|token| matches!(token.kind, Kind::Stop(_)))
                {
                    return None;
                }
            }
            None
        }
    }
}

impl Form {
    fn fits(&self, token: &Token<'_>) -> bool {
        match self {
            // "in 20*": a year.
            Form::Prefix(begin) if begin.starts_with(|c: char| c.is_ascii_digit()) => {
                token.lower.len() == 4
                    && token.lower.starts_with(begin.as_str())
                    && token.lower.bytes().all(|b| b.is_ascii_digit())
            }
            _ if !is_word(token) => false,
            Form::Stem(stem) => token.stem == *stem,
            Form::Exact(word) => token.lower == *word,
            Form::Prefix(begin) => token.lower.starts_with(begin.as_str()),
        }
    }
}

fn element(text: &str) -> Element {
    match text {
        "#" => return Element::Figure,
        ".." => return Element::Gap(3),
        "..." => return Element::Gap(7),
        _ => {}
    }
    let (optional, text) = text.strip_prefix('?').map_or((false, text), |rest| (true, rest));
    let forms = text
        .split('|')
        .filter(|form| !form.is_empty())
        .map(|form| match (form.strip_prefix('='), form.strip_suffix('*')) {
            (Some(word), _) => Form::Exact(word.replace('_', " ").into()),
            (_, Some(begin)) => Form::Prefix(begin.into()),
            // A token of several words, such as "a day", is written a_day.
            _ if form.contains('_') => Form::Exact(form.replace('_', " ").into()),
            _ => Form::Stem(stem(&form.to_lowercase())),
        })
        .collect();
    Element::Word { forms, optional }
}

/// The stem of a lower-case word, in the manner of Porter's first step: enough to bring the forms of one verb together.
pub(super) fn stem(word: &str) -> CompactString {
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("s'"))
        .unwrap_or(word)
        .trim_start_matches(['-', '/']);
    if word.len() <= 3 || !word.is_ascii() {
        return word.into();
    }
    let mut out = CompactString::from(word);
    if let Some(begin) = out.strip_suffix("ies").filter(|begin| begin.len() > 1) {
        out = format_compact!("{begin}y");
    } else if out.ends_with("sses") || out.ends_with("ches") || out.ends_with("shes") || out.ends_with("xes") {
        out.truncate(out.len() - 2);
    } else if out.ends_with('s') && !out.ends_with("ss") && !out.ends_with("us") && !out.ends_with("is") {
        out.truncate(out.len() - 1);
    }
    if let Some(begin) = out.strip_suffix("ied").filter(|begin| begin.len() > 1) {
        out = format_compact!("{begin}y");
        return out;
    }
    for ending in ["ing", "ed"] {
        if let Some(begin) = out.strip_suffix(ending)
            && begin.len() >= 3
            && begin.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        {
            let bytes = begin.as_bytes();
            let doubled = matches!(bytes, [.., a, b] if a == b && !matches!(b, b'l' | b's' | b'z'));
            out = begin.get(..begin.len() - usize::from(doubled)).unwrap_or(begin).into();
            break;
        }
    }
    if out.len() > 3 && out.ends_with('e') {
        out.truncate(out.len() - 1);
    }
    if out.ends_with("ll") && out.len() > 4 {
        out.truncate(out.len() - 1);
    }
    out
}
