"""What a hostile or careless assistant sends is refused in a sentence, and the server goes on."""

import json
import os
import subprocess

import pytest
from mcp import MCPError

from conftest import ADR_LENS, ORDERS, assistant, words

pytestmark = pytest.mark.anyio

RECORD = "docs/adr/0007-orders.md"
BY_PATH = {
    "check_record": {},
    "read_record": {},
    "checklist": {},
    "recommend": {},
    "what_if": {"statements": ["10 TB"]},
    "compare": {"engines": ["Redis", "MongoDB"]},
    "explain": {"name": "joins"},
    "find_records": {"about": "MongoDB"},
    "ask": {"questions": ["what did you understand?"]},
}


async def still_there(client):
    result = await client.call_tool("check_record", {"path": RECORD})
    assert not result.is_error


async def test_nothing_outside_of_the_roots_is_read(folder):
    adr = folder / "docs" / "adr"
    (adr / "link.md").symlink_to(folder / "docs" / "elsewhere" / "0001-notes.md")
    (adr / "way-out").symlink_to(folder / "docs" / "elsewhere")
    paths = [
        "docs/elsewhere/0001-notes.md",
        "docs/adr/../elsewhere/0001-notes.md",
        "../elsewhere/0001-notes.md",
        str(folder / "docs/elsewhere/0001-notes.md"),
        "docs/adr/link.md",
        "link.md",
        "docs/adr/way-out/0001-notes.md",
        "docs/adr/way-out",
        "docs",
        "/etc/passwd",
        "/",
        "",
        "nul\0byte.md",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
    ]
    async with assistant(folder) as client:
        for path in paths:
            for name, rest in BY_PATH.items():
                result = await client.call_tool(name, {"path": path, **rest})
                assert result.is_error, f"{name} {path!r}"
                assert result.structured_content is None
                assert "no such file or folder in docs/adr" in words(result), words(result)
        # Nor is it told whether there is such a file.
        there, absent = [
            words(await client.call_tool("check_record", {"path": path}))
            for path in ("docs/elsewhere/0001-notes.md", "docs/elsewhere/none.md")
        ]
        assert there.replace("0001-notes", "none") == absent
        await still_there(client)


async def test_links_out_are_passed_over_and_said_so(folder):
    adr = folder / "docs" / "adr"
    (adr / "link.md").symlink_to(folder / "docs" / "elsewhere" / "0001-notes.md")
    (adr / "way-out").symlink_to(folder / "docs" / "elsewhere")
    async with assistant(folder) as client:
        result = await client.call_tool("check_record", {"path": "docs/adr"})
        passed_over = {file["path"] for file in result.structured_content["passed_over"]}
        assert passed_over == {"docs/adr/link.md", "docs/adr/way-out"}
        resources = (await client.list_resources()).resources
        told = [result, await client.call_tool("ask", {"questions": ["which records decide about MongoDB?"]}), *resources]
        for name in ("read_record", "checklist"):
            told.append(await client.call_tool(name, {"path": "docs/adr"}))
        assert "secret plan" not in "".join(one.model_dump_json() for one in told)


async def test_a_link_in_a_record_is_not_followed_out_and_not_called_dead(folder):
    adr = folder / "docs" / "adr"
    # Said of the record outside, so that it would be read as a neighbour.
    text = ORDERS.replace("Proposed", "Accepted, supersedes [the notes](../elsewhere/0001-notes.md)")
    (adr / "0009-plans.md").write_text(text + "\nSee [nothing](../elsewhere/0043-none.md) and [none here](0042-none.md).\n")
    async with assistant(folder) as client:
        result = await client.call_tool("check_record", {"path": "docs/adr/0009-plans.md"})
        assert "secret plan" not in result.model_dump_json()
        findings = result.structured_content["findings"]
        dead = [finding["text"] for finding in findings if finding["rule"] == "record/dead-link"]
        assert len(dead) == 1 and "none" in dead[0] and "elsewhere" not in dead[0], dead


async def test_wrong_arguments_are_named(folder):
    wrong = [
        ("check_record", {}, "give either `path` or `text`"),
        ("check_record", {"path": RECORD, "text": ORDERS}, "give either `path` or `text`"),
        ("check_record", {"path": 7}, "path: invalid type: integer `7`, expected a string"),
        ("check_record", {"path": None}, "give either"),
        ("check_record", {"paths": [RECORD]}, "unknown field `paths`"),
        ("check_record", {"path": ["docs/adr"]}, "path: invalid type"),
        ("compare", {"path": RECORD, "engines": ["Redis"]}, "`engines` takes 2 to 6 entries"),
        ("compare", {"path": RECORD, "engines": ["Redis", "redis"]}, "two of these names mean the same: Redis, Redis"),
        ("compare", {"path": RECORD, "engines": ["Redis", {"id": "mongodb"}]}, "engines[1]: invalid type"),
        ("compare", {"path": RECORD, "engines": ["mongo", "Wibblestore"]}, "called `Wibblestore`"),
        ("compare", {"path": RECORD}, "missing field `engines`"),
        ("explain", {"name": "choice/joins-on-key-valu"}, "the nearest name is `choice/joins-on-key-value`"),
        ("explain", {"name": "choice/joins-on-wibble"}, "no engine, rule, need or family is called"),
        ("explain", {"name": ""}, "no engine, rule, need or family is called"),
        ("find_records", {"about": "the weather"}, "is called `the weather`"),
        ("recommend", {"path": RECORD, "among": "nobody"}, "no engine of vendor `nobody`"),
        ("recommend", {"path": "docs/adr"}, "a folder"),
        ("recommend", {"path": RECORD, "at_most": -1}, "at_most: invalid value"),
        ("what_if", {"path": RECORD, "statements": []}, "`statements` takes 1 to 50 entries"),
        ("what_if", {"path": RECORD, "statements": ["10 TB"] * 51}, "`statements` takes 1 to 50 entries"),
        ("ask", {"path": RECORD, "questions": "why?"}, "questions: invalid type"),
    ]
    async with assistant(folder) as client:
        for name, arguments, said in wrong:
            result = await client.call_tool(name, arguments)
            assert result.is_error, f"{name} {arguments}"
            assert said in words(result), f"{name} {arguments}: {words(result)}"
            assert "\n" not in words(result)
        await still_there(client)


async def test_huge_strings_are_refused_and_never_quoted_back_whole(folder):
    huge = "joins " * 500_000
    calls = [
        ("check_record", {"path": huge}),
        ("check_record", {"text": huge}),
        ("read_record", {"text": huge}),
        ("recommend", {"text": huge}),
        ("recommend", {"path": RECORD, "among": huge}),
        ("what_if", {"path": RECORD, "statements": [huge]}),
        ("compare", {"path": RECORD, "engines": [huge, "Redis"]}),
        ("explain", {"name": huge}),
        ("find_records", {"about": huge}),
        ("ask", {"path": RECORD, "questions": [huge]}),
        ("check_record", {huge: RECORD}),
    ]
    async with assistant(folder) as client:
        for name, arguments in calls:
            result = await client.call_tool(name, arguments)
            assert result.is_error, name
            assert len(words(result)) < 2_000, name
        with pytest.raises(MCPError) as raised:
            await client.call_tool(huge, {})
        assert len(raised.value.error.message) < 2_000
        await still_there(client)


async def test_an_unknown_tool_prompt_or_page_is_an_error_of_the_protocol(folder):
    async with assistant(folder) as client:
        with pytest.raises(MCPError) as raised:
            await client.call_tool("delete_record", {"path": RECORD})
        assert raised.value.error.code == -32602
        assert "no tool is called `delete_record`" in raised.value.error.message
        with pytest.raises(MCPError) as raised:
            await client.get_prompt("poem", {})
        assert raised.value.error.code == -32602
        with pytest.raises(MCPError):
            await client.list_tools(cursor="2")
        await still_there(client)


async def test_files_that_are_no_text_are_said_so(folder):
    adr = folder / "docs" / "adr"
    (adr / "0010-image.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40)
    (adr / "0011-large.md").write_bytes(b"x" * (17 << 20))
    os.mkfifo(adr / "0012-pipe.md")
    async with assistant(folder) as client:
        for name, rest in BY_PATH.items():
            for record in ("0010-image.md", "0011-large.md", "0012-pipe.md"):
                if name == "find_records":
                    continue
                result = await client.call_tool(name, {"path": f"docs/adr/{record}", **rest})
                assert result.is_error, f"{name} {record}"
                assert record in words(result), words(result)
        whole = await client.call_tool("check_record", {"path": "docs/adr"})
        assert len(whole.structured_content["unreadable"]) == 3
        assert whole.structured_content["summary"]["records"] == 2
        found = await client.call_tool("find_records", {"about": "Amazon QLDB"})
        assert "A ledger" in words(found)


def test_roots_that_are_none_are_told_at_the_start(folder):
    for root in ("no/such/folder", RECORD):
        ran = subprocess.run([ADR_LENS, "mcp", root], cwd=folder, capture_output=True, text=True, input="", timeout=60, check=False)
        assert ran.returncode == 2
        assert ran.stderr.startswith(f"adr-lens: {root}: ")
        assert ran.stdout == ""


def test_broken_messages_do_not_take_the_server_down(folder):
    def message(number, method, **params):
        return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    start = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    lines = [
        message(1, "initialize", **start),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "{ this is no JSON",
        '{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "check_record", "arguments": []}}',
        message(3, "no/such/method"),
        message(4, "tools/call", name="check_record", arguments={"path": RECORD}),
    ]
    ran = subprocess.Popen([ADR_LENS, "mcp", "docs/adr"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        ran.stdin.write("\n".join(lines) + "\n")
        ran.stdin.flush()
        answers = {}
        while 4 not in answers:
            answer = json.loads(ran.stdout.readline())
            answers[answer.get("id")] = answer
        assert answers[4]["result"]["structuredContent"]["summary"]["records"] == 1
        assert "error" in answers[3]
        ran.stdin.close()
        assert ran.wait(timeout=30) == 0
    finally:
        ran.kill()
