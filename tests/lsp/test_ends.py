"""How a session ends, however it does: no process stays behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import PATIENCE, SERVER, URI
from records import ORDERS
from test_wire import Wire

# A client that begins a session, opens a record, says the server's process, and waits to be killed.
CLIENT = """
import json, os, subprocess, sys, time
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def send(body):
    body = json.dumps(body).encode()
    server.stdin.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
    server.stdin.flush()
send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": os.getpid(), "capabilities": {}}})
server.stdout.readline()
send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
print(server.pid, flush=True)
time.sleep(600)
"""


def is_running(process):
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_a_killed_client_leaves_no_server(how):
    client = subprocess.Popen([sys.executable, "-c", CLIENT, *SERVER], stdout=subprocess.PIPE, text=True)
    process = int(client.stdout.readline())
    assert is_running(process)
    client.send_signal(how)
    client.wait()
    deadline = time.monotonic() + PATIENCE
    while is_running(process) and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    assert not is_running(process)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
async def test_a_client_that_is_gone_is_missed_though_its_pipe_stays_open():
    client = subprocess.Popen(["sleep", "600"])
    wire = await Wire.start()
    params = {"processId": client.pid, "rootUri": None, "capabilities": {}}
    await wire.request("initialize", params)
    wire.notify("initialized", {})
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(wire.process.wait(), 1.5)
    client.kill()
    # Nobody has asked how it ended: it is a zombie until somebody does.
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 1
    client.wait()


async def test_a_process_of_another_machine_is_not_missed():
    wire = await Wire.start()
    await wire.request("initialize", {"processId": 2**31 - 1, "rootUri": None, "capabilities": {}})
    wire.notify("initialized", {})
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(wire.process.wait(), 1.5)
    assert await wire.end() == 0


async def test_a_closed_output_ends_the_server_with_the_next_answer():
    wire = await Wire.start()
    await wire.begin()
    # Nobody reads any more, but the input stays open.
    wire.process._transport.get_pipe_transport(1).close()
    for number in range(200):
        wire.send({"jsonrpc": "2.0", "id": f"late {number}", "method": "adrLens/text", "params": {"uri": URI}})
    wire.process.stdin.close()
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 1


async def test_exit_without_shutdown_is_an_error():
    wire = await Wire.start()
    await wire.begin()
    wire.open(ORDERS)
    wire.notify("exit", None)
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 1


async def test_exit_before_the_session_ends_the_server():
    wire = await Wire.start()
    wire.notify("exit", None)
    assert await asyncio.wait_for(wire.process.wait(), PATIENCE) == 1


async def test_a_second_initialize_changes_nothing():
    wire = await Wire.start()
    first = await wire.begin({"general": {"positionEncodings": ["utf-32"]}})
    assert first["result"]["capabilities"]["positionEncoding"] == "utf-32"
    second = await wire.request("initialize", {"capabilities": {"general": {"positionEncodings": ["utf-8"]}}})
    assert second["error"]["code"] == -32600
    wire.open(ORDERS)
    answer = await wire.request("adrLens/text", {"uri": URI})
    assert answer["result"]["text"] == ORDERS
    assert await wire.end() == 0


async def test_before_the_session_requests_are_refused_and_notifications_dropped():
    wire = await Wire.start()
    wire.open(ORDERS)
    for method in ["textDocument/hover", "workspace/diagnostic", "workspace/executeCommand", "adrLens/text", "shutdown"]:
        assert (await wire.request(method, {}))["error"]["code"] == -32002, method
    await wire.begin()
    assert (await wire.request("adrLens/text", {"uri": URI}))["result"] is None
    assert await wire.end() == 0


async def test_a_cancelled_request_is_answered_once():
    wire = await Wire.start()
    await wire.begin()
    wire.open(ORDERS * 50)
    for number in range(50):
        wire.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": URI}}})
        if number % 2:
            wire.notify("$/cancelRequest", {"id": number})
    answers = {}
    while len(answers) < 50:
        message = await wire.until(lambda message: "id" in message and "method" not in message)
        assert message["id"] not in answers, "answered twice"
        answers[message["id"]] = message
    for number, answer in answers.items():
        cancelled = answer.get("error", {}).get("code") == -32800
        assert "result" in answer or number % 2 and cancelled, answer
    assert await wire.end() == 0
