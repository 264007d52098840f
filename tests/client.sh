#!/bin/sh
# Drives the built program with a real client in Python: tests/client.sh lsp|mcp PATH/TO/adr-lens [pytest options]
# Makes a virtual environment of the client's own (in ADR_LENS_VENVS, else in target/venvs) with the pinned packages of its
# requirements.txt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
client=$1
shift
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: tests/$client/run.sh PATH/TO/adr-lens [pytest options]" >&2
    exit 2
fi
ADR_LENS=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
export ADR_LENS
shift
venv=${ADR_LENS_VENVS:-$here/../target/venvs}/$client
wanted=$here/$client/requirements.txt
if ! cmp -s "$wanted" "$venv/installed.txt"; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$venv/installed.txt"
fi
cd "$here/$client"
exec "$venv/bin/python" -m pytest "$@"
