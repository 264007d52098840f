"""A client that remembers every version it was sent diagnostics for, in the shape of the editors people use."""

import asyncio
import os
import pathlib
import shutil
import tempfile
from typing import Union

import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from records import ORDERS, index, position
from shapes import SHAPES

URI = "file:///docs/adr/0007-orders.md"
SERVER = [os.environ.get("ADR_LENS", "adr-lens"), "lsp"]
EDITORS = ["visual-studio-code", "neovim", "emacs"]
PATIENCE = 30


def published(client: LanguageClient, params: types.PublishDiagnosticsParams):
    client.published[params.uri, params.version] = params.diagnostics
    client.news.set()


def shown(client: LanguageClient, params: types.ShowDocumentParams):
    client.shown_documents.append(params)
    client.news.set()
    return types.ShowDocumentResult(success=True)


def told(client: LanguageClient, params: types.ShowMessageParams):
    client.messages.append(params)
    client.news.set()


def registered(client: LanguageClient, params: types.RegistrationParams):
    client.registrations.extend(params.registrations)
    client.news.set()


def progressed(client: LanguageClient, params: types.ProgressParams):
    client.progressed.append(params)
    client.news.set()


def created(client: LanguageClient, params: types.WorkDoneProgressCreateParams):
    client.tokens.append(params.token)


def refreshed(client: LanguageClient, params=None):
    client.refreshes += 1
    client.news.set()


def refreshed_other(client: LanguageClient, params=None):
    return None


def configured(client: LanguageClient, params: types.ConfigurationParams):
    return [client.settings for _ in params.items]


FEATURES = DEFAULT_CLIENT_FEATURES | {
    types.PROGRESS: progressed,
    types.WINDOW_WORK_DONE_PROGRESS_CREATE: created,
    types.WORKSPACE_DIAGNOSTIC_REFRESH: refreshed,
    types.WORKSPACE_INLAY_HINT_REFRESH: refreshed_other,
    types.WORKSPACE_CODE_LENS_REFRESH: refreshed_other,
    types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: refreshed_other,
    types.WORKSPACE_CONFIGURATION: configured,
    types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: published,
    types.CLIENT_REGISTER_CAPABILITY: registered,
    types.WINDOW_SHOW_DOCUMENT: shown,
    types.WINDOW_SHOW_MESSAGE: told,
}


def converter():
    """pygls's converter, except that a code action which carries a command is a code action (lsprotocol 2025.0.0 takes it for one
    of the bare commands of old, whose `command` is a string)."""
    converter = default_converter()
    either = Union[types.Command, types.CodeAction]

    def structure(value, _):
        bare = isinstance(value.get("command"), str)
        return converter.structure(value, types.Command if bare else types.CodeAction)

    converter.register_structure_hook(either, structure)
    return converter


def make_client() -> LanguageClient:
    client = LanguageClient(converter_factory=converter)
    client.published = {}
    client.news = asyncio.Event()
    client.progressed, client.tokens, client.registrations, client.refreshes = [], [], [], 0
    client.settings = None
    register_lsp_features(client, FEATURES)
    return client


class Editor:
    """One open record in one editor."""

    def __init__(self, client: LanguageClient, offered: types.InitializeResult, root: pathlib.Path | None = None):
        self.client = client
        self.root = root
        self.uri = URI
        self.offered = offered.capabilities
        self.encoding = str(getattr(self.offered.position_encoding, "value", self.offered.position_encoding) or "utf-16")
        self.text = ""
        self.version = 0

    def open(self, text: str, uri: str = URI):
        self.text, self.version, self.uri = text, 1, uri
        item = types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, start: int, end: int, text: str):
        """Replaces the characters from start to end."""
        place = types.Range(self.position(start), self.position(end))
        self.text = self.text[:start] + text + self.text[end:]
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        change = types.TextDocumentContentChangePartial(range=place, text=text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def position(self, at: int) -> types.Position:
        return position(self.text, at, self.encoding)

    def range(self, words: str) -> types.Range:
        at = self.text.index(words)
        return types.Range(self.position(at), self.position(at + len(words)))

    async def held(self):
        """What the server holds."""
        answer = await self.client.protocol.send_request_async("adrLens/text", self.document)
        return answer.version, answer.text

    async def until(self, fits):
        """Waits for something the client is sent."""
        async with asyncio.timeout(PATIENCE):
            while not (found := fits()):
                self.client.news.clear()
                await self.client.news.wait()
        return found

    async def diagnostics(self):
        """Those of the version now open, by whichever way this editor has them."""
        if self.offered.diagnostic_provider:
            params = types.DocumentDiagnosticParams(self.document)
            report = await self.client.text_document_diagnostic_async(params)
            assert not self.client.published, "pushed to an editor that pulls"
            return report.items
        await self.until(lambda: (self.uri, self.version) in self.client.published)
        return self.client.published[self.uri, self.version]

    @property
    def document(self):
        return types.TextDocumentIdentifier(self.uri)

    def replace(self, old: str, new: str):
        """Types a change to some words."""
        at = self.text.index(old)
        self.type(at, at + len(old), new)

    def at(self, words: str) -> types.Position:
        return self.range(words).start

    def after(self, words: str) -> types.Position:
        return self.range(words).end

    def of(self, place: types.Range) -> str:
        """The words in a range."""
        return self.text[index(self.text, place.start, self.encoding) : index(self.text, place.end, self.encoding)]

    def whole(self) -> types.Range:
        return types.Range(types.Position(0, 0), self.position(len(self.text)))

    def write(self, name: str, text: str) -> str:
        """A file of the workspace; its URI."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path.as_uri()


@pytest_lsp.fixture(params=EDITORS, config=ClientServerConfig(server_command=SERVER, client_factory=make_client))
async def editor(request, lsp_client: LanguageClient):
    params = types.InitializeParams(capabilities=client_capabilities(request.param), initialization_options={"asOf": "2026-01-31"})
    offered = await lsp_client.initialize_session(params)
    # The fixture hands the client on; the record it has open goes with it.
    lsp_client.editor = Editor(lsp_client, offered)
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(params=SHAPES, config=ClientServerConfig(server_command=SERVER, client_factory=make_client))
async def client(request, lsp_client: LanguageClient):
    """A client that can do everything, or nothing, in a workspace with one record in docs/adr."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="adr-lens-test-")).resolve()
    records = root / "docs" / "adr"
    records.mkdir(parents=True)
    (records / "0001-orders.md").write_text(ORDERS, encoding="utf-8")
    capabilities = SHAPES[request.param]()
    folders = [types.WorkspaceFolder(root.as_uri(), root.name)] if capabilities.workspace else None
    params = types.InitializeParams(
        capabilities=capabilities,
        root_uri=root.as_uri(),
        workspace_folders=folders,
        initialization_options={"asOf": "2026-01-31"},
    )
    offered = await lsp_client.initialize_session(params)
    lsp_client.editor = Editor(lsp_client, offered, root)
    yield
    await lsp_client.shutdown_session()
    shutil.rmtree(root, ignore_errors=True)
