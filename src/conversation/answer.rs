//! What an answer is made of. A sentence of fact cannot be built without what it rests on: a rule, a statement of the lens about an
//! engine or a need, a place in a record, or a supposition of the one who asks.

use schemars::JsonSchema;
use serde::Serialize;

use super::case::Case;
use crate::lens::questions::Intent;
use crate::lens::{EngineId, FamilyId, Lens, SignalId};
use crate::text::{PlaceSpan, Source, Span};

/// An answer, in the order it is to be read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Answer {
    pub question: String,
    pub intent: Intent,
    /// What it is about: ids of engines, families, signals and rules; in a supposition also `-signal` and `metric=…`.
    pub about: Vec<String>,
    /// The suppositions it was given under, oldest first.
    pub supposing: Vec<String>,
    pub parts: Vec<Part>,
    /// The sources its facts name, each once.
    pub sources: Vec<Citation>,
    /// Changes of the record that would do what the answer says. None is made unless `consented` is set.
    pub edits: Vec<Edit>,
    /// What the architect is asked back.
    pub asks: Option<Ask>,
    /// Questions that lead on.
    pub follow_ups: Vec<String>,
    /// The answer was stopped before its end.
    pub stopped: bool,
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Part {
    Fact(Fact),
    /// A sentence of the conversation itself, which states nothing about a record or an engine.
    Remark(Remark),
}

/// A sentence with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fact {
    text: String,
    /// Never empty.
    basis: Vec<Basis>,
}

impl Fact {
    pub(super) fn new(text: impl Into<String>, first: Basis) -> Fact {
        Fact {
            text: text.into(),
            basis: vec![first],
        }
    }

    /// Adds more that it rests on.
    pub(super) fn and(mut self, more: impl IntoIterator<Item = Basis>) -> Fact {
        for basis in more {
            if !self.basis.contains(&basis) {
                self.basis.push(basis);
            }
        }
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn basis(&self) -> &[Basis] {
        &self.basis
    }

    /// The places in records it quotes.
    pub fn quotes(&self) -> impl Iterator<Item = &Place> {
        self.basis.iter().filter_map(|basis| match basis {
            Basis::Place(place) => Some(place),
            _ => None,
        })
    }
}

/// What a sentence rests on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Basis {
    /// A rule of the lens.
    Rule { id: String, source: Citation },
    /// What the lens says of an engine.
    Engine { id: String, source: Citation },
    /// What the lens says of a family of engines.
    Family { id: String, source: Citation },
    /// What the lens says of a need.
    Need { id: String, source: Citation },
    /// Words of a record.
    Place(Place),
    /// A record read from its beginning to its end: what it does not say.
    Record { path: String },
    /// What the one who asks supposed.
    Supposed { statement: String },
}

/// Words of a record and where they stand.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    pub path: String,
    pub span: PlaceSpan,
    /// Exactly the bytes of the file in that range.
    pub text: String,
}

impl Place {
    pub fn new(path: &str, source: &Source, span: Span) -> Place {
        Place {
            path: path.to_owned(),
            span: PlaceSpan::new(source, span),
            text: span.of(&source.text).to_owned(),
        }
    }

    /// Its line, from 1.
    pub fn line(&self) -> u32 {
        self.span.start.line
    }
}

/// A source of the lens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Citation {
    pub id: String,
    pub title: String,
    pub url: String,
    pub as_of: String,
}

impl Citation {
    /// The source of an id; the lens has every source that it names.
    fn of(id: &str, lens: &Lens) -> Citation {
        let source = lens.sources.get(id);
        Citation {
            id: id.to_owned(),
            title: source.map_or_else(|| id.to_owned(), |source| source.title.clone()),
            url: source.map(|source| source.url.clone()).unwrap_or_default(),
            as_of: source.map(|source| source.as_of.to_string()).unwrap_or_default(),
        }
    }
}

impl Basis {
    pub(super) fn rule(id: &str, source: &str, lens: &Lens) -> Basis {
        Basis::Rule {
            id: id.to_owned(),
            source: Citation::of(source, lens),
        }
    }

    /// What the lens says of an engine as a whole.
    pub(super) fn engine(id: EngineId, lens: &Lens) -> Basis {
        let engine = lens.engine(id);
        Basis::Engine {
            id: engine.id.clone(),
            source: Citation::of(&engine.source, lens),
        }
    }

    /// A statement about an engine that names a source of its own.
    pub(super) fn statement(id: EngineId, source: &str, lens: &Lens) -> Basis {
        Basis::Engine {
            id: lens.engine(id).id.clone(),
            source: Citation::of(source, lens),
        }
    }

    pub(super) fn family(id: FamilyId, lens: &Lens) -> Basis {
        let family = lens.family(id);
        Basis::Family {
            id: family.id.clone(),
            source: Citation::of(&family.source, lens),
        }
    }

    pub(super) fn need(id: SignalId, lens: &Lens) -> Basis {
        Basis::Need {
            id: lens.signal(id).id.clone(),
            source: Citation::of(&lens.language.questions.table.needs_source, lens),
        }
    }

    /// Words of the record, or the supposition that stands behind it.
    pub(super) fn place(case: &Case, span: Span) -> Basis {
        case.basis(span)
    }

    pub fn citation(&self) -> Option<&Citation> {
        match self {
            Basis::Rule { source, .. }
            | Basis::Engine { source, .. }
            | Basis::Family { source, .. }
            | Basis::Need { source, .. } => Some(source),
            Basis::Place(_) | Basis::Record { .. } | Basis::Supposed { .. } => None,
        }
    }
}

/// Sentences of the conversation itself. They hold no words but those of the one who asks, names, and questions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "says", rename_all = "kebab-case")]
pub enum Remark {
    /// The suppositions under which all that follows holds.
    Supposing {
        statements: Vec<String>,
    },
    NothingSupposed,
    TakenBack {
        statements: Vec<String>,
    },
    NotUnderstood {
        nearest: Vec<String>,
    },
    /// A supposition in which nothing was read.
    NotRead {
        statement: String,
        examples: Vec<String>,
    },
    /// A question that names no engine, need or rule of the lens where one is wanted.
    AboutWhat {
        examples: Vec<String>,
    },
    /// The question is about one record, and there is none.
    NoRecord,
    /// There are no other records to look at.
    NoFolder,
    NothingToUndo,
    NothingAsked,
    NothingBefore,
    /// An answer to a question that the reader cannot read as one.
    NoAnswer {
        answer: String,
        example: String,
    },
    Skipped,
    /// The edit was consented to.
    Applied,
    Declined,
    Can {
        examples: Vec<String>,
    },
    /// More of the same was left out.
    More {
        count: usize,
    },
}

/// A change of the record.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Edit {
    /// What it does, in a few words.
    pub title: String,
    /// What stands there now; empty where text is only added.
    pub span: PlaceSpan,
    /// What is to stand there.
    pub text: String,
    /// The sentence it adds, without marks.
    pub sentence: String,
    /// Said yes to: the surface is to make it.
    pub consented: bool,
}

/// A question of the framework that the record leaves open.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ask {
    /// The rule or the signal whose question it is.
    pub of: String,
    pub question: String,
    /// How it can be answered.
    pub example: String,
    /// How many are open, this one included.
    pub open: usize,
}
