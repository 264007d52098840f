//! A sentence comes in; its tokens go out: the leaves of the statement tree, numbers joined with their physical units.
//! Counted things ("users", "writes per second") stay words: which of them mean something is for the lens to say.

use std::cell::RefCell;
use std::ops::Range;

use compact_str::CompactString;
use tree_sitter::{Node, Parser};
use tree_sitter_language::LanguageFn;

use super::compiled::Compiled;
use super::number::{self, Number};
use super::words::UnitWord;

unsafe extern "C" {
    fn tree_sitter_statement() -> *const ();
}

/// The language of `grammars/statement`.
// SAFETY: the function is the one the generated parser exports, and returns a pointer to a static language.
const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_statement) };

thread_local! {
    // A parser is not `Sync` and costs more to make than a sentence to parse.
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

/// The direction of a comparison in words or signs, before negation is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Less,
    AtMost,
    More,
    AtLeast,
    Exactly,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A number and the physical unit behind it, if any.
    Number(Number, Option<UnitWord>),
    /// p99, median: in per cent.
    Percentile(f64),
    Bound(Bound),
    About,
    /// "between"
    Between,
    /// "to", "or", a dash between numbers.
    To,
    /// "per second", "a day", "daily": seconds, and whether it is an adverb or adjective ("daily").
    Rate {
        seconds: f64,
        adverb: bool,
    },
    /// 90/10, 20:1
    Pair(f64, f64),
    /// Dates, names with digits: never a quantity.
    Opaque,
    Word,
    /// Punctuation that ends a phrase.
    Stop(char),
}

/// One token of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    pub text: &'t str,
    pub span: Range<usize>,
    /// Lower case, straight apostrophes.
    pub lower: CompactString,
    pub stem: CompactString,
}

impl Token<'_> {
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(..))
    }

    /// A comma, semicolon, dash …, or one of these.
    pub fn stops(&self, signs: &[char]) -> bool {
        matches!(self.kind, Kind::Stop(sign) if signs.contains(&sign))
    }
}

/// The tree-sitter language of `grammars/statement`, for highlighting and for the grammar's own tests.
#[must_use]
pub fn language() -> tree_sitter::Language {
    LANGUAGE.into()
}

/// The tokens of a sentence, in order. Quotation marks, brackets and emphasis are left out.
pub(super) fn tokens<'t>(sentence: &'t str, words: &Compiled) -> Vec<Token<'t>> {
    let tree = PARSER.with(|cell| {
        let mut cell = cell.try_borrow_mut().ok()?;
        if cell.is_none() {
            let mut parser = Parser::new();
            parser.set_language(&LANGUAGE.into()).ok()?;
            *cell = Some(parser);
        }
        cell.as_mut()?.parse(sentence, None)
    });
    let Some(tree) = tree else { return Vec::new() };
    let mut reader = Reader {
        sentence,
        words,
        tokens: Vec::new(),
    };
    let mut cursor = tree.walk();
    // Depth first without recursion: the tree of a fragment grammar is flat, but input is not ours.
    'walk: loop {
        let node = cursor.node();
        let descend = !reader.take(&node);
        if descend && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                break 'walk;
            }
        }
    }
    reader.tokens
}

struct Reader<'t, 'w> {
    sentence: &'t str,
    words: &'w Compiled,
    tokens: Vec<Token<'t>>,
}

impl<'t> Reader<'t, '_> {
    /// Takes a node as a token; false when its children are to be looked at instead.
    fn take(&mut self, node: &Node<'_>) -> bool {
        let range = node.byte_range();
        let Some(text) = self.sentence.get(range.clone()) else {
            return true;
        };
        // A phrase that ends inside a word is none: "no more thank".
        let cut = text.ends_with(char::is_alphabetic) && self.behind(range.end).starts_with(char::is_alphabetic);
        let kind = match node.kind() {
            "text" | "measure" | "range" | "unit" | "comparison" | "per_item" | "ERROR" => {
                return node.child_count() == 0;
            }
            "number" => {
                let number = number::number(text, self.words);
                number.map_or(Kind::Opaque, |number| {
                    let unit = number.timed.then(|| self.words.unit("s")).flatten();
                    Kind::Number(number, unit)
                })
            }
            "time_unit" | "byte_unit" | "bandwidth_unit" | "percent" | "nines" | "money" | "rate_unit" if !cut => {
                return self.unit(text, range);
            }
            "percentile" => number::percentile(text, self.words).map_or(Kind::Word, Kind::Percentile),
            "less" if !cut => Kind::Bound(Bound::Less),
            "at_most" if !cut => Kind::Bound(Bound::AtMost),
            "more" if !cut => Kind::Bound(Bound::More),
            "at_least" if !cut => Kind::Bound(Bound::AtLeast),
            "exactly" if !cut => Kind::Bound(Bound::Exactly),
            "approximate" if !cut => Kind::About,
            "between" if !cut => Kind::Between,
            "rate" if !cut => match self.words.period(text) {
                Some((seconds, adverb)) => Kind::Rate { seconds, adverb },
                None => Kind::Word,
            },
            "range_to" if !cut => {
                let spaced = self
                    .sentence
                    .get(..range.start)
                    .is_some_and(|before| before.ends_with(' '));
                // The hyphen of a compound: "two-person team", "read-heavy".
                if !spaced && text == "-" && self.behind(range.end).starts_with(char::is_alphabetic) {
                    return true;
                }
                match text {
                    "-" | "‐" | "‑" if !spaced => Kind::To,
                    "-" | "‐" | "‑" | "−" | "–" | "—" | "…" | "..." => {
                        if spaced {
                            Kind::Stop('-')
                        } else {
                            Kind::To
                        }
                    }
                    _ => Kind::To,
                }
            }
            "pair" => number::pair(text).map_or(Kind::Opaque, |(a, b)| Kind::Pair(a, b)),
            "date" | "code" => Kind::Opaque,
            "punctuation" => match text.chars().next() {
                Some(sign @ (',' | ';' | ':' | '.' | '!' | '?' | '|' | '@' | '\\' | '/' | '+' | '=')) => {
                    Kind::Stop(sign)
                }
                _ => return true,
            },
            _ => Kind::Word,
        };
        self.push(kind, text, range);
        true
    }

    fn behind(&self, at: usize) -> &'t str {
        self.sentence.get(at..).unwrap_or("")
    }

    /// A unit joins the number before it; elsewhere it is a word.
    fn unit(&mut self, text: &'t str, range: Range<usize>) -> bool {
        let known = self.words.unit(text);
        // "240Hz": what goes on is no unit.
        let whole = !self.behind(range.end).starts_with(|c: char| c.is_alphanumeric());
        let gap = self.tokens.last().map(|last| {
            self.sentence
                .get(last.span.end..range.start)
                .is_some_and(|gap| gap.trim().is_empty())
        });
        if let (Some(unit), Some(last), true, Some(true)) = (known, self.tokens.last_mut(), whole, gap) {
            // "$40": where the sign stands before, the number joins it in `push`.
            if let Kind::Number(_, slot @ None) = &mut last.kind {
                *slot = Some(unit);
                last.text = self.sentence.get(last.span.start..range.end).unwrap_or(last.text);
                last.span.end = range.end;
                // "five 9s" is a number of nines, written as nine seconds.
                self.nines();
                return true;
            }
        }
        self.push(Kind::Word, text, range);
        true
    }

    /// "four 9s" came as two numbers: make them one.
    fn nines(&mut self) {
        let [.., count, nine] = self.tokens.as_slice() else {
            return;
        };
        let Some(nines) = self.words.unit("nines") else {
            return;
        };
        if let (Kind::Number(n, None), true) = (&count.kind, matches!(nine.text, "9s" | "9S")) {
            let span = count.span.start..nine.span.end;
            let kind = Kind::Number(n.clone(), Some(nines));
            self.tokens.truncate(self.tokens.len().saturating_sub(2));
            if let Some(text) = self.sentence.get(span.clone()) {
                self.push(kind, text, span);
            }
        }
    }

    fn push(&mut self, kind: Kind, text: &'t str, range: Range<usize>) {
        let mut lower = CompactString::from_str_to_lowercase(text);
        if lower.contains('’') {
            lower = lower.replace('’', "'").into();
        }
        let mut token = Token {
            stem: super::phrase::stem(&lower),
            kind,
            text,
            span: range,
            lower,
        };
        // A sign of money before a number is its unit.
        if let Kind::Number(_, unit @ None) = &mut token.kind
            && let Some(last) = self.tokens.last()
            && matches!(last.kind, Kind::Word)
            && let Some(money) = self.words.unit(last.text)
            && money.is_money()
        {
            *unit = Some(money);
            token.span.start = last.span.start;
            token.text = self.sentence.get(token.span.clone()).unwrap_or(text);
            self.tokens.pop();
        }
        self.tokens.push(token);
    }
}
