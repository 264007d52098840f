//! Records to open, and places in them.

use serde_json::{Value, json};

/// Decides for a key-value store and needs joins.
pub const ORDERS: &str = "\
# 7. Keep orders in DynamoDB

## Status

Proposed

## Context

The clerk's page needs joins across several tables. Reads stay below 10 ms.

## Decision

We will use DynamoDB for the orders.

## Consequences

- There are no servers to look after.
";

/// Decides for a service that has ended.
pub const LEDGER: &str = "\
# Choose a ledger

* Status: accepted

## Context and Problem Statement

Auditors need an immutable history of every transfer.

## Considered Options

* Amazon QLDB
* PostgreSQL

## Decision Outcome

Chosen option: \"Amazon QLDB\", because its journal can be verified.

### Consequences

* Good, because auditors can verify the journal themselves.
";

/// Decides for a store without a word on what it must do.
pub const SILENT: &str = "\
# Use PostgreSQL

## Decision

We will use PostgreSQL.
";

pub const JOINS: &str = "choice/joins-on-key-value";

/// The position of the first `needle`, counted in UTF-16 as a client does that offers nothing else.
pub fn position(text: &str, needle: &str) -> Value {
    let at = text
        .find(needle)
        .unwrap_or_else(|| panic!("no `{needle}` in the record"));
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count()})
}

/// The range of the first `needle`, which stands on one line.
pub fn range(text: &str, needle: &str) -> Value {
    let start = position(text, needle);
    let length = needle.encode_utf16().count() as u64;
    let end = json!({"line": start["line"], "character": start["character"].as_u64().unwrap() + length});
    json!({"start": start, "end": end})
}

/// A text with one edit of the protocol applied, as a client does it.
pub fn applied(text: &str, edit: &Value) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut left = position["character"].as_u64().unwrap() as usize;
        let mut at = start;
        for character in text[start..].chars() {
            if left == 0 {
                break;
            }
            left -= character.len_utf16();
            at += character.len_utf8();
        }
        at
    };
    let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
    [&text[..start], edit["newText"].as_str().unwrap(), &text[end..]].concat()
}
