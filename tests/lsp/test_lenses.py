"""Code lenses, the commands behind them, and inlay hints."""

import json
import os
import pathlib
import subprocess

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from conftest import SERVER
from records import CARTS, JOINS, LEDGER, ORDERS


async def run(client, command, *arguments):
    params = types.ExecuteCommandParams(command, list(arguments))
    return await client.workspace_execute_command_async(params)


def plain(value):
    """Objects of pygls as the JSON they came from."""
    if hasattr(value, "_asdict"):
        return {key: plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


async def lenses(client):
    found = await client.text_document_code_lens_async(types.CodeLensParams(client.editor.document))
    return {lens.command.title: lens for lens in found}


async def test_the_title_sums_up_and_leads_on(client):
    editor = client.editor
    editor.open(ORDERS)
    found = await lenses(client)
    summary = next(title for title in found if "error" in title)
    assert summary.startswith("1 error")
    assert found[summary].command.command == "adrLens.check"
    assert found[summary].range.start.line == 0
    answer = plain(await run(client, found[summary].command.command, *found[summary].command.arguments))
    assert answer["schema"] == "adr-lens/check/1"
    assert JOINS in [finding["rule"] for finding in answer["findings"]]
    said = await editor.until(lambda: client.messages)
    assert summary in said[0].message


async def test_the_title_asks_what_is_missing(client):
    editor = client.editor
    editor.open(ORDERS)
    lens = (await lenses(client))["ask what is missing"]
    answer = plain(await run(client, lens.command.command, *lens.command.arguments))
    assert "consistency" in json.dumps(answer).lower(), answer


async def test_a_record_that_is_none_of_ours_has_no_lens(client):
    editor = client.editor
    editor.open("# Meeting notes\n\nWe talked about lunch.\n")
    assert await lenses(client) == {}


async def test_an_option_is_compared(client):
    editor = client.editor
    editor.open(CARTS)
    found = await lenses(client)
    lens = next(
        lens
        for title, lens in found.items()
        if title == "compare with Amazon DynamoDB" and editor.of(lens.range) in ("MongoDB", "PostgreSQL")
    )
    answer = plain(await run(client, lens.command.command, editor.uri, "postgresql"))
    joins = next(need for need in answer["needs"] if need["signal"] == "joins")
    assert joins["engines"] == {"amazon-dynamodb": "contradicts", "postgresql": "meets"}
    assert "joins across carts and orders" in joins["text"]


async def test_recommend_is_the_command_lines(client):
    editor = client.editor
    uri = editor.write("docs/adr/0002-carts.md", CARTS)
    answer = plain(await run(client, "adrLens.recommend", uri, "amazon"))
    path = editor.root / "docs/adr/0002-carts.md"
    told = subprocess.run(
        [SERVER[0], "recommend", "--among", "amazon", "--format", "json", str(path)], capture_output=True, check=True
    )
    assert answer == json.loads(told.stdout)


async def test_check_of_all_is_the_command_lines_but_for_what_is_unsaved(client):
    editor = client.editor
    editor.write("docs/adr/0002-carts.md", CARTS)
    uri = editor.write("docs/adr/0003-ledger.md", LEDGER)
    answer = plain(await run(client, "adrLens.check"))
    told = subprocess.run(
        [SERVER[0], "check", "--as-of", "2026-01-31", "--format", "json"], cwd=editor.root, capture_output=True
    )
    uris = [finding.pop("uri") for finding in answer["findings"]]
    assert answer == json.loads(told.stdout)
    assert uris == [f"{editor.root.as_uri()}/{finding['path']}" for finding in answer["findings"]]
    assert answer["summary"]["records"] == 3
    editor.open(LEDGER.replace("Amazon QLDB", "PostgreSQL"), uri)
    answer = plain(await run(client, "adrLens.check"))
    assert "lifecycle/discontinued" not in [finding["rule"] for finding in answer["findings"]]


async def test_a_report_is_shown(client):
    editor = client.editor
    editor.open(ORDERS)
    answer = plain(await run(client, "adrLens.report", editor.uri))
    assert answer["format"] == "text" and JOINS in answer["text"]
    window = client.capabilities.window
    if window and window.show_document:
        [shown] = await editor.until(lambda: client.shown_documents)
        path = pathlib.Path(shown.uri.removeprefix("file://"))
        assert path.read_text() == answer["text"]
        assert os.stat(path.parent).st_mode & 0o077 == 0, "nobody else reads it"
        path.unlink()
    else:
        assert await editor.until(lambda: client.messages)
    sarif = plain(await run(client, "adrLens.report", None, "sarif"))
    assert json.loads(sarif["text"])["version"] == "2.1.0"


async def test_commands_say_what_is_wrong(client):
    for command, arguments, words in [
        ("adrLens.recommend", [], "URI of a record"),
        ("adrLens.recommend", ["file:///nowhere/at/all.md"], "nowhere"),
        ("adrLens.report", [None, "papyrus"], "papyrus"),
        ("adrLens.compare", ["file:///nowhere/at/all.md"], "id of an engine"),
        ("adrLens.unknown", [], "adrLens.unknown"),
    ]:
        with pytest.raises(JsonRpcException) as raised:
            await run(client, command, *arguments)
        assert words in str(raised.value)


async def test_hints(client):
    editor = client.editor
    editor.open(CARTS)
    params = types.InlayHintParams(editor.document, editor.whole())
    found = await client.text_document_inlay_hint_async(params)

    def label(hint):
        return hint.label if isinstance(hint.label, str) else "".join(part.value for part in hint.label)

    labels = {label(hint): hint for hint in found}
    assert "joins" in labels
    assert "single-digit-millisecond: p99 latency < 10 ms" in labels, list(labels)
    chosen = next(hint for text, hint in labels.items() if ", contradicts" in text)
    mongo = next(hint for hint in found if hint.position == editor.after("* MongoDB"))
    assert label(mongo).startswith("would contradict") and "joins" in label(mongo)
    if client.capabilities.text_document:
        assert chosen.tooltip is None, "told when it is pointed at"
        part = next(part for part in chosen.label if "contradicts" in part.value)
        assert "joins across carts and orders" in editor.of(part.location.range)
        chosen = await client.inlay_hint_resolve_async(chosen)
        assert chosen.position == next(hint for hint in found if label(hint) == label(chosen)).position
    assert "contradicts: " in chosen.tooltip and "joins" in chosen.tooltip
