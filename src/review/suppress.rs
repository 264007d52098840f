//! `<!-- adr-lens-ignore RULE: reason -->` in a record: what it silences, and what is wrong with it.

use super::finding::{Category, Finding};
use crate::lens::Lens;
use crate::text::Span;

const MARK: &str = "adr-lens-ignore";

struct Ignore {
    rule: String,
    reason: String,
    span: Span,
    used: bool,
}

pub(super) fn apply(text: &str, comments: &[Span], lens: &Lens, findings: &mut Vec<Finding>) {
    let mut ignores: Vec<Ignore> = comments.iter().filter_map(|&span| parse(text, span)).collect();
    for finding in findings.iter_mut() {
        let ignore = ignores
            .iter_mut()
            .find(|ignore| covers(&ignore.rule, &finding.rule) && !ignore.reason.is_empty());
        if let Some(ignore) = ignore {
            ignore.used = true;
            finding.suppressed = Some(ignore.reason.clone());
        }
    }
    for ignore in ignores {
        let wrong = if ignore.reason.is_empty() {
            "record/ignore-without-reason"
        } else if !ignore.used {
            "record/unused-ignore"
        } else {
            continue;
        };
        findings.extend(complaint(wrong, &ignore, lens));
    }
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
    let message = format!("{} ({named})", rule.says);
    let finding = Finding::of_rule(rule, Category::Record, rule.severity, ignore.span);
    Some(Finding { message, ..finding })
}
