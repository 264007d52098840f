//! A statement comes in; whose it is goes out: a target, today's, the past's, a product's, an example. Cues count in
//! the part of the sentence that holds the figure first, then in wider ones. None when the need is denied.

use super::compiled::Meaning;
use super::figure::Figure;
use super::phrase::Cue;
use super::token::{Kind, Token};
use super::words::{Class, Dimension};
use super::{Metric, Place, Scene, Statement, When};

/// Whose statement it is; None for "nobody needs more than one region".
pub(super) fn when(scene: &Scene<'_>, figures: &[Figure], statement: &Statement) -> Option<When> {
    let numbers: Vec<usize> = figures.iter().map(|figure| figure.at).collect();
    let hard = part(scene, statement, &numbers, false);
    let soft = part(scene, statement, &numbers, true);
    let whole = (0, scene.tokens.len());
    let at = statement.at;
    // "in three years" is a horizon, "in 3 ms" is none, and a figure is not its own horizon.
    let horizon = |cue: &Cue| {
        cue.figure.is_none_or(|place| {
            place != at
                && figures
                    .iter()
                    .any(|f| f.at == place && f.dimension == Dimension::Time && f.low >= 7.0 * 86_400.0)
        })
    };
    let near = |class: Class, (from, to): (usize, usize)| nearest(scene, class, from, to, at, &horizon);

    // An example governs what follows it, a denied need what it stands beside.
    if scene.cues.iter().any(|cue| {
        scene.words.meaning(cue) == Meaning::Class(Class::Example)
            && (cue.last <= at || cue.first <= statement.last + 3)
    }) {
        return Some(When::Example);
    }
    if near(Class::NoNeed, soft).is_some() {
        return None;
    }
    if near(Class::Elsewhere, whole).is_some() {
        return Some(When::Capability);
    }
    for (level, scope) in [soft, hard, whole].into_iter().enumerate() {
        let engine = level < 2 && engine_before(scene, scope, at);
        if engine && engine_needs(scene, scope) {
            return Some(When::Capability);
        }
        let demand = near(Class::Demand, scope).filter(|_| near(Class::NotDemand, scope).is_none());
        let future = near(Class::Future, scope);
        let target = match (demand, future) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let today = near(Class::Today, scope);
        let past = near(Class::Past, scope).filter(|_| past_governs(scene, scope, at));
        if level < 2
            && near(Class::PastForSure, scope).is_some_and(|past| target.is_none_or(|target| past <= target + 2))
        {
            return Some(When::Past);
        }
        if today_of_need(scene, scope) {
            return Some(When::Today);
        }
        match (target, today) {
            (Some(target), Some(today)) if level == 0 && today < target && rivals(figures, statement, scope) => {
                return Some(When::Today);
            }
            (Some(_), _) if level < 2 => return Some(When::Target),
            (None, Some(_)) => return Some(When::Today),
            _ => {}
        }
        if level == 0 && past.is_some() {
            return Some(When::Past);
        }
        if level < 2 && (engine || near(Class::Capability, scope).is_some()) {
            return Some(if near(Class::Owns, scope).is_some() {
                When::Today
            } else {
                When::Capability
            });
        }
        if target.is_some() {
            return Some(When::Target);
        }
        if level == 1 && past.is_some() {
            return Some(When::Past);
        }
        // "We have $400 a month" is a budget, not a bill.
        if level == 1 && statement.metric != Metric::Cost && near(Class::Owns, scope).is_some() {
            return Some(When::Today);
        }
    }
    Some(match scene.place {
        Place::Need | Place::Decision | Place::Other => When::Target,
        Place::Option | Place::Consequence => When::Capability,
    })
}

/// A verb in the past tense governs a figure behind it, or right before it; "after the badge was read" governs nothing.
fn past_governs(scene: &Scene<'_>, (from, to): (usize, usize), at: usize) -> bool {
    scene.cues.iter().any(|cue| {
        scene.words.meaning(cue) == Meaning::Class(Class::Past)
            && cue.first >= from
            && cue.last < to
            && (cue.first <= at || cue.first - at <= 2)
    })
}

/// "presently needs 12 ms", "currently required": the need itself is today's.
fn today_of_need(scene: &Scene<'_>, (from, to): (usize, usize)) -> bool {
    let of = |class: Class| {
        move |cue: &&Cue| scene.words.meaning(cue) == Meaning::Class(class) && cue.first >= from && cue.last < to
    };
    scene.cues.iter().filter(of(Class::Today)).any(|today| {
        scene.cues.iter().filter(of(Class::Demand)).any(|demand| {
            let word = scene.tokens.get(demand.first).map_or("", |token| token.stem.as_str());
            demand.first == today.last + 1 && matches!(word, "need" | "requir" | "expect")
        })
    })
}

/// Another figure in the same part: then the nearer cue decides.
fn rivals(figures: &[Figure], statement: &Statement, (from, to): (usize, usize)) -> bool {
    figures
        .iter()
        .any(|figure| figure.at != statement.at && (from..to).contains(&figure.at))
}

/// How far the nearest cue of a class stands from the figure; what stands behind counts double.
fn nearest(
    scene: &Scene<'_>,
    class: Class,
    from: usize,
    to: usize,
    at: usize,
    counts: &dyn Fn(&Cue) -> bool,
) -> Option<usize> {
    let here = |cue: &&Cue| scene.words.meaning(cue) == Meaning::Class(class) && cue.first >= from && cue.last < to;
    let cues = scene
        .cues
        .iter()
        .filter(here)
        .filter(|cue| class != Class::Future || counts(cue));
    cues.map(|cue| {
        if cue.last <= at {
            at - cue.last
        } else {
            cue.first.saturating_sub(at).saturating_mul(2)
        }
    })
    .min()
}

/// An engine named before the figure, in the same part.
fn engine_before(scene: &Scene<'_>, (from, to): (usize, usize), at: usize) -> bool {
    let start = |place: usize| scene.tokens.get(place).map_or(usize::MAX, |token| token.span.start);
    let end = if to >= scene.tokens.len() {
        usize::MAX
    } else {
        start(to)
    };
    let figure = start(at);
    scene
        .engines
        .iter()
        .any(|engine| engine.start >= start(from) && engine.start < end.min(figure))
}

/// "Aurora needs up to 15 s": what the engine needs is not what is demanded of it.
fn engine_needs(scene: &Scene<'_>, (from, to): (usize, usize)) -> bool {
    scene.engines.iter().any(|engine| {
        let behind = (from..to).find(|place| {
            scene
                .tokens
                .get(*place)
                .is_some_and(|token| token.span.start >= engine.end)
        });
        let stem = |place: usize| scene.tokens.get(place).map_or("", |token| token.lower.as_str());
        behind.is_some_and(|place| (place..place + 2).any(|at| matches!(stem(at), "needs" | "requires" | "wants")))
    })
}

/// The part of the sentence that holds the statement: between strong stops, or also between commas where each side has a figure.
fn part(scene: &Scene<'_>, statement: &Statement, numbers: &[usize], soft: bool) -> (usize, usize) {
    let parts = |at: usize, token: &Token<'_>| {
        let strong = token.stops(&[';', '.', '!', '?', '|', '-']) && !abbreviates(scene, at)
            || scene.cues.iter().any(|cue| {
                cue.first == at && scene.words.meaning(cue) == Meaning::Class(Class::Turn) && is_turn(token)
            });
        let weak = soft
            && (token.stops(&[',', '(']) || matches!(token.lower.as_str(), "and" | "of which"))
            && numbers.iter().any(|number| *number < at)
            && numbers.iter().any(|number| *number > at);
        strong || weak
    };
    let before = (0..statement.at)
        .rev()
        .find(|at| scene.tokens.get(*at).is_some_and(|token| parts(*at, token)));
    let after =
        (statement.at + 1..scene.tokens.len()).find(|at| scene.tokens.get(*at).is_some_and(|token| parts(*at, token)));
    (before.map_or(0, |at| at + 1), after.unwrap_or(scene.tokens.len()))
}

fn is_turn(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_str(),
        "but" | "however" | "whereas" | "although" | "though" | "yet" | "while" | "because"
    )
}

/// "max. 5 ms", "e.g. 5 ms": the point ends no clause.
fn abbreviates(scene: &Scene<'_>, at: usize) -> bool {
    let token = scene.tokens.get(at);
    let before = at.checked_sub(1).and_then(|place| scene.tokens.get(place));
    let last = at + 1 >= scene.tokens.len();
    token.is_some_and(|token| matches!(token.kind, Kind::Stop('.')))
        && (last || before.is_some_and(|token| token.lower.len() <= 3))
}
