"""Ten thousand edits of every kind, from fixed dice, with requests and cancellations between them: the server holds the text that
the client holds, answers from the version it was asked about, and finds what a fresh `check` finds."""

import asyncio
import json
import os
import random
import re
import subprocess

import pytest

from conftest import SERVER, URI
from records import CARTS, LEDGER, ORDERS, WIDTH
from test_wire import Wire

EDITS = int(os.environ.get("ADR_LENS_TORTURE", "10000"))
CHECKED_EVERY = 250
LONGEST = 6000

PIECES = [
    "", "", "a", "é", "ß漢字", "😀", "👩‍👩‍👧", "e\u0301", "\u2028", "\ufeff", "\t", " ", "\n", "\r\n", "\r", "\n\n", "\0x",
    "# ", "## Decision\n\n", "## Status\n\nAccepted\n", "- ", "* MongoDB\r\n", "| a | b |\n|---|---|\n", "```\n", "<!-- ", " -->",
    "<!-- adr-lens-ignore choice/*: because -->", "](", "**", "DynamoDB", "We will use DynamoDB.", " needs joins across tables",
    "p99 below 5 ms", "40 TB", "Amazon QLDB", "---\nstatus: accepted\n---\n",
]  # fmt: skip
WHOLE = [ORDERS, CARTS, LEDGER, "", "\r\n".join(ORDERS.splitlines()), "\r".join(CARTS.splitlines()), ORDERS + LEDGER]
REQUESTS = [
    "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens", "textDocument/semanticTokens/full",
    "textDocument/hover", "textDocument/documentHighlight", "textDocument/completion", "textDocument/inlayHint",
    "textDocument/codeAction", "textDocument/diagnostic",
]  # fmt: skip


class Text:
    """A document as the protocol counts it: lines end with `\\n`, `\\r\\n` or `\\r`."""

    def __init__(self, text, encoding):
        self.text, self.width = text, WIDTH[encoding]
        self.starts = [0] + [match.end() for match in re.finditer("\r\n|\n|\r", text)]

    def position(self, at):
        line = max(number for number, start in enumerate(self.starts) if start <= at)
        return {"line": line, "character": self.width(self.text[self.starts[line] : at])}

    def offset(self, position):
        """Out of range is the end of the line, or of the text; inside a character is its start."""
        if position["line"] >= len(self.starts):
            return len(self.text)
        at, left = self.starts[position["line"]], position["character"]
        while at < len(self.text) and self.text[at] not in "\r\n" and left >= (width := self.width(self.text[at])):
            left -= width
            at += 1
        return at


def edit(dice, text):
    """One content change, and the text behind it."""
    if dice.random() < 0.01 or len(text.text) > LONGEST:
        whole = dice.choice(WHOLE)
        return {"text": whole}, whole
    start = dice.randrange(len(text.text) + 1)
    end = min(len(text.text), start + dice.choice([0, 0, 0, 1, 2, 5, 40]))
    # The middle of a line end is a place that the protocol has no position for.
    place = {"start": text.position(start), "end": text.position(end)}
    chance = dice.random()
    if chance < 0.02:
        place["end"]["line"] += dice.choice([1, 100, 2**31 - 1 - place["end"]["line"]])
    elif chance < 0.04:
        place["end"]["character"] += dice.choice([1, 100, 2**30])
    elif chance < 0.05:
        place["start"]["character"] += 1  # perhaps into the middle of a character
        place["end"] = dict(place["start"])
    piece = dice.choice(PIECES)
    start, end = text.offset(place["start"]), text.offset(place["end"])
    end = max(start, end)
    return {"range": place, "text": piece}, text.text[:start] + piece + text.text[end:]


def checked(text, path):
    """What the command line finds in a text, by rule, severity and bytes."""
    path.write_bytes(text.encode("utf-8"))
    command = [SERVER[0], "check", "--as-of", "2026-01-31", "--format", "json", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True).stdout)
    if told["summary"]["unreadable"]:
        return None
    severities = ["error", "warning", "info", "hint"]
    shown = [finding for finding in told["findings"] if finding["suppressed"] is None]
    return sorted((finding["rule"], severities.index(finding["severity"]) + 1, *finding["span"]["bytes"]) for finding in shown)


def found(text, diagnostics):
    """The same of the server's diagnostics."""
    def byte(position):
        return len(text.text[: text.offset(position)].encode("utf-8"))

    return sorted(
        (one["code"], one["severity"], byte(one["range"]["start"]), byte(one["range"]["end"])) for one in diagnostics
    )


class Torture:
    """The wire with a reader of its own, so that neither side waits for the other."""

    def __init__(self, wire, encoding):
        self.wire, self.encoding = wire, encoding
        self.answers = {}
        self.published = {}
        self.reader = asyncio.create_task(self.read())

    async def read(self):
        while True:
            message = await self.wire.read()
            self.wire.messages.clear()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                assert params["version"] not in self.published, "one version, published twice"
                assert not self.published or params["version"] > max(self.published), "an older version after a newer one"
                self.published[params["version"]] = params["diagnostics"]
            elif "method" in message:
                if "id" in message:
                    self.wire.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            else:
                assert message["id"] not in self.answers, "answered twice"
                self.answers[message["id"]] = message

    def ask(self, number, method, params):
        self.wire.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    async def until(self, fits):
        async with asyncio.timeout(60):
            while not fits():
                if self.reader.done():
                    self.reader.result()
                await asyncio.sleep(0.001)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("pulls", [True, False], ids=["pulled", "pushed"])
async def test_ten_thousand_edits(encoding, pulls, tmp_path):
    dice = random.Random(20_261_122)
    wire = await Wire.start()
    document = {"diagnostic": {}} if pulls else {"publishDiagnostics": {"versionSupport": True}}
    options = {"asOf": "2026-01-31"}
    capabilities = {"general": {"positionEncodings": [encoding]}, "textDocument": document}
    begun = await wire.request("initialize", {"processId": None, "capabilities": capabilities, "initializationOptions": options})
    assert begun["result"]["capabilities"]["positionEncoding"] == encoding
    wire.notify("initialized", {})
    wire.open(ORDERS, version=0)
    torture = Torture(wire, encoding)
    text = Text(ORDERS, encoding)
    document = {"textDocument": {"uri": URI}}
    ends, cancelled, asked, others, version, with_findings = {}, set(), 0, 0, 0, 0
    while version < EDITS:
        changes = []
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            change, after = edit(dice, text)
            changes.append(change)
            text = Text(after, encoding)
        version += 1
        wire.notify("textDocument/didChange", {"textDocument": {"uri": URI, "version": version}, "contentChanges": changes})
        if dice.random() < 0.3:
            # The outermost selection is the whole text: of the version that was asked about, or of another.
            asked += 1
            place = text.position(dice.randrange(len(text.text) + 1))
            torture.ask(f"end {asked}", "textDocument/selectionRange", document | {"positions": [place]})
            ends[f"end {asked}"] = text.position(len(text.text))
            torture.ask(f"text {asked}", "adrLens/text", {"uri": URI})
            ends[f"text {asked}"] = {"version": version, "text": text.text}
        if dice.random() < 0.3:
            asked, others = asked + 1, others + 1
            place = text.position(dice.randrange(len(text.text) + 1))
            whole = {"start": {"line": 0, "character": 0}, "end": text.position(len(text.text))}
            params = document | {"position": place, "range": whole, "context": {"diagnostics": [], "triggerKind": 1}}
            method = dice.choice(REQUESTS)
            torture.ask(f"any {asked}", method, params)
            if dice.random() < 0.5:
                wire.notify("$/cancelRequest", {"id": f"any {asked}"})
                cancelled.add(f"any {asked}")
        if version % CHECKED_EVERY == 0:
            if pulls:
                torture.ask(f"check {version}", "textDocument/diagnostic", document)
                await torture.until(lambda: f"check {version}" in torture.answers)
                diagnostics = torture.answers[f"check {version}"]["result"]["items"]
            else:
                await torture.until(lambda: version in torture.published)
                diagnostics = torture.published[version]
            fresh = checked(text.text, tmp_path / "record.md")
            if fresh is not None:
                assert found(text, diagnostics) == fresh, f"version {version}"
                with_findings += bool(fresh)
        if version % 20 == 0:
            await wire.process.stdin.drain()
            await asyncio.sleep(0)
    await torture.until(lambda: len(torture.answers) == len(ends) + others + (EDITS // CHECKED_EVERY) * pulls)
    for number, wanted in ends.items():
        result = torture.answers[number]["result"]
        if number.startswith("text"):
            assert result == wanted, number
            continue
        place = result[0]
        while place.get("parent"):
            place = place["parent"]
        assert place["range"] == {"start": {"line": 0, "character": 0}, "end": wanted}, number
    for number, answer in torture.answers.items():
        assert "result" in answer or number in cancelled and answer["error"]["code"] == -32800, answer
    assert with_findings > EDITS // CHECKED_EVERY // 8, "the dice must leave records with findings"
    torture.reader.cancel()
    await asyncio.gather(torture.reader, return_exceptions=True)
    assert await wire.end() == 0
