#!/bin/sh
# Builds the book with mdBook and follows every link in it: tests/book/run.sh
# Makes a virtual environment of its own (target/book-venv) with the mdBook of requirements.txt; ADR_LENS_MDBOOK names another one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mdbook=${ADR_LENS_MDBOOK:-}
if [ -z "$mdbook" ]; then
    venv=$root/target/book-venv
    if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
        cp "$here/requirements.txt" "$venv/installed.txt"
    fi
    mdbook=$venv/bin/mdbook
fi
rm -rf "$root/target/book"
"$mdbook" build "$root"
exec python3 "$here/links.py" "$root/target/book"
