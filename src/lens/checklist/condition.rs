//! The condition of a risk rule → the choices it names: ids joined by `&&` and `||`, `!` before one, parentheses around some.

use std::ops::Range;

use winnow::LocatingSlice;
use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited, preceded, repeat, separated};
use winnow::prelude::*;
use winnow::token::take_while;

/// What holds when no other condition does.
pub const DEFAULT: &str = "default";

/// Parentheses deeper than this are a mistake, or malice.
const DEEPEST: usize = 50;

/// A condition that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Malformed {
    /// Where in the condition, in bytes.
    pub at: usize,
    pub message: String,
}

/// A choice that a condition names, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    pub choice: &'a str,
    pub bytes: Range<usize>,
}

/// Reads a condition; `default` names no choice.
pub fn named(condition: &str) -> Result<Vec<Named<'_>>, Malformed> {
    if condition.trim() == DEFAULT {
        return Ok(Vec::new());
    }
    let mut depth = 0usize;
    for (at, byte) in condition.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let message = format!("parentheses are at most {DEEPEST} deep");
            return Err(Malformed { at, message });
        }
    }
    delimited(multispace0, any, multispace0)
        .parse(LocatingSlice::new(condition))
        .map_err(|error| {
            let at = error.char_span().start;
            let rest = condition.get(at..).unwrap_or_default().trim();
            let message = match rest.char_indices().nth(SHOWN) {
                _ if rest.is_empty() => "the condition ends where a choice or `)` is expected".to_owned(),
                Some((cut, _)) => format!("`{}…` is not expected here", rest.get(..cut).unwrap_or_default()),
                None => format!("`{rest}` is not expected here"),
            };
            Malformed { at, message }
        })
}

/// So many characters of a condition are shown.
const SHOWN: usize = 20;

type Input<'a> = LocatingSlice<&'a str>;

fn any<'a>(input: &mut Input<'a>) -> winnow::Result<Vec<Named<'a>>> {
    let joined = delimited(multispace0, alt(("&&", "||")), multispace0);
    let terms: Vec<Vec<Named<'a>>> = separated(1.., term, joined).parse_next(input)?;
    Ok(terms.concat())
}

fn term<'a>(input: &mut Input<'a>) -> winnow::Result<Vec<Named<'a>>> {
    let choice = take_while(1.., is_of_id).with_span();
    let choice = choice.map(|(choice, bytes)| vec![Named { choice, bytes }]);
    let within = delimited(("(", multispace0), any, (multispace0, ")"));
    let nots = repeat::<_, _, (), _, _>(0.., ("!", multispace0));
    preceded(nots, alt((within, choice))).parse_next(input)
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::named;

    fn choices(condition: &str) -> Vec<&str> {
        let named = named(condition).expect("a condition");
        named.into_iter().map(|named| named.choice).collect()
    }

    #[test]
    fn the_choices_of_a_condition_are_read_in_order() {
        assert_eq!(choices("backed_up"), ["backed_up"]);
        assert_eq!(choices(" a && !b||(c && ! ( d ) ) "), ["a", "b", "c", "d"]);
        assert!(choices("default").is_empty());
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (condition, at, says) in [
            ("a && ", 2, "`&&` is not expected here"),
            ("a & b", 2, "`& b` is not expected here"),
            ("a b", 2, "`b` is not expected here"),
            ("", 0, "the condition ends"),
        ] {
            let malformed = named(condition).expect_err(condition);
            assert_eq!(malformed.at, at, "{condition}");
            assert!(malformed.message.starts_with(says), "{condition}: {malformed}");
        }
        assert!(named("(a || b").is_err());
        assert!(named(&"(".repeat(100_000)).is_err());
        assert!(named(&"!".repeat(100_000)).is_err());
    }
}
