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

#[test]
fn not_twice() {
    let text = "# 1. Vouchers\n\n## Decision Drivers\n\n* ACID transactions\n\n## Decision\n\nWe will use DynamoDB.\n";
    let talk = Talk::of_bytes("record".to_owned(), text.as_bytes().to_vec(), Language::Markdown).expect("a text");
    let mut about = About::record("0010-sparse.md");
    about.talk = talk;
    let answer = about.ask(ASKED);
    assert!(answer.edits.is_empty(), "{}", about.written(&answer));
}
