"""A record in an editor: what is shown, what can be done about it, and that fast typing loses nothing."""

import random

from lsprotocol import types

from conftest import URI
from records import JOINS, ORDERS, applied


def of(found, rule):
    return next((diagnostic for diagnostic in found if diagnostic.code == rule), None)


async def test_a_diagnostic_comes_with_its_version(editor):
    editor = editor.editor
    editor.open(ORDERS)
    joins = of(await editor.diagnostics(), JOINS)
    assert joins.severity == types.DiagnosticSeverity.Error
    assert joins.source == "adr-lens"
    assert joins.range.start == editor.range("DynamoDB for").start
    if editor.client.capabilities.text_document.publish_diagnostics.related_information:
        need = joins.related_information[0]
        assert need.location == types.Location(URI, editor.range("The clerk's page 😀 needs joins across several tables"))
    else:
        assert joins.related_information is None
    # Another engine, another version: the finding goes.
    at = editor.text.index("DynamoDB for")
    editor.type(at, at + len("DynamoDB"), "PostgreSQL")
    assert of(await editor.diagnostics(), JOINS) is None


async def test_a_hover_explains(editor):
    editor = editor.editor
    editor.open(ORDERS)
    at = editor.range("DynamoDB for").start
    hover = await editor.client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(URI), at))
    assert "Amazon DynamoDB" in hover.contents.value and "joins" in hover.contents.value
    assert hover.range.start == at


async def test_the_status_says_what_it_means(editor):
    editor = editor.editor
    editor.open(ORDERS)
    params = types.HoverParams(types.TextDocumentIdentifier(URI), editor.range("Proposed").start)
    hover = await editor.client.text_document_hover_async(params)
    assert "proposed" in hover.contents.value and "full severity" in hover.contents.value
    assert hover.range == editor.range("Proposed")


async def actions(editor, words, only=None):
    place = editor.range(words)
    context = types.CodeActionContext(diagnostics=await editor.diagnostics(), only=only)
    params = types.CodeActionParams(types.TextDocumentIdentifier(URI), place, context)
    return await editor.client.text_document_code_action_async(params)


async def apply(editor, action):
    """As an editor does: resolve when there is no edit yet, check the version, change the text, tell the server."""
    if action.edit is None:
        action = await editor.client.code_action_resolve_async(action)
    if action.edit.document_changes:
        change = action.edit.document_changes[0]
        assert change.text_document.version == editor.version
        edit = change.edits[0]
    else:
        edit = action.edit.changes[URI][0]
    wanted = applied(editor.text, edit, editor.encoding)
    start = len(wanted) - len(edit.new_text)
    before = next(at for at in range(len(editor.text) + 1) if editor.position(at) == edit.range.start)
    removed = len(editor.text) - start
    editor.type(before, before + removed, edit.new_text)
    assert editor.text == wanted


async def test_an_accepted_cost_is_no_error_any_more(editor):
    editor = editor.editor
    editor.open(ORDERS)
    accept = next(action for action in await actions(editor, "DynamoDB for") if action.title.startswith("Accept"))
    assert of(accept.diagnostics, JOINS)
    await apply(editor, accept)
    assert of(await editor.diagnostics(), JOINS).severity == types.DiagnosticSeverity.Information
    assert await editor.held() == (editor.version, editor.text)


async def test_a_silenced_finding_is_gone(editor):
    editor = editor.editor
    editor.open(ORDERS)
    only = [types.CodeActionKind.QuickFix]
    silence = next(action for action in await actions(editor, "DynamoDB for", only) if action.title.startswith(f"Silence {JOINS}"))
    await apply(editor, silence)
    assert of(await editor.diagnostics(), JOINS) is None


async def test_a_rule_is_opened(editor):
    editor = editor.editor
    editor.open(ORDERS)
    action = next(action for action in await actions(editor, "DynamoDB for") if action.title == f"Open the rule {JOINS}")
    params = types.ExecuteCommandParams(action.command.command, action.command.arguments)
    assert await editor.client.workspace_execute_command_async(params) is None
    client = editor.client
    assert await editor.until(lambda: client.shown_documents or client.messages)


async def test_hints_stand_behind_the_words(editor):
    editor = editor.editor
    editor.open(ORDERS)
    end = types.Position(len(editor.text.splitlines()), 0)
    params = types.InlayHintParams(types.TextDocumentIdentifier(URI), types.Range(types.Position(0, 0), end))
    hints = await editor.client.text_document_inlay_hint_async(params)
    joins = next(hint for hint in hints if hint.label == "joins")
    assert joins.position == editor.range("The clerk's page 😀 needs joins across several tables").end


async def test_a_thousand_fast_edits(editor):
    editor = editor.editor
    editor.open(ORDERS)
    dice = random.Random(20_260_131)
    typed = ["", "a", " joins ", "DynamoDB", "\n", "é", "😀", "## ", "- ", "```\n", "<!-- ", " -->"]
    for _ in range(1000):
        start = dice.randrange(len(editor.text) + 1)
        end = min(len(editor.text), start + dice.choice([0, 0, 0, 1, 3, 25]))
        editor.type(start, end, dice.choice(typed))
    assert await editor.held() == (1001, editor.text)
    await editor.diagnostics()
