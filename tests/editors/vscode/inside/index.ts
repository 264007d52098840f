/** The module that VS Code is told to run in its extension host. */

import { actions } from "./actions.ts";
import { checklist } from "./checklist.ts";
import { beginning, change } from "./life.ts";
import { roots } from "./roots.ts";
import { small } from "./small.ts";
import { talk } from "./talk.ts";
import type { Tests } from "./tests.ts";
import { text } from "./text.ts";
import { virtual } from "./virtual.ts";

/** What is run with one folder open, with two, and with one that lies on no disk. */
const TESTS: Readonly<Record<string, Tests>> = {
  folder: { ...beginning, ...text, ...actions, ...talk, ...checklist, ...change, ...small },
  roots,
  virtual,
};

export async function run(): Promise<void> {
  const wanted = process.env["ADR_LENS_TESTS"] ?? "";
  const tests = Object.entries(TESTS[wanted] ?? {});
  if (tests.length === 0) throw new Error(`there are no tests “${wanted}”`);
  const only = process.env["ONLY"];
  let failed = 0;
  for (const [name, test] of tests) {
    if (only !== undefined && !name.includes(only) && !(name in beginning)) continue;
    const begin = performance.now();
    try {
      await test();
      console.log(`ok ${name} (${(performance.now() - begin).toFixed(0)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  console.log(`passed ${tests.length - failed} of ${tests.length}`);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
