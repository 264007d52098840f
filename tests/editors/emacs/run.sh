#!/usr/bin/env bash
# Real Emacs 30 (Debian trixie) with eglot and markdown-mode: run.sh PATH-OF-adr-lens
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
unpack trixie emacs-trixie emacs-nox elpa-markdown-mode
emacs=$cache/emacs-trixie
lisp=$(echo "$emacs"/usr/share/emacs/[0-9]*/lisp)
export EMACSLOADPATH=$(echo "$emacs"/usr/share/emacs/site-lisp/elpa-src/markdown-mode-*):$lisp
export EMACSDATA=${lisp%/lisp}/etc EMACSDOC=${lisp%/lisp}/etc EMACSPATH=$(echo "$emacs"/usr/libexec/emacs/[0-9]*/*)
export HOME=$work/home
mkdir -p "$HOME"
workspace "$work/records"
timeout 180 "$editors/inside.sh" "$emacs" emacs-nox -Q --batch -l "$editors/emacs/test.el" --eval "(adr-test \"$work/records\" \"$work/lsp.log\")" 2>&1 |
    grep -e '^ok' -e FAILED -e ' failed$'
conform emacs.log
