//! Answers of the architect: to a question of the framework, and to a proposed edit.

use super::missing::ask_next;
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::Case;
use crate::conversation::open::{Open, open};
use crate::conversation::propose::{Home, propose};
use crate::conversation::session::Turn;
use crate::lens::Lens;
use crate::lens::phrase::{Break, split};
use crate::reading::Polarity;
use crate::review::open_questions;
use crate::text::Source;

/// Yes: to the edit that was proposed, or to the question that was put.
pub(super) fn accept(turn: &mut Turn) {
    let Some(proposal) = turn.session.proposed.take() else {
        answer(turn, "yes");
        return;
    };
    let Some(written) = turn.written() else { return };
    let Some(edit) = proposal.again(&written) else {
        turn.writer.remark(Remark::NothingAsked);
        return;
    };
    let source = Source::new(edit.apply(&written.document.source.text));
    turn.writer.remark(Remark::Applied);
    turn.writer.edit(edit);
    // What is asked next is asked of the record as it will be.
    let mut document = written.document;
    document.source = &source;
    if turn.session.asked.is_some() {
        let case = Case::new(document, written.lens, written.as_of, &turn.session.suppositions);
        ask_next(turn, &case);
    }
}

/// No, likewise.
pub(super) fn decline(turn: &mut Turn) {
    if turn.session.proposed.take().is_some() {
        turn.writer.remark(Remark::Declined);
        turn.session.skipped.extend(turn.session.asked.take());
        return;
    }
    answer(turn, "no");
}

/// The next question.
pub(super) fn skip(turn: &mut Turn) {
    turn.session.proposed = None;
    let skipped = turn.session.asked.take();
    if skipped.is_some() {
        turn.writer.remark(Remark::Skipped);
    }
    turn.session.skipped.extend(skipped);
    let Some(case) = turn.case() else { return };
    ask_next(turn, &case);
}

/// An answer becomes a driver in the record's own style, which is proposed.
pub(super) fn answer(turn: &mut Turn, said: &str) {
    let Some(of) = turn.session.asked.clone() else {
        turn.writer.remark(Remark::NothingAsked);
        return;
    };
    let Some(written) = turn.written() else { return };
    let open = open(&written, &[]);
    let Some(question) = open.iter().find(|open| open.of == of) else {
        // The record has answered it meanwhile.
        ask_next(turn, &written);
        return;
    };
    let said = Said::new(said, turn.lens());
    let answered = |case: &Case| match question.signal {
        Some(signal) => case.reading.requirements.iter().any(|need| need.signal == signal),
        None => !open_questions(&case.reading, case.lens).any(|rule| rule.id == question.of),
    };
    // It may say something else that the record does not say yet.
    let told = |case: &Case| {
        let count = |case: &Case| case.reading.requirements.len() + case.reading.quantities.len();
        count(case) > count(&written)
    };
    let by_itself = || {
        let words = vec![said.words().to_owned()];
        propose(&written, TITLE, &[words], Home::Drivers, told)
    };
    let drafts = said.drafts(question, by_itself().is_some(), turn.lens());
    let proposed = propose(&written, TITLE, &drafts, Home::Drivers, answered);
    let proposed = proposed
        .map(|found| (found, true))
        .or_else(|| Some((by_itself()?, false)));
    let Some(((proposal, edit), answers)) = proposed else {
        turn.writer.remark(Remark::NoAnswer {
            answer: said.whole,
            example: question.example.clone(),
        });
        turn.writer.ask(question.ask(open.len()));
        return;
    };
    let read = reads_as(&written, &edit.apply(&written.document.source.text));
    let text = match read.is_empty() {
        true => format!("It can be written as a driver: {}.", proposal.sentence()),
        false => format!(
            "It can be written as a driver, which is read as {}: {}.",
            names::all(&read),
            proposal.sentence()
        ),
    };
    let text = match answers {
        true => text,
        false => format!("That is no answer to what was asked. {text}"),
    };
    let supposed = Basis::Supposed { statement: said.whole };
    turn.writer
        .fact(Fact::new(text, supposed).and([question.basis.clone()]));
    turn.writer.edit(edit);
    turn.session.proposed = Some(proposal);
}

const TITLE: &str = "Add a driver";

/// An answer as it was said.
struct Said {
    whole: String,
    /// Whether it begins with a yes or a no.
    verdict: Option<bool>,
    /// What follows that; else all of it.
    rest: String,
}

impl Said {
    /// "Yes, reports join orders" → yes, and "reports join orders".
    fn new(said: &str, lens: &Lens) -> Said {
        let table = &lens.language.questions.table;
        let mut words = Vec::new();
        split(said, true, &mut words);
        let verdict = words.first().and_then(|word| match () {
            () if table.yes.iter().any(|yes| word.text == yes) => Some(true),
            () if table.no.iter().any(|no| word.text == no) => Some(false),
            () => None,
        });
        // "No joins" is an answer as it stands.
        let apart = words.get(1).is_none_or(|word| word.before > Break::None);
        let rest = match (verdict, words.get(1)) {
            (Some(_), None) => "",
            (Some(_), Some(next)) if apart => said.get(next.span.start..).unwrap_or_default(),
            _ => said,
        };
        Said {
            whole: said.trim().to_owned(),
            verdict: verdict.filter(|_| apart),
            rest: rest.trim().to_owned(),
        }
    }

    /// What it says beside a yes or a no.
    fn words(&self) -> &str {
        if self.rest.is_empty() { &self.whole } else { &self.rest }
    }

    /// The sentences it may become, the likeliest first: its own words; those with the driver that its yes or no stands for, where
    /// they tell something by themselves, which is then no part of the answer; that driver alone.
    fn drafts(&self, question: &Open, tells: bool, lens: &Lens) -> Vec<Vec<String>> {
        let table = &lens.language.questions.table;
        let words = self.words().to_owned();
        let form = table.answers.iter().find(|form| form.rule == question.of);
        let stated: Vec<String> = match question.signal {
            Some(signal) => {
                let need = lens.language.questions.need(&lens.signal(signal).id);
                let driver = |yes| need.map(|need| if yes { &need.needed } else { &need.denied });
                self.verdict.and_then(driver).cloned().into_iter().collect()
            }
            None => match (self.verdict, form) {
                (Some(true), Some(form)) => form.yes.clone(),
                (Some(false), Some(form)) => form.no.clone(),
                _ => Vec::new(),
            },
        };
        if stated.is_empty() {
            return match form {
                Some(form) => {
                    let filled = form.drivers.iter().map(|driver| driver.replace("{answer}", &words));
                    filled.map(|sentence| vec![sentence]).collect()
                }
                None => vec![vec![words]],
            };
        }
        if self.rest.is_empty() {
            return vec![stated];
        }
        let both: Vec<String> = stated.iter().cloned().chain([words.clone()]).collect();
        let both = Some(both).filter(|_| tells);
        std::iter::once(vec![words]).chain(both).chain([stated]).collect()
    }
}

/// What the record reads beyond what it read before.
fn reads_as(written: &Case, text: &str) -> Vec<String> {
    let source = Source::new(text.to_owned());
    let mut document = written.document;
    document.source = &source;
    let after = Case::new(document, written.lens, written.as_of, &[]);
    let known = |signal, polarity| {
        let mut needs = written.reading.requirements.iter();
        needs.any(|need| need.signal == signal && need.polarity == polarity)
    };
    let (mut read, mut denied): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let new = after.reading.requirements.iter();
    for need in new.filter(|need| !known(need.signal, need.polarity)) {
        let name = names::need(need.signal, written.lens);
        let (list, words) = match need.polarity {
            Polarity::Required => (&mut read, name),
            Polarity::NotRequired => (&mut denied, format!("no need of {name}")),
        };
        if !list.contains(&words) {
            list.push(words);
        }
    }
    // "No need of" would be heard of all that follows.
    read.append(&mut denied);
    read
}
