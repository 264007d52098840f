//! What became of a chosen engine, or will soon: ended, closed to new customers, out of support, as of a date. A record that chose
//! well in its day is told what changed since.

use jiff::civil::Date;

use super::finding::{Alternative, Category, Finding};
use crate::lens::schema::{Lifecycle, Rule};
use crate::lens::{Certainty, Event, Lens, Severity, Status};
use crate::reading::{Choice, Reading, Role};

pub(super) fn review(text: &str, reading: &Reading, lens: &Lens, as_of: Date) -> Vec<Finding> {
    let written = reading
        .record
        .date
        .as_deref()
        .and_then(|date| date.get(..10)?.parse().ok());
    let mut findings = Vec::new();
    for choice in reading.with_role(Role::Chosen) {
        let events: Vec<(&Lifecycle, Date)> = lens
            .engine(choice.engine)
            .lifecycle
            .iter()
            .filter(|event| concerns(text, choice, event))
            .filter_map(|event| Some((event, date(event)?)))
            .collect();
        // What has ended needs no further word on how it was ending, or what else changed.
        let ended = events
            .iter()
            .any(|(event, on)| event.event == Event::EndOfSupport && *on <= as_of);
        for (event, on) in events {
            if ended && event.event != Event::EndOfSupport {
                continue;
            }
            let Some(rule) = rule(event, on, as_of, lens) else {
                continue;
            };
            let told = Told {
                event,
                on,
                rule,
                status: reading.record.status,
                written,
                as_of,
            };
            findings.push(told.finding(choice, lens));
        }
    }
    findings
}

fn date(event: &Lifecycle) -> Option<Date> {
    let on = event.on.date?;
    Date::new(on.year as i16, on.month as i8, on.day as i8).ok()
}

/// The rule that reports an event as of a date.
fn rule<'a>(event: &Lifecycle, on: Date, as_of: Date, lens: &'a Lens) -> Option<&'a Rule> {
    let days = as_of.until(on).map_or(i64::MAX, |span| i64::from(span.get_days()));
    lens.rules.iter().find(|rule| {
        let in_time = match rule.days_ahead {
            Some(ahead) => 0 < days && days <= ahead,
            None => days <= 0,
        };
        in_time
            && rule.events.contains(&event.event)
            && rule
                .of_versions
                .is_none_or(|wanted| wanted != event.versions.is_empty())
    })
}

/// Whether the event is about the version that the record names behind the engine.
fn concerns(text: &str, choice: &Choice, event: &Lifecycle) -> bool {
    if event.versions.is_empty() {
        return true;
    }
    let named = choice.span.of(text);
    let after = text.get(choice.span.end..).unwrap_or_default();
    let line = after.split(['\n', ',', ';', '(']).next().unwrap_or_default();
    let version = line
        .split_whitespace()
        .take(2)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .trim_start_matches(['v', 'V'])
        })
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let matches = |version: &str| {
        event.versions.iter().any(|wanted| {
            version == wanted
                || version
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    version.is_some_and(matches)
        || event
            .versions
            .iter()
            .any(|wanted| named.ends_with(&format!(" {wanted}")))
}

/// An event, told to a record.
struct Told<'a> {
    event: &'a Lifecycle,
    on: Date,
    rule: &'a Rule,
    status: Status,
    /// When the record was written, where it says so.
    written: Option<Date>,
    as_of: Date,
}

impl Told<'_> {
    fn finding(&self, choice: &Choice, lens: &Lens) -> Finding {
        let alternatives = self
            .event
            .successors
            .iter()
            .filter_map(|id| lens.engine_by_id(id))
            .map(|engine| Alternative {
                engine,
                satisfies: Vec::new(),
                contradicts: Vec::new(),
            })
            .collect();
        Finding {
            message: self.event.says.clone(),
            because: self.because(),
            source: self.event.source.clone(),
            engine: Some(choice.engine),
            alternatives,
            ..Finding::of_rule(self.rule, Category::Lifecycle, self.severity(lens), choice.span)
        }
    }

    /// What it means for this record, with the date.
    fn because(&self) -> String {
        let meaning = &self.rule.meaning;
        let said = match self.status {
            Status::Proposed | Status::Unknown => &meaning.open,
            Status::Accepted if self.is_older() => &meaning.before,
            Status::Accepted => &meaning.accepted,
            _ => &None,
        };
        let verb = if self.on <= self.as_of { "Since" } else { "From" };
        let said = said.as_deref().map_or(String::new(), |said| format!(" {said}"));
        format!("{verb} {}: {}{said}", self.on, self.rule.why)
    }

    fn is_older(&self) -> bool {
        self.written.is_some_and(|written| written < self.on)
    }

    fn severity(&self, lens: &Lens) -> Severity {
        let certainty = self
            .event
            .certainty
            .or_else(|| lens.sources.get(&self.event.source).map(|source| source.certainty));
        let most = match self.status {
            _ if certainty == Some(Certainty::Unconfirmed) => Severity::Info,
            Status::Proposed | Status::Unknown => Severity::Error,
            // It was chosen in its day. Whoever uses a closed service already may go on; what is still supported needs no alarm.
            Status::Accepted if self.on > self.as_of => Severity::Info,
            Status::Accepted if self.event.event == Event::ClosedToNewCustomers && self.is_older() => Severity::Info,
            Status::Accepted => Severity::Warning,
            _ => Severity::Info,
        };
        self.rule.severity.min(most)
    }
}
