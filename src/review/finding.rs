//! One finding: where, which rule, why, and the way out.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::lens::schema::Rule;
use crate::lens::{EngineId, Lens, Severity, SignalId};
use crate::portfolio::{Card, path};
use crate::text::{Change, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Choice,
    Design,
    Gap,
    Lifecycle,
    Record,
    /// What the team, or another of its records, has settled.
    Portfolio,
}

#[derive(Clone, Debug)]
pub struct Finding {
    /// Such as `choice/joins-on-key-value`.
    pub rule: String,
    pub category: Category,
    pub severity: Severity,
    pub span: Span,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: the fact of the lens it rests on.
    pub because: String,
    /// One sentence: the way out.
    pub remedy: String,
    /// Id of the source in the lens.
    pub source: String,
    pub engine: Option<EngineId>,
    pub signal: Option<SignalId>,
    /// The words that state the need.
    pub evidence: Vec<Span>,
    /// Words of other records that it rests on.
    pub elsewhere: Vec<Elsewhere>,
    /// The one change of its record that mends it, where there is only one.
    pub mend: Option<Change>,
    pub alternatives: Vec<Alternative>,
    /// The words by which the record names and accepts this cost.
    pub acknowledged: Option<Span>,
    /// The reason given for ignoring it.
    pub suppressed: Option<String>,
    /// In the baseline: known before, and suppressed for that.
    pub known: bool,
    /// Stable across edits elsewhere in the record.
    pub fingerprint: String,
}

/// Words of another record.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    pub card: Arc<Card>,
    pub span: Span,
    /// What they say, in a few words: "decides for MongoDB".
    pub says: String,
}

/// An engine that meets what was stated.
#[derive(Clone, Debug)]
pub struct Alternative {
    pub engine: EngineId,
    pub satisfies: Vec<SignalId>,
    pub contradicts: Vec<SignalId>,
}

impl Finding {
    /// What a rule of the lens reports at some words, in the rule's own sentences.
    pub(super) fn of_rule(rule: &Rule, category: Category, severity: Severity, span: Span) -> Finding {
        Finding {
            rule: rule.id.clone(),
            category,
            severity,
            span,
            message: rule.says.clone(),
            because: rule.why.clone(),
            remedy: rule.remedy.clone(),
            source: rule.source.clone(),
            engine: None,
            signal: None,
            evidence: Vec::new(),
            elsewhere: Vec::new(),
            mend: None,
            alternatives: Vec::new(),
            acknowledged: None,
            suppressed: None,
            known: false,
            fingerprint: String::new(),
        }
    }

    /// Whether it counts: neither suppressed nor merely noted.
    pub fn is_loud(&self) -> bool {
        self.suppressed.is_none() && self.severity >= Severity::Warning
    }

    /// Whether it holds against the same engine, by the same words, the need that another does.
    pub(super) fn says(&self, other: &Finding) -> bool {
        let words = |span: &Span| self.evidence.iter().any(|own| own.overlaps(*span));
        self.engine == other.engine && self.signal == other.signal && other.evidence.iter().all(words)
    }

    /// The engines that meet what was stated, as people call them.
    pub fn alternative_names<'a>(&self, lens: &'a Lens) -> Vec<&'a str> {
        let engines = self.alternatives.iter().map(|other| lens.engine(other.engine));
        engines.map(|engine| engine.name.as_str()).collect()
    }

    /// The page of its rule, relative to the project.
    pub fn help(&self) -> String {
        format!("docs/rules/{}.md", self.rule)
    }
}

/// Marks each finding by its rule and words, not by its place: edits above it do not change it. Equal ones are counted.
pub(super) fn fingerprint(text: &str, findings: &mut [Finding]) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    for finding in findings {
        let mut key = finding.rule.clone();
        for span in std::iter::once(&finding.span).chain(&finding.evidence) {
            key.push('\u{1f}');
            key.extend(span.of(text).split_whitespace().flat_map(|word| [word, " "]));
        }
        for other in &finding.elsewhere {
            key.push('\u{1f}');
            key.push_str(path::file_name(&other.card.path));
        }
        let hash = xxh3_64(key.as_bytes());
        let count = seen.entry(hash).or_default();
        finding.fingerprint = if *count == 0 {
            format!("{hash:016x}")
        } else {
            format!("{hash:016x}-{count}")
        };
        *count += 1;
    }
}
