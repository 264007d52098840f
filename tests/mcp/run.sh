#!/bin/sh
# Drives the built server of assistants with the official Python client: tests/mcp/run.sh target/release/adr-lens [pytest options]
# Makes a virtual environment of its own (ADR_LENS_MCP_VENV, else target/mcp-venv) with the pinned packages of requirements.txt.
set -eu
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: tests/mcp/run.sh PATH/TO/adr-lens [pytest options]" >&2
    exit 2
fi
ADR_LENS=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
export ADR_LENS
shift
here=$(cd "$(dirname "$0")" && pwd)
venv=${ADR_LENS_MCP_VENV:-$here/../../target/mcp-venv}
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
cd "$here"
exec "$venv/bin/python" -m pytest "$@"
