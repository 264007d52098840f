//! A record under suppositions, judged: what is supposed goes through the same reader and the same reviewer as what is written.
//!
//! A supposed need is appended to the text as a driver and read there; a supposed choice takes the place of what the record decides.
//! All offsets of the record stay as they are, and what lies beyond its end was supposed.

use jiff::civil::Date;

use super::Document;
use super::answer::{Basis, Place};
use crate::lens::{EngineId, Lens, SignalId};
use crate::quantity::When;
use crate::reading::{By, Choice, Earlier, Measured, Polarity, Reading, Requirement, Role, taken_back};
use crate::review::{Category, Finding, Ranked, held, review};
use crate::syntax::Language;
use crate::text::Span;

/// Something held to be so until it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Supposition {
    /// A statement about the workload, in the words of the one who asks.
    Need { statement: String },
    /// Another decision.
    Choice {
        statement: String,
        /// Id of the engine.
        engine: String,
        how: Chosen,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// In place of what is decided, or of the engine of this id.
    Instead(Option<String>),
    /// Beside what is decided.
    Beside,
}

impl Supposition {
    pub fn statement(&self) -> &str {
        match self {
            Supposition::Need { statement } | Supposition::Choice { statement, .. } => statement,
        }
    }
}

/// A record with its reading and findings, as written or as supposed.
pub(super) struct Case<'a> {
    pub document: Document<'a>,
    pub lens: &'a Lens,
    pub as_of: Date,
    /// The record's text, and what is supposed behind it.
    text: String,
    /// Where each supposition stands in `text`: the needs in their order, then the choices.
    supposed: Vec<(Span, String)>,
    /// The need that was supposed last.
    last_need: Option<Span>,
    /// Words of the record that a supposition takes the place of.
    pub replaced: Vec<Span>,
    /// What the record itself decides, whatever is supposed.
    decided: Vec<Choice>,
    /// The figures that stand in the text, whatever takes their place.
    stated: Vec<Measured>,
    pub reading: Reading,
    pub findings: Vec<Finding>,
}

/// One engine held against the record, in the place of what it decides for.
pub(super) struct Standing {
    pub engine: EngineId,
    /// What the reviewer finds against it.
    pub findings: Vec<Finding>,
    pub ranked: Ranked,
}

impl Standing {
    /// What speaks against it and is not accepted, the worst first.
    pub fn against(&self) -> Vec<&Finding> {
        loud(&self.findings)
    }
}

/// The findings that count, the worst first.
pub(super) fn loud(findings: &[Finding]) -> Vec<&Finding> {
    let mut loud: Vec<&Finding> = findings.iter().filter(|finding| finding.is_loud()).collect();
    loud.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    loud
}

impl<'a> Case<'a> {
    pub fn new(document: Document<'a>, lens: &'a Lens, as_of: Date, suppositions: &[Supposition]) -> Case<'a> {
        Case::read(document, lens, as_of, suppositions, None)
    }

    /// The same record under other suppositions.
    pub fn with(&self, suppositions: &[Supposition]) -> Case<'a> {
        Case::read(self.document, self.lens, self.as_of, suppositions, Some(self))
    }

    /// `earlier` is the same record under other suppositions.
    fn read(
        document: Document<'a>,
        lens: &'a Lens,
        as_of: Date,
        suppositions: &[Supposition],
        earlier: Option<&Case<'a>>,
    ) -> Case<'a> {
        let original = &document.source.text;
        let language = document.language;
        let mut text = original.to_string();
        let mut supposed = Vec::new();
        append_needs(&mut text, language, suppositions, &mut supposed);
        let last_need = supposed.last().map(|(place, _)| *place);
        let known = earlier.map(Case::as_read).or(document.earlier);
        let mut reading = match known {
            Some(known) => Reading::again(&text, language, lens, &known),
            None => Reading::of(&text, language, lens),
        };
        if !supposed.is_empty() {
            // Drivers do not decide: what is decided is read from the record alone.
            reading.choices = match earlier {
                Some(earlier) => earlier.decided.clone(),
                None => Reading::again(original, language, lens, &reading.as_earlier(&text)).choices,
            };
        }
        // Who asks "what if" means what the words say.
        let meant = reading
            .requirements
            .iter_mut()
            .filter(|need| need.span.start >= original.len());
        for need in meant.filter(|need| !matches!(need.by, By::Likeness(_))) {
            need.firm = true;
        }
        let stated = reading.quantities.clone();
        let decided = reading.choices.clone();
        let replaced = supersede(&mut reading, original.len(), &supposed);
        let mut case = Case {
            document,
            lens,
            as_of,
            text,
            supposed,
            last_need,
            replaced,
            decided,
            stated,
            reading,
            findings: Vec::new(),
        };
        case.findings = review(&case.text, &case.reading, lens, as_of);
        for supposition in suppositions {
            case.choose(supposition);
        }
        case
    }

    /// What was read, before suppositions took the place of anything.
    fn as_read(&self) -> Earlier<'_> {
        Earlier {
            quantities: &self.stated,
            ..self.reading.as_earlier(&self.text)
        }
    }

    /// What a basis for these words is: a place in the record, or the supposition they are part of.
    pub fn basis(&self, span: Span) -> Basis {
        let within =
            |(place, _): &&(Span, String)| place.start <= span.start && span.start < place.end.max(place.start + 1);
        match self.supposed.iter().find(within) {
            Some((_, statement)) => Basis::Supposed {
                statement: statement.clone(),
            },
            None => Basis::Place(Place::new(self.document.path, self.document.source, span)),
        }
    }

    /// The record as a whole: for what it does not say.
    pub fn whole(&self) -> Basis {
        Basis::Record {
            path: self.document.path.to_owned(),
        }
    }

    pub fn is_supposed(&self, span: Span) -> bool {
        span.start >= self.document.source.text.len() && !span.is_empty()
    }

    pub fn chosen(&self) -> impl Iterator<Item = &Choice> {
        self.reading.with_role(Role::Chosen)
    }

    /// Whether the record decides for this engine, or for one that is the same product.
    pub fn decides_for(&self, engine: EngineId) -> bool {
        self.chosen()
            .any(|choice| self.lens.same_product(choice.engine, engine))
    }

    pub fn choice(&self, engine: EngineId) -> Option<&Choice> {
        let of = |wanted: EngineId| self.reading.choices.iter().find(move |choice| choice.engine == wanted);
        of(engine).or_else(|| {
            self.reading
                .choices
                .iter()
                .find(|choice| self.lens.same_product(choice.engine, engine))
        })
    }

    /// The needs that are asked for, the first statement of each signal, in the order of the text.
    pub fn needs(&self) -> Vec<&Requirement> {
        let denied = taken_back(&self.reading.requirements);
        let mut needs: Vec<&Requirement> = Vec::new();
        for need in &self.reading.requirements {
            let first = !needs.iter().any(|other| other.signal == need.signal);
            if need.polarity == Polarity::Required && first && !denied.contains(&need.signal) {
                needs.push(need);
            }
        }
        needs
    }

    pub fn need(&self, signal: SignalId) -> Option<&Requirement> {
        self.needs().into_iter().find(|need| need.signal == signal)
    }

    /// What was read from the need that was supposed last.
    pub fn read_from_last(&self) -> (Vec<&Requirement>, Vec<&crate::reading::Measured>) {
        let Some(place) = self.last_need else {
            return (Vec::new(), Vec::new());
        };
        let needs = self
            .reading
            .requirements
            .iter()
            .filter(|need| place.contains(need.span));
        let figures = self
            .reading
            .quantities
            .iter()
            .filter(|measured| place.contains(measured.span));
        (needs.collect(), figures.collect())
    }

    /// Whether nothing was read from it.
    pub fn read_nothing(&self) -> bool {
        let (needs, figures) = self.read_from_last();
        needs.is_empty() && figures.is_empty()
    }

    /// The words of a span, which may be supposed.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Holds an engine against the record in the place of what it decides for.
    pub fn stand(&mut self, engine: EngineId) -> Standing {
        if let Some(choice) = self.chosen().find(|choice| choice.engine == engine).cloned() {
            let own = self.findings.iter().filter(|finding| finding.engine == Some(engine));
            return Standing {
                engine,
                findings: own.cloned().collect(),
                ranked: held(&choice, &self.reading, self.lens),
            };
        }
        let kept = self.reading.choices.clone();
        let outgoing = self.outgoing(None);
        let choice = self.put(engine, Span::default(), &outgoing);
        let mut findings = review(&self.text, &self.reading, self.lens, self.as_of);
        findings.retain(|finding| {
            finding.engine == Some(engine) && matches!(finding.category, Category::Choice | Category::Lifecycle)
        });
        let ranked = held(&choice, &self.reading, self.lens);
        self.reading.choices = kept;
        Standing {
            engine,
            findings,
            ranked,
        }
    }

    /// The chosen engines that another takes the place of: the one that was named, those that something speaks against, or all.
    fn outgoing(&self, named: Option<EngineId>) -> Vec<EngineId> {
        let chosen: Vec<EngineId> = self.chosen().map(|choice| choice.engine).collect();
        let one_of = |wanted: &dyn Fn(EngineId) -> bool| -> Vec<EngineId> {
            chosen.iter().copied().filter(|&engine| wanted(engine)).collect()
        };
        let named = one_of(&|engine| named.is_some_and(|named| self.lens.same_product(named, engine)));
        if !named.is_empty() {
            return named;
        }
        let faulty = one_of(&|engine| {
            self.findings
                .iter()
                .any(|finding| finding.is_loud() && finding.engine == Some(engine))
        });
        if faulty.is_empty() { chosen } else { faulty }
    }

    /// Puts an engine in the place of others; the choice that it now is.
    fn put(&mut self, engine: EngineId, span: Span, outgoing: &[EngineId]) -> Choice {
        let workload = self
            .chosen()
            .find(|choice| outgoing.contains(&choice.engine))
            .and_then(|choice| choice.workload.clone());
        for choice in &mut self.reading.choices {
            if choice.role == Role::Chosen && outgoing.contains(&choice.engine) {
                choice.role = Role::Rejected;
                choice.affirmed = false;
            }
        }
        self.reading.choices.retain(|choice| choice.engine != engine);
        let choice = Choice {
            engine,
            role: Role::Chosen,
            span,
            workload,
            sentence: 0,
            affirmed: true,
            denied: false,
            leaves: false,
        };
        self.reading.choices.push(choice.clone());
        choice
    }

    /// Decides as it is supposed.
    fn choose(&mut self, supposition: &Supposition) {
        let Supposition::Choice { statement, engine, how } = supposition else {
            return;
        };
        let Some(engine) = self.lens.engine_by_id(engine) else {
            return;
        };
        let start = self.text.len() + 1;
        self.text.push('\n');
        self.text.push_str(statement);
        let span = Span::new(start, self.text.len());
        self.supposed.push((span, statement.clone()));
        let outgoing = match how {
            Chosen::Beside => Vec::new(),
            Chosen::Instead(named) => self.outgoing(named.as_ref().and_then(|id| self.lens.engine_by_id(id))),
        };
        self.put(engine, span, &outgoing);
        self.findings = review(&self.text, &self.reading, self.lens, self.as_of);
    }
}

/// Appends the supposed needs as drivers.
fn append_needs(
    text: &mut String,
    language: Language,
    suppositions: &[Supposition],
    supposed: &mut Vec<(Span, String)>,
) {
    let statements: Vec<&str> = suppositions
        .iter()
        .filter_map(|supposition| match supposition {
            Supposition::Need { statement } => Some(statement.as_str()),
            Supposition::Choice { .. } => None,
        })
        .collect();
    if statements.is_empty() {
        return;
    }
    text.push_str(match language {
        Language::Markdown => "\n\n## Decision Drivers\n\n",
        Language::AsciiDoc => "\n\n== Decision Drivers\n\n",
        Language::ReStructuredText => "\n\nDecision Drivers\n================\n\n",
    });
    for statement in statements {
        text.push_str("* ");
        let start = text.len();
        text.push_str(statement);
        supposed.push((Span::new(start, text.len()), statement.to_owned()));
        text.push('\n');
    }
}

/// Takes away what a later supposition contradicts: a need of the other polarity, a figure of the same metric. The words of the
/// record among them.
fn supersede(reading: &mut Reading, end_of_record: usize, supposed: &[(Span, String)]) -> Vec<Span> {
    let mut replaced = Vec::new();
    for (place, _) in supposed {
        let said: Vec<(SignalId, Polarity)> = reading
            .requirements
            .iter()
            .filter(|need| place.contains(need.span))
            .map(|need| (need.signal, need.polarity))
            .collect();
        let metrics: Vec<_> = reading
            .quantities
            .iter()
            .filter(|measured| place.contains(measured.span) && measured.quantity.when == When::Target)
            .map(|measured| measured.quantity.metric)
            .collect();
        let earlier = |span: Span| span.start < place.start;
        reading.requirements.retain(|need| {
            let opposed = said
                .iter()
                .any(|&(signal, polarity)| signal == need.signal && polarity != need.polarity);
            let remeasured = need
                .quantity
                .as_ref()
                .is_some_and(|quantity| metrics.contains(&quantity.metric));
            let gone = earlier(need.span) && (opposed || remeasured);
            if gone && need.span.end <= end_of_record && !replaced.contains(&need.span) {
                replaced.push(need.span);
            }
            !gone
        });
        reading
            .quantities
            .retain(|measured| !(earlier(measured.span) && metrics.contains(&measured.quantity.metric)));
    }
    replaced
}
