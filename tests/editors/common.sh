# What the tests of all editors need; sourced by each run.sh with the path of adr-lens as its argument.
#
# $program: the binary. $work: a folder that goes away. $cache: what was installed, kept for the next run.
# $work/bin/adr-lens: the program as editors find it on the PATH; what `adr-lens lsp` and the editor say is written to $work/lsp.log.
set -euo pipefail
editors=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: $0 PATH-OF-adr-lens" >&2
    exit 2
fi
program=$(readlink -f "$1")
cache=${ADR_LENS_EDITORS:-$(readlink -f "$editors/../..")/target/editors}
mkdir -p "$cache"
work=$(mktemp -d)
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8

# Packages of Debian into the system: only when they are not there yet.
install_packages() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
    fi
}

# Packages of another suite into a folder of the cache: unpack SUITE NAME PACKAGE...
unpack() {
    [ -d "$cache/$2" ] || "$editors/debian.sh" "$1" "$cache/$2" "${@:3}"
}

python=$cache/python
if ! cmp -s "$editors/requirements.txt" "$python/installed.txt"; then
    python3 -m venv --clear "$python" 2>/dev/null || { install_packages python3-venv && python3 -m venv --clear "$python"; }
    "$python/bin/pip" install --quiet --disable-pip-version-check --requirement "$editors/requirements.txt"
    cp "$editors/requirements.txt" "$python/installed.txt"
fi

mkdir -p "$work/bin"
cat >"$work/bin/adr-lens" <<SCRIPT
#!/bin/sh
if [ "\$1" = lsp ]; then
    exec "$python/bin/python" "$editors/record.py" "$work/lsp.log" "$program" "\$@"
fi
exec "$program" "\$@"
SCRIPT
chmod +x "$work/bin/adr-lens"
export PATH=$work/bin:$PATH

# A workspace with the records of the tests: workspace FOLDER
workspace() {
    rm -rf "$1"
    mkdir -p "$1/.git"
    cp -r "$editors/records/." "$1"
}

# Holds what was said against the protocol: conform NAME
conform() {
    mv "$work/lsp.log" "$work/$1"
    "$python/bin/python" "$editors/conform.py" "$work/$1"
}
