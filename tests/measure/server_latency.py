#!/usr/bin/env python3
"""How long an editor waits: from an edit to the diagnostics of the text behind it, beside other servers on the same documents and
edits; how long the first words of an answer about an open record take; and how a folder of thousands of records opens.

    tests/measure/server_latency.py target/release/adr-lens [--rumdl PATH] [--typos-lsp PATH] [--edits 60] [--records 5000]

One server at a time is measured, one edit at a time: the next is sent when the diagnostics of the last have come. The servers take
turns within each size, so that a busy machine is busy for all; `cpu ms` is what an edit costs a processor, of the last turn. Linux,
standard library alone. What the others look for is not what adr-lens
looks for: this compares waiting, not work.
"""

import argparse
import asyncio
import json
import os
import pathlib
import random
import statistics
import tempfile
import time

SIZES = [5_000, 50_000, 500_000]
TURNS = 3
URI = "file:///tmp/adr-lens-measure/0007-orders.md"

HEAD = """# 7. Keep orders in DynamoDB

## Status

Proposed

## Context

The clerk's page needs joins across several tables. Reads stay below 10 ms at p99, and 2,000 orders come in a second.

## Decision

We will use DynamoDB for the orders.

## Consequences

- There are no servers to look after.

"""
# Prose as records have it, with a store, a need and a figure now and then.
PARAGRAPHS = [
    "The team looked at what the shop does on a busy day, and at what it would do in two years if sales grow as they have grown.\n",
    "PostgreSQL was considered as well. It would need a server to be run, patched and watched by somebody who sleeps at night.\n",
    "- Sessions live for half an hour, and nobody misses them when they are gone.\n- Carts are kept for ninety days.\n",
    "Search over product names is served by another system, which has its own record and its own budget of 200 ms.\n",
    "### On cost\n\nA month of the present cluster costs about 1,800 dollars, most of which is paid for hours in which nobody buys.\n",
    "| What | Today | In two years |\n|---|---|---|\n| orders a second | 200 | 2,000 |\n| carts | 40,000 | 400,000 |\n",
]


def document(size: int) -> str:
    dice, parts, length = random.Random(size), [HEAD], len(HEAD)
    while length < size:
        parts.append(dice.choice(PARAGRAPHS) + "\n")
        length += len(parts[-1])
    return "".join(parts)


class Server:
    """A language server as a process, spoken to in bytes."""

    def __init__(self, name, command):
        self.name, self.command = name, command
        self.next_id = 0
        self.answers = {}
        self.published = asyncio.Queue()
        self.progress = []

    async def start(self, root=None, capabilities=None):
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(
            *self.command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, limit=1 << 28
        )
        self.reader = asyncio.create_task(self.read())
        folders = [{"uri": root.as_uri(), "name": root.name}] if root else None
        params = {"processId": None, "rootUri": root.as_uri() if root else None, "workspaceFolders": folders}
        can = {
            "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}},
            "window": {"workDoneProgress": True},
        }
        await self.request("initialize", params | {"capabilities": capabilities or can})
        self.notify("initialized", {})

    async def read(self):
        while True:
            head = await self.process.stdout.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            message = json.loads(await self.process.stdout.readexactly(length))
            now = time.perf_counter()
            method = message.get("method")
            if method == "textDocument/publishDiagnostics":
                self.published.put_nowait((now, message["params"]))
            elif method == "$/progress":
                self.progress.append((now, message["params"]["value"]))
            elif method and "id" in message:
                items = message.get("params", {}).get("items") if method == "workspace/configuration" else None
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": [None] * len(items) if items else None})
            elif method is None and message.get("id") in self.answers:
                self.answers.pop(message["id"]).set_result((now, message))

    def send(self, body):
        body = json.dumps(body).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method, params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    async def request(self, method, params):
        """Seconds until the answer, and the answer."""
        self.next_id += 1
        self.answers[self.next_id] = asyncio.get_running_loop().create_future()
        answer = self.answers[self.next_id]
        start = time.perf_counter()
        self.send({"jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params})
        end, message = await asyncio.wait_for(answer, 120)
        return end - start, message

    def open(self, text, uri=URI):
        item = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    async def diagnostics(self, version, uri=URI):
        """When those of a version came. A server that tells no versions is believed."""
        while True:
            when, params = await asyncio.wait_for(self.published.get(), 120)
            if params["uri"] == uri and params.get("version") in (version, None):
                return when, params["diagnostics"]

    def memory(self, key):
        """MB, as the kernel counts: VmRSS now, VmHWM at most."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith(key):
                return int(line.split()[1]) / 1000

    def work(self):
        """Seconds of a processor, so far: the same on a machine with other things to do."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def stop(self):
        self.reader.cancel()
        self.process.kill()
        await self.process.wait()


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def edits(server, size, count):
    """Milliseconds from an edit to its diagnostics: a letter typed at places all over the text, and taken back."""
    text = document(size)
    lines = text.split("\n")
    dice = random.Random(7)
    await server.start()
    server.open(text)
    _, found = await server.diagnostics(0)
    waits, before_work = [], server.work()
    for version in range(1, count + 1):
        line = dice.randrange(len(lines))
        at = {"line": line, "character": len(lines[line])}
        change = {"range": {"start": at, "end": at}, "text": " x"}
        if version % 2 == 0:
            change = {"range": {"start": before, "end": before | {"character": before["character"] + 2}}, "text": ""}
        before = at
        params = {"textDocument": {"uri": URI, "version": version}, "contentChanges": [change]}
        if not server.incremental:
            lines_now = list(lines)
            if version % 2:
                lines_now[line] += " x"
            params["contentChanges"] = [{"text": "\n".join(lines_now)}]
        start = time.perf_counter()
        server.notify("textDocument/didChange", params)
        when, found = await server.diagnostics(version)
        waits.append((when - start) * 1000)
        await asyncio.sleep(0.01)
    work = (server.work() - before_work) * 1000 / count
    memory = server.memory("VmHWM")
    await server.stop()
    return waits, work, memory, len(found)


async def latency(commands, count):
    print(f"{'document':>9}  {'server':<10} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'most MB':>8} {'diagnostics':>12}")
    for size in SIZES:
        waits = {name: [] for name in commands}
        work, memory, found = {}, {}, {}
        for _ in range(TURNS):
            for name, (command, incremental) in commands.items():
                server = Server(name, command)
                server.incremental = incremental
                some, work[name], memory[name], found[name] = await edits(server, size, count // TURNS)
                waits[name] += some
        for name, values in waits.items():
            p50, p95 = statistics.median(values), percentile(values, 0.95)
            print(f"{size // 1000:>6} KB  {name:<10} {p50:>8.1f} {p95:>8.1f} {work[name]:>8.1f} {memory[name]:>8.0f} {found[name]:>12}", flush=True)


QUESTIONS = ["why is this flagged?", "what if joins are not needed?", "what should I use?", "why not MongoDB?"]


async def words(command, count, size=50_000):
    """Milliseconds from a question about an open record to the first words of its answer, which are sent as they are found."""
    server = Server("adr-lens", command)
    await server.start()
    server.open(document(size))
    await server.diagnostics(0)
    print(f"\nfirst words of an answer about {size // 1000} KB, and the whole of it:")
    for question in QUESTIONS:
        first, whole = [], []
        for _ in range(count):
            _, begun = await server.request("adrLens/conversation/create", {"textDocument": {"uri": URI}})
            params = {"id": begun["result"]["id"], "question": question, "partialResultToken": "words"}
            server.progress.clear()
            start = time.perf_counter()
            wait, _ = await server.request("adrLens/conversation/turn", params)
            first.append((server.progress[0][0] - start) * 1000)
            whole.append(wait * 1000)
        print(f"{question:<32} p50 {statistics.median(first):>6.1f} ms, best {min(first):>6.1f} ms; whole p50 {statistics.median(whole):>6.1f} ms", flush=True)
    await server.stop()


async def folder(command, count):
    """A workspace of many records, pushed with progress, while somebody hovers."""
    with tempfile.TemporaryDirectory(prefix="adr-lens-measure-") as place:
        root = pathlib.Path(place).resolve()
        records = root / "docs" / "adr"
        records.mkdir(parents=True)
        for number in range(count):
            (records / f"{number:05}-orders.md").write_text(document(5_000), encoding="utf-8")
        server = Server("adr-lens", command)
        start = time.perf_counter()
        await server.start(root=root)
        uri = (records / "00007-orders.md").as_uri()
        server.open(document(5_000), uri)
        place = {"textDocument": {"uri": uri}, "position": {"line": 12, "character": 14}}
        waits = []
        while not any(value.get("kind") == "end" for _, value in server.progress):
            wait, answer = await server.request("textDocument/hover", place)
            assert answer["result"]["contents"], answer
            waits.append(wait * 1000)
            await asyncio.sleep(0.01)
        reports = [when for when, value in server.progress if value.get("kind") == "report"]
        seconds = server.progress[-1][0] - start
        print(
            f"\n{count} records of 5 KB: {seconds:.1f} s with {len(reports)} words on the progress; {len(waits)} hovers meanwhile, "
            f"p50 {statistics.median(waits):.1f} ms, p95 {percentile(waits, 0.95):.1f} ms; "
            f"{server.memory('VmRSS'):.0f} MB afterwards, {server.memory('VmHWM'):.0f} MB at most"
        )
        await server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adr_lens")
    parser.add_argument("--rumdl", help="the program of the Python package rumdl")
    parser.add_argument("--typos-lsp", help="the program of the crate typos-lsp")
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--records", type=int, default=5000)
    options = parser.parse_args()
    # Whether a server takes an edit as a range, or wants the whole text.
    commands = {"adr-lens": ([options.adr_lens, "lsp"], True)}
    if options.rumdl:
        commands["rumdl"] = ([options.rumdl, "server"], False)
    if options.typos_lsp:
        commands["typos-lsp"] = ([options.typos_lsp], True)
    asyncio.run(latency(commands, options.edits))
    asyncio.run(words([options.adr_lens, "lsp"], max(1, options.edits // 4)))
    asyncio.run(folder([options.adr_lens, "lsp"], options.records))


if __name__ == "__main__":
    main()
