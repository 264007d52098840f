"""Code actions beyond one sentence: each is applied as an editor does it, and the record must then say what the action promised."""

import pathlib

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from records import CARTS, JOINS, LEDGER, ORDERS, index

ENDED = "lifecycle/discontinued"


async def offered(client, place, only=None):
    context = types.CodeActionContext(diagnostics=[], only=only)
    params = types.CodeActionParams(client.editor.document, place, context)
    return [one for one in (await client.text_document_code_action_async(params)) or []]


async def chosen(client, words, title, only=None):
    """The action whose title holds some words; none when it is not offered."""
    found = await offered(client, client.editor.range(words), only)
    return next((action for action in found if title in action.title), None)


async def apply(client, action):
    """As an editor does, with a file on disk for each that is made."""
    editor = client.editor
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    made = {}
    if action.edit.document_changes is None:
        edits = action.edit.changes[editor.uri]
    else:
        edits = []
        for change in action.edit.document_changes:
            if isinstance(change, types.CreateFile):
                path = pathlib.Path(change.uri.removeprefix("file://"))
                assert not path.exists() and not change.options.overwrite
                made[change.uri] = path
            elif change.text_document.uri == editor.uri:
                assert change.text_document.version == editor.version
                edits = change.edits
            else:
                made[change.text_document.uri].write_text(change.edits[0].new_text)
    text = editor.text
    for edit in sorted(edits, key=lambda edit: edit.range.start, reverse=True):
        start, end = (index(editor.text, place, editor.encoding) for place in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    editor.type(0, len(editor.text), text)
    return list(made.values())


def can(client):
    return client.capabilities.text_document is not None


async def rules(client):
    return [diagnostic.code for diagnostic in await client.editor.diagnostics()]


async def test_a_client_without_actions_is_offered_commands_alone(client):
    editor = client.editor
    editor.open(ORDERS)
    found = await offered(client, editor.whole())
    assert found
    if not can(client):
        assert all(isinstance(one.command, str) for one in found)
    else:
        assert all(one.edit is None for one in found), "worked out when it is chosen"


async def test_what_mends_two_findings_is_offered_once(client):
    editor = client.editor
    if not can(client):
        return
    transactions = "The order and its items are written in one transaction, all or nothing. "
    editor.open(ORDERS.replace("The clerk's", transactions + "The clerk's"))
    found = await editor.diagnostics()
    both = [diagnostic for diagnostic in found if editor.of(diagnostic.range) == "DynamoDB" and diagnostic.code.startswith("choice/")]
    assert len(both) == 2
    context = types.CodeActionContext(diagnostics=both)
    params = types.CodeActionParams(editor.document, both[0].range, context)
    actions = await client.text_document_code_action_async(params)
    titles = [action.title for action in actions]
    assert len(titles) == len(set(titles)), titles
    named = next(action for action in actions if action.title.startswith("Name "))
    assert {diagnostic.code for diagnostic in named.diagnostics} == {diagnostic.code for diagnostic in both}
    # What matters most is offered first, whatever the rules are called.
    costs = [title for title in titles if title.startswith("Accept the cost")]
    assert [title.split(" against ")[1] for title in costs] == ["joins", "acid transactions"]


async def test_a_question_is_asked_in_the_record(client):
    editor = client.editor
    if not can(client):
        return
    editor.open(ORDERS)
    gaps = [rule for rule in await rules(client) if rule.startswith("gap/")]
    assert gaps
    await apply(client, await chosen(client, "DynamoDB for", "Ask under Open Questions"))
    assert "\n## Open Questions\n\n- " in editor.text and editor.text.endswith("?\n")
    second = [one for one in await offered(client, editor.range("DynamoDB for")) if "Ask under" in one.title][1]
    await apply(client, second)
    assert editor.text.count("## Open Questions") == 1 and editor.text.count("?\n- ") == 1
    # Asked is not answered.
    assert [rule for rule in await rules(client) if rule.startswith("gap/")] == gaps


async def test_a_choice_is_split(client):
    editor = client.editor
    if not can(client):
        return
    editor.open(ORDERS)
    action = await chosen(client, "DynamoDB for", "Split the choice: put what needs joins in", [types.CodeActionKind.Refactor])
    assert action.kind == "refactor.rewrite"
    await apply(client, action)
    assert JOINS not in await rules(client)
    assert "We will use DynamoDB for the orders.\n\nWe will " in editor.text


async def test_what_has_ended_gives_way_to_its_successor(client):
    editor = client.editor
    if not can(client):
        return
    editor.open(LEDGER.replace("accepted", "proposed"))
    assert ENDED in await rules(client)
    action = await chosen(client, 'Amazon QLDB", because', "Replace Amazon QLDB by")
    name = action.title.removeprefix("Replace Amazon QLDB by ")
    await apply(client, action)
    assert ENDED not in await rules(client)
    assert f'Chosen option: "{name}"' in editor.text and "QLDB" not in editor.text


async def test_an_accepted_record_is_superseded_by_a_new_one(client):
    editor = client.editor
    if not can(client):
        return
    uri = editor.write("docs/adr/0007-ledger.md", LEDGER.replace("# Choose a ledger", "# 7. Use QLDB for the ledger"))
    editor.open((editor.root / "docs/adr/0007-ledger.md").read_text(), uri)
    place = 'Amazon QLDB", because'
    assert not await chosen(client, place, "Replace Amazon QLDB"), "an accepted decision is not rewritten"
    action = await chosen(client, place, "Draft a record that supersedes this one")
    [made] = await apply(client, action)
    assert made.name.startswith("0008-use-") and made.name.endswith("-for-the-ledger.md")
    assert "* Status: superseded by [8. Use " in editor.text
    assert f"]({made.name})" in editor.text
    new = made.read_text()
    assert "(0007-ledger.md)" in new and "Auditors need an immutable history of every transfer" in new
    # What became of the service is still told, in a low voice.
    assert all(one.severity >= types.DiagnosticSeverity.Information for one in await editor.diagnostics())
    # The new one decides, and has nothing against it.
    editor.open(new, made.as_uri())
    loud = [one.code for one in await editor.diagnostics() if one.severity <= types.DiagnosticSeverity.Warning]
    assert loud == []


SLIPS = """\
# 8. Keep orders in DynamoDB

## Status

Acepted

## Context

See [the carts](0003-carts.md) and [the world](https://example.org/0003-x.md).

## Decision

We will use DynamoDB for the orders.

<!-- adr-lens-ignore lifecycle/discontinued: nothing of the kind -->
"""


async def slips(client):
    editor = client.editor
    # Where a neighbour has two numbers, two are the custom.
    editor.write("docs/adr/0001-orders.md", ORDERS.replace("# 7.", "# 1."))
    editor.write("docs/adr/0003-carts-and-baskets.md", CARTS)
    uri = editor.write("docs/adr/0007-orders.md", SLIPS)
    editor.open(SLIPS, uri)


@pytest.mark.parametrize(
    "words, title, result",
    [
        ("Acepted", "Write “Accepted” in place of “Acepted”", "## Status\n\nAccepted\n"),
        ("8. Keep", "Write “7” in place of “8”", "# 7. Keep orders"),
        ("the carts", "Write “0003-carts-and-baskets.md” in place of “0003-carts.md”", "[the carts](0003-carts-and-baskets.md)"),
        ("adr-lens-ignore lifecycle", "Remove this comment", "for the orders.\n\n"),
    ],
)
async def test_a_slip_is_mended(client, words, title, result):
    if not can(client):
        return
    await slips(client)
    await apply(client, await chosen(client, words, title, [types.CodeActionKind.QuickFix]))
    assert result in client.editor.text


async def test_all_slips_are_mended_at_once(client):
    if not can(client):
        return
    await slips(client)
    editor = client.editor
    assert not await chosen(client, "Keep orders", "Mend all"), "only for those that ask"
    for kind in ["source.fixAll", "source.fixAll.adr-lens"]:
        assert await chosen(client, "Keep orders", "Mend all", [kind])
    assert not await offered(client, editor.whole(), ["source.fixAll.other"])
    await apply(client, await chosen(client, "Keep orders", "Mend all", ["source.fixAll"]))
    assert "# 7. Keep" in editor.text and "\nAccepted\n" in editor.text and "(0003-carts-and-baskets.md)" in editor.text
    assert "adr-lens-ignore" not in editor.text and "https://example.org/0003-x.md" in editor.text
    # Nothing is left to mend, and an action of before says so.
    assert not await chosen(client, "Keep orders", "Mend all", ["source.fixAll"])


async def test_an_action_that_time_has_passed_says_so(client):
    if not can(client):
        return
    editor = client.editor
    editor.open(ORDERS)
    action = await chosen(client, "DynamoDB for", "Accept the cost")
    editor.replace("needs joins across several tables", "needs sleep")
    with pytest.raises(JsonRpcException) as raised:
        await client.code_action_resolve_async(action)
    assert JOINS in str(raised.value)
