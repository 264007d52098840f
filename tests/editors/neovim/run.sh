#!/usr/bin/env bash
# Real Neovim against the language server: run.sh PATH-OF-adr-lens
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(readlink -f "$1")
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" --quiet --disable-pip-version-check install -r "$here/requirements.txt"
export XDG_STATE_HOME=$venv/state XDG_CACHE_HOME=$venv/cache
timeout 120 "$venv/bin/nvim" --clean --headless -l "$here/test.lua" "$program"
