//! Measured statements in sentences written for these tests, in many notations and from many trades.

mod tables;

use std::fmt::Write as _;
use std::ops::Range;

use tables::{OTHERS, SILENT, TARGETS};

use adr_lens::quantity::{Place, Quantities, Quantity, QuantityWords, Unit, bound};

const WORDS: &str = include_str!("../../lenses/databases/language/quantities.toml");

/// Engines that the sentences name: their reader is another room.
const ENGINES: &[&str] = &["DynamoDB", "Redis", "CockroachDB", "Aurora Serverless"];

fn reader() -> Quantities {
    let words: QuantityWords = toml::from_str(WORDS).expect("the words are valid TOML");
    Quantities::new(&words).expect("the phrases compile")
}

fn engines(text: &str) -> Vec<Range<usize>> {
    ENGINES
        .iter()
        .flat_map(|name| text.match_indices(name).map(|(at, found)| at..at + found.len()))
        .collect()
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Six significant digits, as one writes them.
fn digits(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor();
    #[allow(clippy::cast_possible_truncation)]
    let scale = 10f64.powi(5 - magnitude as i32);
    let rounded = (value * scale).round() / scale;
    if rounded.abs() >= 1e6 {
        let text = format!("{rounded:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        format!("{mantissa}e+{exponent:0>2}")
    } else {
        rounded.to_string()
    }
}

fn line(quantities: &[Quantity]) -> String {
    let mut out = String::new();
    for quantity in quantities {
        let mut part = word(quantity.metric);
        if let Some(percentile) = quantity.percentile {
            let _ = write!(part, " p{percentile}");
        }
        let _ = write!(part, " {} {}", word(quantity.comparison), digits(quantity.value));
        if let Some(upper) = quantity.upper {
            let _ = write!(part, "..{}", digits(upper));
        }
        let _ = write!(part, " {}", word(quantity.unit));
        if let Some(per) = &quantity.per {
            let _ = write!(part, " per {per}");
        }
        let _ = write!(part, " {}", word(quantity.when));
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&part);
    }
    out
}

fn hold(table: &[(&str, &str)]) {
    let reader = reader();
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, wanted)| {
            let got = line(&reader.read(text, Place::Need, &engines(text)));
            (got != *wanted).then(|| format!("{text}\n  wanted {wanted}\n  got    {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn targets_are_read() {
    hold(TARGETS);
}

#[test]
fn figures_that_are_no_targets_say_whose_they_are() {
    hold(OTHERS);
}

#[test]
fn what_measures_nothing_stays_silent() {
    let silent: Vec<(&str, &str)> = SILENT.iter().map(|text| (*text, "")).collect();
    hold(&silent);
}

#[test]
fn the_place_decides_where_the_sentence_does_not() {
    let reader = reader();
    let at = |text: &str, place: Place| line(&reader.read(text, place, &[]));
    assert_eq!(at("reads in 5 ms", Place::Need), "latency <= 0.005 s target");
    assert_eq!(at("reads in 5 ms", Place::Option), "latency <= 0.005 s capability");
    assert_eq!(
        at("reads must stay below 5 ms", Place::Option),
        "latency < 0.005 s target"
    );
}

#[test]
fn an_engine_as_subject_makes_a_capability() {
    let reader = reader();
    let text = "DynamoDB answers in 5 ms.";
    assert_eq!(
        line(&reader.read(text, Place::Need, &engines(text))),
        "latency <= 0.005 s capability"
    );
    let text = "DynamoDB must answer in 5 ms.";
    assert_eq!(
        line(&reader.read(text, Place::Need, &engines(text))),
        "latency <= 0.005 s target"
    );
}

#[test]
fn the_span_covers_the_statement() {
    let text = "Überall: p99 read latency must stay below 5 ms, daily.";
    let read = reader().read(text, Place::Need, &[]);
    let spans: Vec<&str> = read
        .iter()
        .filter_map(|quantity| text.get(quantity.span.clone()))
        .collect();
    assert_eq!(spans, ["p99 read latency must stay below 5 ms"]);
}

#[test]
fn any_input_is_read_without_panic_and_in_order() {
    let pieces = [
        "5",
        "ms",
        "p99",
        "between",
        "and",
        "to",
        "-",
        "–",
        "<",
        "no more than",
        "sub-",
        "half a",
        "two",
        "million",
        "k",
        "per",
        "second",
        "/s",
        "a day",
        "%",
        "99.9",
        "nines",
        "$",
        "€",
        ":",
        "|",
        ";",
        ",",
        "\u{a0}",
        "é",
        "日本",
        "𝔘",
        "10^",
        "10^99",
        "1e99",
        "1.2.3.4",
        "90/10",
        "0/0",
        "every",
        "reads",
        "writes",
        "from",
        "9s",
        "five",
        "\\<",
        "&lt;",
        "--",
        "...",
        "(",
        "GB",
        "\u{feff}",
        "0",
        "m",
    ];
    let reader = reader();
    let mut state = 0x2545_f491_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let piece = usize::try_from(state >> 33).unwrap_or(0);
            text.push_str(pieces[piece % pieces.len()]);
            if piece % 3 != 0 {
                text.push(' ');
            }
        }
        for quantity in reader.read(&text, Place::Need, &[0..3, 5..900, 7..7]) {
            assert!(quantity.value.is_finite(), "{text}");
            assert!(
                text.get(quantity.span.clone()).is_some_and(|span| !span.is_empty()),
                "{text}"
            );
        }
    }
}

#[test]
fn a_sentence_without_an_end_takes_linear_time() {
    let reader = reader();
    let time = |copies: usize| {
        let text = "the 5 ms to 7 users between 3 and p99 under no more than ".repeat(copies);
        let start = std::time::Instant::now();
        let _ = reader.read(&text, Place::Need, &[]);
        start.elapsed()
    };
    time(50);
    // Sixteen times the text: far less than the 256 times of a quadratic reading.
    assert!(time(1600) < time(100) * 64);
}

#[test]
fn every_unit_of_the_words_is_a_unit_of_the_grammar() {
    let words: toml::Table = toml::from_str(WORDS).expect("the words are valid TOML");
    let reader = reader();
    let units = words
        .get("units")
        .and_then(toml::Value::as_array)
        .cloned()
        .unwrap_or_default();
    for unit in units {
        let of = unit.get("of").and_then(toml::Value::as_str).unwrap_or_default();
        let frame = match of {
            "time" => "Retention and latency: 7 {}",
            "bytes" => "data volume and size of each document: 7000000 {}",
            "share" => "availability: 99 {}",
            "nines" => "availability: three {}",
            "money" => "budget: 7 {} per month",
            "rate" | "bandwidth" => "throughput: 7 {}",
            _ => continue,
        };
        for name in unit
            .get("names")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
        {
            let text = frame.replace("{}", name);
            assert!(!reader.read(&text, Place::Need, &[]).is_empty(), "{text}");
        }
    }
}

#[test]
fn bounds_of_lenses_are_parsed() {
    assert_eq!(bound("10 ms"), Some((0.01, Unit::Seconds)));
    assert_eq!(bound("400 KB"), Some((400_000.0, Unit::Bytes)));
    assert_eq!(bound("16 MiB"), Some((16_777_216.0, Unit::Bytes)));
    assert_eq!(bound("99.9 %"), bound("0.999 ratio"));
    assert_eq!(bound("1000 op/s"), Some((1000.0, Unit::OperationsPerSecond)));
    assert_eq!(bound("20k op/s"), Some((20_000.0, Unit::OperationsPerSecond)));
    assert_eq!(bound("1 MB/s"), Some((1_000_000.0, Unit::BytesPerSecond)));
    assert_eq!(bound("3 months"), Some((7_776_000.0, Unit::Seconds)));
    assert_eq!(bound("2"), Some((2.0, Unit::Count)));
    assert_eq!(bound("500 USD/month"), Some((500.0, Unit::UsdPerMonth)));
    assert_eq!(bound("ten ms"), None);
    assert_eq!(bound("10 parsecs"), None);
}
