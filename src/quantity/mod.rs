//! One sentence comes in, with its place in the record and the byte ranges of the engines it names; the measured
//! statements in it go out, in base units: `p99 read latency below 5 ms` is a latency of less than 0.005 s at the 99th
//! percentile.
//!
//! The sentence goes through the grammar in `grammars/statement` (`token`, `number`), numbers are put together with what
//! stands beside them (`figure`, `beside`), and each figure is asked what it measures (`metric`, `evident`, `ratio`), what
//! else belongs to it (`attach`), how it bounds (`compare`) and whose it is (`when`). What words mean is data:
//! `lenses/databases/language/quantities.toml` (`words`, `compiled`, `phrase`).

mod attach;
mod beside;
mod bound;
mod compare;
mod compiled;
mod evident;
mod figure;
mod metric;
mod number;
mod phrase;
mod ratio;
mod token;
mod when;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use bound::bound;
pub use token::language;
pub use words::{QuantityWords, WordsError};

/// What a figure measures. The words are the contract's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Metric {
    Latency,
    Throughput,
    ThroughputRead,
    ThroughputWrite,
    DataVolume,
    Growth,
    ItemSize,
    Retention,
    Availability,
    RecoveryPoint,
    RecoveryTime,
    ReplicationLag,
    Staleness,
    Connections,
    Users,
    Records,
    Cost,
    CacheHitRatio,
    ReadWriteRatio,
    Hops,
    Regions,
    TeamSize,
}

impl Metric {
    /// The contract's word for it.
    pub fn word(self) -> String {
        let word = serde_json::to_value(self).ok();
        word.as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

/// The word of the contract.
impl std::fmt::Display for Metric {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}

/// How the value bounds what is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Comparison {
    /// Less than the value.
    #[serde(rename = "<")]
    Less,
    /// The value at most.
    #[serde(rename = "<=")]
    AtMost,
    /// The value itself.
    #[serde(rename = "=")]
    Equal,
    /// The value at least.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than the value.
    #[serde(rename = ">")]
    More,
    /// About the value.
    #[serde(rename = "~")]
    About,
    /// From the value to `upper`.
    #[serde(rename = "range")]
    Range,
}

/// The base unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Unit {
    /// Seconds; a year has 365 days and a month 30.
    #[serde(rename = "s")]
    Seconds,
    /// Bytes; KB is 1000 of them and KiB 1024.
    #[serde(rename = "B")]
    Bytes,
    /// Operations (requests, writes, rows …) per second.
    #[serde(rename = "op/s")]
    OperationsPerSecond,
    /// Bytes per second.
    #[serde(rename = "B/s")]
    BytesPerSecond,
    /// A share from 0 to 1, or one number per other number.
    #[serde(rename = "ratio")]
    Ratio,
    /// So many of something.
    #[serde(rename = "count")]
    Count,
    /// US dollars per month.
    #[serde(rename = "USD/month")]
    UsdPerMonth,
}

/// To which time, or from whose mouth, a statement belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// What the workload needs or is expected to bring.
    Target,
    /// What is measured at present.
    Today,
    /// What was.
    Past,
    /// What a product, or somebody else's system, does.
    Capability,
    /// An illustration, a supposition, an instruction of a template.
    Example,
}

/// Where in a record the sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Context, drivers, requirements.
    Need,
    /// The decision and its reasons.
    Decision,
    /// The description, the pros and the cons of an option.
    Option,
    /// What follows from the decision.
    Consequence,
    /// Anywhere else.
    Other,
}

/// One measured statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Quantity {
    /// What is measured.
    pub metric: Metric,
    /// 99 for p99, 50 for the median.
    pub percentile: Option<f64>,
    /// How `value` bounds it.
    pub comparison: Comparison,
    /// In the base unit `unit`.
    pub value: f64,
    /// The upper end of a range, in the same unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub upper: Option<f64>,
    /// The base unit of `value` and `upper`.
    pub unit: Unit,
    /// `item`, `user`, `node` …, where the value holds for each of them.
    pub per: Option<String>,
    /// Whose figure it is.
    pub when: When,
    /// Whether the words of the sentence name the metric, rather than its size and unit alone.
    #[serde(skip)]
    pub named: bool,
    /// The bytes of the sentence from the first to the last token of the statement.
    #[serde(skip)]
    pub span: Range<usize>,
}

/// The reader of measured statements, compiled once from the words of a lens.
pub struct Quantities {
    words: compiled::Compiled,
}

impl Quantities {
    /// Compiles the words.
    ///
    /// # Errors
    /// When a phrase cannot be read or the automaton of the first look cannot be built.
    pub fn new(words: &QuantityWords) -> Result<Self, WordsError> {
        Ok(Self {
            words: compiled::Compiled::new(words)?,
        })
    }

    /// The measured statements of one sentence. `engines` are the byte ranges of the engine mentions in it: a figure
    /// with an engine for its subject is that engine's capability unless something is demanded of it.
    ///
    /// Linear in the length of the sentence; ranges that do not fit the sentence are ignored.
    #[must_use]
    pub fn read(&self, sentence: &str, place: Place, engines: &[Range<usize>]) -> Vec<Quantity> {
        if !self.words.may_hold(sentence) {
            return Vec::new();
        }
        let tokens = token::tokens(sentence, &self.words);
        let mut found = Vec::new();
        let mut rest = tokens.as_slice();
        while !rest.is_empty() {
            let (part, behind) = rest.split_at_checked(cut(rest)).unwrap_or((rest, &[]));
            self.part(part, place, engines, &mut found);
            rest = behind;
        }
        found
    }

    fn part(&self, tokens: &[token::Token<'_>], place: Place, engines: &[Range<usize>], all: &mut Vec<Quantity>) {
        let cues = self.words.cues(tokens);
        let scene = Scene {
            words: &self.words,
            tokens,
            cues: &cues,
            engines,
            place,
        };
        let mut found = ratio::statements(&scene);
        let figures = figure::figures(&scene, &found);
        found.extend(metric::statements(&scene, &figures));
        for wording in metric::wordings(&scene) {
            // "an RPO of zero" was read as a figure already.
            if !found.iter().any(|statement| statement.metric == wording.metric) {
                found.push(wording);
            }
        }
        found.sort_by_key(|statement| (statement.first, statement.last));
        all.extend(
            found
                .into_iter()
                .filter_map(|statement| finish(&scene, &figures, statement)),
        );
    }
}

/// How many tokens to read at once. Figures and cues are held against each other, so a sentence without an end (a pasted
/// log, a table row of a thousand cells) is read in parts, at a stop where there is one.
fn cut(tokens: &[token::Token<'_>]) -> usize {
    const MOST: usize = 160;
    let Some(window) = tokens.get(..MOST) else {
        return tokens.len();
    };
    let stop = window.iter().rposition(|token| token.stops(&['.', ';', ',', '|', ':']));
    stop.filter(|at| *at >= MOST / 2).map_or(MOST, |at| at + 1)
}

fn finish(scene: &Scene<'_>, figures: &[figure::Figure], statement: Statement) -> Option<Quantity> {
    let when = when::when(scene, figures, &statement)?;
    let start = scene.tokens.get(statement.first)?.span.start;
    let end = scene.tokens.get(statement.last)?.span.end;
    Some(Quantity {
        metric: statement.metric,
        percentile: statement.percentile,
        comparison: statement.comparison,
        value: number::tidy(statement.value),
        upper: statement.upper.map(number::tidy),
        unit: statement.unit,
        per: statement.per,
        when: statement.when.unwrap_or(when),
        named: statement.named,
        span: start..end,
    })
}

/// All that is known of the sentence while it is read.
struct Scene<'a> {
    words: &'a compiled::Compiled,
    tokens: &'a [token::Token<'a>],
    cues: &'a [phrase::Cue],
    engines: &'a [Range<usize>],
    place: Place,
}

/// A quantity on its way: in tokens instead of bytes.
#[derive(Debug, Clone)]
struct Statement {
    metric: Metric,
    percentile: Option<f64>,
    comparison: Comparison,
    value: f64,
    upper: Option<f64>,
    unit: Unit,
    per: Option<String>,
    /// Set where the construction itself says it: "from 45 s down to 5 s".
    when: Option<When>,
    /// Whether words name the metric.
    named: bool,
    /// First and last token of the statement.
    first: usize,
    last: usize,
    /// The token that holds the number.
    at: usize,
}
