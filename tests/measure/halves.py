#!/usr/bin/env python3
"""Split the samples of ../shared in two by a hash of the name, so that half A can be tuned on and half B stays an honest measure.

    halves.py SHARED OUT

writes OUT/A and OUT/B, each with records/ (files, passing/), labels.jsonl, sentences.jsonl, roles.jsonl, quantities.jsonl, scenarios.jsonl.
"""
import hashlib, json, os, shutil, sys


def half(name):
    return "A" if int(hashlib.sha1(name.encode()).hexdigest()[0], 16) < 8 else "B"


def main():
    shared, out = sys.argv[1:3]
    for h in "AB":
        shutil.rmtree(os.path.join(out, h), ignore_errors=True)
        for d in ("records", "passing"): os.makedirs(os.path.join(out, h, d))
    for d, into in (("stores", "records"), ("passing", "passing")):
        folder = os.path.join(shared, "records", d)
        for name in sorted(os.listdir(folder)): shutil.copy(os.path.join(folder, name), os.path.join(out, half(name), into, name))
    for path, key in (("records/labels.jsonl", "file"), ("sentences/sentences.jsonl", "id"), ("sentences/roles.jsonl", "id"),
                      ("sentences/quantities.jsonl", "id"), ("exam/scenarios.jsonl", "id")):
        files = {h: open(os.path.join(out, h, os.path.basename(path)), "w", encoding="utf-8") for h in "AB"}
        for line in open(os.path.join(shared, path), encoding="utf-8"):
            if line.strip(): files[half(json.loads(line)[key])].write(line)
        for f in files.values(): f.close()


if __name__ == "__main__":
    main()
