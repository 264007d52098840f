//! The contract's JSON.

use serde::Serialize;

use super::check::{Report, Settled, Summary};
use super::wire::{FileWire, FindingWire, RecordWire, RequirementWire, files};
use crate::lens::Lens;
use crate::reading::Reading;
use crate::review::{Recommendation, Verdict};
use crate::text::Source;
use crate::workspace::{Outcome, Read};

pub(super) fn print(value: &impl Serialize) -> String {
    // Serialising these shapes cannot fail: no map with other than string keys, no foreign `Serialize`.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// `adr-lens check --format json`
pub fn check_json(report: &Report) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        schema: &'static str,
        version: &'static str,
        findings: Vec<FindingWire<'a>>,
        summary: Summary,
        passed_over: Vec<FileWire<'a>>,
        unreadable: Vec<FileWire<'a>>,
        notes: Vec<FileWire<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        baseline: Option<&'a Settled>,
    }
    print(&Wire {
        schema: "adr-lens/check/1",
        version: env!("CARGO_PKG_VERSION"),
        findings: report
            .findings()
            .map(|(record, finding)| FindingWire::new(&record.path, &record.source, finding, &record.lens))
            .collect(),
        summary: report.summary(),
        passed_over: files(&report.passed_over),
        unreadable: files(&report.unreadable),
        notes: files(&report.notes),
        baseline: report.baseline.as_ref(),
    })
}

/// `adr-lens read --format json`
pub fn read_json(outcomes: &[Outcome<Read>]) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        schema: &'static str,
        records: Vec<RecordWire<'a>>,
        passed_over: Vec<FileWire<'a>>,
        unreadable: Vec<FileWire<'a>>,
    }
    let mut records = Vec::new();
    let (mut passed_over, mut unreadable) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Done(read) => {
                records.push(RecordWire::new(
                    super::shown(&read.path),
                    &read.source,
                    &read.reading,
                    read.note.as_deref(),
                    &read.lens,
                ));
            }
            Outcome::PassedOver { path, why } => passed_over.push((super::shown(path), why.clone())),
            Outcome::Unreadable { path, why } => unreadable.push((super::shown(path), why.clone())),
        }
    }
    print(&Wire {
        schema: "adr-lens/read/1",
        records,
        passed_over: files(&passed_over),
        unreadable: files(&unreadable),
    })
}

/// `adr-lens recommend --format json`
pub fn recommend_json(source: &Source, reading: &Reading, recommendation: &Recommendation, lens: &Lens) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        schema: &'static str,
        requirements: Vec<RequirementWire<'a>>,
        ranking: Vec<RankedWire<'a>>,
        #[serde(rename = "would-change")]
        would_change: Vec<ChangeWire<'a>>,
        questions: Vec<QuestionWire<'a>>,
    }
    #[derive(Serialize)]
    struct RankedWire<'a> {
        engine: &'a str,
        family: &'a str,
        verdict: Verdict,
        satisfies: Vec<&'a str>,
        contradicts: Vec<&'a str>,
        #[serde(rename = "out-of-reach")]
        out_of_reach: &'a [crate::quantity::Metric],
        costs: Vec<&'a str>,
        silent: Vec<&'a str>,
        lifecycle: Option<&'a str>,
        because: String,
    }
    #[derive(Serialize)]
    struct ChangeWire<'a> {
        signal: &'a str,
        then: &'a str,
        because: &'a str,
    }
    #[derive(Serialize)]
    struct QuestionWire<'a> {
        #[serde(rename = "signal-group")]
        group: &'a str,
        question: &'a str,
    }
    let ids = |signals: &[crate::lens::SignalId]| signals.iter().map(|&id| lens.signal(id).id.as_str()).collect();
    let ranking = recommendation.ranking.iter().map(|ranked| {
        let engine = lens.engine(ranked.engine);
        RankedWire {
            engine: &engine.id,
            family: &lens.family(engine.family).id,
            verdict: ranked.verdict,
            satisfies: ids(&ranked.satisfies),
            contradicts: ids(&ranked.contradicts),
            out_of_reach: &ranked.out_of_reach,
            costs: ids(&ranked.costs),
            silent: ids(&ranked.silent),
            lifecycle: engine
                .lifecycle
                .iter()
                .find(|event| event.versions.is_empty())
                .map(|event| event.says.as_str()),
            because: super::recommend::because(ranked, lens),
        }
    });
    print(&Wire {
        schema: "adr-lens/recommend/1",
        requirements: reading
            .requirements
            .iter()
            .map(|need| RequirementWire::new(source, need, lens))
            .collect(),
        ranking: ranking.collect(),
        would_change: recommendation
            .would_change
            .iter()
            .map(|change| ChangeWire {
                signal: &lens.signal(change.signal).id,
                then: &lens.engine(change.then).id,
                because: &change.because,
            })
            .collect(),
        questions: recommendation
            .questions
            .iter()
            .map(|question| QuestionWire {
                group: &question.group,
                question: &question.question,
            })
            .collect(),
    })
}
