//! Answers of the architect: to a question of the framework, and to a proposed edit.

use super::missing::ask_next;
use super::names;
use crate::conversation::answer::{Basis, Fact, Remark};
use crate::conversation::case::Case;
use crate::conversation::open::{Open, open};
use crate::conversation::propose::{Home, propose};
use crate::conversation::session::Turn;
use crate::lens::Lens;
use crate::lens::phrase::split;
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
    let sentences = sentences(turn, question, said);
    let answered = |case: &Case| match question.signal {
        Some(signal) => case.reading.requirements.iter().any(|need| need.signal == signal),
        None => !open_questions(&case.reading, case.lens).any(|rule| rule.id == question.of),
    };
    let proposed = propose(&written, "Add a driver", &sentences, Home::Drivers, answered);
    // It may say something else that the record does not say yet.
    let told = |case: &Case| {
        let count = |case: &Case| case.reading.requirements.len() + case.reading.quantities.len();
        count(case) > count(&written)
    };
    let proposed = proposed.map(|found| (found, true)).or_else(|| {
        let other = propose(&written, "Add a driver", &[said.to_owned()], Home::Drivers, told)?;
        Some((other, false))
    });
    let Some(((proposal, edit), answers)) = proposed else {
        turn.writer.remark(Remark::NoAnswer {
            answer: said.trim().to_owned(),
            example: question.example.clone(),
        });
        turn.writer.ask(question.ask(open.len()));
        return;
    };
    let read = reads_as(&written, &edit.apply(&written.document.source.text));
    let text = match read.is_empty() {
        true => format!("It can be written as a driver: {}.", proposal.sentence),
        false => format!(
            "It can be written as a driver, which is read as {}: {}.",
            names::all(&read),
            proposal.sentence
        ),
    };
    let text = match answers {
        true => text,
        false => format!("That is no answer to what was asked. {text}"),
    };
    let supposed = Basis::Supposed {
        statement: said.trim().to_owned(),
    };
    turn.writer
        .fact(Fact::new(text, supposed).and([question.basis.clone()]));
    turn.writer.edit(edit);
    turn.session.proposed = Some(proposal);
}

/// The sentences an answer may become, the likeliest first.
fn sentences(turn: &Turn, question: &Open, said: &str) -> Vec<String> {
    let lens = turn.lens();
    let (verdict, rest) = verdict(said, lens);
    if let Some(signal) = question.signal {
        let words = lens.language.questions.need(&lens.signal(signal).id);
        let short = words.and_then(|words| match verdict {
            Some(true) => Some(words.needed.clone()),
            Some(false) => Some(words.denied.clone()),
            None => None,
        });
        return match rest.is_empty() {
            true => short.into_iter().collect(),
            false => std::iter::once(rest).chain(short).collect(),
        };
    }
    let answer = if rest.is_empty() { said.trim().to_owned() } else { rest };
    let forms = &lens.language.questions.table.answers;
    let form = forms.iter().find(|form| form.rule == question.of);
    match form {
        Some(form) => form
            .drivers
            .iter()
            .map(|driver| driver.replace("{answer}", &answer))
            .collect(),
        None => vec![answer],
    }
}

/// "Yes, reports join orders" → yes, and "reports join orders".
fn verdict(said: &str, lens: &Lens) -> (Option<bool>, String) {
    let table = &lens.language.questions.table;
    let mut words = Vec::new();
    split(said, true, &mut words);
    let verdict = words.first().and_then(|word| match () {
        () if table.yes.contains(&word.text) => Some(true),
        () if table.no.contains(&word.text) => Some(false),
        () => None,
    });
    // "No joins" is an answer as it stands.
    let apart = words
        .get(1)
        .is_none_or(|word| word.before > crate::lens::phrase::Break::None);
    let rest = match (verdict, words.get(1)) {
        (Some(_), None) => "",
        (Some(_), Some(next)) if apart => said.get(next.span.start..).unwrap_or_default(),
        _ => said,
    };
    let verdict = verdict.filter(|_| apart);
    (verdict, rest.trim().to_owned())
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
    let mut read: Vec<String> = Vec::new();
    for need in after
        .reading
        .requirements
        .iter()
        .filter(|need| !known(need.signal, need.polarity))
    {
        let name = names::need(need.signal, written.lens);
        let words = match need.polarity {
            Polarity::Required => name,
            Polarity::NotRequired => format!("no need of {name}"),
        };
        if !read.contains(&words) {
            read.push(words);
        }
    }
    read
}
