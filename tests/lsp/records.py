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
