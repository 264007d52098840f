//! Each need of the lens has a sentence that states it and one that denies it, and the reader reads both so.

use adr_lens::reading::{Polarity, Reading};
use adr_lens::review::open_questions;
use adr_lens::syntax::Language;

use crate::support::{About, lens};

/// What is shown as an answer that would be understood is.
#[test]
fn the_examples_of_answers_answer() {
    for form in &lens().language.questions.table.answers {
        let record = "# 1. Store for vouchers\n\n## Context\n\nVouchers leave the monolith.\n\n## Decision\n\nWe will use DynamoDB.\n";
        let mut about = About::text(record);
        let mut asked = about.ask("what is missing?").asks.expect("a question").of;
        while asked != form.rule {
            asked = about.ask("skip").asks.expect("the question of the rule").of;
        }
        let answer = about.ask(&form.example);
        assert!(!answer.edits.is_empty(), "{}: “{}”", form.rule, form.example);
        let applied = answer
            .edits
            .iter()
            .fold(record.to_owned(), |text, edit| edit.apply(&text));
        let reading = Reading::of(&applied, Language::Markdown, lens());
        assert!(
            open_questions(&reading, lens()).all(|rule| rule.id != form.rule),
            "{applied}"
        );
    }
}

/// A yes or a no is written down as what the question asked.
#[test]
fn a_plain_yes_or_no_answers_where_the_lens_says_what_it_stands_for() {
    for form in &lens().language.questions.table.answers {
        for (said, drivers) in [("yes", &form.yes), ("no", &form.no)] {
            if drivers.is_empty() {
                continue;
            }
            let record = "# 1. Store for vouchers\n\n## Context\n\nVouchers leave the monolith.\n\n## Decision\n\nWe will use DynamoDB.\n";
            let mut about = About::text(record);
            let mut asked = about.ask("what is missing?").asks.expect("a question").of;
            while asked != form.rule {
                asked = about.ask("skip").asks.expect("the question of the rule").of;
            }
            let answer = about.ask(said);
            let sentences: Vec<&str> = answer.edits.iter().map(|edit| edit.sentence.as_str()).collect();
            assert_eq!(sentences, [drivers.join(". ")], "{}: {said}", form.rule);
        }
    }
}

#[test]
fn the_drivers_that_are_proposed_are_read_as_what_they_say() {
    let lens = lens();
    let mut wrong = Vec::new();
    for signal in lens.signal_ids() {
        let id = &lens.signal(signal).id;
        let Some(need) = lens.language.questions.need(id) else {
            wrong.push(format!("{id} has no words"));
            continue;
        };
        for (sentence, polarity) in [
            (&need.needed, Polarity::Required),
            (&need.denied, Polarity::NotRequired),
        ] {
            let text = format!("# Store\n\n## Context\n\nA database.\n\n## Decision Drivers\n\n* {sentence}\n");
            let reading = Reading::of(&text, Language::Markdown, lens);
            let read = reading
                .requirements
                .iter()
                .any(|read| read.signal == signal && read.polarity == polarity);
            if !read {
                wrong.push(format!("{id}: “{sentence}” is not read as {polarity:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is no more than likely takes no need back, in a comparison as in a finding.
#[test]
fn a_need_that_a_guess_denies_still_tells_engines_apart() {
    let record = "# Use DynamoDB for the catalogue\n\n## Context\n\nCustomers must find products by full-text search. In the archive there \
                  are numbers only, nothing to search by words.\n\n## Decision\n\nWe will use DynamoDB.\n";
    let reading = Reading::of(record, Language::Markdown, lens());
    let guessed = reading
        .requirements
        .iter()
        .any(|need| need.polarity == Polarity::NotRequired && need.is_likely());
    assert!(guessed, "the second sentence is read by its likeness as a denial");
    let mut about = About::text(record);
    let answer = about.ask("compare DynamoDB and OpenSearch");
    let told = about.written(&answer);
    assert!(told.contains("full-text search"), "{told}");
    assert!(!told.contains("no need that tells them apart"), "{told}");
}
