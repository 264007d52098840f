#!/usr/bin/env bash
# Real Vim with ALE (Debian) in a terminal, with the configuration of docs/editors/vim.md: run.sh PATH-OF-adr-lens
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
source "$editors/terminal.sh"
install_packages vim vim-ale
workspace "$work/records"
record=$work/records/docs/adr/0001-orders.md
trap 'stop; [ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT

start "cd $work/records && vim -n -i NONE -u $editors/vim/vimrc $record"
see "the record is open" "Store for orders"
type_text '/Amazon DynamoDB\.'
press Enter
see "a finding, in words" "this record decides for Amazon DynamoDB and needs joins"
type_text ':lopen'
press Enter
see "in the location list, at the right words" "0001-orders.md|21 col 13-27 error|"
type_text ':lclose'
press Enter
type_text ':ALEHover'
press Enter
see "hover tells why, with its source" "decision framework"
type_text ':pclose'
press Enter
type_text ':1'
press Enter
type_text '/(0002'
press Enter
type_text 'll:ALEGoToDefinition'
press Enter
see "a link leads to its record" "Store for sessions"
press C-o
see "and back" "Store for orders"
type_text ':set omnifunc=ale#completion#OmniFunc'
press Enter
type_text '/^Proposed'
press Enter c c
type_text 'Acc'
press C-x C-o
see "completes a status" "Accepted"
press Escape
type_text ':undo'
press Enter
type_text '/Amazon DynamoDB\.'
press Enter
type_text ':ALECodeAction'
press Enter
see "code actions" "Silence choice/joins-on-key-value"
number=$(screen | grep -F "Silence choice/joins-on-key-value" | grep -oE '[0-9]+' | head -1)
type_text "$number"
press Enter
see "silencing writes a comment" "say why it does not apply here"
type_text ':write'
press Enter
holds "saved" "$record" "adr-lens-ignore choice/joins-on-key-value"
type_text ':lopen'
press Enter
see "what is open stays" "without saying how much data"
gone "and the finding goes" "needs joins: "
type_text ':qall!'
press Enter
finish
conform vim.log
