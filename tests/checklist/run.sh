#!/bin/sh
# Looks at the checklist's HTML in a real browser: tests/checklist/run.sh PATH/TO/adr-lens
# Needs Node and Debian's chromium (ADR_LENS_CHROMIUM names another one); the packages of package.json go to target/checklist.
# Screenshots are left in target/checklist/screenshots.
set -eu
if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: tests/checklist/run.sh PATH/TO/adr-lens" >&2
    exit 2
fi
program=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/checklist
mkdir -p "$work"
if [ -z "${ADR_LENS_CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "tests/checklist/run.sh: no chromium here; install Debian's chromium, or name one in ADR_LENS_CHROMIUM" >&2
        exit 2
    fi
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
ADR_LENS_CHROMIUM=${ADR_LENS_CHROMIUM:-$(command -v chromium)}
export ADR_LENS_CHROMIUM
if ! cmp -s "$here/package-lock.json" "$work/package-lock.json" || [ ! -d "$work/node_modules" ]; then
    cp "$here/package.json" "$here/package-lock.json" "$work/"
    (cd "$work" && npm ci --silent --no-audit --no-fund --ignore-scripts)
fi
cp "$here/test.mjs" "$work/"
rm -rf "$work/screenshots"
mkdir "$work/screenshots"
cd "$root"
"$program" checklist examples/records --as-of 2026-11-22 -o "$work/several.html"
"$program" checklist examples/records/0001-order-store.md --as-of 2026-11-22 -o "$work/one.html"
"$program" checklist "$here/hostile.md" --as-of 2026-11-22 -o "$work/hostile.html"
exec node "$work/test.mjs" "$work"
