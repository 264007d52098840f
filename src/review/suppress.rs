//! `<!-- adr-lens-ignore RULE: reason -->` in a record: what it silences, and what is wrong with it. A rule that the team has locked is
//! not silenced.

use super::finding::{Category, Finding};
use crate::lens::Lens;
use crate::text::Span;

const MARK: &str = "adr-lens-ignore";

struct Ignore {
    rule: String,
    reason: String,
    span: Span,
    used: bool,
    /// Where a rule that it names is locked.
    locked: Option<String>,
}

pub(super) fn apply(text: &str, comments: &[Span], lens: &Lens, findings: &mut [Finding]) -> Vec<Finding> {
    let mut ignores: Vec<Ignore> = comments.iter().filter_map(|&span| parse(text, span)).collect();
    for finding in findings.iter_mut() {
        let ignore = ignores
            .iter_mut()
            .find(|ignore| covers(&ignore.rule, &finding.rule) && !ignore.reason.is_empty());
        if let Some(ignore) = ignore {
            if let Some(place) = lens.policy.locked(&finding.rule) {
                ignore.locked = Some(place.to_string());
                continue;
            }
            ignore.used = true;
            finding.suppressed = Some(ignore.reason.clone());
        }
    }
    let mut complaints = Vec::new();
    for ignore in ignores {
        let wrong = if ignore.reason.is_empty() {
            "record/ignore-without-reason"
        } else if ignore.locked.is_some() {
            "record/locked-rule"
        } else if !ignore.used {
            "record/unused-ignore"
        } else {
            continue;
        };
        complaints.extend(complaint(wrong, &ignore, lens));
    }
    complaints
}

fn parse(text: &str, span: Span) -> Option<Ignore> {
    let inside = span.of(text).trim_start_matches("<!--").trim_end_matches("-->").trim();
    let rest = inside.strip_prefix(MARK)?;
    let (rule, reason) = rest.split_once(':').unwrap_or((rest, ""));
    Some(Ignore {
        rule: rule.trim().to_owned(),
        reason: reason.trim().to_owned(),
        span,
        used: false,
        locked: None,
    })
}

/// `choice/joins-on-key-value`, or `choice/*` for all of a category.
fn covers(pattern: &str, rule: &str) -> bool {
    pattern == rule
        || pattern
            .strip_suffix('*')
            .is_some_and(|start| start.ends_with('/') && rule.starts_with(start))
}

fn complaint(id: &str, ignore: &Ignore, lens: &Lens) -> Option<Finding> {
    let rule = lens.rule(id)?;
    let named = if ignore.rule.is_empty() { "a rule" } else { &ignore.rule };
    let locked = ignore
        .locked
        .as_ref()
        .map_or(String::new(), |place| format!(", locked in {place}"));
    let message = format!("{} ({named}{locked})", rule.says);
    let finding = Finding::of_rule(rule, Category::Record, rule.severity, ignore.span);
    Some(Finding { message, ..finding })
}
