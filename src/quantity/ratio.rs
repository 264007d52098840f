//! Reads to writes: pairs ("90/10"), shares ("95 % of the operations are reads"), and counts of one for each of the other
//! ("ten reads per write"). The tokens come in; statements of the read-write ratio go out.

use super::compiled::Meaning;
use super::metric::PLAIN;
use super::token::{Bound, Kind};
use super::words::{Class, Dimension, Noun};
use super::{Comparison, Metric, Scene, Statement, Unit};

/// The read-write ratios of a sentence: at most one, as its second half ("and 10 % writes") says the same again.
pub(super) fn statements(scene: &Scene<'_>) -> Vec<Statement> {
    pair(scene)
        .or_else(|| times(scene))
        .or_else(|| each(scene))
        .or_else(|| share(scene))
        .into_iter()
        .collect()
}

fn statement(scene: &Scene<'_>, value: f64, first: usize, last: usize, at: usize) -> Option<Statement> {
    let beside = |place: Option<usize>| place.and_then(|place| scene.tokens.get(place)).map(|token| &token.kind);
    let about = (1..=3).any(|back| matches!(beside(at.checked_sub(back)), Some(Kind::About)))
        || (1..=5).any(|on| matches!(beside(Some(at + on)), Some(Kind::About)));
    let bound = (1..=2).find_map(|back| match beside(at.checked_sub(back)) {
        Some(Kind::Bound(Bound::AtLeast)) => Some(Comparison::AtLeast),
        Some(Kind::Bound(Bound::More)) => Some(Comparison::More),
        Some(Kind::Bound(Bound::AtMost)) => Some(Comparison::AtMost),
        Some(Kind::Bound(Bound::Less)) => Some(Comparison::Less),
        _ => None,
    });
    (value.is_finite() && value > 0.0).then(|| Statement {
        named: true,
        metric: Metric::ReadWriteRatio,
        percentile: None,
        comparison: bound.unwrap_or(if about { Comparison::About } else { PLAIN }),
        value,
        upper: None,
        unit: Unit::Ratio,
        per: None,
        when: None,
        first,
        last,
        at,
    })
}

/// The nouns for reads and writes in the sentence: token, and whether it reads.
fn sides(scene: &Scene<'_>) -> Vec<(usize, bool)> {
    let mut sides: Vec<(usize, bool)> = scene
        .cues
        .iter()
        .filter_map(|cue| match scene.words.meaning(cue) {
            Meaning::Noun(Noun::Reads) => Some((cue.last, true)),
            Meaning::Noun(Noun::Writes) => Some((cue.last, false)),
            _ => None,
        })
        .collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// "80/20 read/write", "R/W 90/10", "reads to writes 20:1", "reads outnumber writes 20 to 1".
fn pair(scene: &Scene<'_>) -> Option<Statement> {
    let sides = sides(scene);
    let ratio = scene
        .cues
        .iter()
        .any(|cue| cue.figure.is_none() && scene.words.meaning(cue) == Meaning::Class(Class::RatioWords));
    let named = ratio
        && scene
            .tokens
            .iter()
            .any(|token| matches!(token.lower.as_str(), "r" | "rw"));
    let (reads, writes) = (
        sides.iter().any(|(_, read)| *read),
        sides.iter().any(|(_, read)| !*read),
    );
    if !(named || reads && writes || (reads || writes) && ratio) {
        return None;
    }
    for (at, token) in scene.tokens.iter().enumerate() {
        let (a, b, last) = match &token.kind {
            Kind::Pair(a, b) => (*a, *b, at),
            Kind::Number(a, None) => {
                // "8 to 10 reads for each write" is a range of counts, "20 to 1" a ratio.
                let counts = (1..=3).any(|on| sides.iter().any(|(place, _)| *place == at + 2 + on)) && !ratio;
                if counts {
                    continue;
                }
                let to = scene
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.kind, Kind::To) || next.stops(&['/', ':']));
                match scene.tokens.get(at + 2).map(|token| &token.kind) {
                    Some(Kind::Number(b, None)) if to => (a.value, b.value, at + 2),
                    _ => continue,
                }
            }
            // "80% reads / 20% writes" is read as shares.
            _ => continue,
        };
        let first_reads = sides.first().is_none_or(|(_, read)| *read);
        let value = if first_reads { a / b } else { b / a };
        let (first, last) = span(&sides, at, last);
        return statement(scene, value, first, last, at);
    }
    None
}

fn span(sides: &[(usize, bool)], first: usize, last: usize) -> (usize, usize) {
    let near = |place: usize| place.abs_diff(first) <= 8 || place.abs_diff(last) <= 8;
    let low = sides
        .iter()
        .map(|(place, _)| *place)
        .filter(|place| near(*place))
        .min()
        .unwrap_or(first);
    let high = sides
        .iter()
        .map(|(place, _)| *place)
        .filter(|place| near(*place))
        .max()
        .unwrap_or(last);
    (low.min(first), high.max(last))
}

/// "three times as many reads as writes", "reads outnumber writes by a factor of 20", "writes are twice as frequent as reads".
fn times(scene: &Scene<'_>) -> Option<Statement> {
    let sides = sides(scene);
    let (Some((a, reads)), Some((b, other))) = (
        sides.first(),
        sides
            .iter()
            .find(|(_, read)| sides.first().is_some_and(|(_, r)| r != read)),
    ) else {
        return None;
    };
    debug_assert_ne!(reads, other);
    let cue = scene
        .cues
        .iter()
        .find(|cue| scene.words.meaning(cue) == Meaning::Class(Class::Times))?;
    let (at, value) = match cue.figure {
        Some(at) => match &scene.tokens.get(at)?.kind {
            Kind::Number(number, None) => (at, number.value),
            _ => return None,
        },
        None if scene.tokens.get(cue.first)?.lower == "twice" => (cue.first, 2.0),
        None => return None,
    };
    let value = if *reads { value } else { 1.0 / value };
    statement(scene, value, cue.first.min(*a), cue.last.max(*b), at)
}

/// "ten reads per write", "for every order about two hundred views", "one write for 50 reads".
fn each(scene: &Scene<'_>) -> Option<Statement> {
    let sides = sides(scene);
    // The count directly before a side, as "two hundred product views"; "a", "every", "per" count one.
    let count = |place: usize| -> Option<(f64, usize, bool)> {
        (1..=3).find_map(|back| {
            let at = place.checked_sub(back)?;
            match &scene.tokens.get(at)?.kind {
                Kind::Number(number, None) => Some((number.value, at, false)),
                _ if matches!(scene.tokens.get(at)?.lower.as_str(), "per" | "every" | "each") => Some((1.0, at, true)),
                _ => None,
            }
        })
    };
    let kind = |at: usize, back: usize| {
        at.checked_sub(back)
            .and_then(|place| scene.tokens.get(place))
            .map(|token| &token.kind)
    };
    let one = |place: usize| {
        scene
            .tokens
            .get(place.wrapping_sub(1))
            .is_some_and(|token| matches!(token.lower.as_str(), "a" | "an" | "single"))
    };
    let reads = sides.iter().find_map(|(place, read)| {
        if *read {
            count(*place).map(|found| (*place, found))
        } else {
            None
        }
    })?;
    let (place, (value, at, whole)) = reads;
    // "For every order placed there will be two hundred views": whatever is counted once is what is written.
    if !sides.iter().any(|(_, read)| !*read)
        && !whole
        && let Some(every) = scene
            .cues
            .iter()
            .find(|cue| scene.words.meaning(cue) == Meaning::Class(Class::ForEvery))
        && !scene.tokens.iter().any(|token| matches!(token.kind, Kind::Rate { .. }))
    {
        return statement(scene, value, every.first.min(at), every.last.max(place), at);
    }
    let write = sides.iter().filter(|(_, read)| !*read).map(|(place, _)| *place);
    for other in write {
        let per = count(other)
            .filter(|(_, other_at, _)| *other_at != at)
            .or_else(|| one(other).then_some((1.0, other, true)));
        let Some((divisor, _, each)) = per else {
            continue;
        };
        let joined = scene.tokens.get(place.min(other)..place.max(other)).unwrap_or_default();
        let fits = each
            || whole
            || joined.iter().any(|token| {
                matches!(
                    token.lower.as_str(),
                    "per" | "for" | "to" | "every" | "each" | "against" | "comes"
                )
            });
        // "500 reads and 20 writes per second" are two loads.
        let loads = scene.tokens.iter().any(|token| matches!(token.kind, Kind::Rate { .. }));
        if fits && !loads && divisor > 0.0 {
            let mut found = statement(
                scene,
                value / divisor,
                place.min(other).min(at),
                place.max(other).max(at),
                at,
            )?;
            // "8 to 10 reads per write"
            if let (Some(Kind::To), Some(Kind::Number(low, None))) = (kind(at, 1), kind(at, 2)) {
                found.comparison = Comparison::Range;
                (found.value, found.upper) = (low.value / divisor, Some(found.value));
            }
            return Some(found);
        }
    }
    None
}

/// "95 % of the operations are reads", "5 % writes", "two thirds of the traffic is reads".
fn share(scene: &Scene<'_>) -> Option<Statement> {
    let sides = sides(scene);
    let mut found: Option<Statement> = None;
    for cue in scene.cues {
        let (Meaning::Class(Class::RatioWords), Some(at)) = (scene.words.meaning(cue), cue.figure) else {
            continue;
        };
        let Some(token) = scene.tokens.get(at) else {
            continue;
        };
        let part = match &token.kind {
            Kind::Number(number, Some(unit)) if unit.dimension == Dimension::Share => number.value * unit.factor,
            Kind::Number(number, None) if number.value > 0.0 && number.value < 1.0 => number.value,
            _ => continue,
        };
        let side = sides
            .iter()
            .filter(|(place, _)| (cue.first..=cue.last).contains(place))
            .map(|(_, read)| *read)
            .next_back();
        let Some(reads) = side else { continue };
        let value = if reads {
            part / (1.0 - part)
        } else {
            (1.0 - part) / part
        };
        match &mut found {
            None => found = statement(scene, value, cue.first, cue.last, at),
            // The other side of the same ratio: it only makes the statement longer.
            Some(statement) => {
                statement.first = statement.first.min(cue.first);
                statement.last = statement.last.max(cue.last);
            }
        }
    }
    // "95 % of reads must be answered within 10 ms" is a percentile.
    let timed = scene
        .tokens
        .iter()
        .any(|token| matches!(&token.kind, Kind::Number(_, Some(unit)) if unit.dimension == Dimension::Time));
    found.filter(|_| !timed)
}
