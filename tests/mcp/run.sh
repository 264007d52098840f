#!/bin/sh
# Drives the built server of assistants with the official Python client: tests/mcp/run.sh target/release/adr-lens [pytest options]
exec "$(dirname "$0")/../client.sh" mcp "$@"
