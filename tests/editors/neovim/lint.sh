#!/usr/bin/env bash
# Whether the plugin for Neovim and its tests are clean by luacheck (Debian's lua-check) and StyLua (npm's @johnnymorganz/stylua):
# lint.sh, or lint.sh --fix to format them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(readlink -f "$here/../../..")
cache=${ADR_LENS_EDITORS:-$root/target/editors}
needed=()
command -v luacheck >/dev/null || needed+=(lua-check)
command -v npm >/dev/null || needed+=(nodejs npm)
if [ ${#needed[@]} -gt 0 ]; then
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${needed[@]}" >/dev/null
fi
stylua=$cache/stylua-2.5.2
if [ ! -d "$stylua" ]; then
    npm install --silent --no-audit --no-fund --prefix "$stylua.part" @johnnymorganz/stylua@2.5.2
    mv "$stylua.part" "$stylua"
fi
cd "$root"
luacheck -q --no-color --config editors/neovim/.luacheckrc editors/neovim
luacheck -q --no-color --config tests/editors/neovim/.luacheckrc tests/editors/neovim
mapfile -t files < <(find editors/neovim tests/editors/neovim -name '*.lua')
[ "${1-}" = --fix ] || set -- --check
[ "$1" = --check ] || set --
node "$here/format.mjs" "$stylua" "$@" "${files[@]}"
