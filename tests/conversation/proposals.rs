//! A driver is proposed in the hand of the record's author, whatever its language and template.

use adr_lens::syntax::Language;
use adr_lens::workspace::Talk;

use crate::support::About;

const ASKED: &str = "write a driver about transactions";
const SENTENCE: &str = "We need ACID transactions over several entities";

/// The text with what was proposed put in.
fn proposed(text: &str, language: Language) -> String {
    let talk = Talk::of_bytes("record".to_owned(), text.as_bytes().to_vec(), language).expect("a text");
    let mut about = About::record("0010-sparse.md");
    about.talk = talk;
    let answer = about.ask(ASKED);
    assert!(!answer.edits.is_empty(), "{}", about.written(&answer));
    answer
        .edits
        .iter()
        .fold(text.to_owned(), |text, edit| edit.apply(&text))
}

#[test]
fn as_an_item_like_the_others() {
    let text = "# 1. Vouchers\n\n## Decision Drivers\n\n1. Vouchers are few.\n2. They expire.\n\n## Decision\n\nWe will use DynamoDB.\n";
    let after = proposed(text, Language::Markdown);
    assert!(
        after.contains(&format!("2. They expire.\n3. {SENTENCE}.\n\n## Decision")),
        "{after}"
    );
}

#[test]
fn as_a_sentence_of_the_context() {
    let text =
        "# 1. Vouchers\r\n\r\n## Context\r\n\r\nVouchers are few.\r\n\r\n## Decision\r\n\r\nWe will use DynamoDB.\r\n";
    let after = proposed(text, Language::Markdown);
    assert!(
        after.contains(&format!("Vouchers are few.\r\n\r\n{SENTENCE}.\r\n\r\n## Decision")),
        "{after}"
    );
}

#[test]
fn under_a_heading_of_its_own_in_each_language() {
    let asciidoc = "= 1. Vouchers\n\n== Decision\n\nWe will use DynamoDB.\n";
    let after = proposed(asciidoc, Language::AsciiDoc);
    assert!(
        after.contains(&format!("== Decision Drivers\n\n* {SENTENCE}\n\n== Decision")),
        "{after}"
    );
    let rest = "1. Vouchers\n===========\n\nDecision\n--------\n\nWe will use DynamoDB.\n";
    let after = proposed(rest, Language::ReStructuredText);
    let heading = "Decision Drivers\n----------------";
    assert!(
        after.contains(&format!("{heading}\n\n* {SENTENCE}\n\nDecision\n--------")),
        "{after}"
    );
}

const ORDERS: &str = "# 1. Orders\n\n## Context\n\nEach order is read by its key.\n\n## Decision Drivers\n\n1. Orders are read within 10 ms at 500 requests per second.\n\n## Decision\n\nWe will use DynamoDB.\n";

/// What an answer to a question is written down as.
fn written_down(answer: &str, asked: impl Fn(&str) -> bool) -> String {
    let mut about = About::text(ORDERS);
    let mut put = about.ask("what is missing?").asks.expect("a question").of;
    while !asked(&put) {
        put = about.ask("skip").asks.expect("another question").of;
    }
    let answer = about.ask(answer);
    let text = answer
        .edits
        .iter()
        .fold(ORDERS.to_owned(), |text, edit| edit.apply(&text));
    let added = text.lines().filter(|line| !ORDERS.lines().any(|old| old == *line));
    added.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_yes_is_the_driver_of_the_question_and_a_figure_beside_it_stands_by_itself() {
    let said = "yes, ten million orders a day";
    assert_eq!(
        written_down(said, |asked| asked == "gap/consistency"),
        "2. Reads may be stale.\n3. Changes to several items must succeed or fail together.\n4. Ten million orders a day."
    );
    assert_eq!(
        written_down(said, |asked| asked == "joins"),
        "2. Related data must be joined at query time.\n3. Ten million orders a day."
    );
    // What is no news is not written down.
    assert_eq!(
        written_down("yes, of course", |asked| asked == "joins"),
        "2. Related data must be joined at query time."
    );
}

#[test]
fn not_twice() {
    let text = "# 1. Vouchers\n\n## Decision Drivers\n\n* ACID transactions\n\n## Decision\n\nWe will use DynamoDB.\n";
    let talk = Talk::of_bytes("record".to_owned(), text.as_bytes().to_vec(), Language::Markdown).expect("a text");
    let mut about = About::record("0010-sparse.md");
    about.talk = talk;
    let answer = about.ask(ASKED);
    assert!(answer.edits.is_empty(), "{}", about.written(&answer));
}
