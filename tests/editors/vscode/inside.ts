/** Runs inside/index.ts in the extension host of a real VS Code and passes on what it says: with one folder open, then with two. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { places, start, type Wanted } from "./editor.ts";

const PATIENCE = 900_000;

/** Whether all tests of that name passed. */
async function run(tests: "folder" | "roots", more: Partial<Wanted>): Promise<boolean> {
  /** What else VS Code complained about: told when something failed. */
  const errors: string[] = [];
  let ended: (code: number | string) => void = () => undefined;
  const end = new Promise<number | string>((resolve) => (ended = resolve));
  const started = await start({
    folder: mkdtempSync(join(tmpdir(), "adr-lens-inside-")),
    settings: { "adr-lens.path": places.program, "chat.disableAIFeatures": false },
    environment: { ADR_LENS_TESTS: tests },
    ...more,
    payload: (uri) => [
      ["extensionDevelopmentPath", uri(places.extension)],
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

const passed = [await run("folder", {}), await run("roots", { second: true })];
if (!passed.every(Boolean)) process.exitCode = 1;
