//! A thousand fast edits, after which the server holds what the client holds.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::ORDERS;

const URI: &str = "file:///docs/adr/0007-orders.md";

/// Small, fixed and good enough (xorshift64*): the same edits on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

/// What is typed: words, markup, line ends of every kind, characters of every width.
const TYPED: [&str; 16] = [
    "", "a", "DynamoDB", " joins ", "\n", "\r\n", "\r", "é", "😀", "# ", "- ", "```\n", "<!-- ", " -->", "|",
    "\u{feff}",
];

fn encoded(text: &str, encoding: &str) -> usize {
    match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    }
}

/// The position of a byte, with line ends as the protocol has them.
fn position(text: &str, at: usize, encoding: &str) -> Value {
    let bytes = text.as_bytes();
    let ends = (0..at).filter(|&i| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
    let ends: Vec<usize> = ends.collect();
    let start = ends.last().map_or(0, |end| end + 1);
    json!({"line": ends.len(), "character": encoded(&text[start..at], encoding)})
}

/// A byte between two characters, and not between the two of a `\r\n`, which no editor can stand in.
fn place(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) || (text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
        at -= 1;
    }
    at
}

async fn type_fast(encoding: &str, seed: u64) {
    let mut can = capabilities();
    can["general"] = json!({"positionEncodings": [encoding]});
    let mut client = Client::start(setup(), can, Value::Null).await;
    let mut random = Random(seed);
    let mut text = ORDERS.to_owned();
    client.open(URI, 0, &text).await;
    for version in 1..=1000 {
        let mut changes = Vec::new();
        for _ in 0..=random.below(3) {
            let start = place(&text, &mut random);
            let length = if random.below(3) == 0 { random.below(40) } else { 0 };
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) || (text[..end].ends_with('\r') && text[end..].starts_with('\n')) {
                end += 1;
            }
            let typed = TYPED[random.below(TYPED.len())];
            let range = json!({"start": position(&text, start, encoding), "end": position(&text, end, encoding)});
            changes.push(json!({"range": range, "text": typed}));
            text.replace_range(start..end, typed);
        }
        client.change(URI, version, Value::Array(changes)).await;
    }
    let (version, held) = client.text(URI).await;
    assert_eq!(version, 1000);
    assert_eq!(held, text, "the texts differ ({encoding}, seed {seed})");
    client.published(URI, 1000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_fast_edits_in_utf_16() {
    type_fast("utf-16", 0x0AD2_1E45).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_fast_edits_in_utf_8() {
    type_fast("utf-8", 0x5EED_0008).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_fast_edits_in_utf_32() {
    type_fast("utf-32", 0x5EED_0032).await;
}
