"""Records to open, and places in them as an editor counts."""

from lsprotocol import types

ORDERS = """\
# 7. Keep orders in DynamoDB

## Status

Proposed

## Context

The clerk's page 😀 needs joins across several tables. Reads stay below 10 ms.

## Decision

We will use DynamoDB for the orders.

## Consequences

- There are no servers to look after.
"""

# In MADR's form, with options; one letter of it is outside the plane that UTF-16 counts as one.
CARTS = """\
---
status: accepted
date: 2025-11-03
---

# Keep carts in DynamoDB

## Context and Problem Statement

The shop 🛒 reads a cart at p99 below 10 ms. Sales reports need joins across carts and orders.

## Considered Options

* DynamoDB
* MongoDB
* PostgreSQL

<!-- Asked in the spring,
answered in the autumn. -->

## Decision Outcome

Chosen option: "DynamoDB", because carts are read by their key.

### Consequences

* Good, because nobody runs servers.
"""

LEDGER = """\
# Choose a ledger

* Status: accepted

## Context and Problem Statement

Auditors need an immutable history of every transfer.

## Considered Options

* Amazon QLDB
* PostgreSQL

## Decision Outcome

Chosen option: "Amazon QLDB", because its journal can be verified.

### Consequences

* Good, because auditors can verify the journal themselves.
"""

JOINS = "choice/joins-on-key-value"

WIDTH = {
    "utf-8": lambda text: len(text.encode("utf-8")),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}


def position(text: str, at: int, encoding: str) -> types.Position:
    """The position of the character at an index."""
    before = text[:at]
    start = before.rfind("\n") + 1
    return types.Position(line=before.count("\n"), character=WIDTH[encoding](before[start:]))


def index(text: str, place: types.Position, encoding: str) -> int:
    """The index of the character at a position."""
    at = sum(len(line) for line in text.splitlines(keepends=True)[: place.line])
    left = place.character
    while left > 0:
        left -= WIDTH[encoding](text[at])
        at += 1
    return at


def applied(text: str, edit: types.TextEdit, encoding: str) -> str:
    start = index(text, edit.range.start, encoding)
    end = index(text, edit.range.end, encoding)
    return text[:start] + edit.new_text + text[end:]
