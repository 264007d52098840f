//! What should I write? A driver for the need that was named; a way out of the first finding, with the sentence that accepts its
//! cost; or the first open question, whose answer becomes a driver.

use super::findings::sentence;
use super::{missing, names};
use crate::conversation::answer::{Basis, Fact};
use crate::conversation::case::{Case, loud};
use crate::conversation::open::open;
use crate::conversation::propose::{Home, is_accepted, propose};
use crate::conversation::session::Turn;
use crate::lens::SignalId;
use crate::reading::Polarity;
use crate::review::{Category, Finding};

/// A need's words are quoted in a sentence up to this many characters.
const QUOTE: usize = 120;

pub(super) fn write(turn: &mut Turn) {
    let Some(written) = turn.written() else { return };
    let signals = turn.question.signals.clone();
    let findings: Vec<Finding> = loud(&written.findings).into_iter().cloned().collect();
    let about =
        |finding: &&Finding| signals.is_empty() || finding.signal.is_some_and(|signal| signals.contains(&signal));
    if let Some(finding) = findings.iter().find(about) {
        way_out(turn, &written, finding);
        return;
    }
    if let Some(&signal) = signals.first() {
        driver(turn, &written, signal);
        return;
    }
    let open = open(&written, &turn.session.skipped);
    if open.is_empty() {
        turn.writer.say(
            "Nothing has to be added: nothing is flagged, and no question that would decide something is open.",
            written.whole(),
        );
        return;
    }
    if let Some(first) = open.first() {
        turn.writer
            .fact(Fact::new(sentence(&first.says), first.basis.clone()).and([written.whole()]));
    }
    missing::put(turn, &open);
}

/// The driver that states a need.
fn driver(turn: &mut Turn, written: &Case, signal: SignalId) {
    let lens = written.lens;
    if let Some(need) = written.need(signal) {
        let text = format!("The record says it already: {} needed.", names::need(signal, lens));
        turn.writer.say(text, Basis::place(written, need.span));
        return;
    }
    let Some(words) = lens.language.questions.need(&lens.signal(signal).id) else {
        return;
    };
    let text = format!(
        "A driver that the framework reads as {}: {}.",
        names::need(signal, lens),
        words.needed
    );
    turn.writer.say(text, Basis::need(signal, lens));
    let reads = |case: &Case| {
        let mut needs = case.reading.requirements.iter();
        needs.any(|need| need.signal == signal && need.polarity == Polarity::Required)
    };
    let title = format!("Add a driver for {}", names::need(signal, lens));
    let proposed = propose(written, &title, &[vec![words.needed.clone()]], Home::Drivers, reads);
    if let Some((proposal, edit)) = proposed {
        turn.writer.edit(edit);
        turn.session.proposed = Some(proposal);
    }
}

/// The ways out of a finding, and the sentence by which the record would accept its cost.
fn way_out(turn: &mut Turn, written: &Case, finding: &Finding) {
    let lens = written.lens;
    let rule = || Basis::rule(&finding.rule, &finding.source, lens);
    let places = finding.evidence.iter().map(|&span| Basis::place(written, span));
    let Some(engine) = finding.engine else {
        turn.writer
            .fact(Fact::new(sentence(&finding.message), Basis::place(written, finding.span)).and([rule()]));
        turn.writer
            .say(format!("Way out: {}", sentence(&finding.remedy)), rule());
        return;
    };
    let name = names::engine(engine, lens);
    let need = names::needed(finding, lens);
    if finding.category == Category::Lifecycle {
        turn.writer
            .fact(Fact::new(sentence(&finding.message), rule()).and([Basis::place(written, finding.span)]));
        turn.writer.say(sentence(&finding.remedy), rule());
        return;
    }
    let first = Fact::new(
        format!("The record decides for {name} and needs {need}."),
        Basis::place(written, finding.span),
    );
    turn.writer.fact(first.and(places).and([rule()]));
    turn.writer
        .say(format!("Write how it is met: {}", sentence(&finding.remedy)), rule());
    let others: Vec<_> = finding.alternatives.iter().map(|other| other.engine).collect();
    if let Some(&other) = others.first() {
        let text = format!(
            "Or decide for another store: {} would fit.",
            names::either(&others, lens)
        );
        let more: Vec<Basis> = others.iter().map(|&other| Basis::engine(other, lens)).collect();
        turn.writer.fact(Fact::new(text, Basis::engine(other, lens)).and(more));
    }
    accept(turn, written, finding);
    if let Some(denied) = finding.signal.and_then(|signal| names::denied(signal, lens)) {
        turn.writer.lead_on(format!("What if {denied}?"));
    }
}

fn accept(turn: &mut Turn, written: &Case, finding: &Finding) {
    let (Some(engine), Some(signal)) = (finding.engine, finding.signal) else {
        return;
    };
    let lens = written.lens;
    let name = names::engine(engine, lens);
    let quote = finding
        .evidence
        .first()
        .map(|&span| plain(written.words(span)))
        .unwrap_or_default();
    let id = &lens.signal(signal).id;
    let mut drafts = vec![
        vec![format!("We accept that {name} works against this need: \"{quote}\"")],
        vec![format!(
            "We accept that {name} works against this need ({id}): \"{quote}\""
        )],
        vec![format!("We accept that {name} works against this need: {id}")],
    ];
    if quote.chars().count() > QUOTE || quote.is_empty() {
        drafts.drain(..2);
    }
    let done = |case: &Case| is_accepted(finding, case);
    if let Some((proposal, edit)) = propose(
        written,
        "Accept the cost under Consequences",
        &drafts,
        Home::Consequences,
        done,
    ) {
        let text = "Or accept the cost, as proposed below; it is then shown as information.";
        turn.writer.say(text, Basis::rule(&finding.rule, &finding.source, lens));
        turn.writer.edit(edit);
        turn.session.proposed = Some(proposal);
    }
}

/// On one line, without marks that a cut could leave open and the quotation marks that would end ours.
fn plain(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace("**", "")
        .replace('"', "'")
        .trim_end_matches('.')
        .to_owned()
}
