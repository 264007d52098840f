#!/usr/bin/env bash
# Real Kakoune (Debian forky) with kakoune-lsp (the crate kak-lsp) in a terminal, with the configuration of docs/editors/kakoune.md:
# run.sh PATH-OF-adr-lens
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
source "$editors/terminal.sh"
unpack forky kakoune-forky kakoune
kakoune=$cache/kakoune-forky
client=$cache/kak-lsp-22.0.0
[ -x "$client/bin/kak-lsp" ] || cargo install --quiet --locked --root "$client" kak-lsp@22.0.0
export PATH=$client/bin:$PATH
export KAKOUNE_RUNTIME=$kakoune/usr/share/kak
export XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work/run
mkdir -p "$work/config/kak" "$work/run"
chmod 700 "$work/run"
cp "$editors/kakoune/kakrc" "$work/config/kak"
workspace "$work/records"
record=$work/records/docs/adr/0001-orders.md
trap 'stop; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

# kakoune-lsp answers through the program `kak`.
printf '#!/bin/sh\nexec %s %s kak "$@"\n' "$editors/inside.sh" "$kakoune" >"$work/bin/kak"
chmod +x "$work/bin/kak"

start "cd $work/records && kak $record 2>$work/errors"
see "the record is open" "Store for orders"
see "a finding, in words" "this record decides for Amazon DynamoDB and needs joins"
see "inlay hints" "single-digit-millisecond"
type_text '/Amazon DynamoDB\.'
press Enter
type_text 'hh:lsp-hover'
press Enter
see "hover tells why, with its source" "decision framework"
press Escape
type_text '/\(0002'
press Enter
type_text 'l:lsp-definition'
press Enter
see "a link leads to its record" "Store for sessions"
type_text ':buffer docs/adr/0001-orders.md'
press Enter
see "and back" "Store for orders"
type_text ':lsp-diagnostics'
press Enter
see "findings of the folder" "lifecycle/discontinued"
type_text ':delete-buffer'
press Enter
type_text '/Amazon DynamoDB\.'
press Enter
type_text 'hh:lsp-code-actions'
press Enter
see "code actions" "Silence choice/joins-on-key-value"
type_text 'Silence choice'
press Enter
see "silencing writes a comment" "say why it does not apply here"
gone "and the finding goes" "this record decides for Amazon DynamoDB and needs joins"
type_text ':write'
press Enter
holds "saved" "$record" "adr-lens-ignore choice/joins-on-key-value"
type_text ':quit!'
press Enter
finish
conform kakoune.log
