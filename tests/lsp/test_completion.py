"""What can be written at a place, and that writing it does what it says."""

import pytest
from lsprotocol import types

from records import CARTS, ORDERS, applied


async def offers(client, at):
    params = types.CompletionParams(client.editor.document, at)
    found = await client.text_document_completion_async(params)
    return {item.label: item for item in (getattr(found, "items", found) or [])}


def accept(editor, item):
    """Writes an item, as an editor does."""
    edit = item.text_edit
    before = editor.text
    wanted = applied(before, edit, editor.encoding)
    editor.type(0, len(before), wanted)
    return wanted


async def test_status(client):
    editor = client.editor
    editor.open(ORDERS.replace("Proposed", "P"))
    found = await offers(client, editor.after("## Status\n\nP"))
    assert list(found) == ["Proposed", "Accepted", "Rejected", "Deprecated", "Superseded by"]
    assert "## Status\n\nAccepted\n" in accept(editor, found["Accepted"])


async def test_status_in_the_front_matter(client):
    editor = client.editor
    editor.open(CARTS.replace("status: accepted", "status: "))
    found = await offers(client, editor.after("status: "))
    assert "status: superseded by \n" in accept(editor, found["superseded by"])


async def test_sections_that_the_template_lacks(client):
    editor = client.editor
    editor.open(CARTS + "\n\n#")
    found = await offers(client, editor.position(len(editor.text)))
    assert "Decision Drivers" in found and "Considered Options" not in found and "Consequences" not in found
    assert accept(editor, found["Decision Drivers"]).endswith("\n\n## Decision Drivers")


async def test_engines_that_fit_come_first(client):
    editor = client.editor
    editor.open(CARTS.replace("* PostgreSQL\n", "* \n"))
    found = await offers(client, editor.after("* MongoDB\n* "))
    assert "MongoDB" not in found and len(found) > 50
    names = sorted(found, key=lambda name: found[name].sort_text)
    joins = [name for name in names if "meets" in found[name].detail and "joins" in found[name].detail]
    assert names[0] in joins and "contradicts" not in found[names[0]].detail
    item = found["PostgreSQL"]
    if item.documentation is None:
        item = await client.completion_item_resolve_async(item)
    assert "PostgreSQL" in str(item.documentation)
    assert "* MongoDB\n* PostgreSQL\n" in accept(editor, found["PostgreSQL"])


async def test_needs_that_are_not_stated(client):
    editor = client.editor
    text = CARTS.replace("## Considered Options", "## Decision Drivers\n\n* \n\n## Considered Options")
    editor.open(text)
    found = await offers(client, editor.after("## Decision Drivers\n\n* "))
    ids = {item.detail.split(" ")[0]: item for item in found.values()}
    assert "full-text-search" in ids and "joins" not in ids, "joins are stated already"
    accept(editor, ids["full-text-search"])
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(editor.document, editor.whole()))
    labels = [label if isinstance(label := hint.label, str) else "".join(part.value for part in label) for hint in hints]
    assert "full-text-search" in labels


async def test_rules_in_a_comment(client):
    editor = client.editor
    editor.open(ORDERS + "\n<!-- adr-lens-ignore ")
    found = await offers(client, editor.position(len(editor.text)))
    assert list(found)[0].startswith("choice/") and "gap/scale" in found
    assert accept(editor, found["gap/scale"]).endswith("<!-- adr-lens-ignore gap/scale:  -->")
    # Behind the colon stands the author's reason, which nobody can guess.
    assert not await offers(client, editor.position(len(editor.text) - 4))


async def test_records_in_a_link(client):
    editor = client.editor
    editor.write("docs/adr/0002-search.md", "# 2. Search\n")
    editor.write("docs/adr/old/0000-start.md", "# 0. Start\n")
    text = ORDERS + "\nSee [the orders]("
    editor.open(text, editor.write("docs/adr/0003-more.md", ORDERS))
    found = await offers(client, editor.position(len(text)))
    assert set(found) == {"0001-orders.md", "0002-search.md", "old/0000-start.md"}
    assert accept(editor, found["old/0000-start.md"]).endswith("(old/0000-start.md")


@pytest.mark.parametrize("words", ["Reads stay", "# 7.", "no servers"])
async def test_nothing_where_nothing_of_ours_is_written(client, words):
    editor = client.editor
    editor.open(ORDERS)
    assert not await offers(client, editor.after(words))
