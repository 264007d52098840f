//! A recommendation for people.

use std::fmt::Write;

use crate::lens::{Lens, SignalId};
use crate::reading::{Polarity, Reading};
use crate::review::{Ranked, Recommendation, Verdict};
use crate::text::Source;

/// How many engines are shown in full.
const SHOWN: usize = 5;

/// One sentence on why an engine stands where it does.
pub(super) fn because(ranked: &Ranked, lens: &Lens) -> String {
    let engine = lens.engine(ranked.engine);
    match ranked
        .contradicts
        .first()
        .and_then(|signal| engine.contradicts.get(signal))
    {
        Some(statement) => statement.because.clone(),
        None => engine.says.clone(),
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
