#!/usr/bin/env bash
# Runs a program that debian.sh unpacked, with the libraries that came with it: inside.sh FOLDER PROGRAM ARGUMENTS...
set -euo pipefail
folder=$1 program=$2
shift 2
loader=$folder/usr/lib64/ld-linux-x86-64.so.2
if [ ! -e "$loader" ]; then
    loader=$(find "$folder"/lib* "$folder"/usr/lib* -name 'ld-linux-*.so.*' -print -quit)
fi
machine=$(basename "$(dirname "$(find "$folder"/usr/lib "$folder"/lib -name 'libc.so.6' -print -quit 2>/dev/null)")")
exec "$loader" --argv0 "$program" --library-path "$folder/usr/lib/$machine:$folder/lib/$machine" "$folder/usr/bin/$program" "$@"
