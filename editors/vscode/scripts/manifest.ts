/**
 * Writes what is declared once to where VS Code and people read it: the settings of src/settings.ts into package.json and README.md.
 * `node scripts/manifest.ts` writes, `node scripts/manifest.ts --check` fails when something there is not current.
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { SECTION, type Setting, SETTINGS } from "../src/settings.ts";

const root = join(import.meta.dirname, "..");
const BEGIN = "<!-- settings: written by scripts/manifest.ts -->";
const END = "<!-- end of settings -->";

interface Manifest {
  contributes: { configuration: unknown };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

const settings = SETTINGS as readonly Setting[];

function property(setting: Setting): Record<string, unknown> {
  return {
    type: setting.type,
    default: setting.default,
    scope: setting.scope,
    markdownDescription: setting.description,
    ...(setting.values && {
      enum: Object.keys(setting.values),
      markdownEnumDescriptions: Object.values(setting.values),
    }),
    ...(setting.pattern && {
      pattern: setting.pattern.regex,
      patternErrorMessage: setting.pattern.message,
    }),
  };
}

function manifest(text: string): string {
  const found = JSON.parse(text) as Manifest;
  found.contributes.configuration = {
    title: "adr-lens",
    properties: Object.fromEntries(
      settings.map((setting, order) => [`${SECTION}.${setting.key}`, { order, ...property(setting) }]),
    ),
  };
  found.capabilities.untrustedWorkspaces.restrictedConfigurations = settings
    .filter((setting) => setting.trustedOnly)
    .map((setting) => `${SECTION}.${setting.key}`);
  return `${JSON.stringify(found, null, 2)}\n`;
}

function readme(text: string): string {
  const rows = settings.map((setting) => {
    const values = setting.values ? ` (${Object.keys(setting.values).join(", ")})` : "";
    const initial = setting.default === "" ? "empty" : `\`${String(setting.default)}\``;
    return `| \`${SECTION}.${setting.key}\` | ${initial}${values} | ${setting.description} |`;
  });
  const table = [BEGIN, "| setting | default | |", "|---|---|---|", ...rows, END].join("\n");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no lines ${BEGIN} and ${END}`);
  return before + table + after;
}

const check = process.argv.includes("--check");
let stale = false;
for (const [name, written] of [
  ["package.json", manifest],
  ["README.md", readme],
] as const) {
  const path = join(root, name);
  const before = await readFile(path, "utf8");
  const after = written(before);
  if (before === after) continue;
  if (check) {
    stale = true;
    console.error(`${name} is not what scripts/manifest.ts writes; run npm run manifest`);
  } else {
    await writeFile(path, after);
  }
}
if (stale) process.exitCode = 1;
