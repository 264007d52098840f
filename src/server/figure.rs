//! A measured statement in words: the metric, the bound, and the value in the unit people read it in.

use crate::quantity::{Comparison, Quantity, Unit};
use crate::report::word;

/// Such as `p99 latency ≤ 10 ms`.
pub(super) fn shown(quantity: &Quantity) -> String {
    let percentile = quantity
        .percentile
        .map_or(String::new(), |percentile| format!("p{percentile} "));
    let metric = word(quantity.metric).replace('-', " ");
    let bound = match (quantity.comparison, quantity.upper) {
        (Comparison::Less, _) => "<",
        (Comparison::AtMost, _) => "≤",
        (Comparison::Equal, _) => "=",
        (Comparison::AtLeast, _) => "≥",
        (Comparison::More, _) => ">",
        (Comparison::About, _) | (Comparison::Range, None) => "≈",
        (Comparison::Range, Some(_)) => "",
    };
    let value = value(quantity.value, quantity.unit);
    let value = match quantity.upper.filter(|_| quantity.comparison == Comparison::Range) {
        Some(upper) => format!("{value} to {}", self::value(upper, quantity.unit)),
        None => format!("{bound} {value}"),
    };
    let per = quantity.per.as_ref().map_or(String::new(), |per| format!(" per {per}"));
    format!("{percentile}{metric} {value}{per}")
}

const DAY: f64 = 86_400.0;

fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds if value >= 365.0 * DAY => number(value / (365.0 * DAY), " years"),
        Unit::Seconds if value >= 2.0 * DAY => number(value / DAY, " days"),
        Unit::Seconds if value >= 7200.0 => number(value / 3600.0, " h"),
        Unit::Seconds if value >= 120.0 => number(value / 60.0, " min"),
        Unit::Seconds if value >= 1.0 || value == 0.0 => number(value, " s"),
        Unit::Seconds if value >= 1e-3 => number(value * 1e3, " ms"),
        Unit::Seconds => number(value * 1e6, " µs"),
        Unit::Bytes => scaled(value, "B"),
        Unit::BytesPerSecond => scaled(value, "B/s"),
        Unit::OperationsPerSecond => format!("{} op/s", counted(value)),
        Unit::Ratio if value <= 1.0 => number(value * 100.0, " %"),
        Unit::Ratio => number(value, " : 1"),
        Unit::Count => counted(value),
        Unit::UsdPerMonth => format!("${} a month", number(value, "")),
    }
}

/// The prefix that leaves one to three digits before the point, and what it stands for.
fn prefix(value: f64) -> (f64, &'static str) {
    let steps = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let found = steps.into_iter().find(|(size, _)| value >= *size);
    found.unwrap_or((1.0, ""))
}

fn scaled(value: f64, unit: &str) -> String {
    let (size, prefix) = prefix(value);
    number(value / size, &format!(" {prefix}{unit}"))
}

fn counted(value: f64) -> String {
    let (size, prefix) = prefix(value);
    number(value / size, prefix)
}

/// At most four figures behind the point, and no more than are needed.
fn number(value: f64, unit: &str) -> String {
    let rounded = (value * 1e4).round() / 1e4;
    format!("{rounded}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_write_them() {
        assert_eq!(value(0.005, Unit::Seconds), "5 ms");
        assert_eq!(value(0.000_25, Unit::Seconds), "250 µs");
        assert_eq!(value(0.0, Unit::Seconds), "0 s");
        assert_eq!(value(7.0 * 365.0 * DAY, Unit::Seconds), "7 years");
        assert_eq!(value(40e12, Unit::Bytes), "40 TB");
        assert_eq!(value(2_000_000.0, Unit::OperationsPerSecond), "2M op/s");
        assert_eq!(value(0.9999, Unit::Ratio), "99.99 %");
        assert_eq!(value(12.0, Unit::Count), "12");
        assert_eq!(value(1500.0, Unit::UsdPerMonth), "$1500 a month");
    }
}
