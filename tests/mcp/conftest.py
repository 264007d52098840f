"""The server of assistants in a folder of records, driven by the official client."""

import json
import os
import pathlib
import subprocess
from contextlib import asynccontextmanager

import pytest
from mcp import Client, StdioServerParameters

ADR_LENS = os.environ.get("ADR_LENS", "adr-lens")
AS_OF = "2026-11-22"

ORDERS = """\
# 7. Keep orders in DynamoDB

## Status

Proposed

## Context

The clerk's page needs joins across several tables. Reads stay below 10 ms at p99.
It follows [the ledger](0008-ledger.md) and [the other team's notes](../elsewhere/0001-notes.md).

## Considered Options

* DynamoDB
* Aurora PostgreSQL

## Decision

We will use DynamoDB for the orders.
"""

LEDGER = """\
# 8. A ledger

## Status

Accepted

## Context

Auditors need an immutable history of every transfer.

## Decision

We will use Amazon QLDB.
"""

SECRET = "# The other team's secret plan\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use MongoDB.\n"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A project whose records are the root, with a folder beside it that is none of the server's business."""
    records = tmp_path / "docs" / "adr"
    records.mkdir(parents=True)
    (records / "0007-orders.md").write_text(ORDERS)
    (records / "0008-ledger.md").write_text(LEDGER)
    elsewhere = tmp_path / "docs" / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "0001-notes.md").write_text(SECRET)
    return tmp_path


@asynccontextmanager
async def assistant(folder: pathlib.Path, *roots: str):
    """A client of a server that may read the roots, relative to the folder."""
    arguments = ["mcp", *(roots or ("docs/adr",)), "--as-of", AS_OF]
    server = StdioServerParameters(command=ADR_LENS, args=arguments, cwd=str(folder))
    async with Client(server, read_timeout_seconds=60) as client:
        yield client


def command_line(folder: pathlib.Path, *arguments: str):
    """What the command line prints as JSON; of several lines the last."""
    ran = subprocess.run([ADR_LENS, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    text = ran.stdout.strip()
    return json.loads(text if text.startswith("{\n") else text.splitlines()[-1])


def words(result) -> str:
    return "".join(part.text for part in result.content)
