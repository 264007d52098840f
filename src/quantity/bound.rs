//! A bound as lenses write it comes in ("10 ms", "400 KB", "99.9 %", "1000 op/s"); its value in the base unit goes out.

use super::Unit;
use super::number;

/// Units a bound may have, with their factor. Bounds are data of a lens and must not depend on the words of another
/// file, so the few units they need stand here.
const UNITS: &[(&str, f64, Unit)] = &[
    ("ns", 1e-9, Unit::Seconds),
    ("us", 1e-6, Unit::Seconds),
    ("µs", 1e-6, Unit::Seconds),
    ("ms", 1e-3, Unit::Seconds),
    ("s", 1.0, Unit::Seconds),
    ("min", 60.0, Unit::Seconds),
    ("h", 3600.0, Unit::Seconds),
    ("d", 86_400.0, Unit::Seconds),
    ("day", 86_400.0, Unit::Seconds),
    ("days", 86_400.0, Unit::Seconds),
    ("months", 2_592_000.0, Unit::Seconds),
    ("year", 31_536_000.0, Unit::Seconds),
    ("years", 31_536_000.0, Unit::Seconds),
    ("B", 1.0, Unit::Bytes),
    ("KB", 1e3, Unit::Bytes),
    ("kB", 1e3, Unit::Bytes),
    ("MB", 1e6, Unit::Bytes),
    ("GB", 1e9, Unit::Bytes),
    ("TB", 1e12, Unit::Bytes),
    ("PB", 1e15, Unit::Bytes),
    ("KiB", 1024.0, Unit::Bytes),
    ("MiB", 1_048_576.0, Unit::Bytes),
    ("GiB", 1_073_741_824.0, Unit::Bytes),
    ("TiB", 1_099_511_627_776.0, Unit::Bytes),
    ("PiB", 1_125_899_906_842_624.0, Unit::Bytes),
    ("%", 0.01, Unit::Ratio),
    ("ratio", 1.0, Unit::Ratio),
    ("USD/month", 1.0, Unit::UsdPerMonth),
    ("op/s", 1.0, Unit::OperationsPerSecond),
    ("reads/s", 1.0, Unit::OperationsPerSecond),
    ("writes/s", 1.0, Unit::OperationsPerSecond),
    ("requests/s", 1.0, Unit::OperationsPerSecond),
    ("", 1.0, Unit::Count),
    ("count", 1.0, Unit::Count),
    ("connections", 1.0, Unit::Count),
    ("hops", 1.0, Unit::Count),
    ("records", 1.0, Unit::Count),
    ("regions", 1.0, Unit::Count),
    ("users", 1.0, Unit::Count),
];

/// The value and base unit of a bound; None when it is no number with a unit known here.
///
/// ```
/// use adr_lens::quantity::{Unit, bound};
/// assert_eq!(bound("10 ms"), Some((0.01, Unit::Seconds)));
/// assert_eq!(bound("99.9 %"), Some((0.999, Unit::Ratio)));
/// ```
#[must_use]
pub fn bound(text: &str) -> Option<(f64, Unit)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_' | '\''))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let value = number::digits(&digits.replace('_', ""))?;
    let rest = rest.trim();
    let (scale, rest) = match rest.strip_prefix(['k', 'M']) {
        // "10k op/s", "2M": a suffix only where no unit begins so.
        Some(tail) if tail.is_empty() || tail.starts_with(' ') => {
            (if rest.starts_with('k') { 1e3 } else { 1e6 }, tail.trim())
        }
        _ => (1.0, rest),
    };
    let find = |name: &str| {
        UNITS
            .iter()
            .find(|(unit, ..)| *unit == name)
            .map(|(_, factor, unit)| (*factor, *unit))
    };
    if let Some((factor, unit)) = find(rest) {
        return Some((number::tidy(value * scale * factor), unit));
    }
    let (unit, period) = rest.split_once('/')?;
    let (seconds, _) = find(match period.trim() {
        "month" => "months",
        "minute" => "min",
        "hour" => "h",
        other => other,
    })
    .filter(|(_, unit)| *unit == Unit::Seconds)?;
    match (unit.trim(), find(unit.trim())) {
        (_, Some((factor, Unit::Bytes))) => {
            Some((number::tidy(value * scale * factor / seconds), Unit::BytesPerSecond))
        }
        ("op" | "ops" | "request" | "requests", _) => {
            Some((number::tidy(value * scale / seconds), Unit::OperationsPerSecond))
        }
        _ => None,
    }
}
