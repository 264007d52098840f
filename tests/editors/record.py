#!/usr/bin/env python3
"""Stands between an editor and the language server and writes down what they say: record.py LOG SERVER ARGUMENTS...

Each message becomes a line {"from": "client" or "server", "msg": ...} of LOG. Framing is held to the letter: Content-Length in bytes,
JSON in UTF-8. What is wrong in it becomes a line {"from": ..., "broken": ...} and ends the session. The number of the server's process
stands in LOG.pid, so that a test can end it."""

import json
import os
import subprocess
import sys
import threading

path, command = sys.argv[1], sys.argv[2:]
log = open(path, "a", buffering=1, encoding="utf-8")
lock = threading.Lock()
server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
with open(path + ".pid", "w", encoding="utf-8") as pid:
    pid.write(str(server.pid))


def write(entry):
    with lock:
        log.write(json.dumps(entry) + "\n")


def header(source):
    """The bytes of a header and the length it tells; nothing at the end of the stream."""
    head, length = b"", None
    while True:
        line = source.readline()
        if not line:
            return None
        head += line
        if line == b"\r\n":
            return head, length
        name, value = line.decode("ascii").split(":", 1)
        if not line.endswith(b"\r\n"):
            raise ValueError(f"a line of the header ends wrongly: {line!r}")
        if name.lower() == "content-length":
            length = int(value)


def pump(source, target, who):
    try:
        while (read := header(source)) is not None:
            head, length = read
            body = source.read(length)
            if len(body) < length and who == "server" and server.wait() < 0:
                break  # ended by a signal in the middle of a message
            write({"from": who, "msg": json.loads(body.decode("utf-8"))})
            target.write(head + body)
            target.flush()
    except (ValueError, TypeError) as problem:
        write({"from": who, "broken": str(problem)})
    except OSError:
        pass
    if who == "server":
        log.flush()
        os._exit(server.wait() & 0xFF)
    try:
        target.close()
    except OSError:
        pass


answers = threading.Thread(target=pump, args=(server.stdout, sys.stdout.buffer, "server"), daemon=True)
answers.start()
pump(sys.stdin.buffer, server.stdin, "client")
status = server.wait()
answers.join(2)
sys.exit(status & 0xFF)
