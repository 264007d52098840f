//! The first words of an answer about a long record that is open come at once.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use adr_lens::conversation::{Document, Session, Subject};
use adr_lens::reading::Reading;
use adr_lens::syntax::Language;
use adr_lens::text::Source;

use crate::support::{AS_OF, lens};

/// What is promised, of a release build.
const PROMISED: Duration = Duration::from_millis(20);

#[test]
#[cfg_attr(debug_assertions, ignore = "a promise of release builds: cargo test --release")]
fn first_words_about_fifty_kilobytes_come_within_twenty_milliseconds() {
    let record = std::fs::read_to_string(crate::support::path("0001-order-store.md")).expect("a record");
    let (head, tail) = record.split_once("## Decision Drivers").expect("drivers");
    let paragraph =
        "About 40 orders a second are placed, and each page shows the lines of one order and its customer.\n\n";
    let text = format!(
        "{head}{}## Decision Drivers{tail}",
        paragraph.repeat(50_000 / paragraph.len())
    );
    let source = Source::new(text);
    // As in an editor, which had it read when it was opened.
    let read = Reading::of(&source.text, Language::Markdown, lens());
    let subject = Subject {
        lens: lens(),
        as_of: AS_OF.parse().expect("a date"),
        document: Some(Document {
            path: "record.md",
            source: &source,
            language: Language::Markdown,
            earlier: Some(read.as_earlier(&source.text)),
        }),
        neighbours: None,
    };
    for question in [
        "why is this flagged?",
        "what if joins are not needed?",
        "what should I use?",
        "why not MongoDB?",
    ] {
        let first = || {
            let began = Instant::now();
            let answer = Session::new().turn_to(question, &subject, &mut |_| ControlFlow::Break(()));
            assert!(answer.stopped, "nothing was said");
            began.elapsed()
        };
        // The machine may be busy with something else: the best of several is what it takes.
        let took = (0..10).map(|_| first()).min().unwrap_or_default();
        println!("{question} {took:?}");
        assert!(took <= PROMISED, "{question} took {took:?}");
    }
}
