//! An answer on its way: each part is handed on as soon as it stands, and the one who listens may stop it.

use std::ops::ControlFlow;

use super::answer::{Answer, Ask, Basis, Edit, Fact, Part, Remark};
use crate::lens::questions::Intent;

/// Receives each part as it is written; `Break` stops the answer.
pub type Listener<'a> = dyn FnMut(&Part) -> ControlFlow<()> + 'a;

pub(super) struct Writer<'a> {
    answer: Answer,
    listener: &'a mut Listener<'a>,
}

impl<'a> Writer<'a> {
    pub fn new(question: &str, listener: &'a mut Listener<'a>) -> Self {
        Writer {
            answer: Answer {
                question: question.to_owned(),
                intent: Intent::Unknown,
                about: Vec::new(),
                supposing: Vec::new(),
                parts: Vec::new(),
                sources: Vec::new(),
                edits: Vec::new(),
                asks: None,
                follow_ups: Vec::new(),
                stopped: false,
            },
            listener,
        }
    }

    pub fn understood(&mut self, intent: Intent, about: Vec<String>) {
        self.answer.intent = intent;
        self.answer.about = about;
    }

    pub fn fact(&mut self, fact: Fact) {
        self.part(Part::Fact(fact));
    }

    /// A sentence that rests on one thing.
    pub fn say(&mut self, text: impl Into<String>, basis: Basis) {
        self.fact(Fact::new(text, basis));
    }

    pub fn remark(&mut self, remark: Remark) {
        self.part(Part::Remark(remark));
    }

    fn part(&mut self, part: Part) {
        if self.answer.stopped {
            return;
        }
        if (self.listener)(&part).is_break() {
            self.answer.stopped = true;
            return;
        }
        if let Part::Fact(fact) = &part {
            for citation in fact.basis().iter().filter_map(Basis::citation) {
                if !self.answer.sources.contains(citation) {
                    self.answer.sources.push(citation.clone());
                }
            }
        }
        self.answer.parts.push(part);
    }

    /// Whether nothing was said yet.
    pub fn is_empty(&self) -> bool {
        self.answer.parts.is_empty()
    }

    /// Whether nobody listens any more.
    pub fn stopped(&self) -> bool {
        self.answer.stopped
    }

    pub fn supposing(&mut self, statements: Vec<String>) {
        self.answer.supposing = statements;
    }

    pub fn edit(&mut self, edit: Edit) {
        self.answer.edits.push(edit);
    }

    pub fn ask(&mut self, ask: Ask) {
        self.answer.asks = Some(ask);
    }

    pub fn lead_on(&mut self, question: impl Into<String>) {
        /// More than these nobody reads.
        const MOST: usize = 3;
        let question = question.into();
        if self.answer.follow_ups.len() < MOST && !self.answer.follow_ups.contains(&question) {
            self.answer.follow_ups.push(question);
        }
    }

    pub fn finish(self) -> Answer {
        self.answer
    }
}
