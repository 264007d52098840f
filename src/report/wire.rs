//! The JSON shapes of the contract (schemas `adr-lens/read/1`, `adr-lens/check/1`, `adr-lens/recommend/1`).

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lens::{Lens, Status};
use crate::quantity::Quantity;
use crate::reading::{By, Choice, Measured, Polarity, Reading, Requirement, Role, Strength};
use crate::record::Template;
use crate::review::{Alternative, Category, Elsewhere, Finding};
use crate::syntax::Language;
use crate::text::{PlaceSpan, Source, Span};

#[derive(Serialize, JsonSchema)]
pub struct RecordWire<'a> {
    pub path: String,
    pub language: Language,
    pub template: Template,
    pub number: Option<u32>,
    pub title: Option<&'a str>,
    pub status: Status,
    pub date: Option<&'a str>,
    pub choices: Vec<ChoiceWire<'a>>,
    pub requirements: Vec<RequirementWire<'a>>,
    pub quantities: Vec<QuantityWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
pub struct ChoiceWire<'a> {
    pub engine: &'a str,
    pub role: Role,
    pub workload: Option<&'a str>,
    pub span: PlaceSpan,
    pub text: &'a str,
}

#[derive(Serialize, JsonSchema)]
pub struct RequirementWire<'a> {
    pub signal: &'a str,
    pub polarity: Polarity,
    pub strength: Strength,
    pub quantity: Option<&'a Quantity>,
    /// The phrase of the lens by which it was read; none where a figure or a likeness says it.
    pub cue: Option<&'a str>,
    /// The words that make the sentence like the examples of the signal, loudest first; none where a cue or a figure says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<&'a Vec<String>>,
    pub workload: Option<&'a str>,
    pub span: PlaceSpan,
    pub text: &'a str,
}

#[derive(Serialize, JsonSchema)]
pub struct QuantityWire<'a> {
    #[serde(flatten)]
    pub quantity: &'a Quantity,
    pub span: PlaceSpan,
    pub text: &'a str,
}

impl<'a> RecordWire<'a> {
    pub fn new(path: String, source: &'a Source, reading: &'a Reading, note: Option<&'a str>, lens: &'a Lens) -> Self {
        let record = &reading.record;
        RecordWire {
            path,
            language: record.language,
            template: record.template,
            number: record.number,
            title: record.title.as_ref().map(|title| title.text.as_str()),
            status: record.status,
            date: record.date.as_deref(),
            choices: reading
                .choices
                .iter()
                .map(|choice| ChoiceWire::new(source, choice, lens))
                .collect(),
            requirements: reading
                .requirements
                .iter()
                .map(|need| RequirementWire::new(source, need, lens))
                .collect(),
            quantities: reading
                .quantities
                .iter()
                .map(|measured| QuantityWire::new(source, measured))
                .collect(),
            note,
        }
    }
}

impl<'a> QuantityWire<'a> {
    fn new(source: &'a Source, measured: &'a Measured) -> Self {
        QuantityWire {
            quantity: &measured.quantity,
            span: PlaceSpan::new(source, measured.span),
            text: measured.span.of(&source.text),
        }
    }
}

impl<'a> ChoiceWire<'a> {
    fn new(source: &'a Source, choice: &'a Choice, lens: &'a Lens) -> Self {
        ChoiceWire {
            engine: &lens.engine(choice.engine).id,
            role: choice.role,
            workload: choice.workload.as_deref(),
            span: PlaceSpan::new(source, choice.span),
            text: choice.span.of(&source.text),
        }
    }
}

impl<'a> RequirementWire<'a> {
    pub fn new(source: &'a Source, need: &'a Requirement, lens: &'a Lens) -> Self {
        RequirementWire {
            signal: &lens.signal(need.signal).id,
            polarity: need.polarity,
            strength: need.strength,
            quantity: need.quantity.as_ref(),
            cue: match need.by {
                By::Cue(phrase) => Some(lens.language.cues.written(phrase)),
                By::Figure | By::Likeness(_) => None,
            },
            like: match &need.by {
                By::Likeness(words) => Some(words),
                By::Cue(_) | By::Figure => None,
            },
            workload: need.workload.as_deref(),
            span: PlaceSpan::new(source, need.span),
            text: need.span.of(&source.text),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct FindingWire<'a> {
    pub rule: &'a str,
    pub category: Category,
    pub severity: crate::lens::Severity,
    pub path: &'a str,
    pub span: PlaceSpan,
    pub text: &'a str,
    pub message: &'a str,
    pub because: &'a str,
    pub remedy: &'a str,
    pub source: Option<SourceWire<'a>>,
    pub engine: Option<&'a str>,
    pub signal: Option<&'a str>,
    pub evidence: Vec<EvidenceWire<'a>>,
    pub alternatives: Vec<AlternativeWire<'a>>,
    pub acknowledged: bool,
    pub acknowledged_by: Option<EvidenceWire<'a>>,
    pub suppressed: Option<&'a str>,
    pub fingerprint: &'a str,
    pub help: String,
}

#[derive(Serialize, JsonSchema)]
pub struct SourceWire<'a> {
    pub title: &'a str,
    pub url: &'a str,
    pub as_of: String,
}

impl<'a> SourceWire<'a> {
    /// The source of an id of the lens.
    pub fn of(id: &str, lens: &'a Lens) -> Option<Self> {
        let source = lens.sources.get(id)?;
        Some(SourceWire {
            title: &source.title,
            url: &source.url,
            as_of: source.as_of.to_string(),
        })
    }
}

/// A file that is not among the records, and why.
#[derive(Serialize, JsonSchema)]
pub struct FileWire<'a> {
    pub path: Cow<'a, str>,
    pub why: &'a str,
}

pub(super) fn files<'a>(list: &'a [(String, String)]) -> Vec<FileWire<'a>> {
    let file = |(path, why): &'a (String, String)| FileWire { path: path.into(), why };
    list.iter().map(file).collect()
}

#[derive(Serialize, JsonSchema)]
pub struct EvidenceWire<'a> {
    pub path: &'a str,
    pub span: PlaceSpan,
    pub text: &'a str,
}

impl<'a> EvidenceWire<'a> {
    /// Words of another record.
    fn elsewhere(other: &'a Elsewhere) -> Self {
        EvidenceWire {
            path: &other.card.shown,
            span: PlaceSpan::new(&other.card.source, other.span),
            text: other.card.words(other.span),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub struct AlternativeWire<'a> {
    pub engine: &'a str,
    /// What the engine is called.
    pub name: &'a str,
    pub satisfies: Vec<&'a str>,
    pub contradicts: Vec<&'a str>,
}

impl<'a> AlternativeWire<'a> {
    fn new(alternative: &Alternative, lens: &'a Lens) -> Self {
        let ids = |signals: &[crate::lens::SignalId]| signals.iter().map(|&id| lens.signal(id).id.as_str()).collect();
        let engine = lens.engine(alternative.engine);
        AlternativeWire {
            engine: &engine.id,
            name: &engine.name,
            satisfies: ids(&alternative.satisfies),
            contradicts: ids(&alternative.contradicts),
        }
    }
}

impl<'a> FindingWire<'a> {
    pub fn new(path: &'a str, source: &'a Source, finding: &'a Finding, lens: &'a Lens) -> Self {
        let words = |span: Span| EvidenceWire {
            path,
            span: PlaceSpan::new(source, span),
            text: span.of(&source.text),
        };
        FindingWire {
            rule: &finding.rule,
            category: finding.category,
            severity: finding.severity,
            path,
            span: PlaceSpan::new(source, finding.span),
            text: finding.span.of(&source.text),
            message: &finding.message,
            because: &finding.because,
            remedy: &finding.remedy,
            source: SourceWire::of(&finding.source, lens),
            engine: finding.engine.map(|id| lens.engine(id).id.as_str()),
            signal: finding.signal.map(|id| lens.signal(id).id.as_str()),
            evidence: finding
                .evidence
                .iter()
                .map(|&span| words(span))
                .chain(finding.elsewhere.iter().map(EvidenceWire::elsewhere))
                .collect(),
            alternatives: finding
                .alternatives
                .iter()
                .map(|alternative| AlternativeWire::new(alternative, lens))
                .collect(),
            acknowledged: finding.acknowledged.is_some(),
            acknowledged_by: finding.acknowledged.map(words),
            suppressed: finding.suppressed.as_deref(),
            fingerprint: &finding.fingerprint,
            help: finding.help(),
        }
    }
}
