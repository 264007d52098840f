//! A figure comes in; what else belongs to its statement goes out: for each of what it holds, and its percentile.

use super::compiled::Meaning;
use super::figure::Figure;
use super::token::Kind;
use super::words::{Class, Dimension};
use super::{Metric, Scene};

/// "per document", "each user", "every student gets 2 GB".
pub(super) fn per(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> Option<String> {
    // A latency holds for each request anyway.
    if matches!(
        metric,
        Metric::Latency | Metric::Staleness | Metric::RecoveryTime | Metric::RecoveryPoint
    ) {
        return None;
    }
    let named = |place: usize| scene.tokens.get(place).and_then(|token| scene.words.per(&token.stem));
    let mut behind = None;
    for place in figure.at + 1..=figure.last + 4 {
        let Some(token) = scene.tokens.get(place) else {
            break;
        };
        if matches!(token.kind, Kind::Stop(_)) && place > figure.last {
            break;
        }
        if matches!(token.lower.as_str(), "per" | "each" | "every" | "a" | "/") {
            behind = behind.or_else(|| named(place + 1));
        }
    }
    let before = scene
        .tokens
        .iter()
        .take(figure.at)
        .enumerate()
        .find_map(|(place, token)| {
            matches!(token.lower.as_str(), "per" | "each" | "every")
                .then(|| named(place + 1).or_else(|| named(place + 2)))
                .flatten()
        });
    let each = behind.or(before).map(str::to_owned);
    if metric == Metric::ItemSize {
        each.or_else(|| Some("item".to_owned()))
    } else {
        each
    }
}

/// The percentile of a latency, and its token: right behind it, else before it, not beyond another latency.
pub(super) fn percentile(scene: &Scene<'_>, figure: &Figure, figures: &[Figure]) -> Option<(f64, usize)> {
    let is = |place: usize| match scene.tokens.get(place).map(|token| &token.kind) {
        Some(Kind::Percentile(value)) => Some((*value, place)),
        _ => None,
    };
    let behind = (figure.last + 1..=figure.last + 5)
        .take_while(|place| {
            scene
                .tokens
                .get(*place)
                .is_some_and(|token| !matches!(token.kind, Kind::Stop(_) | Kind::Number(..)))
        })
        .find_map(is);
    let before = (0..figure.first).rev().find_map(is);
    let near = before.filter(|(_, place)| !figures.iter().any(|other| (*place..figure.at).contains(&other.at)));
    // A percentile behind another figure is that one's: "1 ms (p95) and scans in 20 ms".
    let before = before.filter(|(_, place)| {
        !figures
            .iter()
            .any(|other| other.dimension == Dimension::Time && other.last < *place && *place - other.last <= 3)
    });
    let share = shares(scene, figure);
    behind.or(near).or(share).or(before)
}

/// "95 % of all reads within 10 ms": a percentile in other words.
fn shares(scene: &Scene<'_>, figure: &Figure) -> Option<(f64, usize)> {
    scene.cues.iter().find_map(|cue| {
        let at = cue
            .figure
            .filter(|_| scene.words.meaning(cue) == Meaning::Class(Class::Portion))?;
        let near = at.abs_diff(figure.at) <= 12;
        match scene.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Number(number, Some(unit)))
                if near && unit.dimension == Dimension::Share && number.value >= 50.0 =>
            {
                Some((number.value, at))
            }
            _ => None,
        }
    })
}
