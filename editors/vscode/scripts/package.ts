/**
 * Makes a package for one platform that carries the program:
 * `node scripts/package.ts --program PATH-OF-adr-lens [--target linux-x64] [--out FILE]`.
 * Without a target, for the platform this runs on; without a program, one that needs adr-lens on the PATH or named in the settings.
 */

import { execFileSync } from "node:child_process";
import { chmod, copyFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const TARGETS = [
  "win32-x64",
  "win32-arm64",
  "linux-x64",
  "linux-arm64",
  "linux-armhf",
  "alpine-x64",
  "alpine-arm64",
  "darwin-x64",
  "darwin-arm64",
];
/** In bytes. */
const LARGEST = 12 * 1024 * 1024;

const root = join(import.meta.dirname, "..");
const repository = join(root, "..", "..");
const { values } = parseArgs({
  options: { program: { type: "string" }, target: { type: "string" }, out: { type: "string" } },
});
const target = values.target ?? `${process.platform}-${process.arch}`;
if (!TARGETS.includes(target)) throw new Error(`no target is called ${target}; there are ${TARGETS.join(", ")}`);

await rm(join(root, "bin"), { recursive: true, force: true });
if (values.program !== undefined) {
  const carried = join(root, "bin", target.startsWith("win32") ? "adr-lens.exe" : "adr-lens");
  await mkdir(join(root, "bin"));
  await copyFile(values.program, carried);
  await chmod(carried, 0o755);
}
const licences = await Promise.all(
  ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFile(join(repository, name), "utf8")),
);
await writeFile(
  join(root, "LICENSE.txt"),
  `Licensed under either of the MIT licence or the Apache licence 2.0, at your option.\n\n${licences.join("\n\n")}`,
);

const node = process.execPath;
execFileSync(node, ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", join(root, "scripts", "build.ts")], {
  stdio: "inherit",
});
const version = (JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string }).version;
const out = resolve(values.out ?? join(root, `adr-lens-${target}-${version}.vsix`));
const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
const platform = values.program === undefined ? [] : ["--target", target];
execFileSync(
  node,
  [
    vsce,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    ...platform,
    "--out",
    out,
  ],
  {
    cwd: root,
    stdio: "inherit",
  },
);
const { size } = await stat(out);
console.log(`${out}: ${(size / 1024 / 1024).toFixed(1)} MB`);
if (size > LARGEST) throw new Error(`the package is larger than ${LARGEST / 1024 / 1024} MB`);
