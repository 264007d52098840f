//! A recommendation, for people and as the contract's JSON.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::print;
use super::wire::RequirementWire;
use crate::lens::{Lens, SignalId};
use crate::quantity::Metric;
use crate::reading::{Polarity, Reading};
use crate::review::{Ranked, Recommendation, Verdict};
use crate::text::Source;

/// How many engines are shown in full.
const SHOWN: usize = 5;

/// One sentence on why an engine stands where it does.
fn because(ranked: &Ranked, lens: &Lens) -> String {
    let engine = lens.engine(ranked.engine);
    let against = ranked.contradicts.first();
    match (
        against.and_then(|signal| engine.contradicts.get(signal)),
        ranked.only_for.first(),
    ) {
        (Some(statement), _) => statement.because.clone(),
        (None, Some(&need)) => format!(
            "Only where this is needed, which the text does not say: {}",
            lens.signal(need).says
        ),
        (None, None) => engine.says.clone(),
    }
}

fn list(signals: &[SignalId], lens: &Lens) -> String {
    signals
        .iter()
        .map(|&id| lens.signal(id).id.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

pub fn recommend_text(source: &Source, reading: &Reading, recommendation: &Recommendation, lens: &Lens) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "What the text asks for:");
    if reading.requirements.is_empty() {
        let _ = writeln!(
            out,
            "  nothing that the framework decides from; answer the questions below"
        );
    }
    for need in &reading.requirements {
        let sign = match need.polarity {
            Polarity::Required => "needs",
            Polarity::NotRequired => "does not need",
        };
        let quote = need
            .span
            .of(&source.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let _ = writeln!(out, "  {sign} {}: \u{201c}{quote}\u{201d}", lens.signal(need.signal).id);
    }
    let _ = writeln!(out, "\nEngines, best first:");
    for (place, ranked) in recommendation.ranking.iter().take(SHOWN).enumerate() {
        let engine = lens.engine(ranked.engine);
        let verdict = match ranked.verdict {
            Verdict::Fits => "fits",
            Verdict::FitsWithCost => "fits, at a cost",
            Verdict::Contradicted => "contradicted",
        };
        let _ = writeln!(
            out,
            "  {}. {} ({}): {verdict}",
            place + 1,
            engine.name,
            lens.family(engine.family).name
        );
        let _ = writeln!(out, "     {}", because(ranked, lens));
        if !ranked.out_of_reach.is_empty() {
            let metrics: Vec<String> = ranked.out_of_reach.iter().map(|metric| metric.to_string()).collect();
            let _ = writeln!(out, "     out of reach: {}", metrics.join(", "));
        }
        for (label, signals) in [
            ("meets", &ranked.satisfies),
            ("against", &ranked.contradicts),
            ("at a cost", &ranked.costs),
            ("silent on", &ranked.silent),
            ("only for", &ranked.only_for),
        ] {
            if !signals.is_empty() {
                let _ = writeln!(out, "     {label}: {}", list(signals, lens));
            }
        }
    }
    if !recommendation.would_change.is_empty() {
        let _ = writeln!(out, "\nWhat would change the answer:");
        for change in &recommendation.would_change {
            let _ = writeln!(
                out,
                "  {} → {}: {}",
                lens.signal(change.signal).id,
                lens.engine(change.then).name,
                change.because
            );
        }
    }
    if !recommendation.questions.is_empty() {
        let _ = writeln!(out, "\nNot said, and worth asking:");
        for question in &recommendation.questions {
            let _ = writeln!(out, "  {}", question.question);
        }
    }
    out
}

/// A ranking with its reasons.
#[derive(Serialize, JsonSchema)]
pub struct RecommendWire<'a> {
    pub schema: &'static str,
    pub requirements: Vec<RequirementWire<'a>>,
    pub ranking: Vec<RankedWire<'a>>,
    #[serde(rename = "would-change")]
    pub would_change: Vec<ChangeWire<'a>>,
    pub questions: Vec<QuestionWire<'a>>,
}

/// An engine in its place; the lists are ids of needs.
#[derive(Serialize, JsonSchema)]
pub struct RankedWire<'a> {
    pub engine: &'a str,
    pub family: &'a str,
    pub verdict: Verdict,
    pub satisfies: Vec<&'a str>,
    pub contradicts: Vec<&'a str>,
    #[serde(rename = "out-of-reach")]
    pub out_of_reach: &'a [Metric],
    pub costs: Vec<&'a str>,
    pub silent: Vec<&'a str>,
    #[serde(rename = "only-for", skip_serializing_if = "Vec::is_empty")]
    pub only_for: Vec<&'a str>,
    pub lifecycle: Option<&'a str>,
    pub because: String,
}

/// A need that would bring another engine to the top.
#[derive(Serialize, JsonSchema)]
pub struct ChangeWire<'a> {
    pub signal: &'a str,
    pub then: &'a str,
    pub because: &'a str,
}

/// What the text leaves open.
#[derive(Serialize, JsonSchema)]
pub struct QuestionWire<'a> {
    #[serde(rename = "signal-group")]
    pub group: &'a str,
    pub question: &'a str,
}

/// `adr-lens recommend --format json`
pub fn recommend_json(source: &Source, reading: &Reading, recommendation: &Recommendation, lens: &Lens) -> String {
    print(&recommend_wire(source, reading, recommendation, lens))
}

/// The shape of [`recommend_json`].
pub fn recommend_wire<'a>(
    source: &'a Source,
    reading: &'a Reading,
    recommendation: &'a Recommendation,
    lens: &'a Lens,
) -> RecommendWire<'a> {
    let ids = |signals: &[SignalId]| signals.iter().map(|&id| lens.signal(id).id.as_str()).collect();
    let ranked = |ranked: &'a Ranked| {
        let engine = lens.engine(ranked.engine);
        let mut events = engine.lifecycle.iter();
        RankedWire {
            engine: &engine.id,
            family: &lens.family(engine.family).id,
            verdict: ranked.verdict,
            satisfies: ids(&ranked.satisfies),
            contradicts: ids(&ranked.contradicts),
            out_of_reach: &ranked.out_of_reach,
            costs: ids(&ranked.costs),
            silent: ids(&ranked.silent),
            only_for: ids(&ranked.only_for),
            lifecycle: events
                .find(|event| event.versions.is_empty())
                .map(|event| event.says.as_str()),
            because: because(ranked, lens),
        }
    };
    let changes = recommendation.would_change.iter().map(|change| ChangeWire {
        signal: &lens.signal(change.signal).id,
        then: &lens.engine(change.then).id,
        because: &change.because,
    });
    let questions = recommendation.questions.iter().map(|question| QuestionWire {
        group: &question.group,
        question: &question.question,
    });
    let needs = reading.requirements.iter();
    RecommendWire {
        schema: "adr-lens/recommend/1",
        requirements: needs.map(|need| RequirementWire::new(source, need, lens)).collect(),
        ranking: recommendation.ranking.iter().map(ranked).collect(),
        would_change: changes.collect(),
        questions: questions.collect(),
    }
}
