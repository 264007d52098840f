#!/usr/bin/env bash
# Real VS Code against the extension and the language server: run.sh PATH-OF-adr-lens
#
# Installs what it needs by itself, each thing pinned: Node and npm from PyPI, VS Code's server (npm package code-server) and the
# extension's tools from npm, Chromium from Debian unless there is one. Pictures, what was said, and the package are left in
# ADR_LENS_ARTEFACTS (else target/vscode). PICTURE=1 renews the picture of the READMEs.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../common.sh
. "$here/../common.sh"
root=$(cd "$here/../../.." && pwd)
extension=$root/editors/vscode
kept=$cache/vscode
artefacts=${ADR_LENS_ARTEFACTS:-$root/target/vscode}
vscode_version=4.139.1

say() { printf -- '-- %s (%ss)\n' "$1" "$SECONDS"; }

mkdir -p "$kept"
rm -rf "$artefacts"
mkdir -p "$artefacts/wire"

say "tools"
if ! cmp -s "$here/requirements.txt" "$kept/node.txt"; then
    python3 -m venv --clear "$kept/node"
    "$kept/node/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$kept/node.txt"
fi
export PATH=$kept/node/bin:$PATH
command -v chromium > /dev/null || install_packages chromium
# For the native modules of VS Code's server.
command -v g++ > /dev/null && command -v make > /dev/null || install_packages g++ make
export npm_config_update_notifier=false npm_config_loglevel=error
install() { # FOLDER: its npm packages, when they are not those of the lock file
    if ! cmp -s "$1/package-lock.json" "$1/node_modules/.installed.json"; then
        (cd "$1" && npm ci --silent)
        cp "$1/package-lock.json" "$1/node_modules/.installed.json"
    fi
}
install "$extension"
install "$here"

vscode=$kept/code-server-$vscode_version/lib/vscode
if [ ! -e "$vscode/.ready" ]; then
    say "VS Code"
    rm -rf "$kept/code-server-$vscode_version" "$kept/package"
    (
        cd "$kept"
        npm pack --silent "code-server@$vscode_version" > /dev/null
        tar xzf "code-server-$vscode_version.tgz"
        rm "code-server-$vscode_version.tgz"
        mv package "code-server-$vscode_version"
        cd "$vscode"
        npm install --silent --omit=dev --ignore-scripts --no-audit --no-fund
        # The native modules that are needed; their headers are those of the Node that runs it.
        npm_config_nodedir=$(node -p 'require("path").join(process.execPath, "..", "..")') \
            npm rebuild --silent @vscode/spdlog @vscode/native-watchdog
        touch .ready
    )
fi

say "lint"
(cd "$extension" && npm run --silent lint)
(cd "$here" && "$extension/node_modules/.bin/tsc" -p . && "$extension/node_modules/.bin/prettier" --check --log-level warn \
    --config "$extension/.prettierrc.json" '**/*.ts')

say "package"
package=$artefacts/adr-lens.vsix
(cd "$extension" && npm run --silent package -- --program "$program" --out "$package")

# What editor and server say is written down, a log for each process.
recorded=$artefacts/adr-lens
cat > "$recorded" << SCRIPT
#!/bin/sh
case " \$* " in
    *" lsp "*) exec "$python/bin/python" "$editors/record.py" "$artefacts/wire/\$\$.log" "$program" "\$@" ;;
esac
exec "$program" "\$@"
SCRIPT
chmod +x "$recorded"

# For the extension host: the tests, and an extension that brings a file system of its own.
mkdir "$artefacts/memory"
cp "$here/memory/package.json" "$artefacts/memory"
bundle() { # FROM TO
    "$extension/node_modules/.bin/esbuild" "$1" --bundle --platform=node --format=cjs --external:vscode --log-level=warning --outfile="$2"
}
bundle "$here/inside/index.ts" "$artefacts/inside.js"
bundle "$here/memory/extension.ts" "$artefacts/memory/extension.js"
export VSCODE=$vscode EXTENSION=$extension PACKAGE=$package PROGRAM=$recorded ARTEFACTS=$artefacts
CHROMIUM=$(command -v chromium)
export CHROMIUM NODE_NO_WARNINGS=1

say "inside the extension host"
node "$here/inside.ts"
say "in the window"
node "$here/clicks.ts"
say "in a folder that is not trusted"
node "$here/trust.ts"

if [ -n "${PICTURE:-}" ]; then
    cp "$artefacts/readme.png" "$extension/media/window.png"
fi

say "messages"
"$python/bin/python" "$editors/conform.py" "$artefacts"/wire/*.log
say "done"
