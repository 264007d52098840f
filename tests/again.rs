//! A text that is read again after a change reads as it does from scratch, whatever was changed and however often.

use adr_lens::lens::builtin;
use adr_lens::reading::Reading;
use adr_lens::syntax::Language;

/// What is put into texts: words that mean something to a reader of decisions, and marks that change what stands around them.
const PIECES: [&str; 24] = [
    "\n\n",
    "\n",
    " ",
    "# ",
    "\n## Decision\n\n",
    "\n- ",
    "| ",
    "**",
    "`",
    "```\n",
    "<!-- ",
    "-->",
    "> ",
    "~~",
    "{",
    "}",
    ". ",
    " not",
    " DynamoDB",
    "Postgre",
    " at most 10 ms",
    " we need joins",
    "é",
    "🐘\r\n",
];

/// The last place between two letters that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// A place in a text.
    fn place(&mut self, text: &str) -> usize {
        floor(text, self.below(text.len() + 1))
    }

    /// Takes out some bytes, puts in a piece, or doubles a passage.
    fn change(&mut self, text: &str) -> String {
        let (a, b) = (self.place(text), self.place(text));
        let start = a.min(b);
        let end = floor(text, a.max(b).min(start + 60));
        let piece = match self.below(4) {
            0 => "",
            1 => &text[start..end],
            _ => PIECES[self.below(PIECES.len())],
        };
        let end = if self.below(2) == 0 { start } else { end };
        format!("{}{piece}{}", &text[..start], &text[end..])
    }
}

/// All that a reading holds.
fn told(reading: &Reading) -> String {
    let record = &reading.record;
    let sentences = record.sentences.iter().enumerate();
    let cues: Vec<_> = sentences.map(|(number, _)| reading.cues.of(number)).collect();
    format!(
        "{:#?}",
        (
            (
                &record.words,
                &record.sentences,
                &record.mentions,
                &record.sections,
                &record.told
            ),
            (cues, &reading.choices, &reading.requirements, &reading.quantities),
        )
    )
}

#[test]
fn a_changed_text_reads_as_it_does_from_scratch() {
    let lens = builtin().expect("the built-in lens");
    let mut dice = Dice(0x5eed);
    let mut same = 0;
    for entry in std::fs::read_dir("tests/fixtures/roles").expect("fixtures") {
        let path = entry.expect("a file").path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let Some(language) = extension.and_then(Language::of_extension) else {
            continue;
        };
        let mut text = std::fs::read_to_string(&path).expect("a record");
        let mut earlier = Reading::of(&text, language, lens);
        for _ in 0..12 {
            let now = dice.change(&text);
            let again = Reading::again(&now, language, lens, &earlier.as_earlier(&text));
            let scratch = Reading::of(&now, language, lens);
            assert_eq!(
                told(&again),
                told(&scratch),
                "{}\nbefore:\n{text}\nnow:\n{now}",
                path.display()
            );
            same += 1;
            (text, earlier) = (now, again);
        }
    }
    assert!(same > 500, "{same}");
}
