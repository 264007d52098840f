/** The module that VS Code is told to run in its extension host. */

import { actions } from "./actions.ts";
import { beginning, change } from "./life.ts";
import { small } from "./small.ts";
import { talk } from "./talk.ts";
import { text } from "./text.ts";

export async function run(): Promise<void> {
  const tests = Object.entries({ ...beginning, ...text, ...actions, ...talk, ...change, ...small });
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
