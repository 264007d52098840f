"""What a record is made of: symbols, folds, growing selections, highlights and colours."""

from lsprotocol import types

from records import CARTS, index


def names(symbols):
    return [symbol.name for symbol in symbols]


async def test_symbols(client):
    editor = client.editor
    editor.open(CARTS)
    found = await client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document))
    if not editor.client.capabilities.text_document:
        assert "Considered Options" in names(found)
        mongo = next(symbol for symbol in found if symbol.name == "MongoDB")
        assert mongo.container_name == "Considered Options"
        assert editor.of(mongo.location.range) == "MongoDB"
        assert all(symbol.kind <= types.SymbolKind.Array for symbol in found)
        return
    [title] = found
    assert title.name == "Keep carts in DynamoDB" and title.detail == "accepted"
    sections = {section.name: section for section in title.children}
    assert set(sections) >= {"Context and Problem Statement", "Considered Options", "Decision Outcome"}
    options = sections["Considered Options"]
    assert options.kind == types.SymbolKind.Enum
    assert {"MongoDB", "PostgreSQL"} <= set(names(options.children))
    [mongo] = [option for option in options.children if option.name == "MongoDB"]
    assert mongo.kind == types.SymbolKind.EnumMember and mongo.detail in ("rejected", "considered")
    decision = sections["Decision Outcome"]
    assert ("Amazon DynamoDB", "chosen") in [(symbol.name, symbol.detail) for symbol in decision.children]
    assert editor.of(decision.selection_range).strip("# \n") == "Decision Outcome"
    # Each lies in what holds it, and its name in it.
    def check(symbol):
        assert symbol.range.start <= symbol.selection_range.start and symbol.selection_range.end <= symbol.range.end
        for child in symbol.children or []:
            assert symbol.range.start <= child.range.start and child.range.end <= symbol.range.end
            check(child)
    check(title)


async def test_folds(client):
    editor = client.editor
    editor.open(CARTS)
    found = await client.text_document_folding_range_async(types.FoldingRangeParams(editor.document))
    lines = CARTS.splitlines()
    folded = {lines[fold.start_line]: lines[fold.end_line] for fold in found}
    assert folded["---"] == "---"
    assert folded["## Considered Options"] == "answered in the autumn. -->"
    assert folded["## Decision Outcome"] == "* Good, because nobody runs servers."
    comment = next(fold for fold in found if lines[fold.start_line].startswith("<!--"))
    assert comment.kind == types.FoldingRangeKind.Comment
    assert lines[comment.end_line] == "answered in the autumn. -->"


async def test_a_selection_grows_from_the_word_to_the_record(client):
    editor = client.editor
    editor.open(CARTS)
    places = [editor.at("joins across"), editor.at("MongoDB")]
    params = types.SelectionRangeParams(editor.document, places)
    found = await client.text_document_selection_range_async(params)
    assert len(found) == 2
    for place, word in zip(found, ["joins", "MongoDB"]):
        steps = []
        while place:
            steps.append(editor.of(place.range))
            place = place.parent
        assert steps[0] == word
        assert steps[-1] == CARTS
        assert all(len(inner) < len(outer) and inner in outer for inner, outer in zip(steps, steps[1:]))
    steps = []
    place = found[0]
    while place:
        steps.append(editor.of(place.range).strip())
        place = place.parent
    assert any(step.startswith("Sales reports need") and step.endswith("orders") for step in steps), steps
    assert any(step.startswith("## Context and Problem Statement") for step in steps)


async def test_an_engine_is_highlighted_by_all_its_names(client):
    editor = client.editor
    editor.open(CARTS)
    params = types.DocumentHighlightParams(editor.document, editor.at('DynamoDB", because'))
    found = await client.text_document_document_highlight_async(params)
    assert [editor.of(place.range) for place in found] == ["DynamoDB"] * 3
    assert [place.kind for place in found].count(types.DocumentHighlightKind.Write) == 1
    params = types.DocumentHighlightParams(editor.document, editor.at("nobody"))
    assert not await client.text_document_document_highlight_async(params)


def decoded(editor, offered, data):
    """The words of each token, with its type and modifiers."""
    legend = offered.semantic_tokens_provider.legend
    line = character = 0
    found = []
    for at in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[at : at + 5]
        line, character = line + down, right if down else character + right
        place = types.Range(types.Position(line, character), types.Position(line, character + length))
        names = [name for bit, name in enumerate(legend.token_modifiers) if modifiers >> bit & 1]
        found.append((editor.of(place), legend.token_types[kind], names))
    return found


async def test_tokens_tell_roles_and_needs(client):
    editor = client.editor
    editor.open(CARTS)
    full = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(editor.document))
    found = decoded(editor, editor.offered, full.data)
    assert ("accepted", "enumMember", []) in found
    assert ("MongoDB", "class", ["rejected"]) in found or ("MongoDB", "class", ["considered"]) in found
    assert ("DynamoDB", "class", ["chosen"]) in found
    assert any("joins across carts and orders" in words and names == ["required"] for words, _, names in found), found
    assert any(kind == "number" and "10 ms" in words for words, kind, _ in found), found
    assert any("Considered Options" in words and kind == "namespace" for words, kind, _ in found)
    # Of a range, those that stand in it, as they stand in the whole.
    part = editor.range("* MongoDB\n")
    params = types.SemanticTokensRangeParams(editor.document, part)
    some = await client.text_document_semantic_tokens_range_async(params)
    assert [words for words, _, _ in decoded(editor, editor.offered, some.data)] == ["MongoDB"]


async def test_a_change_of_tokens_is_the_whole_again(client):
    editor = client.editor
    editor.open(CARTS)
    before = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(editor.document))
    editor.replace("* MongoDB\n", "* MongoDB\n* Redis 🚀\n* SQLite\n")
    params = types.SemanticTokensDeltaParams(editor.document, before.result_id)
    delta = await client.text_document_semantic_tokens_full_delta_async(params)
    data = list(before.data)
    for edit in reversed(delta.edits):
        data[edit.start : edit.start + edit.delete_count] = edit.data or []
    after = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(editor.document))
    assert data == list(after.data) and delta.result_id == after.result_id
    assert len(delta.edits) == 1 and delta.edits[0].delete_count < len(before.data)
    # Nothing changed, nothing sent; an answer the server does not know is answered whole.
    params = types.SemanticTokensDeltaParams(editor.document, after.result_id)
    assert not (await client.text_document_semantic_tokens_full_delta_async(params)).edits
    params = types.SemanticTokensDeltaParams(editor.document, "of another life")
    assert list((await client.text_document_semantic_tokens_full_delta_async(params)).data) == list(after.data)
