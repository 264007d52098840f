//! Figures come in; statements go out. What a figure measures is decided by the words of the lens that stand nearest,
//! among the metrics its dimension allows; where nothing names a metric, the size and the unit may still do.

use super::attach::{per, percentile};
use super::beside::stops_between;
use super::compare::{compare, mirrored};
use super::compiled::{Meaning, STRONG};
use super::evident::{by_itself, fits, says};
use super::figure::Figure;
use super::token::Kind;
use super::words::{Class, Dimension};
use super::{Comparison, Metric, Scene, Statement, Unit};

/// Below this score a figure measures nothing that we know.
const ENOUGH: f64 = 1.0;

/// The statements of the figures.
pub(super) fn statements(scene: &Scene<'_>, figures: &[Figure]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for figure in figures {
        let metric = match found.last() {
            // "RTO of thirty minutes, RPO of five": the unit is borrowed, the metric perhaps not.
            Some(before) if figure.borrowed => choose(scene, figure, figures, None).or(Some(before.metric)),
            _ => figure
                .metric
                .filter(|metric| *metric != Metric::Throughput && figure.dimension != Dimension::Share)
                .or_else(|| choose(scene, figure, figures, found.last())),
        };
        if let Some(metric) = metric
            && let Some(statement) = statement(scene, figure, metric, figures)
        {
            found.push(statement);
        }
    }
    found
}

/// Statements that need no figure: "not a single order may get lost", "doubles every year".
pub(super) fn wordings(scene: &Scene<'_>) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for cue in scene.cues {
        let Meaning::Wording(entry) = scene.words.meaning(cue) else {
            continue;
        };
        let Some((metric, unit, value, comparison)) = scene.words.wording(entry) else {
            continue;
        };
        if found.iter().any(|statement| statement.metric == metric) {
            continue;
        }
        found.push(Statement {
            metric,
            percentile: None,
            comparison,
            value,
            upper: None,
            unit,
            per: None,
            when: None,
            named: true,
            first: cue.first,
            last: cue.last,
            at: cue.first,
        });
    }
    found
}

fn statement(scene: &Scene<'_>, figure: &Figure, metric: Metric, figures: &[Figure]) -> Option<Statement> {
    let compared = compare(scene, figure, metric);
    let mut statement = Statement {
        metric,
        percentile: None,
        comparison: compared.comparison,
        value: figure.low,
        upper: figure.high,
        unit: unit(figure)?,
        per: per(scene, figure, metric),
        when: figure.when,
        named: named(scene, metric),
        first: compared.first,
        last: compared.last,
        at: figure.at,
    };
    if figure.every && metric != Metric::Staleness {
        // One every 20 ms is fifty a second.
        if !metric_is_rate(metric) || figure.low <= 0.0 {
            return None;
        }
        statement.value = count_before(scene, figure) / figure.low;
        statement.unit = Unit::OperationsPerSecond;
    }
    if metric == Metric::Availability && figure.dimension == Dimension::Time {
        // Five minutes down a month.
        let (seconds, _) = figure.period?;
        statement.value = 1.0 - figure.low / seconds;
        statement.upper = figure.high.map(|high| 1.0 - high / seconds);
        statement.unit = Unit::Ratio;
        statement.comparison = mirrored(compared.comparison);
    } else if figure.dimension == Dimension::Share && missing(scene, figure, metric) {
        statement.value = 1.0 - figure.low;
        statement.upper = figure.high.map(|high| 1.0 - high);
        statement.comparison = mirrored(compared.comparison);
    }
    if metric == Metric::Latency
        && let Some((percentile, at)) = percentile(scene, figure, figures)
    {
        statement.percentile = Some(percentile);
        if stops_between(scene.tokens, at, figure.at, &[';', '.', ',']) == 0 {
            statement.first = statement.first.min(at);
            statement.last = statement.last.max(at);
        }
    }
    Some(statement)
}

fn metric_is_rate(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Throughput | Metric::ThroughputRead | Metric::ThroughputWrite
    )
}

/// Whether a word that stands for the metric itself, not for something that often goes with it, is in the sentence.
fn named(scene: &Scene<'_>, metric: Metric) -> bool {
    scene.cues.iter().any(|cue| match scene.words.meaning(cue) {
        Meaning::Metric { entry, weight } => {
            weight >= STRONG
                && scene
                    .words
                    .metric(entry)
                    .is_some_and(|named| named.metric == Some(metric))
        }
        _ => false,
    })
}

/// "500 records every 10 s": the 500.
fn count_before(scene: &Scene<'_>, figure: &Figure) -> f64 {
    let from = figure.at.saturating_sub(5);
    let numbers = scene.tokens.get(from..figure.at).unwrap_or_default().iter().rev();
    numbers
        .filter_map(|token| match &token.kind {
            Kind::Number(number, None) if number.value > 0.0 => Some(number.value),
            _ => None,
        })
        .next()
        .unwrap_or(1.0)
}

/// Misses and downtime: the share that is not.
fn missing(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> bool {
    let class = match metric {
        Metric::Availability => Class::Downtime,
        Metric::CacheHitRatio => Class::Miss,
        _ => return false,
    };
    figure.low < 0.5
        && scene
            .cues
            .iter()
            .any(|cue| scene.words.meaning(cue) == Meaning::Class(class))
}

fn unit(figure: &Figure) -> Option<Unit> {
    Some(match figure.dimension {
        Dimension::Time => Unit::Seconds,
        Dimension::Bytes => Unit::Bytes,
        Dimension::Bandwidth => Unit::BytesPerSecond,
        Dimension::Rate => Unit::OperationsPerSecond,
        Dimension::Share | Dimension::Nines => Unit::Ratio,
        Dimension::Count => Unit::Count,
        Dimension::Money if figure.period.is_some() => Unit::UsdPerMonth,
        Dimension::Money | Dimension::OtherMoney => return None,
    })
}

/// What the figure measures: the best of all that the words and the figure itself speak for.
#[allow(clippy::cast_precision_loss)] // a phrase has few words
fn choose(scene: &Scene<'_>, figure: &Figure, figures: &[Figure], before: Option<&Statement>) -> Option<Metric> {
    // Per metric: the score, and the token its best cue begins with, so that one word does not vote twice.
    let mut scores: Vec<(Option<Metric>, f64, usize)> = Vec::new();
    let mut vote =
        |metric: Option<Metric>, score: f64, from: usize| match scores.iter_mut().find(|(of, ..)| *of == metric) {
            Some((_, best, first)) if *first == from => *best = best.max(score),
            Some((_, best, first)) => {
                if score > *best {
                    *first = from;
                }
                *best = best.max(score) + 0.2 * best.min(score).max(0.0);
            }
            None => scores.push((metric, score, from)),
        };
    for cue in scene.cues {
        let Meaning::Metric { entry, weight } = scene.words.meaning(cue) else {
            continue;
        };
        let Some(named) = scene.words.metric(entry) else {
            continue;
        };
        let metric = named.metric;
        let plausible = named.values.contains(&figure.low) || (figure.low == 0.0 && figure.faint);
        if !named.of.contains(&figure.dimension) || !plausible {
            continue;
        }
        // A span of time is a load only as a period: "every 20 ms".
        let period = metric.is_some_and(|metric| metric_is_rate(metric) || figure.every && metric == Metric::Staleness);
        if figure.dimension == Dimension::Time && metric.is_some() && period != figure.every {
            continue;
        }
        // The longer phrase knows better: "replica lag" than "lag".
        let weight = weight + 1.2 * cue.words.saturating_sub(1).min(4) as f64;
        if metric == Some(Metric::Availability) && figure.dimension == Dimension::Time && figure.period.is_none() {
            continue;
        }
        if let Some(bound) = cue.figure {
            if bound == figure.at || (figure.first..=figure.last).contains(&bound) {
                vote(metric, weight + 4.0, cue.first);
            }
            continue;
        }
        // A bare count needs a noun beside it: "one of the teams" counts no team.
        if figure.dimension == Dimension::Count && metric.is_some_and(|metric| !fits(figure, metric)) {
            continue;
        }
        // Ten gigabytes a day are growth, however they come in.
        let slow = figure.period.is_some_and(|(seconds, _)| seconds >= 3600.0);
        if figure.dimension == Dimension::Bandwidth && slow && metric.is_some_and(metric_is_rate) {
            continue;
        }
        vote(
            metric,
            weight - distance(scene, cue.first, cue.last, figure, figures),
            cue.first,
        );
    }
    if let Some(metric) = shared(scene, figure, figures, before) {
        vote(Some(metric), 8.5, usize::MAX);
    }
    if let Some((metric, score)) = by_itself(scene, figure) {
        vote(Some(metric), score, usize::MAX);
    }
    let (metric, score, _) = scores.into_iter().max_by(|(_, a, _), (_, b, _)| a.total_cmp(b))?;
    let enough = if figure.faint { 4.0 } else { ENOUGH };
    let metric = metric.filter(|_| score >= enough)?;
    refine(scene, figure, metric)
}

/// "below 2 s in normal operation and below 30 s during a rebuild": both bound the same, if nothing between says otherwise.
fn shared(scene: &Scene<'_>, figure: &Figure, figures: &[Figure], before: Option<&Statement>) -> Option<Metric> {
    let before = before?;
    let other = figures
        .iter()
        .find(|other| other.at == before.at && other.dimension == figure.dimension && !other.every)?;
    let renamed = scene.cues.iter().any(|cue| match scene.words.meaning(cue) {
        Meaning::Metric { entry, weight } if cue.first > other.last && cue.last < figure.first => {
            weight > 6.0
                && scene
                    .words
                    .metric(entry)
                    .is_some_and(|named| named.of.contains(&figure.dimension))
        }
        _ => false,
    });
    let joined = scene
        .tokens
        .get(other.last..figure.first)?
        .iter()
        .any(|token| token.lower == "and" || token.stops(&[',']));
    let apart = stops_between(scene.tokens, other.last, figure.first, &[';', '.', '|']) > 0;
    (joined && !renamed && !apart && figure.dimension != Dimension::Count && !figure.faint).then_some(before.metric)
}

/// How much a cue loses on its way to the figure.
fn distance(scene: &Scene<'_>, first: usize, last: usize, figure: &Figure, figures: &[Figure]) -> f64 {
    let (from, to, behind) = if last < figure.first {
        (last, figure.first, 0.0)
    } else if first > figure.last {
        (figure.last, first, 0.6)
    } else {
        return 0.0;
    };
    #[allow(clippy::cast_precision_loss)] // a sentence has few tokens
    let count = |n: usize| n as f64;
    let others = figures
        .iter()
        .filter(|other| other.at != figure.at && other.dimension == figure.dimension && (from..to).contains(&other.at))
        .count();
    0.25 * count(to - from)
        + behind
        + 0.6 * count(stops_between(scene.tokens, from, to, &[',']))
        + 2.0 * count(stops_between(scene.tokens, from, to, &[';', '.', '|']))
        + 1.0 * count(stops_between(scene.tokens, from, to, &['-', '!', '?']))
        + if behind > 0.0 { 3.0 } else { 1.2 } * count(others)
}

/// Reads or writes, where the words say so; an item where a size has one.
fn refine(scene: &Scene<'_>, figure: &Figure, metric: Metric) -> Option<Metric> {
    if metric_is_rate(metric) && figure.every && !says(scene, Class::Emit) {
        return None;
    }
    if metric == Metric::Users && figure.dimension == Dimension::Rate {
        return Some(Metric::Throughput);
    }
    Some(metric)
}

/// The comparison of a statement without a figure of its own.
pub(super) const PLAIN: Comparison = Comparison::Equal;
