//! A number comes in; what stands beside it goes out: the noun it counts, the period it is counted in, and whether it is a
//! year or a label that counts nothing.

use super::Scene;
use super::compiled::Meaning;
use super::figure::{Figure, has_class, word_before};
use super::number::Number;
use super::token::{Kind, Token};
use super::words::{Class, Dimension, Noun};

/// How far a noun or a period may stand behind its number.
const REACH: usize = 5;

/// "in 2021", "the 2018 system": a year, unless it is as round as a count.
pub(super) fn is_year(scene: &Scene<'_>, at: usize, number: &Number) -> bool {
    let four = scene
        .tokens
        .get(at)
        .is_some_and(|token| token.text.len() == 4 && token.text.bytes().all(|b| b.is_ascii_digit()));
    let behind = matches!(
        word_before(scene, at),
        "in" | "until" | "since" | "by" | "before" | "after" | "from" | "till" | "of" | "summer" | "winter"
    );
    four && number.plain && (1950.0..=2060.0).contains(&number.value) && (behind || number.value % 50.0 != 0.0)
}

/// A bare number behind "level", "version", "room" … counts nothing.
pub(super) fn labelled(scene: &Scene<'_>, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| has_class(scene, before, Class::Label))
}

/// The counted noun behind a number: the head of the first run of nouns within reach.
pub(super) fn noun_behind(scene: &Scene<'_>, end: usize) -> Option<(Noun, usize)> {
    let noun_at = |place: usize| {
        let cues = scene.cues.iter().filter(|cue| cue.first == place);
        cues.filter_map(|cue| match scene.words.meaning(cue) {
            Meaning::Noun(noun) => Some((noun, cue.last)),
            _ => None,
        })
        // "readings" are records where they lie and requests where they come in: the period tells later.
        .max_by_key(|(noun, last)| (*last, *noun == Noun::Records))
    };
    let mut found: Option<(Noun, usize)> = None;
    let mut place = end + 1;
    while place <= end + REACH {
        let Some(token) = scene.tokens.get(place) else {
            break;
        };
        let passes = matches!(
            token.kind,
            Kind::Word | Kind::Opaque | Kind::To | Kind::Rate { adverb: true, .. }
        ) || token.stops(&['/']);
        match noun_at(place) {
            Some((noun, last)) => {
                found = Some((noun, last));
                place = last + 1;
                continue;
            }
            None if found.is_some() => break,
            None if !passes || has_class(scene, place, Class::Turn) => break,
            None => place += 1,
        }
    }
    found
}

/// "Concurrent users: 3,500", "| Rows | 3bn |": the noun before the colon.
pub(super) fn noun_label(scene: &Scene<'_>, at: usize) -> Option<Noun> {
    let sign = (at.saturating_sub(3)..at).rev().find(|place| {
        scene.tokens.get(*place).is_some_and(|token| {
            token.stops(&[':', '|', '='])
                || (matches!(token.kind, Kind::Bound(_)) && !token.text.starts_with(char::is_alphabetic))
                || matches!(token.lower.as_str(), "is" | "are")
        })
    })?;
    let mut found = None;
    for place in (sign.saturating_sub(6)..sign).rev() {
        if scene
            .tokens
            .get(place)
            .is_some_and(|token| token.is_number() || token.stops(&[';', '.', ',']))
        {
            break;
        }
        let noun = scene
            .cues
            .iter()
            .filter(|cue| cue.last == place)
            .find_map(|cue| match scene.words.meaning(cue) {
                Meaning::Noun(noun) if noun != Noun::Other => Some(noun),
                _ => None,
            });
        found = found.or(noun);
    }
    found
}

pub(super) fn period_behind(scene: &Scene<'_>, last: usize) -> Option<(f64, usize)> {
    for place in last + 1..=last + REACH {
        let token = scene.tokens.get(place)?;
        match &token.kind {
            Kind::Rate { seconds, .. } => return Some((*seconds, place)),
            Kind::Word | Kind::Opaque => {}
            _ => return None,
        }
    }
    None
}

/// "Monthly growth: 120 GB", "Requests per second: 400", "Every night 5 GB arrive", "a daily volume of 3 GB".
pub(super) fn period_before(scene: &Scene<'_>, at: usize, figure: &Figure) -> Option<(f64, usize)> {
    if !matches!(
        figure.dimension,
        Dimension::Bytes | Dimension::Count | Dimension::Money | Dimension::Share
    ) {
        return None;
    }
    let (mut label, mut comma) = (false, false);
    for place in (0..at).rev() {
        let token = scene.tokens.get(place)?;
        match &token.kind {
            Kind::Stop(':' | '|' | '=') => label = true,
            Kind::Stop(',') if !comma => comma = true,
            Kind::Stop(';' | '.' | ',') | Kind::Number(..) => return None,
            // "QPS: 7500"
            Kind::Word if label && figure.dimension == Dimension::Count => {
                if let Some(unit) = scene
                    .words
                    .unit(token.text)
                    .filter(|unit| unit.dimension == Dimension::Rate && unit.factor > 0.0)
                {
                    return Some((1.0 / unit.factor, place));
                }
            }
            Kind::Rate { seconds, adverb } => {
                let opens = place == 0 && token.lower != "a day";
                let near = *adverb && at - place <= 4 && has_growth(scene);
                return (label && !comma || opens || near && !comma).then_some((*seconds, place));
            }
            _ => {}
        }
    }
    None
}

fn has_growth(scene: &Scene<'_>) -> bool {
    scene
        .cues
        .iter()
        .any(|cue| scene.words.meaning(cue) == Meaning::Class(Class::Growing))
}

/// Whether a token stands between two others that ends a clause.
pub(super) fn stops_between(tokens: &[Token<'_>], a: usize, b: usize, signs: &[char]) -> usize {
    let (low, high) = (a.min(b), a.max(b));
    tokens
        .get(low..high)
        .map_or(0, |between| between.iter().filter(|token| token.stops(signs)).count())
}
