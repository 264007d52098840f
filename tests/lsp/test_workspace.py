"""The whole folder of records: asked for or sent, never both; what is typed wins over what is saved."""

import asyncio

from lsprotocol import types

from conftest import PATIENCE
from records import JOINS, LEDGER, ORDERS

END = "end"
ENDED = "lifecycle/discontinued"


def pulls(client):
    return client.capabilities.text_document and client.capabilities.text_document.diagnostic is not None


def rules(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


async def ask(client, previous=(), token=None, told=None):
    known = [types.PreviousResultId(uri, mark) for uri, mark in dict(previous).items()]
    params = types.WorkspaceDiagnosticParams(previous_result_ids=known, partial_result_token=token, work_done_token=told)
    return (await client.workspace_diagnostic_async(params)).items


async def sent(client, uri, fits=lambda diagnostics: True):
    """What was last sent for a record that is not open, once it fits."""

    def last():
        found = client.published.get((uri, None))
        return (found,) if found is not None and fits(found) else None

    return (await client.editor.until(last))[0]


async def test_every_record_has_its_findings(client):
    editor = client.editor
    orders = (editor.root / "docs/adr/0001-orders.md").as_uri()
    if not pulls(client):
        assert JOINS in rules(await sent(client, orders))
        ledger = editor.write("docs/adr/0002-ledger.md", LEDGER)
        client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([types.FileEvent(ledger, types.FileChangeType.Created)])
        )
        assert ENDED in rules(await sent(client, ledger))
        return
    ledger = editor.write("docs/adr/0002-ledger.md", LEDGER)
    found = {item.uri: item for item in await ask(client)}
    assert set(found) == {orders, ledger}
    assert JOINS in rules(found[orders].items) and ENDED in rules(found[ledger].items)
    assert found[orders].version is None
    ended = next(diagnostic for diagnostic in found[ledger].items if diagnostic.code == ENDED)
    assert list(ended.tags) == [types.DiagnosticTag.Deprecated] and ended.code_description.href.startswith("https://")
    # Nothing changed: a word each. One changed: that one.
    marks = {uri: item.result_id for uri, item in found.items()}
    assert {item.kind for item in await ask(client, marks)} == {"unchanged"}
    editor.write("docs/adr/0002-ledger.md", LEDGER.replace("Amazon QLDB", "PostgreSQL"))
    again = {item.uri: item for item in await ask(client, marks)}
    assert again[orders].kind == "unchanged" and again[ledger].kind == "full"
    assert ENDED not in rules(again[ledger].items)
    # A record that is gone is told once, and has no findings.
    (editor.root / "docs/adr/0002-ledger.md").unlink()
    gone = {item.uri: item for item in await ask(client, marks)}[ledger]
    assert not gone.items and gone.result_id is None
    assert not client.published, "sent to a client that asks"


async def test_what_is_typed_wins_over_what_is_saved(client):
    editor = client.editor
    orders = editor.root / "docs/adr/0001-orders.md"
    uri = orders.as_uri()
    if not pulls(client):
        await sent(client, uri, lambda found: JOINS in rules(found))
    editor.open(ORDERS.replace("DynamoDB", "PostgreSQL"), uri)
    assert JOINS not in rules(await editor.diagnostics())
    if pulls(client):
        [item] = await ask(client)
        assert item.version == 1 and JOINS not in rules(item.items)
    else:
        client.published.clear()
        client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([types.FileEvent(uri, types.FileChangeType.Changed)])
        )
        await asyncio.sleep(0.5)
        assert (uri, None) not in client.published, "the file's findings over the open document's"
    # Closed unsaved, the file counts again.
    client.text_document_did_close(types.DidCloseTextDocumentParams(editor.document))
    if pulls(client):
        [item] = await ask(client)
        assert item.version is None and JOINS in rules(item.items)
    else:
        assert JOINS in rules(await sent(client, uri, lambda found: bool(found)))


async def about(client, uri, known=None):
    """What a client that asks is told of one document, open or not."""
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=known)
    return await client.text_document_diagnostic_async(params)


def close(client, uri):
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))


async def test_a_record_that_was_closed_is_answered_from_its_file(client):
    editor = client.editor
    if not pulls(client):
        return
    orders = (editor.root / "docs/adr/0001-orders.md").as_uri()
    editor.open(ORDERS.replace("DynamoDB", "PostgreSQL"), orders)
    assert JOINS not in rules((await about(client, orders)).items)
    close(client, orders)
    # Some editors ask once more, and go on showing what they are told then.
    answer = await about(client, orders)
    assert JOINS in rules(answer.items)
    assert (await about(client, orders, answer.result_id)).kind == "unchanged"
    [item] = await ask(client, {orders: answer.result_id})
    assert item.kind == "unchanged", "the same by either question"
    # One that was never opened, and one that came since the folder was looked through.
    ledger = editor.write("docs/adr/0002-ledger.md", LEDGER)
    assert ENDED in rules((await about(client, ledger)).items)
    # No record of the workspace: its findings go with its window. No file at all: no findings, and no error.
    notes = editor.write("notes.md", ORDERS)
    assert not (await about(client, notes)).items
    (editor.root / "docs/adr/0002-ledger.md").unlink()
    assert not (await about(client, ledger)).items
    assert not (await about(client, "untitled:Untitled-1")).items


async def test_a_record_with_another_name_has_no_findings_under_the_old_one(client):
    editor = client.editor
    if not pulls(client):
        return
    before = editor.root / "docs/adr/0001-orders.md"
    after = before.with_name("0001-keep-orders.md")
    editor.open(ORDERS, before.as_uri())
    assert JOINS in rules((await about(client, before.as_uri())).items)
    before.rename(after)
    close(client, before.as_uri())
    editor.open(ORDERS, after.as_uri())
    # The editor has forgotten what it was told of the old name, and still shows it.
    found = {item.uri: item for item in await ask(client)}
    assert set(found) == {before.as_uri(), after.as_uri()}
    assert not found[before.as_uri()].items and JOINS in rules(found[after.as_uri()].items)
    assert {item.uri for item in await ask(client)} == {after.as_uri()}, "told once"


async def test_what_is_no_record_has_findings_while_it_is_open(client):
    editor = client.editor
    if not pulls(client):
        return
    orders = (editor.root / "docs/adr/0001-orders.md").as_uri()
    notes = editor.write("notes.md", ORDERS)
    editor.open(ORDERS, notes)
    assert JOINS in rules(await editor.diagnostics())
    lens = editor.write("adr-lens.toml", "[rules]\nnone = 1\n")
    item = types.TextDocumentItem(uri=lens, language_id="toml", version=1, text="[rules]\nnone = 1\n")
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert (await about(client, lens)).items
    assert {item.uri for item in await ask(client)} == {orders}
    close(client, notes)
    close(client, lens)
    found = {item.uri: item for item in await ask(client)}
    assert set(found) == {orders, notes, lens}
    assert not found[notes].items and not found[lens].items


async def test_progress_and_parts(client):
    editor = client.editor
    for number in range(2, 200):
        editor.write(f"docs/adr/{number:04}-ledger.md", LEDGER)
    if pulls(client):
        items = await ask(client, token="parts", told="told")
        assert not items
        steps = [news.value for news in client.progressed if news.token == "told"]
        parts = [news.value for news in client.progressed if news.token == "parts"]
        items = [item for part in parts for item in of(part, "items")]
        assert len(parts) > 1 and len(items) == 199
    else:
        client.progressed.clear()
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        if not client.capabilities.window:
            await sent(client, (editor.root / "docs/adr/0199-ledger.md").as_uri())
            assert not client.progressed and not client.tokens
            return

        def ended():
            ends = [news.token for news in client.progressed if of(news.value, "kind") == END and "199" in of(news.value, "message")]
            return ends and ends[0] in client.tokens and ends

        [token, *_] = await editor.until(ended)
        steps = [news.value for news in client.progressed if news.token == token]
    kinds = [of(step, "kind") for step in steps]
    assert kinds[0] == "begin" and kinds[-1] == END and set(kinds[1:-1]) == {"report"}
    shares = [of(step, "percentage") for step in steps[1:-1]]
    assert shares == sorted(shares) and shares[-1] == 100


def of(value, key):
    return value[key] if isinstance(value, dict) else getattr(value, key)


async def test_folders_come_and_go(client):
    editor = client.editor
    if not client.capabilities.workspace:
        assert editor.offered.workspace.workspace_folders.supported
        return
    other = editor.root / "elsewhere"
    uri = editor.write("elsewhere/doc/adr/0001-ledger.md", LEDGER)
    folder = types.WorkspaceFolder(other.as_uri(), "elsewhere")
    event = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    if pulls(client):
        marks = {item.uri: item.result_id for item in await ask(client)}
        assert uri in marks
    else:
        assert ENDED in rules(await sent(client, uri))
    event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    if pulls(client):
        gone = {item.uri: item for item in await ask(client, marks)}
        assert not gone[uri].items
    else:
        assert not await sent(client, uri, lambda found: not found)


async def test_a_client_that_asks_is_told_to_ask_again(client):
    editor = client.editor
    if not pulls(client):
        return
    await editor.until(lambda: any(one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES for one in client.registrations))
    watched = next(one for one in client.registrations if one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    globs = [of(watcher, "globPattern") for watcher in of(watched.register_options, "watchers")]
    assert any("md" in glob for glob in globs) and any(glob.endswith("*.toml") for glob in globs)
    before = client.refreshes
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
    await editor.until(lambda: client.refreshes > before)


async def test_settings_change_the_findings_of_every_record(client):
    editor = client.editor
    ledger = editor.write("docs/adr/0002-ledger.md", LEDGER)
    past = {"adrLens": {"asOf": "2019-01-01"}}
    if not pulls(client):
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        await sent(client, ledger, lambda found: ENDED in rules(found))
    client.settings = past["adrLens"]
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(past))
    if not pulls(client):
        await sent(client, ledger, lambda found: ENDED not in rules(found))
        return
    async with asyncio.timeout(PATIENCE):
        while True:
            found = {item.uri: item for item in await ask(client)}
            if ENDED not in rules(found[ledger].items):
                break
            await asyncio.sleep(0.05)
