//! The page of a rule that is written in the lens.

use super::writer::{Writer, severity};
use crate::lens::schema::{Lifecycle, Rule, RuleExample};
use crate::lens::{EngineId, Event, Lens};

pub(super) fn page(rule: &Rule, mut out: Writer) -> String {
    out.heading(1, &rule.id);
    out.paragraph(&format!("{} ({})", rule.title, severity(rule.severity)));
    out.paragraph(&rule.says);
    if let Some(question) = &rule.asks {
        out.paragraph(&format!("The question to answer: {question}"));
    }
    subject(rule, &mut out);
    out.heading(2, "Why");
    out.paragraph(&rule.why);
    out.heading(2, "Way out");
    out.paragraph(&rule.remedy);
    meanings(rule, &mut out);
    for (finds, title) in [
        (true, "A record that it speaks about"),
        (false, "One that comes close and is right"),
    ] {
        if let Some(example) = rule.examples.iter().find(|example| example.finds == finds) {
            out.heading(2, title);
            show(example, &mut out);
        }
    }
    events(rule, &mut out);
    out.heading(2, "Source");
    let source = out.source(&rule.source);
    out.paragraph(&source);
    out.silence(&rule.id);
    out.done()
}

/// What a design rule is about.
fn subject(rule: &Rule, out: &mut Writer) {
    let Some(design) = &rule.design else { return };
    let named = |id: &String| {
        let engine = out.lens.engine_by_id(id).map(|id| out.engine(id));
        let family = || out.lens.family_by_id(id).map(|id| out.lens.family(id).name.clone());
        engine.or_else(family).unwrap_or_else(|| id.clone())
    };
    let about: Vec<String> = design.engines.iter().map(named).collect();
    if !about.is_empty() {
        out.paragraph(&format!("About: {}.", about.join(", ")));
    }
    let right: Vec<String> = design
        .unless_signals
        .iter()
        .filter_map(|id| out.lens.signal_by_id(id).map(|id| out.signal(id)))
        .collect();
    if !right.is_empty() {
        out.paragraph(&format!(
            "It does not apply where the record needs {}.",
            right.join(" or ")
        ));
    }
}

/// What an event means for a record.
fn meanings(rule: &Rule, out: &mut Writer) {
    let meaning = &rule.meaning;
    let said = [
        ("For a record that is still open", &meaning.open),
        ("For an accepted record", &meaning.accepted),
        ("For an accepted record that is older than the event", &meaning.before),
    ];
    out.list(
        said.into_iter()
            .filter_map(|(whom, what)| Some(format!("{whom}: {}", what.as_ref()?))),
    );
}

fn show(example: &RuleExample, out: &mut Writer) {
    for (name, text) in example.folder() {
        if example.files.is_empty() {
            out.fenced("markdown", &text);
        } else {
            out.paragraph(&format!("`{name}`"));
            out.fenced(if name.ends_with(".toml") { "toml" } else { "markdown" }, &text);
        }
    }
}

/// Whether a lifecycle rule reports an event when its time has come.
fn reports(rule: &Rule, event: &Lifecycle) -> bool {
    let of_versions = !event.versions.is_empty();
    rule.events.contains(&event.event) && rule.of_versions.is_none_or(|wanted| wanted == of_versions)
}

/// The events of which a lifecycle rule speaks, engine by engine.
fn events(rule: &Rule, out: &mut Writer) {
    let told: Vec<(EngineId, &Lifecycle)> = out
        .lens
        .engine_ids()
        .flat_map(|id| out.lens.engine(id).lifecycle.iter().map(move |event| (id, event)))
        .filter(|(_, event)| reports(rule, event))
        .collect();
    if told.is_empty() {
        return;
    }
    out.heading(2, "What it knows of");
    let lines: Vec<String> = told
        .into_iter()
        .map(|(id, event)| format!("{}: {}", out.engine(id), tell(event, out)))
        .collect();
    out.list(lines);
}

/// An event in the life of an engine: when, what, and what comes after it.
pub(super) fn tell(event: &Lifecycle, out: &Writer) -> String {
    let versions = match event.versions.as_slice() {
        [] => String::new(),
        versions => format!(" of {}", versions.join(", ")),
    };
    let successors = successors(event, out.lens);
    let then = match successors.is_empty() {
        true => String::new(),
        false => format!(" Successors: {}.", out.engines(successors)),
    };
    let source = out.source(&event.source);
    format!(
        "{}, {}{versions}. {}{then} Source: {source}",
        event.on,
        word(event.event),
        event.says
    )
}

fn successors(event: &Lifecycle, lens: &Lens) -> Vec<EngineId> {
    event.successors.iter().filter_map(|id| lens.engine_by_id(id)).collect()
}

fn word(event: Event) -> &'static str {
    match event {
        Event::EndOfSupport => "end of support",
        Event::ClosedToNewCustomers => "closed to new customers",
        Event::EndOfStandardSupport => "end of standard support",
        Event::Deprecated => "deprecated",
        Event::Renamed => "renamed",
        Event::LicenceChange => "licence changed",
    }
}
