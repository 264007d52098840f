#!/bin/sh
# Drives the built language server with a real client: tests/lsp/run.sh target/release/adr-lens [pytest options]
exec "$(dirname "$0")/../client.sh" lsp "$@"
