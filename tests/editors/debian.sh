#!/usr/bin/env bash
# Unpacks packages of another Debian suite, with all they need, into a folder: debian.sh SUITE FOLDER PACKAGE...
# Nothing of the system is changed: apt works on a state of its own, from the mirror that the machine uses already.
set -euo pipefail
suite=$1 folder=$2
shift 2
mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *//p' | grep -m1 '/debian/*$' || true)
[ -n "$mirror" ] || mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' | grep -m1 '/debian/*$')
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state"/{lists,archives}/partial
: >"$state/status"
printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$mirror" "$suite" >"$state/suite.sources"
apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$state/suite.sources" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$state/lists" \
        -o Dir::State::status="$state/status" -o Dir::Cache::archives="$state/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User=root -o Debug::NoLocking=1 "$@"
}
apt update
apt -y --no-install-recommends --download-only install "$@" >/dev/null
rm -rf "$folder.part"
mkdir -p "$folder.part"
for package in "$state"/archives/*.deb; do
    dpkg-deb -x "$package" "$folder.part"
done
rm -rf "$folder"
mv "$folder.part" "$folder"
