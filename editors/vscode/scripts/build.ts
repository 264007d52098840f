/** Bundles the extension and its views: `node scripts/build.ts [--development]`. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";

const root = join(import.meta.dirname, "..");
const development = process.argv.includes("--development");

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: !development,
  sourcemap: development ? "inline" : false,
  logLevel: "warning",
  legalComments: "none",
};

await rm(join(root, "dist"), { recursive: true, force: true });
const inHost: BuildOptions = {
  ...common,
  outdir: "dist",
  platform: "node",
  format: "cjs",
  target: "node20",
  // What is imported later is required then: the editor finds its own module in either.
  supported: { "dynamic-import": false },
};
// The client of the protocol is a file of its own, which the extension loads after its activation.
await build({
  ...inHost,
  entryPoints: { extension: "src/extension.ts" },
  alias: { "vscode-languageclient/node": "./client.js" },
  external: ["vscode", "./client.js"],
});
await build({ ...inHost, entryPoints: { client: "vscode-languageclient/node" }, external: ["vscode"] });
await build({
  ...common,
  entryPoints: { chat: "webview/chat.ts", matrix: "webview/matrix.ts" },
  outdir: "dist/webview",
  platform: "browser",
  format: "iife",
  target: "es2022",
});
