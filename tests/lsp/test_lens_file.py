"""Lens files in the editor: what is wrong with them, what a name means, which names can stand there."""

import pytest
from lsprotocol import types

from records import position

WRONG = '[rules]\n"gap/scal" = "off"\n\n[engines]\nhold = ["mon"]\n'


@pytest.fixture
def lens(editor, tmp_path):
    (tmp_path / ".git").mkdir()
    path = tmp_path / "adr-lens.toml"
    path.write_text("")
    uri = path.as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="toml", version=1, text=WRONG)
    editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return editor, types.TextDocumentIdentifier(uri)


def place(client, needle):
    return position(WRONG, WRONG.index(needle), client.editor.encoding)


async def test_a_mistake_is_shown_with_the_nearest_name(lens):
    client, document = lens
    if client.editor.offered.diagnostic_provider:
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
        found = report.items
    else:
        await client.editor.until(lambda: (document.uri, 1) in client.published)
        found = client.published[document.uri, 1]
    told = [one.message for one in found]
    assert told[0] == "unknown rule `gap/scal`; did you mean `gap/scale`?" and len(told) == 2
    assert found[0].range.start == types.Position(1, 0)


async def test_a_key_is_explained(lens):
    client, document = lens
    hover = await client.text_document_hover_async(types.HoverParams(document, place(client, "hold =")))
    assert "Not to be started on" in hover.contents.value


async def test_names_are_offered(lens):
    client, document = lens
    offered = await client.text_document_completion_async(types.CompletionParams(document, place(client, 'mon"')))
    labels = [item.label for item in (offered if isinstance(offered, list) else offered.items)]
    assert "mongodb" in labels and "postgresql" in labels
