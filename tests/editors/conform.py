#!/usr/bin/env python3
"""Holds what record.py wrote down against the Language Server Protocol: conform.py LOG...

Every message must become the type that the specification has for it, and come back from it unchanged: so keys that the protocol does not
know, and numbers written as texts, are found as well. Answers are paired with their requests. What the server did wrong fails the check;
what an editor did is told. A log without an `initialize` that was answered fails too."""

import json
import sys

from lsprotocol import converters, types

CONVERTER = converters.get_converter()
# Requests of our own, described in docs/language-server.md.
OURS = "adrLens/"


def differences(sent, back, path="$"):
    if isinstance(sent, dict) and isinstance(back, dict):
        for key in sorted(sent.keys() | back.keys()):
            if key not in back:
                if sent[key] is not None:
                    yield f"{path}.{key}: not in the protocol's type"
            elif key not in sent:
                if back[key] is not None:
                    yield f"{path}.{key}: missing"
            else:
                yield from differences(sent[key], back[key], f"{path}.{key}")
    elif isinstance(sent, list) and isinstance(back, (list, tuple)):
        if len(sent) != len(back):
            yield f"{path}: {len(sent)} elements became {len(back)}"
        for number, (one, other) in enumerate(zip(sent, back)):
            yield from differences(one, other, f"{path}[{number}]")
    elif type(sent) is not type(back) or sent != back:
        yield f"{path}: {sent!r} became {back!r}"


def typed(message, kind):
    try:
        value = CONVERTER.structure(message, kind)
    except Exception as problem:  # the converter raises whatever a field's own check does
        return [f"is no {kind.__name__}: {type(problem).__name__}"]
    back = json.loads(json.dumps(CONVERTER.unstructure(value, kind), default=str))
    return list(differences(message, back))


def actions(result):
    """An action is a Command when its `command` is a text, else a CodeAction; the converter goes by the key alone."""
    for number, action in enumerate(result or []):
        kind = types.Command if isinstance(action.get("command"), str) else types.CodeAction
        yield from (f"{kind.__name__} {number}: {what}" for what in typed(action, kind))


def check(path):
    """What the server did wrong, what the client did, and how many messages there were."""
    wrong = {"server": [], "client": []}
    open_requests, count, answered = {}, 0, False
    with open(path, encoding="utf-8") as log:
        for line in log:
            entry = json.loads(line)
            who = entry["from"]
            if "broken" in entry:
                wrong[who].append(f"broken framing: {entry['broken']}")
                continue
            message, other = entry["msg"], "client" if who == "server" else "server"
            count += 1
            if message.get("jsonrpc") != "2.0":
                wrong[who].append("a message without jsonrpc 2.0")
            if "method" in message:
                name = method = message["method"]
                if "id" in message:
                    open_requests[(who, message["id"])] = method
                known = types.METHOD_TO_TYPES.get(method)
                if known is None:
                    if who == "server":
                        wrong[who].append(f"{method}: not in the protocol")
                    continue
                kind = known[0]
            else:
                method = open_requests.pop((other, message.get("id")), None)
                if method is None:
                    wrong[who].append(f"an answer to {message.get('id')!r}, which nobody asked")
                    continue
                name = f"the answer to {method}"
                answered = answered or method == "initialize"
                if "error" in message:
                    error = message["error"]
                    if not isinstance(error.get("code"), int) or not isinstance(error.get("message"), str):
                        wrong[who].append(f"{name}: an error without a code or a message")
                    continue
                if "result" not in message:
                    wrong[who].append(f"{name}: neither a result nor an error")
                    continue
                known = types.METHOD_TO_TYPES.get(method)
                if known is None:
                    if not method.startswith(OURS):
                        wrong[who].append(f"{name}: an answer to a request that is not in the protocol")
                    continue
                kind = known[1]
                if method == "textDocument/codeAction":
                    wrong[who].extend(f"{name}: {what}" for what in actions(message["result"]))
                    continue
            wrong[who].extend(f"{name}: {what}" for what in typed(message, kind))
    if not answered:
        wrong["server"].append("`initialize` was never answered")
    return wrong, count


failed = False
for path in sys.argv[1:]:
    wrong, count = check(path)
    ours, theirs = wrong["server"], wrong["client"]
    failed = failed or bool(ours)
    print(f"{count} messages, {len(ours)} violations of the server, {len(theirs)} oddities of the editor: {path.rsplit('/', 1)[-1]}")
    for what in ours[:20]:
        print(f"  VIOLATION {what}")
    for what in sorted(set(theirs))[:5]:
        print(f"  the editor: {what}")
sys.exit(1 if failed or len(sys.argv) < 2 else 0)
