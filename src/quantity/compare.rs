//! A figure comes in; how it bounds goes out: the comparison beside it, turned round by a negation before it.

use super::compiled::Meaning;
use super::figure::{Figure, has_class};
use super::number::Shape;
use super::token::{Bound, Kind};
use super::words::{Class, Dimension};
use super::{Comparison, Metric, Scene};

/// A comparison and the tokens it makes part of the statement.
pub(super) struct Compared {
    pub comparison: Comparison,
    pub first: usize,
    pub last: usize,
}

/// How the figure bounds what it measures.
pub(super) fn compare(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> Compared {
    let (mut first, mut last) = (figure.first, figure.last);
    if figure.high.is_some() {
        if let Some(before) = figure.first.checked_sub(1)
            && scene
                .tokens
                .get(before)
                .is_some_and(|token| matches!(token.kind, Kind::Between))
        {
            first = before;
        }
        return Compared {
            comparison: Comparison::Range,
            first,
            last,
        };
    }
    let mut comparison = None;
    if let Some((bound, place)) = before(scene, figure) {
        first = place;
        comparison = Some(turned(scene, bound, place));
    }
    if matches!(comparison, None | Some(Comparison::About))
        && let Some((bound, place)) = behind(scene, figure)
    {
        last = place;
        comparison = Some(bound);
    }
    let older = scene
        .tokens
        .get(first)
        .is_some_and(|token| token.lower.starts_with("older"));
    let comparison = match (figure.shape, comparison) {
        (Shape::Below, _) => Comparison::Less,
        // What is older than thirteen months may go: thirteen months are kept.
        (Shape::Value, Some(Comparison::More)) if metric == Metric::Retention && older => Comparison::Equal,
        (Shape::Value, Some(comparison)) => comparison,
        (Shape::Value, None) => in_words(scene, figure, metric),
    };
    Compared {
        comparison,
        first,
        last,
    }
}

fn plain(bound: Bound) -> Comparison {
    match bound {
        Bound::Less => Comparison::Less,
        Bound::AtMost => Comparison::AtMost,
        Bound::More => Comparison::More,
        Bound::AtLeast => Comparison::AtLeast,
        Bound::Exactly => Comparison::Equal,
    }
}

/// "must not … longer than" is at most, "must not fall below" at least.
fn turned(scene: &Scene<'_>, comparison: Comparison, place: usize) -> Comparison {
    let negated = scene.cues.iter().any(|cue| {
        scene.words.meaning(cue) == Meaning::Class(Class::Negation)
            && cue.last < place
            && place - cue.last <= 7
            && scene.tokens.get(cue.last..place).is_some_and(|between| {
                between
                    .iter()
                    .all(|token| !token.stops(&[',', ';', '.', ':', '|']) && !token.is_number())
            })
    });
    match comparison {
        Comparison::More if negated => Comparison::AtMost,
        Comparison::Less if negated => Comparison::AtLeast,
        other => other,
    }
}

/// The comparison before the number; words such as "the" or a sign may stand between.
fn before(scene: &Scene<'_>, figure: &Figure) -> Option<(Comparison, usize)> {
    let mut about = None;
    let mut steps = 0;
    for place in (0..figure.first).rev() {
        let token = scene.tokens.get(place)?;
        match &token.kind {
            // "<" and "=" come as two tokens where Markdown escapes one of them.
            Kind::Bound(Bound::Exactly) => {}
            Kind::Bound(bound) => return Some((plain(*bound), place)),
            Kind::About if has_class(scene, place, Class::Ignore) => {}
            Kind::About => about = about.or(Some((Comparison::About, place))),
            Kind::Stop('\\' | '=') => {}
            Kind::Stop(_) | Kind::Number(..) | Kind::To | Kind::Rate { .. } => return about,
            _ => steps += 1,
        }
        if steps > 2 {
            break;
        }
    }
    about
}

/// "5 ms or less", "10 ms (max)", "100 GB or so", "10k+".
fn behind(scene: &Scene<'_>, figure: &Figure) -> Option<(Comparison, usize)> {
    let mut steps = 0;
    for place in figure.at + 1..=figure.last + 3 {
        let token = scene.tokens.get(place)?;
        // What stands before the next number belongs to that one.
        let next = scene
            .tokens
            .get(place + 1)
            .is_some_and(|next| next.is_number() || matches!(next.kind, Kind::Percentile(_)));
        match &token.kind {
            Kind::Bound(bound @ (Bound::AtMost | Bound::AtLeast)) if !next || token.lower.starts_with("or ") => {
                return Some((plain(*bound), place));
            }
            Kind::About if !next => return Some((Comparison::About, place)),
            // "(min)": the unit stands alone, so it is none.
            Kind::Word if token.lower == "min" && place > figure.last => {
                return Some((Comparison::AtLeast, place));
            }
            Kind::Stop('+') => return Some((Comparison::AtLeast, place)),
            Kind::Stop(',') if place > figure.last => steps += 1,
            Kind::Stop(_) | Kind::Number(..) if place > figure.last => return None,
            _ => {}
        }
        if steps > 1 {
            return None;
        }
    }
    None
}

/// No comparison beside the number: a word in the same clause may still bound it ("the upper limit is", "answered in").
fn in_words(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> Comparison {
    let classes = [
        (Class::AtMost, Comparison::AtMost),
        (Class::AtLeast, Comparison::AtLeast),
        (Class::Less, Comparison::Less),
    ];
    for cue in scene.cues {
        let Meaning::Class(class) = scene.words.meaning(cue) else {
            continue;
        };
        let Some((_, comparison)) = classes.iter().find(|(of, _)| *of == class) else {
            continue;
        };
        if let Some(bound) = cue.figure {
            if bound == figure.at {
                return turned(scene, *comparison, cue.first);
            }
            continue;
        }
        let distance = if cue.last < figure.first {
            figure.first - cue.last
        } else {
            cue.first.saturating_sub(figure.last)
        };
        let clear = scene
            .tokens
            .get(cue.last.min(figure.last) + 1..cue.first.max(figure.first))
            .is_some_and(|between| {
                between
                    .iter()
                    .all(|token| !token.stops(&[';', '.', ',']) && (!token.is_number()))
            });
        if distance <= 6 && clear {
            return turned(scene, *comparison, cue.first);
        }
    }
    let before = figure
        .first
        .checked_sub(1)
        .and_then(|place| scene.tokens.get(place))
        .map_or("", |token| token.lower.as_str());
    let awaited = matches!(
        metric,
        Metric::Latency | Metric::RecoveryTime | Metric::Staleness | Metric::ReplicationLag | Metric::RecoveryPoint
    );
    if figure.dimension == Dimension::Time && awaited && matches!(before, "in" | "after") {
        Comparison::AtMost
    } else {
        Comparison::Equal
    }
}

/// The same bound seen from the other side: at most 5 minutes down is at least so much up.
pub(super) fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::More => Comparison::Less,
        other => other,
    }
}
