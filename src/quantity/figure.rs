//! Tokens come in; figures go out: a number or a range of them with unit, counted noun and period, in base units, but
//! not yet knowing what it measures.

use super::beside::{is_year, labelled, noun_behind, noun_label, period_before, period_behind};
use super::compiled::Meaning;
use super::number::{Number, Shape};
use super::token::Kind;
use super::words::{Class, Dimension, Noun, UnitWord};
use super::{Metric, Scene, Statement, When};

/// A figure of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// The token of the (first) number.
    pub at: usize,
    /// First and last token: number, unit, noun, period.
    pub first: usize,
    pub last: usize,
    pub dimension: Dimension,
    /// In the base unit of the dimension.
    pub low: f64,
    pub high: Option<f64>,
    pub shape: Shape,
    /// The period in seconds, and its token.
    pub period: Option<(f64, usize)>,
    pub noun: Option<(Noun, usize)>,
    /// The metric that the unit itself names: writes per second for "wps".
    pub metric: Option<Metric>,
    /// Whose figure it is, where the construction says it.
    pub when: Option<When>,
    /// Found by an unusual way: needs words that say what it is.
    pub faint: bool,
    /// Borrows unit and metric from the figure before: "50 ms, of which at most 10".
    pub borrowed: bool,
    /// "one record every 20 ms".
    pub every: bool,
}

/// The figures of the sentence, but for those that statements read before already hold.
pub(super) fn figures(scene: &Scene<'_>, taken: &[Statement]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while let Some(token) = scene.tokens.get(at) {
        let next = at + 1;
        if taken
            .iter()
            .any(|statement| (statement.first..=statement.last).contains(&at))
        {
            at = next;
            continue;
        }
        let read = match &token.kind {
            Kind::Number(number, unit) => numbered(scene, at, number, *unit, found.last()),
            Kind::Rate { seconds, adverb: false } => one_of(scene, at, *seconds, &found),
            _ => Vec::new(),
        };
        at = read.last().map_or(next, |figure| figure.last.max(at) + 1);
        found.extend(read);
    }
    found
}

fn word<'s>(scene: &'s Scene<'_>, at: usize) -> &'s str {
    scene.tokens.get(at).map_or("", |token| token.lower.as_str())
}

/// "an hour", "a minute or two": a span of time unless it is the period of something, or counts something off: "a second building".
fn one_of(scene: &Scene<'_>, at: usize, seconds: f64, before: &[Figure]) -> Vec<Figure> {
    let text = word(scene, at);
    let is_period = before
        .last()
        .is_some_and(|figure| figure.period.is_some_and(|(_, token)| token == at));
    let counted = at
        .checked_sub(1)
        .is_some_and(|before| has_class(scene, before, Class::Times));
    let counted_off = has_class(scene, at + 1, Class::CountedOff);
    if is_period || counted || counted_off || !(text.starts_with("a ") || text.starts_with("an ")) {
        return Vec::new();
    }
    let (mut high, mut last) = (None, at);
    if word(scene, at + 1) == "or"
        && let Some(Kind::Number(number, None)) = scene.tokens.get(at + 2).map(|token| &token.kind)
    {
        high = Some(number.value * seconds);
        last = at + 2;
    }
    // "an hour of downtime per quarter"
    let period = period_behind(scene, last);
    last = period.map_or(last, |(_, place)| place);
    vec![Figure {
        high,
        last,
        period,
        faint: true,
        ..Figure::new(at, Dimension::Time, seconds)
    }]
}

impl Figure {
    fn new(at: usize, dimension: Dimension, low: f64) -> Self {
        Self {
            at,
            first: at,
            last: at,
            dimension,
            low,
            high: None,
            shape: Shape::Value,
            period: None,
            noun: None,
            metric: None,
            when: None,
            faint: false,
            borrowed: false,
            every: false,
        }
    }
}

pub(super) fn has_class(scene: &Scene<'_>, at: usize, class: Class) -> bool {
    scene
        .cues
        .iter()
        .any(|cue| cue.last == at && scene.words.meaning(cue) == Meaning::Class(class))
}

fn numbered(
    scene: &Scene<'_>,
    at: usize,
    number: &Number,
    unit: Option<UnitWord>,
    before: Option<&Figure>,
) -> Vec<Figure> {
    // "one in three patients": a share, of people that are not counted.
    let part = at >= 2
        && word_before(scene, at) == "in"
        && unit.is_none()
        && matches!(scene.tokens.get(at - 2).map(|token| &token.kind), Some(Kind::Number(first, None)) if first.plain);
    if part || number.vague || (unit.is_none() && is_year(scene, at, number)) {
        return Vec::new();
    }
    let Some((second, end, direct)) = partner(scene, at) else {
        if unit.is_none() && number.plain && labelled(scene, at) {
            return Vec::new();
        }
        return single(scene, at, number, unit, before, at).into_iter().collect();
    };
    let Some(Kind::Number(other, other_unit)) = scene.tokens.get(second).map(|token| &token.kind) else {
        return Vec::new();
    };
    let shared = unit.or(*other_unit);
    let same = match (unit, other_unit) {
        (Some(a), Some(b)) => a.dimension == b.dimension,
        (Some(_), None) => direct,
        _ => true,
    };
    if !same || other.vague {
        return single(scene, at, number, unit, before, at).into_iter().collect();
    }
    let mut low = number.clone();
    // "5 to 10k": the suffix belongs to both.
    if number.plain && !other.plain && number.value < other.mantissa && other.mantissa > 0.0 {
        low.value = number.value * (other.value / other.mantissa);
    }
    // "5 ms to 10": the unit belongs to both.
    let unit_of_high = other_unit.or(unit);
    let Some(mut high) = single(scene, second, other, unit_of_high, before, end) else {
        return Vec::new();
    };
    let Some(first) = single(scene, at, &low, shared, before, end) else {
        return Vec::new();
    };
    let scale = |value: f64| match high.period {
        Some((seconds, _)) if high.dimension != first.dimension => value / seconds,
        _ => value,
    };
    let value = if first.dimension == high.dimension {
        first.low
    } else {
        scale(first.low)
    };
    let moves = !direct || value > high.low || (word_before(scene, at) == "from" && changes(scene));
    if moves {
        let first = Figure {
            when: Some(When::Today),
            last: at,
            low: value,
            dimension: high.dimension,
            period: high.period,
            ..first
        };
        high.when = Some(When::Target);
        return vec![first, high];
    }
    vec![Figure {
        at,
        first: at,
        low: value,
        high: Some(high.low),
        ..high
    }]
}

pub(super) fn word_before<'s>(scene: &'s Scene<'_>, at: usize) -> &'s str {
    at.checked_sub(1).map_or("", |before| word(scene, before))
}

fn changes(scene: &Scene<'_>) -> bool {
    scene
        .cues
        .iter()
        .any(|cue| scene.words.meaning(cue) == Meaning::Class(Class::Change))
}

/// The second number of a range or a change: its token, the last token of the pair, and whether nothing but "to" parts them.
fn partner(scene: &Scene<'_>, at: usize) -> Option<(usize, usize, bool)> {
    let kind = |place: usize| scene.tokens.get(place).map(|token| &token.kind);
    let number = |place: usize| matches!(kind(place), Some(Kind::Number(..)));
    let between = (1..=2).any(|back| {
        at.checked_sub(back)
            .is_some_and(|place| matches!(kind(place), Some(Kind::Between)))
    });
    let joined = matches!(kind(at + 1), Some(Kind::To)) || (between && word(scene, at + 1) == "and");
    if joined && number(at + 2) {
        return Some((at + 2, at + 2, true));
    }
    if joined && matches!(kind(at + 2), Some(Kind::About | Kind::Bound(_))) && number(at + 3) {
        return Some((at + 3, at + 3, true));
    }
    // "from 45 s down to 5 s", "from 3 TB today to 10 TB"
    let from = (1..=2).any(|back| at.checked_sub(back).is_some_and(|place| word(scene, place) == "from"));
    if from {
        for gap in 2..=4 {
            let to = matches!(kind(at + gap), Some(Kind::To)) || matches!(word(scene, at + gap), "below" | "under");
            let skip = usize::from(matches!(kind(at + gap + 1), Some(Kind::Bound(_) | Kind::About)));
            if to && number(at + gap + 1 + skip) {
                return Some((at + gap + 1 + skip, at + gap + 1 + skip, false));
            }
            if number(at + gap) {
                break;
            }
        }
    }
    None
}

fn single(
    scene: &Scene<'_>,
    at: usize,
    number: &Number,
    unit: Option<UnitWord>,
    before: Option<&Figure>,
    end: usize,
) -> Option<Figure> {
    let mut figure = Figure {
        shape: number.shape,
        last: end,
        ..Figure::new(at, Dimension::Count, number.value)
    };
    if let Some(unit) = unit {
        figure.dimension = unit.dimension;
        figure.low = number.value * unit.factor;
        figure.metric = unit.metric;
        if unit.dimension == Dimension::Nines {
            figure.dimension = Dimension::Share;
            figure.metric = Some(Metric::Availability);
            figure.low = nines(number.value);
        }
    }
    if unit.is_none() {
        figure.noun = noun_behind(scene, end).or_else(|| noun_label(scene, at).map(|noun| (noun, end)));
        if let Some((_, last)) = figure.noun {
            figure.last = last;
        }
    }
    let before_it = word_before(scene, at);
    if figure.dimension == Dimension::Time && before_it == "every" {
        figure.every = true;
        return Some(figure);
    }
    if figure.dimension == Dimension::Count && figure.noun.is_none() && number.value > 0.0 && number.value < 1.0 {
        // "by a third each year"
        figure.dimension = Dimension::Share;
        figure.faint = true;
    }
    figure.period = period_behind(scene, figure.last).or_else(|| period_before(scene, at, &figure));
    if let Some((seconds, token)) = figure.period {
        if token > figure.last {
            figure.last = token;
        }
        match figure.dimension {
            // Five thousand daily users are five thousand users.
            Dimension::Count if matches!(figure.noun, Some((Noun::Users, _))) && seconds >= 86_400.0 => {
                figure.period = None
            }
            Dimension::Bytes => (figure.dimension, figure.low) = (Dimension::Bandwidth, figure.low / seconds),
            Dimension::Count => (figure.dimension, figure.low) = (Dimension::Rate, figure.low / seconds),
            Dimension::Money => figure.low = per_month(figure.low, seconds),
            _ => {}
        }
    }
    if unit.is_some() || figure.noun.is_some() || figure.period.is_some() {
        return Some(figure);
    }
    bare(scene, figure, number, before)
}

/// A number alone: zero, a share, minutes written `m`, or a figure that borrows its unit.
fn bare(scene: &Scene<'_>, mut figure: Figure, number: &Number, before: Option<&Figure>) -> Option<Figure> {
    let ends = scene
        .tokens
        .get(figure.last + 1)
        .is_none_or(|token| matches!(token.kind, Kind::Stop(_)));
    let bounded = figure.at.checked_sub(1).is_some_and(|place| {
        scene.tokens.get(place).is_some_and(|token| {
            matches!(token.kind, Kind::Bound(_)) || matches!(token.lower.as_str(), "to" | "than" | "of" | ":" | "=")
        })
    });
    figure.faint = true;
    if number.lone_m {
        figure.dimension = Dimension::Time;
        figure.low = number.mantissa * 60.0;
    } else if number.value == 0.0 {
        figure.dimension = Dimension::Time;
    } else if number.value > 0.0 && number.value < 1.0 && scene.tokens.get(figure.at)?.text.contains(['.', ',']) {
        figure.dimension = Dimension::Share;
    } else if let (Some(before), true, true) = (before, ends && bounded, number.plain) {
        if !matches!(before.dimension, Dimension::Time | Dimension::Bytes) {
            return None;
        }
        let factor = match &scene.tokens.get(before.at)?.kind {
            Kind::Number(_, Some(unit)) => unit.factor,
            _ => return None,
        };
        figure.dimension = before.dimension;
        figure.low = number.value * factor;
        figure.borrowed = true;
    }
    Some(figure)
}

fn nines(count: f64) -> f64 {
    let whole = count.floor().clamp(0.0, 15.0);
    #[allow(clippy::cast_possible_truncation)] // between 0 and 15
    let tail = 10f64.powi(-(whole as i32));
    // Three and a half nines are 99.95 %.
    1.0 - tail * (1.0 - (count - count.floor()))
}

fn per_month(dollars: f64, seconds: f64) -> f64 {
    const MONTH: f64 = 30.0 * 86_400.0;
    const YEAR: f64 = 365.0 * 86_400.0;
    if (seconds - YEAR).abs() < 1.0 {
        dollars / 12.0
    } else {
        dollars * MONTH / seconds
    }
}
