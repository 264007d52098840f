//! A figure comes in; the metric that it speaks for by itself goes out, with how loudly: by its unit, its size and the
//! noun it counts, before any word of the sentence has named a metric.

use super::compiled::Meaning;
use super::figure::{Figure, has_class};
use super::token::Kind;
use super::words::{Class, Dimension, Noun};
use super::{Metric, Scene};

const DAY: f64 = 86_400.0;

/// What a figure speaks for without any word: milliseconds are latencies, terabytes volumes, events per second a load.
pub(super) fn by_itself(scene: &Scene<'_>, figure: &Figure) -> Option<(Metric, f64)> {
    let period = figure.period.map_or(1.0, |(seconds, _)| seconds);
    match figure.dimension {
        Dimension::Time if figure.every || figure.faint => None,
        Dimension::Time if figure.low < 1.0 => Some((Metric::Latency, 3.0)),
        Dimension::Time if figure.low < 60.0 && says(scene, Class::Demand) => Some((Metric::Latency, 1.0)),
        Dimension::Time => None,
        Dimension::Bytes if figure.low >= 1e9 => Some((Metric::DataVolume, 4.0)),
        Dimension::Bytes if names_item(scene, figure) => Some((Metric::ItemSize, 6.0)),
        Dimension::Bytes if figure.low >= 1e7 => Some((Metric::DataVolume, 1.2)),
        Dimension::Bytes => Some((Metric::ItemSize, 1.2)),
        Dimension::Bandwidth if period >= 3600.0 => Some((Metric::Growth, 3.0)),
        Dimension::Bandwidth => Some((Metric::Throughput, 3.0)),
        Dimension::Rate => match figure.noun {
            Some((Noun::Reads, _)) => Some((Metric::ThroughputRead, 12.0)),
            Some((Noun::Writes, _)) => Some((Metric::ThroughputWrite, 12.0)),
            Some((Noun::Requests | Noun::Records, _)) => Some((Metric::Throughput, 5.0)),
            None if figure.metric.is_none() && period >= 30.0 * DAY => Some((Metric::Throughput, 1.2)),
            // A shop that sells forty loaves a day is no load.
            None if figure.low * period < 1000.0 && period >= 3600.0 => Some((Metric::Throughput, 0.5)),
            Some((Noun::Other, _)) if figure.low * period < 1000.0 && period >= 3600.0 => {
                Some((Metric::Throughput, 0.5))
            }
            _ => Some((Metric::Throughput, 3.0)),
        },
        // Nines, unless they are nines of durability.
        Dimension::Share if figure.metric.is_some() => figure.metric.map(|metric| (metric, 9.0)),
        Dimension::Share if figure.low >= 0.99 && figure.low < 1.0 && figure.low != 0.99 && !figure.faint => {
            let of = scene
                .tokens
                .get(figure.last + 1)
                .is_some_and(|token| token.lower == "of");
            (!of).then_some((Metric::Availability, 2.5))
        }
        Dimension::Count => counted(scene, figure),
        Dimension::Money if figure.period.is_some() => Some((Metric::Cost, 1.2)),
        _ => None,
    }
}

/// Whether a phrase of the class stands anywhere in the sentence.
pub(super) fn says(scene: &Scene<'_>, class: Class) -> bool {
    scene
        .cues
        .iter()
        .any(|cue| scene.words.meaning(cue) == Meaning::Class(class))
}

/// Whether a metric counts what the figure counts.
pub(super) fn fits(figure: &Figure, metric: Metric) -> bool {
    match figure.noun.map(|(noun, _)| noun) {
        Some(Noun::Users | Noun::Staff) => matches!(metric, Metric::Users | Metric::TeamSize),
        Some(Noun::Connections) => metric == Metric::Connections,
        Some(Noun::Records) => metric == Metric::Records,
        Some(Noun::Hops) => metric == Metric::Hops,
        Some(Noun::Regions) => metric == Metric::Regions,
        _ => false,
    }
}

/// "A dossier can reach 35 MB": something that comes in numbers stands before the size.
fn names_item(scene: &Scene<'_>, figure: &Figure) -> bool {
    scene.cues.iter().any(|cue| {
        scene.words.meaning(cue) == Meaning::Noun(Noun::Records)
            && cue.last < figure.first
            && figure.first - cue.last <= 5
    })
}

/// What a count with a noun speaks for.
fn counted(scene: &Scene<'_>, figure: &Figure) -> Option<(Metric, f64)> {
    let Some((noun, at)) = figure.noun else {
        // "60,000 turtles are to be stored", "1,200 nurses use the app": who or what is counted follows from the verb.
        let next = scene
            .tokens
            .get(figure.last + 1)
            .filter(|token| matches!(token.kind, Kind::Word))?;
        let named = next.lower.len() > 2 && next.lower.ends_with('s') && next.text == next.lower;
        return match () {
            () if named && figure.low >= 2.0 && says(scene, Class::UsesIt) => Some((Metric::Users, 4.5)),
            () if named && figure.low >= 1000.0 && says(scene, Class::Holds) => Some((Metric::Records, 4.5)),
            () => None,
        };
    };
    let effort = says(scene, Class::Effort);
    match noun {
        Noun::Users if effort => None,
        Noun::Users if says(scene, Class::Team) && figure.low < 50.0 => Some((Metric::TeamSize, 5.0)),
        Noun::Users => Some((Metric::Users, 5.0)),
        Noun::Staff if effort => None,
        Noun::Staff if says(scene, Class::UsesIt) && !says(scene, Class::Team) => Some((Metric::Users, 4.0)),
        Noun::Staff => Some((Metric::TeamSize, 4.0)),
        Noun::Records if figure.low >= 100.0 => Some((Metric::Records, 4.0)),
        Noun::Connections => Some((Metric::Connections, 7.0)),
        Noun::Hops if says(scene, Class::HopContext) || has_class(scene, at, Class::HopContext) => {
            Some((Metric::Hops, 5.0))
        }
        Noun::Regions => Some((Metric::Regions, 5.0)),
        _ => None,
    }
}
