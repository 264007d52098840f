#!/usr/bin/env bash
# Real Neovim against the language server, without a plugin and with ours: run.sh PATH-OF-adr-lens
# 0.11 is a Python package; 0.10 and 0.12 come from Debian trixie and forky.
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
here=$editors/neovim
repository=$(readlink -f "$editors/../..")

unpack trixie neovim-trixie neovim
unpack forky neovim-forky neovim

# A program for each of them: neovim NAME COMMAND...
neovim() {
    printf '#!/bin/sh\nexec %s "$@"\n' "${*:2}" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
unpacked() {
    neovim "$1" env "VIMRUNTIME=$cache/$2/usr/share/nvim/runtime" "$editors/inside.sh" "$cache/$2" nvim --cmd "'set rtp^=$cache/$2/usr/lib/nvim'"
}
# The program itself: the one that pip puts on the PATH passes nothing on that is no terminal.
neovim nvim-0.11 "$(find "$python" -path '*/install/bin/nvim' -type f)"
unpacked nvim-0.10 neovim-trixie
unpacked nvim-0.12 neovim-forky

# As a person has it: a clone, a native package, and one line of configuration.
settle() {
    export XDG_CONFIG_HOME=$work/$1/config XDG_DATA_HOME=$work/$1/data XDG_STATE_HOME=$work/$1/state XDG_CACHE_HOME=$work/$1/cache
    mkdir -p "$XDG_CONFIG_HOME/nvim" "$XDG_DATA_HOME/nvim/site/pack/adr/start" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
    mkdir -p "$work/$1/clone/editors" "$work/$1/clone/grammars"
    cp -r "$repository/editors/neovim" "$work/$1/clone/editors"
    cp -r "$repository/grammars/statement" "$work/$1/clone/grammars"
    ln -s "$work/$1/clone/editors/neovim" "$XDG_DATA_HOME/nvim/site/pack/adr/start/adr-lens"
    echo 'require("adr-lens").setup()' >"$XDG_CONFIG_HOME/nvim/init.lua"
    "$nvim" --headless -c 'silent helptags ALL' -c qall
}

for version in ${VERSIONS:-0.10 0.11 0.12}; do
    nvim=$work/bin/nvim-$version
    settle "$version"
    echo "-- $("$nvim" --version | head -1)"
    if [ "$version" != 0.10 ]; then
        workspace "$work/plain"
        timeout 120 "$nvim" --clean --headless -l "$here/plain.lua" adr-lens "$work/plain"
        conform "neovim-$version-plain.log"
    fi
    workspace "$work/records"
    (cd "$work/records" && timeout 180 "$nvim" --clean --headless -l "$here/plugin.lua" "$nvim" "$work/records" "$work/lsp.log")
    conform "neovim-$version-plugin.log"
    workspace "$work/late"
    timeout 120 "$nvim" --clean --headless -l "$here/late.lua" "$nvim" "$work/$version/clone/editors/neovim" "$work/late"
    conform "neovim-$version-late.log"
done
