//! A question about a record, and what was asked before → an answer made of findings, facts and sources.
//!
//! ```text
//! let mut session = Session::new();                        // one for each talk; holds what was supposed, asked and proposed
//! let subject = Subject { lens, as_of, document: Some(Document { path, source, language, earlier: None }), neighbours: None };
//! let answer = session.turn("what if joins are not needed?", &subject);      // or turn_to, which hands on each part as it stands
//! answer.parts      // facts, each with its basis (rule, engine, need, place, supposition), and remarks
//! answer.sources    // the sources of the facts
//! answer.edits      // proposed changes of the record; made by the surface only where `consented` is set
//! answer.asks       // a question of the framework that the record leaves open
//! answer.follow_ups
//! ```
//!
//! A session keeps no text: each turn is about the record as it is handed in, so that it can follow a live buffer. `Answer` is
//! serialisable as it stands; `report::answer_text` and `report::answer_json` write it for people and machines. Pure, and
//! deterministic: the same questions about the same record have the same answers. A supposition is put through the same reader and
//! the same reviewer as the record itself (`case`); nothing here judges.

mod answer;
mod answers;
mod case;
mod neighbour;
mod open;
mod propose;
mod question;
mod session;
mod writer;

pub use answer::{Answer, Ask, Basis, Citation, Edit, Fact, Part, Place, Remark};
pub use answers::MOST_COMPARED;
pub use neighbour::Neighbour;
pub use session::Session;
pub use writer::Listener;

pub use crate::lens::questions::Intent;

use jiff::civil::Date;

use crate::lens::Lens;
use crate::reading::Earlier;
use crate::syntax::Language;
use crate::text::Source;

/// What a turn is about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub lens: &'a Lens,
    /// The date that lifecycles are compared with.
    pub as_of: Date,
    /// None when the talk is about a folder.
    pub document: Option<Document<'a>>,
    /// Reads the records of the folder, this one among them; called only by questions about other records.
    pub neighbours: Option<&'a (dyn Fn() -> Vec<Neighbour> + Sync)>,
}

/// A record as it is now.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// As answers write it.
    pub path: &'a str,
    pub source: &'a Source,
    pub language: Language,
    /// What was read of it, or of how it was, by the lens in force: where somebody has that, less is left to read.
    pub earlier: Option<Earlier<'a>>,
}
