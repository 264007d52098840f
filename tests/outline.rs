//! The outline is the same whatever language a record is written in, and no text is too broken to have one.

use adr_lens::syntax::{BlockKind, Language, outline};

const LANGUAGES: [Language; 3] = [Language::Markdown, Language::AsciiDoc, Language::ReStructuredText];

/// Blocks as `kind text`, with the runs in bold between asterisks.
fn told(text: &str, language: Language) -> Vec<String> {
    let read = outline(text, language);
    let kind = |kind: BlockKind| match kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::Item { .. } => "-".to_owned(),
        BlockKind::Cell { row, column, .. } => format!("{row}/{column}"),
        BlockKind::Code => "code".to_owned(),
    };
    let entries = read
        .front_matter
        .iter()
        .map(|entry| format!("{}: {}", entry.key, entry.value));
    let blocks = read.blocks.iter().map(|block| {
        let runs = block.runs.iter().map(|run| {
            if run.style.strong {
                format!("*{}*", run.text)
            } else {
                run.text.clone()
            }
        });
        format!("{} {}", kind(block.kind), runs.collect::<String>().replace('\n', " "))
            .trim_end()
            .to_owned()
    });
    entries.chain(blocks).collect()
}

const EXPECTED: [&str; 9] = [
    "status: accepted",
    "h1 Title",
    "h2 Context",
    "p Reads are *many* and fast.",
    "- one",
    "- two",
    "0/0 Store",
    "0/1 Cost",
    "code",
];

#[test]
fn one_record_in_three_languages() {
    let markdown = "---\nstatus: accepted\n---\n# Title\n\n## Context\n\nReads are **many** and `fast`.\n\n* one\n  * two\n\n| Store | Cost |\n|---|---|\n\n```\nx = 1\n```\n";
    let asciidoc = "= Title\n:status: accepted\n\n== Context\n\nReads are *many* and `fast`.\n\n* one\n** two\n\n|===\n|Store |Cost\n|===\n\n----\nx = 1\n----\n";
    let restructured = "Title\n=====\n\n:status: accepted\n\nContext\n-------\n\nReads are **many** and ``fast``.\n\n* one\n\n  * two\n\n+-------+------+\n| Store | Cost |\n+-------+------+\n\n.. code-block:: python\n\n   x = 1\n";
    for (text, language) in [markdown, asciidoc, restructured].into_iter().zip(LANGUAGES) {
        let read: Vec<String> = told(text, language)
            .into_iter()
            .map(|line| {
                if line.starts_with("code") {
                    "code".to_owned()
                } else {
                    line
                }
            })
            .collect();
        assert_eq!(read, EXPECTED, "{language:?}");
    }
}

#[test]
fn lines_that_the_grammar_of_asciidoc_does_not_know_are_read_one_by_one() {
    let text = "= Title\nIda Lund <ida@example.org>\nv1, 2021-01-01\n:status: proposed\n\n== Decision\n\nUse it.\n";
    let read = told(text, Language::AsciiDoc);
    assert!(read.contains(&"status: proposed".to_owned()), "{read:?}");
    assert!(read.contains(&"h2 Decision".to_owned()), "{read:?}");
}

#[test]
fn every_beginning_of_a_text_has_an_outline() {
    let text = "= T\n:a: b\n\n* one *bold `x\n** [x] ünï\n\n|===\n|a |b\n\n----\n+--+\n| é|\n+--+\n=== ==\nä b\n\n.. list-table::\n\n   * - ä\n\n`l <x>`_ :ref:`é <y>` <<a,b>> https://x[ß]\n\nA) x\nB) ü\n\n> Status: ok\n<table><tr><td>é";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        for language in LANGUAGES {
            let beginning = &text[..end];
            for block in outline(beginning, language).blocks {
                assert!(
                    block.span.end <= end && beginning.is_char_boundary(block.span.end),
                    "{language:?} {end}"
                );
            }
        }
    }
}
