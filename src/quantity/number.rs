//! The text of a number goes in; its value goes out: digits with any grouping, suffixes, powers of ten, words.

use super::compiled::Compiled;

/// A number as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    /// The value without its suffix or magnitude: in "5 to 10k" the ends are compared by it.
    pub mantissa: f64,
    pub shape: Shape,
    /// The suffix was a lone `m`: million, or minutes.
    pub lone_m: bool,
    /// Digits only, no suffix, no word.
    pub plain: bool,
    /// "sub-second": the unit is in the number.
    pub timed: bool,
    /// "a couple of": no exact number.
    pub vague: bool,
}

/// What the notation itself says of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Value,
    /// "sub-10", "single-digit": less than the value.
    Below,
}

impl Number {
    pub fn new(value: f64) -> Self {
        Self {
            value,
            mantissa: value,
            shape: Shape::Value,
            lone_m: false,
            plain: false,
            timed: false,
            vague: false,
        }
    }
}

/// The value of a `number` node. None for what only looks like a number: 1.2.3, 10.0.0.1.
pub(super) fn number(text: &str, words: &Compiled) -> Option<Number> {
    let lower = text.to_lowercase().replace('’', "'");
    let lower = lower.trim();
    if let Some(rest) = lower.strip_prefix("sub") {
        let rest = rest.trim_start_matches(['-', ' ']);
        if rest.is_empty() {
            return None;
        }
        let timed = !rest.starts_with(|c: char| c.is_ascii_digit()) && words.number_word(first(rest)).is_none();
        let inner = if rest.starts_with(|c: char| c.is_ascii_digit()) || words.number_word(first(rest)).is_some() {
            number(rest, words)?
        } else {
            Number::new(words.unit(rest)?.seconds()?)
        };
        return Some(Number {
            shape: Shape::Below,
            timed,
            ..inner
        });
    }
    if let Some(below) = words.digit_class(lower) {
        return Some(Number {
            shape: Shape::Below,
            ..Number::new(below)
        });
    }
    let number = if lower.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        digits_first(lower, words)
    } else {
        spelled(lower, words)
    };
    number.map(|number| {
        // "5M" is no five minutes.
        let lone_m = number.lone_m && text.trim_end().ends_with('m');
        Number { lone_m, ..number }
    })
}

fn first(text: &str) -> &str {
    text.split([' ', '-', '\u{a0}']).next().unwrap_or(text)
}

/// "1.5k", "3.2 mln", "2 million", "3 and a half".
fn digits_first(lower: &str, words: &Compiled) -> Option<Number> {
    let end = digits_end(lower);
    let (head, tail) = lower.split_at_checked(end)?;
    let mantissa = digits(head)?;
    let mut value = mantissa;
    let (mut lone_m, mut plain) = (false, true);
    let mut rest = tail.trim_start_matches(['-', ' ', '\u{a0}', '\u{202f}']).trim_end();
    if let Some(at) = rest.find("and ") {
        let (before, half) = rest.split_at_checked(at)?;
        value += words.number_word(half.trim())?;
        rest = before.trim();
        plain = false;
    }
    let rest = rest.trim_end_matches(" of");
    if !rest.is_empty() {
        value *= words.number_word(rest)?;
        lone_m = rest == "m";
        plain = false;
    }
    Some(Number {
        mantissa,
        lone_m,
        plain,
        ..Number::new(value)
    })
}

/// Where the digits with their grouping and power of ten end.
fn digits_end(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_digit = chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        let power = matches!(c, 'x' | '×' | '*' | '·' | '^' | 'e');
        let gap = matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        let keep = c.is_ascii_digit()
            || superscript(c).is_some()
            || (next_digit && (matches!(c, '.' | ',' | '\'') || gap || power))
            || (power
                && text
                    .get(at + c.len_utf8()..)
                    .is_some_and(|rest| rest.trim_start_matches(['*', ' ']).starts_with("10")))
            || (gap && chars.peek().is_some_and(|(_, n)| matches!(n, 'x' | '×' | '*' | '·')));
        if !keep {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn superscript(c: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹"
        .chars()
        .position(|s| s == c)
        .and_then(|n| u32::try_from(n).ok())
}

/// Digits alone: "1,500,000", "1,2", "10^4", "2x10^6", "1e6".
pub(super) fn digits(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(at) = text.find(['x', '×', '·']) {
        let (a, b) = text.split_at_checked(at)?;
        return Some(digits(a)? * digits(b.trim_start_matches(['x', '×', '·', ' ', '\u{a0}']))?);
    }
    if let Some((a, b)) = text.split_once("**").or_else(|| text.split_once('^')) {
        return power(digits(a)?, b.trim().parse().ok()?);
    }
    if let Some((a, b)) = text.split_once('*') {
        return Some(digits(a)? * digits(b)?);
    }
    if let Some(at) = text.find(|c| superscript(c).is_some()) {
        let (a, b) = text.split_at_checked(at)?;
        let exponent = b
            .chars()
            .filter_map(superscript)
            .fold(0u32, |sum, n| sum.saturating_mul(10).saturating_add(n));
        return power(digits(a)?, i32::try_from(exponent).ok()?);
    }
    if let Some((a, b)) = text.split_once('e') {
        return Some(digits(a)? * power(10.0, b.parse().ok()?)?);
    }
    grouped(text)
}

fn power(base: f64, exponent: i32) -> Option<f64> {
    Some(base.powi(exponent)).filter(|value| value.is_finite())
}

/// A number whose groups may be parted by commas, points, blanks or apostrophes, and whose fraction by a comma or a point.
fn grouped(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(['.', ',', '\'', ' ', '\u{a0}', '\u{202f}']).collect();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let plain = |text: &str| text.parse::<f64>().ok();
    let (Some(head), Some(tail)) = (parts.first(), parts.last()) else {
        return None;
    };
    let groups = |parts: &[&str]| {
        !parts.is_empty() && parts.iter().all(|part| part.len() == 3) && (1..=3).contains(&head.len()) && *head != "0"
    };
    let joined = parts.concat();
    match signs.as_slice() {
        [] => plain(text),
        ['.'] if head.is_empty() => plain(&format!("0.{tail}")),
        ['.'] => plain(text),
        [','] if groups(parts.get(1..)?) => plain(&joined),
        [','] => plain(&format!("{head}.{tail}")),
        ['\'' | ' ' | '\u{a0}' | '\u{202f}'] => groups(parts.get(1..)?).then(|| plain(&joined)).flatten(),
        [first, middle @ .., last] => {
            let uniform = middle.iter().all(|sign| sign == first);
            if first == last && uniform {
                groups(parts.get(1..)?).then(|| plain(&joined)).flatten()
            } else if uniform && matches!(last, '.' | ',') && groups(parts.get(1..parts.len().checked_sub(1)?)?) {
                let whole = parts.get(..parts.len().checked_sub(1)?)?.concat();
                plain(&format!("{whole}.{tail}"))
            } else {
                None
            }
        }
        [_] => None,
    }
}

/// "two million", "twenty-five", "one hundred and fifty", "half a", "a dozen", "three and a half".
fn spelled(lower: &str, words: &Compiled) -> Option<Number> {
    if let Some(value) = words.number_word(lower) {
        return Some(Number {
            vague: words.is_vague(lower),
            plain: (1.0..1000.0).contains(&value),
            ..Number::new(value)
        });
    }
    let mut rest = lower;
    let (mut total, mut current, mut seen, mut vague) = (0.0, 0.0, false, false);
    let mut magnitude = 1.0;
    while !rest.is_empty() {
        // The longest known phrase first: "half a" before "half".
        let (value, used) = words.longest_number(rest)?;
        let phrase = rest.get(..used)?;
        vague |= words.is_vague(phrase);
        rest = rest.get(used..)?.trim_start_matches([' ', '-', '\u{a0}', '\t', '\n']);
        if phrase.starts_with("and ") || (value < 1.0 && value > 0.0 && seen) {
            // "three and a half"
            current += value;
        } else if value >= 1000.0 {
            magnitude = value;
            total += (if seen && current > 0.0 { current } else { 1.0 }) * value;
            current = 0.0;
        } else if value >= 12.0 && seen && current > 0.0 && (value - 100.0).abs() < f64::EPSILON
            || phrase.starts_with("dozen")
        {
            current = (if current > 0.0 { current } else { 1.0 }) * value;
        } else if value > 0.0 && value < 1.0 {
            current = value;
        } else {
            current += value;
        }
        // "half a million": the fraction multiplies.
        seen = true;
    }
    let value = total + current;
    // "ten to fifteen thousand": fifteen is what ten is compared with.
    let mantissa = if total > 0.0 && current == 0.0 {
        value / magnitude
    } else {
        value
    };
    seen.then(|| Number {
        vague,
        mantissa,
        plain: total == 0.0,
        ..Number::new(value)
    })
}

/// 99 for "p99" and "99th percentile", 99.9 for "p999", 50 for the median.
pub(super) fn percentile(text: &str, words: &Compiled) -> Option<f64> {
    let lower = text.to_lowercase();
    if lower.starts_with("median") {
        return Some(50.0);
    }
    if let Some(rest) = lower.strip_prefix('p') {
        let value = grouped(rest)?;
        return Some(match rest.len() {
            3 if !rest.contains(['.', ',']) => value / 10.0,
            4 if !rest.contains(['.', ',']) => value / 100.0,
            5 if !rest.contains(['.', ',']) => value / 1000.0,
            _ => value,
        });
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        let end = lower.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        return grouped(lower.get(..end)?);
    }
    let name = lower.split(" percentile").next()?;
    words.ordinal(name.trim_end_matches("-percentile"))
}

/// The two numbers of "90/10", "20:1".
pub(super) fn pair(text: &str) -> Option<(f64, f64)> {
    let (a, b) = text.split_once([':', '/'])?;
    // 14:00 and 09:30 are times of day.
    if text.contains(':') && b.trim().starts_with('0') && b.trim().len() == 2 {
        return None;
    }
    Some((grouped(a.trim())?, grouped(b.trim())?))
}

/// The value to twelve significant digits: 99.9 hundredths are 0.999, wherever they were written.
pub(super) fn tidy(value: f64) -> f64 {
    let text = format!("{value:.11e}");
    text.parse().unwrap_or(value)
}
