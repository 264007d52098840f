//! A record in a lens and what it says is found there → whether it is.

use std::collections::BTreeSet;

use super::review_text;
use crate::lens::team::schema::Case;
use crate::lens::{Lens, Severity};
use crate::syntax::Language;

/// How a case is not as it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// Rules that should report and do not.
    pub silent: Vec<String>,
    /// Rules that report and should not.
    pub unexpected: Vec<String>,
}

/// Holds a lens to a case of its own; none when it is as the case says. Questions count only when the case names one.
pub fn hold(case: &Case, lens: &Lens, today: jiff::civil::Date) -> Option<Missed> {
    let as_of = case.as_of.and_then(|as_of| as_of.date).and_then(|date| {
        let (year, month, day) = (i16::try_from(date.year).ok()?, date.month as i8, date.day as i8);
        jiff::civil::Date::new(year, month, day).ok()
    });
    let wanted: BTreeSet<&str> = case.finds.iter().map(String::as_str).collect();
    let asks = wanted
        .iter()
        .any(|rule| lens.rule(rule).is_some_and(|rule| rule.severity == Severity::Hint));
    let findings = review_text(&case.record, Language::Markdown, lens, as_of.unwrap_or(today));
    let found: BTreeSet<&str> = findings
        .iter()
        .filter(|finding| finding.suppressed.is_none() && (asks || finding.severity > Severity::Hint))
        .map(|finding| finding.rule.as_str())
        .collect();
    let list = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| a.difference(b).map(|rule| (*rule).to_owned()).collect();
    let missed = Missed {
        silent: list(&wanted, &found),
        unexpected: list(&found, &wanted),
    };
    (missed != Missed::default()).then_some(missed)
}
