/**
 * Runs inside/index.ts in the extension host of a real VS Code and passes on what it says: with one folder open, with two, and with
 * one that lies on no disk. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { places, start, type Wanted } from "./editor.ts";

const PATIENCE = 900_000;
/** An extension that brings a file system. */
const MEMORY = join(places.artefacts, "memory");

/** Whether all tests of that name passed. */
async function run(tests: "folder" | "roots" | "virtual", wanted: Partial<Wanted>): Promise<boolean> {
  /** What else VS Code complained about: told when something failed. */
  const errors: string[] = [];
  let ended: (code: number | string) => void = () => undefined;
  const end = new Promise<number | string>((resolve) => (ended = resolve));
  const started = await start({
    folder: mkdtempSync(join(tmpdir(), "adr-lens-inside-")),
    settings: { "adr-lens.path": places.program, "chat.disableAIFeatures": false },
    environment: { ADR_LENS_TESTS: tests },
    ...wanted,
    payload: (uri) => [
      ["extensionDevelopmentPath", uri(wanted.install === undefined ? places.extension : MEMORY)],
      ["extensionTestsPath", uri(join(places.artefacts, "inside.js"))],
    ],
    prepare: async (page) => {
      await page.exposeFunction("codeAutomationExit", (code: number) => ended(code));
      await page.exposeFunction("codeAutomationLog", (type: string, words: unknown[]) => {
        const said = words.map(String).join(" ");
        if (/^(ok|FAILED|measured|passed) /.test(said)) console.log(said);
        else if (type === "error") errors.push(said);
      });
    },
  });
  const timer = setTimeout(() => ended("the tests did not end"), PATIENCE);
  try {
    const code = await end;
    if (code === 0) return true;
    await started.page.screenshot({ path: join(places.artefacts, `inside-${tests}-failed.png`) });
    writeFileSync(join(places.artefacts, `inside-${tests}-errors.txt`), errors.join("\n"));
    console.error(`inside the extension host: ${code}`);
    return false;
  } finally {
    clearTimeout(timer);
    await started.stop();
  }
}

const passed = [
  await run("folder", {}),
  await run("roots", { second: true }),
  // One extension can be loaded from its folder; then ours is the package.
  await run("virtual", { scheme: "memory", install: () => undefined }),
];
if (!passed.every(Boolean)) process.exitCode = 1;
