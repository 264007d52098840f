//! How the time from a text to its findings grows with the text: `cargo bench`. Compare ratios within one run.

use adr_lens::lens::builtin;
use adr_lens::review::review_text;
use adr_lens::syntax::Language;

const RECORD: &str = include_str!("../examples/records/0001-order-store.md");

fn main() {
    divan::main();
}

/// The example record with its context repeated up to a size in bytes.
fn grown(size: usize) -> String {
    let (head, tail) = RECORD.split_once("## Decision Drivers").unwrap_or((RECORD, ""));
    let paragraph =
        "\nAbout 40 orders a second are placed, and each page shows the lines of one order and its customer.\n";
    format!(
        "{head}{}## Decision Drivers{tail}",
        paragraph.repeat(size / paragraph.len())
    )
}

/// One record, and the same grown.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000])]
fn review(bencher: divan::Bencher, size: usize) {
    let Ok(lens) = builtin() else { return };
    let text = grown(size);
    let today = jiff::civil::date(2026, 11, 22);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| review_text(&text, Language::Markdown, lens, today));
}

/// The first words of an answer about a record of 50 KB.
#[divan::bench(args = ["why is this flagged?", "what if joins are not needed?", "what should I use?", "why not MongoDB?"])]
fn first_words(bencher: divan::Bencher, question: &str) {
    use adr_lens::conversation::{Document, Session, Subject};
    let Ok(lens) = builtin() else { return };
    let source = adr_lens::text::Source::new(grown(50_000));
    let subject = Subject {
        lens,
        as_of: jiff::civil::date(2026, 11, 22),
        document: Some(Document {
            path: "record.md",
            source: &source,
            language: Language::Markdown,
        }),
        neighbours: None,
    };
    bencher.bench(|| {
        let mut session = Session::new();
        session.turn_to(question, &subject, &mut |_| std::ops::ControlFlow::Break(()))
    });
}
