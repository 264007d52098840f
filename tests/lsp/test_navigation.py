"""From record to record in real editors' shapes: positions in each encoding, whatever the client can do."""

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from conftest import SERVER, make_client
from records import applied, position

PAPER = "# 1. Paper\n\nStatus: accepted\n\n## Decision\n\nWe will use PostgreSQL for invoices.\n"
BOXES = "# 2. Boxes\n\nStatus: accepted\n\n## Decision\n\nGrüße 😀 [1. Paper](0001-paper.md) — as ADR 1 says, we will use MariaDB.\n"
NOTHING = types.ClientCapabilities()


def everything():
    able = client_capabilities("visual-studio-code")
    able.workspace.workspace_edit.document_changes = True
    able.workspace.workspace_edit.resource_operations = list(types.ResourceOperationKind)
    able.workspace.file_operations = types.FileOperationClientCapabilities(will_rename=True)
    return able


def counting(encoding):
    able = everything()
    able.general = types.GeneralClientCapabilities(position_encodings=[encoding])
    return able


ABLE = {"nothing": NOTHING, "utf-8": counting("utf-8"), "utf-16": counting("utf-16"), "utf-32": counting("utf-32")}


@pytest_lsp.fixture(params=list(ABLE), config=ClientServerConfig(server_command=SERVER, client_factory=make_client))
async def folder(request, lsp_client: LanguageClient, tmp_path):
    params = types.InitializeParams(capabilities=ABLE[request.param])
    offered = (await lsp_client.initialize_session(params)).capabilities
    for name, text in [("0001-paper.md", PAPER), ("0002-boxes.md", BOXES)]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    lsp_client.uri = {name: (tmp_path / name).as_uri() for name in ["0001-paper.md", "0002-boxes.md", "0012-paper.md"]}
    lsp_client.encoding = "utf-16" if request.param == "nothing" else request.param
    lsp_client.offered = offered
    item = types.TextDocumentItem(uri=lsp_client.uri["0002-boxes.md"], language_id="markdown", version=1, text=BOXES)
    lsp_client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    yield
    await lsp_client.shutdown_session()


def span(client, text, words):
    at = text.index(words)
    return types.Range(position(text, at, client.encoding), position(text, at + len(words), client.encoding))


def document(client):
    return types.TextDocumentIdentifier(client.uri["0002-boxes.md"])


@pytest.mark.parametrize("words", ["[1. Paper](0001-paper.md)", "ADR 1"])
async def test_definition(folder, words):
    at = span(folder, BOXES, words).start
    found = await folder.text_document_definition_async(types.DefinitionParams(document(folder), at))
    assert found == types.Location(folder.uri["0001-paper.md"], span(folder, PAPER, "Paper"))


async def test_links_references_and_hover(folder):
    links = await folder.text_document_document_link_async(types.DocumentLinkParams(document(folder)))
    expected = [span(folder, BOXES, "[1. Paper](0001-paper.md)"), span(folder, BOXES, "ADR 1")]
    assert [link.range for link in links] == expected
    at = expected[1].start
    context = types.ReferenceContext(include_declaration=False)
    found = await folder.text_document_references_async(types.ReferenceParams(context, document(folder), at))
    assert [place.range for place in found] == expected
    hover = await folder.text_document_hover_async(types.HoverParams(document(folder), at))
    assert "0001" in hover.contents.value and "PostgreSQL" in hover.contents.value
    assert hover.range == expected[1]


async def test_an_engine_is_found_where_it_is_decided_for(folder):
    at = span(folder, BOXES, "MariaDB").start
    found = await folder.text_document_implementation_async(types.ImplementationParams(document(folder), at))
    assert found == [types.Location(folder.uri["0002-boxes.md"], span(folder, BOXES, "MariaDB"))]
    symbols = await folder.workspace_symbol_async(types.WorkspaceSymbolParams("postgres"))
    assert [symbol.location.range for symbol in symbols] == [span(folder, PAPER, "PostgreSQL")]


async def test_a_new_number_goes_everywhere(folder):
    if folder.offered.rename_provider is None:
        assert folder.encoding == "utf-16", "only a client that cannot rename files is offered no renaming"
        return
    at = span(folder, BOXES, "ADR 1").start
    ready = await folder.text_document_prepare_rename_async(types.PrepareRenameParams(document(folder), at))
    assert ready.placeholder == "0001-paper"
    edit = await folder.text_document_rename_async(types.RenameParams(document(folder), at, "12"))
    *edits, renamed = edit.document_changes
    assert (renamed.old_uri, renamed.new_uri) == (folder.uri["0001-paper.md"], folder.uri["0012-paper.md"])
    texts = {folder.uri["0001-paper.md"]: PAPER, folder.uri["0002-boxes.md"]: BOXES}
    for change in edits:
        for one in sorted(change.edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
            texts[change.text_document.uri] = applied(texts[change.text_document.uri], one, folder.encoding)
    assert texts[folder.uri["0001-paper.md"]] == PAPER.replace("# 1.", "# 12.")
    wanted = BOXES.replace("[1. Paper](0001-paper.md)", "[12. Paper](0012-paper.md)").replace("ADR 1 says", "ADR 12 says")
    assert texts[folder.uri["0002-boxes.md"]] == wanted


async def test_links_follow_a_renamed_file(folder):
    rename = types.FileRename(folder.uri["0001-paper.md"], folder.uri["0012-paper.md"])
    edit = await folder.workspace_will_rename_files_async(types.RenameFilesParams([rename]))
    if edit.document_changes:
        edits = {change.text_document.uri: change.edits for change in edit.document_changes}
    else:
        edits = edit.changes
    assert [one.new_text for one in edits[folder.uri["0002-boxes.md"]]] == ["12", "0012-paper.md", "12"]
