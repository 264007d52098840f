#!/bin/sh
# Generates the parsers of grammars/ again and fails when a committed one differs.
# Needs tree-sitter-cli 0.27.1: cargo install tree-sitter-cli --version 0.27.1 --locked
set -eu
cd "$(dirname "$0")"
command -v tree-sitter >/dev/null || { echo "regenerate: tree-sitter is not on the PATH" >&2; exit 2; }
status=0
for folder in */; do
    folder=${folder%/}
    [ -f "$folder/grammar.js" ] || continue
    before=$(mktemp)
    cp "$folder/src/parser.c" "$before" 2>/dev/null || : >"$before"
    (cd "$folder" && tree-sitter generate)
    if ! cmp -s "$before" "$folder/src/parser.c"; then
        echo "regenerate: $folder/src/parser.c was not what the grammar says; it is now, commit it" >&2
        status=1
    fi
    rm -f "$before"
done
exit $status
