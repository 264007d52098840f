//! A talk about one record, or one folder: what was supposed, what was asked and answered last, what waits for a yes.

use std::ops::ControlFlow;

use super::answer::{Answer, Basis, Fact, Part, Remark};
use super::case::{Case, Chosen, Supposition};
use super::propose::Proposal;
use super::question::{self, Question, nearest, understand};
use super::writer::{Listener, Writer};
use super::{Subject, answers};
use crate::lens::questions::Intent;
use crate::lens::{EngineId, Lens};

/// What a talk remembers. Nothing of the record's text: that is handed in with each turn.
#[derive(Debug, Clone, Default)]
pub struct Session {
    pub(super) suppositions: Vec<Supposition>,
    pub(super) last: Option<Last>,
    /// The open question that was put last: the id of its rule or signal.
    pub(super) asked: Option<String>,
    pub(super) proposed: Option<Proposal>,
    /// Open questions that were passed over.
    pub(super) skipped: Vec<String>,
}

/// The turn before this one.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub intent: Intent,
    /// Ids of the engines it was about.
    pub engines: Vec<String>,
    /// What its facts rested on.
    pub basis: Vec<Basis>,
}

/// One turn on its way.
pub(super) struct Turn<'t, 'a> {
    pub session: &'t mut Session,
    pub subject: &'t Subject<'a>,
    pub question: Question,
    pub writer: Writer<'t>,
    /// The record under what is supposed, where understanding the question took reading it.
    read: Option<Case<'a>>,
}

impl Session {
    /// A talk in which nothing was said yet.
    pub fn new() -> Session {
        Session::default()
    }

    /// What is supposed, oldest first, in the words it was supposed in.
    pub fn suppositions(&self) -> Vec<String> {
        self.suppositions
            .iter()
            .map(|supposition| supposition.statement().to_owned())
            .collect()
    }

    /// Supposes a statement about the workload before anything is asked; what is not read changes nothing.
    pub fn suppose(&mut self, statement: &str) {
        self.suppositions.push(Supposition::Need {
            statement: statement.split_whitespace().collect::<Vec<_>>().join(" "),
        });
    }

    /// Answers a question about a record as it is now.
    pub fn turn(&mut self, question: &str, subject: &Subject<'_>) -> Answer {
        self.turn_to(question, subject, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, handing on each part as it stands. When the listener breaks off, the answer is `stopped` and the talk is as it was.
    pub fn turn_to(&mut self, question: &str, subject: &Subject<'_>, listener: &mut Listener<'_>) -> Answer {
        let mut next = self.clone();
        let answer = next.answer(question, subject, listener);
        if !answer.stopped {
            *self = next;
        }
        answer
    }

    fn answer(&mut self, asked: &str, subject: &Subject<'_>, listener: &mut Listener<'_>) -> Answer {
        let lens = subject.lens;
        let waits = self.asked.is_some() || self.proposed.is_some();
        let mut question = understand(asked, waits, lens);
        if self.asked.is_some() && !question.asks && may_answer(question.intent) {
            question.intent = Intent::Answer;
        }
        self.follow(&mut question, subject);
        let read = self.settle(&mut question, subject);
        let intent = question.intent;
        let engines: Vec<String> = question.engines.iter().map(|&id| lens.engine(id).id.clone()).collect();
        let about = question.about(lens);
        let mut turn = Turn {
            session: self,
            subject,
            question,
            writer: Writer::new(asked, listener),
            read,
        };
        turn.writer.understood(intent, about);
        answers::answer(&mut turn, asked);
        let answer = turn.writer.finish();
        self.remember(intent, engines, &answer);
        answer
    }

    fn remember(&mut self, intent: Intent, engines: Vec<String>, answer: &Answer) {
        // "Why?" and "says who?" ask about the answer before them.
        if matches!(intent, Intent::Why | Intent::Sources | Intent::Help | Intent::Unknown) {
            return;
        }
        let facts = answer.parts.iter().filter_map(|part| match part {
            Part::Fact(fact) => Some(fact),
            Part::Remark(_) => None,
        });
        let mut basis: Vec<Basis> = Vec::new();
        for one in facts.flat_map(Fact::basis) {
            if !basis.contains(one) {
                basis.push(one.clone());
            }
        }
        self.last = Some(Last { intent, engines, basis });
    }

    /// "And Aurora?": the last question, about something else.
    fn follow(&self, question: &mut Question, subject: &Subject<'_>) {
        if question.intent != Intent::Follow {
            return;
        }
        let last = self.last.as_ref().map(|last| last.intent);
        if question.is_about_nothing() {
            question.intent = Intent::WhatIf;
        } else if question.engines.is_empty() {
            question.intent = match last {
                Some(Intent::WhatIf | Intent::Undo | Intent::Changes | Intent::Assumptions) => Intent::WhatIf,
                Some(intent @ (Intent::WhyFlagged | Intent::Understood | Intent::Records | Intent::Write)) => intent,
                _ => Intent::About,
            };
        } else {
            let chose = self
                .suppositions
                .last()
                .is_some_and(|supposition| matches!(supposition, Supposition::Choice { .. }));
            question.intent = match last {
                Some(intent @ (Intent::About | Intent::MakesRight | Intent::Records | Intent::Compare)) => intent,
                Some(Intent::WhatIf) if chose || question.chooses => Intent::WhatIf,
                _ => Intent::WhyNot,
            };
            question.chooses |= question.intent == Intent::WhatIf;
        }
        if question.intent == Intent::Compare {
            let before = self.last.iter().flat_map(|last| &last.engines);
            let mut engines: Vec<EngineId> = before.filter_map(|id| subject.lens.engine_by_id(id)).take(1).collect();
            engines.extend(
                question
                    .engines
                    .drain(..)
                    .filter(|engine| !engines.contains(engine))
                    .collect::<Vec<_>>(),
            );
            question.engines = engines;
        }
    }

    /// What the record itself decides: an objection to an engine that is not chosen asks why not; words that are no question and
    /// state a need suppose it. The record, if it was read for that.
    fn settle<'a>(&self, question: &mut Question, subject: &Subject<'a>) -> Option<Case<'a>> {
        let document = subject.document?;
        let lens = subject.lens;
        match question.intent {
            Intent::WhyFlagged if !question.engines.is_empty() => {
                let case = Case::new(document, lens, subject.as_of, &self.suppositions);
                let flagged = |engine: EngineId| {
                    case.decides_for(engine) || case.findings.iter().any(|finding| finding.engine == Some(engine))
                };
                if !question.engines.iter().any(|&engine| flagged(engine)) {
                    question.intent = Intent::WhyNot;
                }
                return Some(case);
            }
            Intent::Unknown if !question.asks => {
                let supposition = Supposition::Need {
                    statement: question.rest.clone(),
                };
                let case = Case::new(document, lens, subject.as_of, &[supposition]);
                if !case.read_nothing() {
                    question.intent = Intent::WhatIf;
                }
            }
            _ => {}
        }
        None
    }
}

/// Whether words that were taken for this may be an answer to a question of ours: commands of one word are none.
fn may_answer(intent: Intent) -> bool {
    !matches!(
        intent,
        Intent::Undo
            | Intent::Reset
            | Intent::Skip
            | Intent::Help
            | Intent::Changes
            | Intent::Assumptions
            | Intent::Sources
            | Intent::Why
            | Intent::Accept
            | Intent::Decline
            | Intent::WhatIf
    )
}

impl<'a> Turn<'_, 'a> {
    pub fn lens(&self) -> &'a Lens {
        self.subject.lens
    }

    /// The record under what is supposed; without a record, says so.
    pub fn case(&mut self) -> Option<Case<'a>> {
        if let Some(case) = self.read.take() {
            return Some(case);
        }
        let suppositions = self.session.suppositions.clone();
        self.case_with(&suppositions)
    }

    /// The record as it is written.
    pub fn written(&mut self) -> Option<Case<'a>> {
        self.case_with(&[])
    }

    pub fn case_with(&mut self, suppositions: &[Supposition]) -> Option<Case<'a>> {
        let Some(document) = self.subject.document else {
            self.writer.remark(Remark::NoRecord);
            return None;
        };
        Some(Case::new(document, self.subject.lens, self.subject.as_of, suppositions))
    }

    /// Says under which suppositions the answer holds.
    pub fn supposing(&mut self) {
        let statements = self.session.suppositions();
        if !statements.is_empty() {
            self.writer.supposing(statements.clone());
            self.writer.remark(Remark::Supposing { statements });
        }
    }

    /// What a what-if supposes.
    pub fn supposition(&self) -> Supposition {
        let question = &self.question;
        let statement = question.rest.clone();
        let replaced = question.replaces;
        let engine = question
            .engines
            .iter()
            .copied()
            .find(|&engine| Some(engine) != replaced)
            .filter(|_| question.chooses);
        match engine {
            Some(engine) => Supposition::Choice {
                statement,
                engine: self.lens().engine(engine).id.clone(),
                how: match (question.adds, replaced) {
                    (true, None) => Chosen::Beside,
                    (_, replaced) => Chosen::Instead(replaced.map(|id| self.lens().engine(id).id.clone())),
                },
            },
            None => Supposition::Need { statement },
        }
    }

    pub fn not_understood(&mut self, asked: &str) {
        let nearest = nearest(asked, self.lens());
        self.writer.understood(Intent::Unknown, Vec::new());
        self.writer.remark(Remark::NotUnderstood { nearest });
    }

    /// Example questions of some kinds, in the order of the kinds.
    pub fn examples(&self, intents: &[Intent]) -> Vec<String> {
        let questions = &self.lens().language.questions;
        intents
            .iter()
            .flat_map(|wanted| questions.examples().filter(move |(intent, _)| intent == wanted))
            .map(|(_, example)| example.to_owned())
            .collect()
    }

    pub fn rule_of(&self, signal: crate::lens::SignalId, owner: &str) -> String {
        question::statement_rule(signal, owner, self.lens())
    }
}
