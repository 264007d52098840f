"""Records, rules, engines and needs can be read; a person can ask for a review by name."""

import subprocess

import pytest
from mcp import MCPError

from conftest import ADR_LENS, ORDERS, assistant

pytestmark = pytest.mark.anyio


async def read(client, uri: str) -> str:
    contents = (await client.read_resource(uri)).contents
    assert len(contents) == 1 and str(contents[0].uri) == uri
    return contents[0].text


async def test_every_resource_that_is_listed_can_be_read(folder):
    (folder / "docs/adr/0010 with blank & ümlaut #1.md").write_text("# 10. Blank\n\n## Decision\n\nWe will use Redis.\n")
    async with assistant(folder) as client:
        resources = (await client.list_resources()).resources
        kinds = {str(resource.uri).split("/")[2] for resource in resources}
        assert kinds == {"record", "rule", "engine", "need"}
        records = [resource for resource in resources if "//record/" in str(resource.uri)]
        assert [record.title for record in records] == ["Keep orders in DynamoDB", "A ledger", "Blank"]
        for resource in resources:
            assert (await read(client, str(resource.uri))).strip(), resource.uri
        assert await read(client, "adr-lens://record/docs/adr/0007-orders.md") == ORDERS


async def test_what_the_lens_says_is_what_the_command_line_explains(folder):
    async with assistant(folder) as client:
        for kind, name in [
            ("rule", "gap/latency-budget"),
            ("rule", "choice/joins-on-key-value"),
            ("engine", "amazon-dynamodb"),
            ("need", "joins"),
        ]:
            explained = subprocess.run([ADR_LENS, "explain", name], capture_output=True, text=True, check=True)
            assert await read(client, f"adr-lens://{kind}/{name}") == explained.stdout


async def test_templates_say_how_addresses_are_made(folder):
    async with assistant(folder) as client:
        templates = (await client.list_resource_templates()).resource_templates
        assert {template.uri_template for template in templates} == {
            "adr-lens://record/{+path}", "adr-lens://rule/{+id}", "adr-lens://engine/{id}", "adr-lens://need/{id}",
        }


async def test_what_is_no_resource_is_refused(folder):
    (folder / "docs/adr/.env").write_text("PASSWORD=hunter2")
    (folder / "docs/adr/notes.txt").write_text("hunter2")
    for uri in [
        "adr-lens://record/../elsewhere/0001-notes.md",
        "adr-lens://record/%2e%2e/elsewhere/0001-notes.md",
        "adr-lens://record//etc/passwd",
        "adr-lens://record/docs/adr/.env",
        "adr-lens://record/docs/adr",
        "adr-lens://record/%ff",
        "adr-lens://engine/joins",
        "adr-lens://need/amazon-dynamodb",
        "adr-lens://rule/none/such",
        "adr-lens://secrets/all",
        "file:///etc/passwd",
        "adr-lens://record/" + "a" * 100_000,
    ]:
        async with assistant(folder) as client:
            with pytest.raises(MCPError) as raised:
                await client.read_resource(uri)
            assert len(raised.value.error.message) < 1_000
            assert "hunter2" not in str(raised.value)


async def test_prompts_name_the_tools_and_carry_the_record(folder):
    async with assistant(folder) as client:
        prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
        assert set(prompts) == {"review_record", "choose_store"}
        assert [argument.name for argument in prompts["review_record"].arguments] == ["path"]
        review = await client.get_prompt("review_record", {"path": "docs/adr/0007-orders.md"})
        tools = {tool.name for tool in (await client.list_tools()).tools}
        asked = review.messages[0].content.text
        assert {"check_record", "checklist", "what_if"} <= {name for name in tools if f"`{name}`" in asked}
        assert review.messages[1].content.resource.text == ORDERS
        choose = await client.get_prompt("choose_store", {"needs": "Reports join orders with customers."})
        assert "Reports join orders with customers." in choose.messages[0].content.text
        for name, arguments in [("review_record", {}), ("review_record", {"path": "../elsewhere/0001-notes.md"}), ("choose_store", {})]:
            with pytest.raises(MCPError) as raised:
                await client.get_prompt(name, arguments)
            assert raised.value.error.code == -32602
