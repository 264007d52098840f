"""Each tool answers as the command line does, in the shape its schema says."""

import pytest
from jsonschema import Draft202012Validator

from conftest import AS_OF, ORDERS, assistant, command_line, words

pytestmark = pytest.mark.anyio

TOOLS = {
    "check_record", "read_record", "checklist", "recommend", "what_if", "compare", "explain", "find_records", "ask",
}
RECORD = "docs/adr/0007-orders.md"
CALLS = {
    "check_record": {"path": RECORD},
    "read_record": {"path": RECORD},
    "checklist": {"path": RECORD},
    "recommend": {"path": RECORD, "among": "amazon"},
    "what_if": {"path": RECORD, "statements": ["joins are not needed"]},
    "compare": {"path": RECORD, "engines": ["amazon-dynamodb", "Aurora PostgreSQL"]},
    "explain": {"name": "choice/joins-on-key-value"},
    "find_records": {"about": "DynamoDB"},
    "ask": {"path": RECORD, "questions": ["why is this flagged?"]},
}


async def test_tools_say_what_they_take_and_give(folder):
    async with assistant(folder) as client:
        assert client.server_info.name == "adr-lens"
        assert "place in the record" in client.instructions
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            assert tool.description and tool.title
            assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            assert tool.input_schema["additionalProperties"] is False
            for name, described in tool.input_schema["properties"].items():
                assert described.get("description"), f"{tool.name}: {name}"


async def test_results_fit_their_schema(folder):
    assert set(CALLS) == TOOLS
    async with assistant(folder) as client:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        for path in ("docs/adr", RECORD):
            for name, arguments in CALLS.items():
                if "path" in arguments and name != "recommend":
                    arguments = {**arguments, "path": path}
                result = await client.call_tool(name, arguments)
                assert not result.is_error, words(result)
                assert words(result).strip()
                Draft202012Validator(schemas[name]).validate(result.structured_content)


async def test_answers_are_those_of_the_command_line(folder):
    same = [
        ("check_record", {"path": RECORD}, ["check", RECORD, "--as-of", AS_OF]),
        ("check_record", {"path": "docs/adr"}, ["check", "docs/adr", "--as-of", AS_OF]),
        ("read_record", {"path": "docs/adr"}, ["read", "docs/adr"]),
        ("checklist", {"path": RECORD}, ["checklist", RECORD, "--as-of", AS_OF]),
        ("recommend", {"path": RECORD, "at_most": 1000}, ["recommend", RECORD]),
        ("what_if", CALLS["what_if"], ["ask", RECORD, "what if joins are not needed?", "--as-of", AS_OF]),
        (
            "what_if",
            {"path": RECORD, "statements": ["joins are not needed", "10 TB"]},
            ["ask", RECORD, "what if joins are not needed?", "what if 10 TB?", "--as-of", AS_OF],
        ),
        (
            "compare",
            CALLS["compare"],
            ["ask", RECORD, "compare Amazon DynamoDB and Aurora PostgreSQL for this record", "--as-of", AS_OF],
        ),
        (
            "explain",
            CALLS["explain"],
            ["ask", "docs/adr", "what does the framework say about choice/joins-on-key-value?", "--as-of", AS_OF],
        ),
        ("find_records", CALLS["find_records"], ["ask", "docs/adr", "which records decide about DynamoDB?"]),
        ("ask", CALLS["ask"], ["ask", RECORD, "why is this flagged?", "--as-of", AS_OF]),
    ]
    async with assistant(folder) as client:
        for name, arguments, command in same:
            result = await client.call_tool(name, arguments)
            expected = command_line(folder, *command, "--format", "json")
            if name == "check_record":
                # The command line may look at the notes beside the folder; what they say never speaks in this record.
                assert expected["findings"], "the record is to be flagged"
            assert result.structured_content == expected, name


async def test_a_draft_is_checked_before_it_is_a_file(folder):
    async with assistant(folder) as client:
        for name in ("check_record", "read_record", "checklist", "recommend"):
            result = await client.call_tool(name, {"text": ORDERS})
            assert not result.is_error, words(result)
        checked = (await client.call_tool("check_record", {"text": ORDERS})).structured_content
        assert "choice/joins-on-key-value" in {finding["rule"] for finding in checked["findings"]}
        asked = await client.call_tool("ask", {"text": ORDERS, "questions": ["why is this flagged?", "what would make it right?"]})
        assert "joins" in words(asked).lower()


async def test_paths_may_be_said_from_the_root_or_in_full(folder):
    async with assistant(folder) as client:
        answers = [
            (await client.call_tool("check_record", {"path": path})).structured_content["summary"]
            for path in (RECORD, "0007-orders.md", str(folder / RECORD))
        ]
        assert answers[0]["records"] == 1
        assert answers[0] == answers[1] == answers[2]


async def test_without_roots_the_working_directory_is_one_and_the_usual_place_is_looked_at(folder):
    async with assistant(folder, ".") as client:
        notes = await client.call_tool("check_record", {"path": "docs/elsewhere/0001-notes.md"})
        assert not notes.is_error
        found = await client.call_tool("find_records", {"about": "MongoDB"})
        assert "secret plan" in words(found)


async def test_each_engine_family_and_need_is_explained_by_its_id(folder):
    async with assistant(folder) as client:
        resources = (await client.list_resources()).resources
        engines = [resource.name for resource in resources if str(resource.uri).startswith("adr-lens://engine/")]
        assert len(engines) > 150
        unexplained = []
        for engine in engines:
            result = await client.call_tool("explain", {"name": engine})
            if result.is_error or engine not in result.structured_content["about"]:
                unexplained.append(engine)
        assert unexplained == []
