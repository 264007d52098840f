/** A folder that nobody said to trust: its records are reviewed, and it has no say in what is run or in where links lead. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CARRIED, places, recorded, start, until } from "./editor.ts";
import { running, Window } from "./window.ts";

const TICKETS = "0007-keep-tickets-in-dynamodb.md";
const THEIRS = "https://theirs.example";

const folder = mkdtempSync(join(tmpdir(), "adr-lens-trust-"));
/** What the folder would run in the place of our program writes its arguments here. */
const ran = join(folder, "ran");

const started = await start({
  folder,
  trust: true,
  settings: {
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
  },
  install: (extensions) => {
    recorded(extensions);
    const workspace = join(folder, "workspace");
    const program = join(workspace, "tools", "adr-lens");
    mkdirSync(join(workspace, "tools"));
    writeFileSync(program, `#!/bin/sh\necho "$@" >>"${ran}"\nexec "${places.program}" lsp\n`, { mode: 0o755 });
    mkdirSync(join(workspace, ".vscode"));
    const settings = {
      "adr-lens.path": program,
      "adr-lens.lens": join(workspace, "lens"),
      "adr-lens.docsBase": THEIRS,
      "adr-lens.hints": false,
    };
    writeFileSync(join(workspace, ".vscode", "settings.json"), JSON.stringify(settings));
  },
});
const vs = new Window(started);
const { page } = vs;

/** Whether the server of this window was told, or said, something with these words. */
function spoken(words: string): boolean {
  const wire = join(places.artefacts, "wire");
  const logs = readdirSync(wire).filter((name) => name.endsWith(".log"));
  const texts = logs.map((name) => readFileSync(join(wire, name), "utf8"));
  return texts.some((text) => text.includes(folder) && text.includes(words));
}

try {
  await vs.step("a folder that is not trusted is reviewed", async () => {
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    await vs.status("Restricted Mode").waitFor();
    await vs.openFile(TICKETS);
    // A setting that only says what is shown counts here too: no open questions.
    await vs.status(/proposed: 1 error, 1 note\s*$/).waitFor();
    await vs.picture("untrusted");
  });

  await vs.step("questions are answered there", async () => {
    await vs.command("ADR: Open the Conversation");
    await vs.ask("why is this flagged?");
    const chat = await vs.frame("#question");
    await chat.locator(".turn .fact", { hasText: "needs joins" }).first().waitFor();
  });

  await vs.step("by the program of the package, which knows nothing of what the folder would have", () => {
    assert.equal(running(folder, CARRIED).length, 1, "not one server");
    assert(!existsSync(ran), "the folder's program was run");
    assert(spoken("needs joins"), "nothing is written down");
    assert(!spoken(THEIRS), "the folder says where links lead");
    return Promise.resolve();
  });

  await vs.step("once the folder is trusted, all its settings count", async () => {
    await vs.command("Workspaces: Manage Workspace Trust");
    await page
      .locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ })
      .first()
      .click();
    await vs.status("Restricted Mode").waitFor({ state: "detached" });
    await until("their program runs", () => existsSync(ran));
    assert.match(readFileSync(ran, "utf8"), /^--lens \S+\/lens lsp\n$/, "it is started once, with their lens");
    await until("ours does not run any more", () => running(folder, CARRIED).length === 0);
    await until("it is told where their pages are", () => spoken(THEIRS));
    await vs.picture("trusted");
  });
} finally {
  await started.stop();
}
