#!/usr/bin/env bash
# Real Helix (Debian forky) in a terminal, with the configuration of docs/editors/helix.md: run.sh PATH-OF-adr-lens
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
source "$editors/terminal.sh"
unpack forky helix-forky hx
helix=$cache/helix-forky
export HELIX_RUNTIME=$(find "$helix/usr" -type d -path '*helix/runtime' | head -1)
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache
mkdir -p "$work/config/helix"
cp "$editors/helix/languages.toml" "$editors/helix/config.toml" "$work/config/helix"
workspace "$work/records"
record=$work/records/docs/adr/0001-orders.md
trap 'stop; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

start "cd $work/records && $editors/inside.sh $helix hx $record 2>$work/errors"
see "the record is open" "Store for orders"
see "a finding, in words" "this record decides for Amazon DynamoDB and needs joins"
press j k
see "inlay hints" "single-digit-millisecond"
type_text '/use Amazon DynamoDB'
press Enter
press Space k
see "hover tells why, with its source" "decision framework"
press Escape
type_text '/\(0002'
press Enter l l g d
see "a link leads to its record" "Store for sessions"
press C-o
see "and back" "Store for orders"
type_text '/Proposed'
press Enter c
type_text "Acc"
see "completes a status" "Accepted"
press Escape Escape u
see "and takes it back" "Proposed"
# Helix asks for the findings of open files alone: those of the second record are there because it was visited.
press Space D
see "findings of the open records" "gap/latency-budget"
press Escape
type_text '/use Amazon DynamoDB'
press Enter Space a
see "code actions" "Silence choice/joins-on-key-value"
first=$(screen | grep -nF "Accept the cost under Consequences" | cut -d: -f1)
wanted=$(screen | grep -nF "Silence choice/joins-on-key-value" | cut -d: -f1)
for _ in $(seq "$((first + 1))" "$wanted"); do press Down; done
press Enter
see "silencing writes a comment" "say why it does not apply here"
gone "and the finding goes" "this record decides for Amazon DynamoDB and needs joins"
press Escape
type_text ":w"
press Enter
holds "saved" "$record" "adr-lens-ignore choice/joins-on-key-value"
type_text ":lsp-workspace-command adrLens.check"
press Enter
see "a command of the server" "in 3 records"
type_text ":q!"
press Enter
finish
conform helix.log
