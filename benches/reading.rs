//! How long the parts of the way from a text to its findings take, and how that grows with the text: `cargo bench`. Compare ratios
//! within one run: a start with one reading, the first words of an answer with the review of their record, a folder with its files.

use std::path::Path;

use adr_lens::lens::{builtin, builtin_files, builtin_model, load};
use adr_lens::review::review_text;
use adr_lens::syntax::Language;

const RECORD: &str = include_str!("../examples/records/0001-order-store.md");

fn main() {
    divan::main();
}

/// The example record with paragraphs in its context, no two of which are the same, up to a size in bytes.
fn grown(size: usize) -> String {
    let (head, tail) = RECORD.split_once("## Decision Drivers").unwrap_or((RECORD, ""));
    let paragraph = |number: usize| {
        format!(
            "\nShop {number} places 40 orders a second, and each page shows the lines of one order and its customer.\n"
        )
    };
    let context: String = (0..size / paragraph(0).len()).map(paragraph).collect();
    format!("{head}{context}## Decision Drivers{tail}")
}

/// The built-in lens, as the program carries it and from its texts.
#[divan::bench(args = ["as it is carried", "from its texts"])]
fn loading(bencher: divan::Bencher, how: &str) {
    let files = || {
        let mut files = builtin_files();
        if how == "from its texts" {
            files.iter_mut().for_each(|file| file.parsed = None);
        }
        files
    };
    bencher
        .with_inputs(files)
        .bench_values(|files| load(files, builtin_model()).is_ok());
}

/// A folder of records, each of a few kilobytes, half of which name no store.
#[divan::bench(args = [10, 100, 1_000], sample_count = 20)]
fn check_folder(bencher: divan::Bencher, count: usize) {
    use adr_lens::workspace::{Base, Configurations, From, check_all, discover};
    let (Ok(base), Ok(folder)) = (Base::builtin(), tempfile::tempdir()) else {
        return;
    };
    for number in 1..=count {
        let text = match number % 2 {
            0 => grown(4_000),
            _ => {
                "# Use trunk-based development\n\n## Status\n\nAccepted\n\n## Decision\n\nWe merge daily.\n".repeat(20)
            }
        };
        let written = std::fs::write(folder.path().join(format!("{number:04}-record.md")), text);
        if written.is_err() {
            return;
        }
    }
    let lenses = Configurations::new(base, From::Nowhere);
    bencher.bench(|| {
        let found = discover(&[folder.path().to_owned()], Path::new("")).ok()?;
        Some(check_all(found, &lenses, jiff::civil::date(2026, 11, 22), || {}).len())
    });
}

/// One record, and the same grown.
#[divan::bench(args = [1_000, 10_000, 50_000, 100_000, 1_000_000])]
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
            earlier: None,
        }),
        neighbours: None,
    };
    bencher.bench(|| {
        let mut session = Session::new();
        session.turn_to(question, &subject, &mut |_| std::ops::ControlFlow::Break(()))
    });
}
