"""The wire itself: every message of the server is one the protocol knows, and nothing a client sends ends the session."""

import asyncio
import json

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from conftest import PATIENCE, SERVER, URI, converter
from shapes import SHAPES
from records import JOINS, ORDERS, position

CONVERTER = converter()


class Wire:
    """Bytes to and from a server, with every message that came."""

    def __init__(self, process):
        self.process = process
        self.messages = []
        self.methods = {}

    @classmethod
    async def start(cls):
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(*SERVER, stdin=pipe, stdout=pipe))

    def send(self, body):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method, params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    async def request(self, method, params):
        number = len(self.methods) + 1
        self.methods[number] = method
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return await self.until(lambda message: message.get("id") == number and "method" not in message)

    async def until(self, fits):
        """The next message that fits; requests of the server are answered with null on the way."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self.read()
                if fits(message):
                    return message
                if "method" in message and "id" in message:
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})

    async def read(self):
        head = await self.process.stdout.readuntil(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        message = json.loads(await self.process.stdout.readexactly(length))
        self.messages.append(message)
        return message

    async def begin(self, capabilities=None):
        params = {"processId": None, "rootUri": None, "capabilities": capabilities or {}}
        answer = await self.request("initialize", params)
        self.notify("initialized", {})
        return answer

    async def end(self):
        await self.request("shutdown", None)
        self.notify("exit", None)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def open(self, text, version=1):
        item = {"uri": URI, "languageId": "markdown", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    async def error(self):
        message = await self.until(lambda message: "error" in message)
        return message["error"]["code"]


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def validate(message, kind):
    """The message is of the type the protocol gives it, with no key that the type does not have."""
    again = CONVERTER.unstructure(CONVERTER.structure(message, kind), unstructure_as=kind)
    assert without_nulls(again) == without_nulls(message)


@pytest.mark.parametrize("editor", ["visual-studio-code", "neovim", "emacs", *SHAPES])
async def test_every_message_is_of_the_protocol(editor):
    wire = await Wire.start()
    capabilities = CONVERTER.unstructure(SHAPES[editor]() if editor in SHAPES else client_capabilities(editor))
    await wire.begin(capabilities)
    wire.notify("$/setTrace", {"value": "verbose"})
    wire.open(ORDERS)
    place = CONVERTER.unstructure(position(ORDERS, ORDERS.index("DynamoDB for"), "utf-16"))
    document = {"textDocument": {"uri": URI}}
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    await wire.request("textDocument/hover", document | {"position": place})
    await wire.request("textDocument/inlayHint", document | {"range": whole})
    found = await wire.request("textDocument/codeAction", document | {"range": whole, "context": {"diagnostics": []}})
    unresolved = [action for action in found["result"] if "data" in action]
    for action in unresolved[:2]:
        await wire.request("codeAction/resolve", action)
    hints = await wire.request("textDocument/inlayHint", document | {"range": whole})
    await wire.request("inlayHint/resolve", hints["result"][0])
    for method in ["documentSymbol", "foldingRange", "codeLens", "semanticTokens/full"]:
        assert (await wire.request(f"textDocument/{method}", document))["result"], method
    await wire.request("textDocument/semanticTokens/range", document | {"range": whole})
    await wire.request("textDocument/semanticTokens/full/delta", document | {"previousResultId": "another"})
    await wire.request("textDocument/selectionRange", document | {"positions": [place]})
    await wire.request("textDocument/documentHighlight", document | {"position": place})
    status = CONVERTER.unstructure(position(ORDERS, ORDERS.index("Proposed") + len("Proposed"), "utf-16"))
    items = await wire.request("textDocument/completion", document | {"position": status})
    await wire.request("completionItem/resolve", items["result"][0])
    await wire.request("textDocument/diagnostic", document)
    await wire.request("workspace/diagnostic", {"previousResultIds": []})
    for command in ["check", "recommend", "report"]:
        await wire.request("workspace/executeCommand", {"command": f"adrLens.{command}", "arguments": [URI]})
    await wire.request("workspace/executeCommand", {"command": "adrLens.openRule", "arguments": [JOINS]})
    wire.notify("workspace/didChangeConfiguration", {"settings": {"adrLens": {"hints": False, "asOf": "never"}}})
    wire.notify("textDocument/didClose", document)
    assert await wire.end() == 0
    assert len(wire.messages) > 8
    for message in wire.messages:
        if message.get("method") == "$/logTrace":
            kind = types.LogTraceNotification
        elif "method" in message:
            kind = types.METHOD_TO_TYPES[message["method"]][0]
        elif "error" in message:
            kind = types.ResponseErrorMessage
        else:
            kind = types.METHOD_TO_TYPES[wire.methods[message["id"]]][1]
        validate(message, kind)


async def test_malformed_messages_are_answered_and_survived():
    wire = await Wire.start()
    await wire.begin()
    wire.open(ORDERS)
    for body, code in [
        (b'{"jsonrpc": "2.0", "id": 1, "method": ', -32700),
        (b"nonsense", -32700),
        (b"\xff\xfe\x00", -32700),
        (b"[]", -32600),
        (b'{"jsonrpc": "2.0", "id": [1], "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}', -32600),
    ]:
        wire.send(body)
        assert await wire.error() == code, body
    wire.process.stdin.write(b"Content-Length: minus one\r\n\r\n")
    assert await wire.error() == -32700
    wire.process.stdin.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    assert await wire.error() == -32700
    answer = await wire.request("adrLens/text", {"uri": URI})
    assert answer["result"] == {"version": 1, "text": ORDERS}
    assert await wire.end() == 0


async def test_unknown_methods_are_refused():
    wire = await Wire.start()
    await wire.begin()
    for method in ["textDocument/telepathy", "textDocument/declaration", "$/unheardOf"]:
        answer = await wire.request(method, {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
        assert answer["error"]["code"] == -32601
    wire.notify("textDocument/telepathy", {})
    wire.notify("$/unheardOf", {})
    assert await wire.end() == 0


async def test_requests_before_and_after_the_session_are_refused():
    wire = await Wire.start()
    assert (await wire.request("textDocument/hover", {}))["error"]["code"] == -32002
    await wire.begin()
    assert (await wire.request("initialize", {"capabilities": {}}))["error"]["code"] == -32600
    await wire.request("shutdown", None)
    assert (await wire.request("textDocument/hover", {}))["error"]["code"] == -32600
    wire.notify("exit", None)
    # The server ends although its input stays open.
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 0


async def test_a_client_that_is_gone_ends_the_server():
    wire = await Wire.start()
    await wire.begin()
    wire.process.stdin.close()
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 1


async def test_a_trace_is_written_while_it_is_wanted():
    wire = await Wire.start()
    await wire.begin()
    wire.open(ORDERS)
    document = {"textDocument": {"uri": URI}}

    async def traced():
        wire.messages.clear()
        await wire.request("textDocument/documentSymbol", document)
        await wire.request("adrLens/text", {"uri": URI})
        await asyncio.sleep(0.1)
        await wire.request("adrLens/text", {"uri": URI})
        return [message["params"] for message in wire.messages if message.get("method") == "$/logTrace"]

    assert await traced() == []
    wire.notify("$/setTrace", {"value": "messages"})
    [told] = await traced()
    assert told["message"].startswith("answered in ") and "verbose" not in told
    wire.notify("$/setTrace", {"value": "verbose"})
    [told] = await traced()
    assert told["verbose"] == URI
    wire.notify("$/setTrace", {"value": "off"})
    assert await traced() == []
    assert await wire.end() == 0
