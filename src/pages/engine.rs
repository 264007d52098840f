//! The page of an engine.

use super::rule::tell;
use super::writer::Writer;
use crate::lens::{EngineId, Operation};

pub(super) fn page(id: EngineId, mut out: Writer) -> String {
    let lens = out.lens;
    let engine = lens.engine(id);
    let family = lens.family(engine.family);
    out.heading(1, &engine.name);
    out.paragraph(&engine.says);
    let of = |parent: Option<EngineId>, says: &str| parent.map(|parent| format!("{says} {}", out.engine(parent)));
    let speaks = (!engine.speaks.is_empty()).then(|| {
        format!(
            "speaks to what is made for {}",
            out.engines(engine.speaks.iter().copied())
        )
    });
    let facts: Vec<String> = [
        Some(format!("`{}`", engine.id)),
        Some(format!("{}: {}", family.name, family.says)),
        Some(work(engine.operation).to_owned()),
        of(engine.kind_of, "a kind of"),
        of(engine.offers, "offers"),
        speaks,
        (!engine.written.is_empty()).then(|| format!("written {}", engine.written.join(", "))),
        engine
            .retired
            .then(|| "nobody can start on it today; it is never recommended".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    out.list(facts);
    let meets: Vec<String> = engine.satisfies.iter().map(|&signal| out.signal(signal)).collect();
    if !meets.is_empty() {
        out.heading(2, "Meets");
        out.paragraph(&meets.join(", "));
    }
    let against: Vec<String> = engine
        .contradicts
        .iter()
        .map(|(&signal, said)| {
            let need = lens.signal(signal);
            let named = match need.of.is_empty() {
                true => out.rule(&format!("choice/{}-on-{}", need.id, said.owner)),
                false => out.signal(signal),
            };
            let source = out.source(&said.source);
            format!("{named}: {} {} Source: {source}", said.because, said.remedy)
        })
        .collect();
    if !against.is_empty() {
        out.heading(2, "Does not meet");
        out.list(against);
    }
    let limits: Vec<String> = engine
        .limits
        .iter()
        .map(|limit| {
            let rule = format!("choice/{}-on-{}", limit.metric.word(), limit.owner);
            let said = format!(
                "{} {}. {} {}",
                limit.metric.word(),
                limit.written,
                limit.because,
                limit.remedy
            );
            format!("{}: {said} Source: {}", out.rule(&rule), out.source(&limit.source))
        })
        .collect();
    if !limits.is_empty() {
        out.heading(2, "Limits");
        out.list(limits);
    }
    let events: Vec<String> = engine.lifecycle.iter().map(|event| tell(event, &out)).collect();
    if !events.is_empty() {
        out.heading(2, "Lifecycle");
        out.list(events);
    }
    let designs: Vec<String> = lens
        .rules
        .iter()
        .filter(|rule| {
            let named = |name: &String| *name == engine.id || *name == family.id;
            rule.design
                .as_ref()
                .is_some_and(|design| design.engines.iter().any(named))
        })
        .map(|rule| format!("{}: {}", out.rule(&rule.id), rule.title))
        .collect();
    if !designs.is_empty() {
        out.heading(2, "Designs that fail on it");
        out.list(designs);
    }
    out.heading(2, "Source");
    let source = out.source(&engine.source);
    out.paragraph(&source);
    out.done()
}

fn work(operation: Operation) -> &'static str {
    match operation {
        Operation::Serverless => "serverless",
        Operation::Embedded => "embedded in the application",
        Operation::Managed => "a managed service",
        Operation::SelfRun => "run by who uses it",
    }
}
