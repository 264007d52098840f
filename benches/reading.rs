//! How the time from a text to its findings grows with the text: `cargo bench`. Compare ratios within one run.

use adr_lens::lens::builtin;
use adr_lens::review::review_text;
use adr_lens::syntax::Language;

const RECORD: &str = include_str!("../examples/records/0001-order-store.md");

fn main() {
    divan::main();
}

/// One record, and the same with its context repeated up to a size in bytes.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000])]
fn review(bencher: divan::Bencher, size: usize) {
    let Ok(lens) = builtin() else { return };
    let (head, tail) = RECORD.split_once("## Decision Drivers").unwrap_or((RECORD, ""));
    let paragraph =
        "\nAbout 40 orders a second are placed, and each page shows the lines of one order and its customer.\n";
    let text = format!(
        "{head}{}## Decision Drivers{tail}",
        paragraph.repeat(size / paragraph.len())
    );
    let today = jiff::civil::date(2026, 11, 22);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| review_text(&text, Language::Markdown, lens, today));
}
