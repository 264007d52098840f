/** Two folders in one window, each with a lens of its own. */

import assert from "node:assert/strict";

import * as vscode from "vscode";

import {
  exported,
  extension,
  finding,
  found,
  JOINS,
  range,
  restoring,
  rule,
  showAt,
  type Tests,
  TICKETS,
  until,
  uri,
  write,
} from "./tests.ts";

const ACID = "choice/acid-transactions-on-amazon-dynamodb";
const FORBIDDEN = "portfolio/engine-forbidden";

function second(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[1];
  assert(folder, "there is no second folder");
  return vscode.Uri.joinPath(folder.uri, path);
}

const CARTS = "docs/adr/0001-keep-carts-in-dynamodb.md";

function rules(at: vscode.Uri): string[] {
  return found(at).map(rule);
}

export const roots: Tests = {
  "both folders are reviewed, each with its own lens": async () => {
    await until("the extension is active", () => extension().isActive);
    await finding(uri(TICKETS), JOINS);
    await finding(second(CARTS), ACID);
    assert(!rules(second(CARTS)).includes(JOINS), "what the second folder turned off is reported there");
  },

  "what one folder forbids the other may choose": async () => {
    for (const [at, forbids] of [
      [uri(TICKETS), true],
      [second(CARTS), false],
    ] as const) {
      const document = await showAt(at);
      await restoring(document, async () => {
        const mongo = document.getText().replace(/Chosen option: "[^"]*"/, 'Chosen option: "MongoDB"');
        await write(document, mongo);
        await finding(at, "choice/joins-on-document");
        assert.equal(rules(at).includes(FORBIDDEN), forbids, `${at.path}: ${rules(at).join(" | ")}`);
      });
    }
  },

  "a lens that is saved counts for its folder": async () => {
    const lens = await showAt(second("adr-lens.toml"));
    await restoring(lens, async () => {
      await write(lens, lens.getText().replace('"off"', '"error"'));
      await lens.save();
      await finding(second(CARTS), JOINS);
    });
    await until("it is off again", () => !rules(second(CARTS)).includes(JOINS));
    await finding(uri(TICKETS), JOINS);
  },

  "a thread in the second folder leads to words of that folder": async () => {
    const document = await showAt(second(CARTS));
    const thread = await until("a thread", () =>
      exported()
        .threads.of(document.uri)
        .find(({ label }) => label === ACID),
    );
    await vscode.commands.executeCommand("adr-lens.thread.reply", { thread, text: "why?" });
    const body = thread.comments.at(-1)?.body;
    assert(body instanceof vscode.MarkdownString);
    const [, written] = /command:adr-lens\.reveal\?([^)]*)\)/.exec(body.value) ?? [];
    assert(written, body.value);
    const [name] = JSON.parse(decodeURIComponent(written)) as unknown[];
    assert.equal(name, document.uri.toString());
  },

  "the state and the checklist follow into the other folder": async () => {
    const { status, follower } = exported();
    await showAt(uri(TICKETS));
    await until("the first", () => status.item.accessibilityInformation?.label.includes("Keep tickets in DynamoDB"));
    await showAt(second(CARTS));
    await until("the second", () => status.item.accessibilityInformation?.label.includes("Keep carts in DynamoDB"));
    const state = follower.current?.state;
    assert(state?.needs.some(({ signal }) => signal === "joins"));
  },

  "a link leads to words of either folder": async () => {
    for (const [at, words] of [
      [uri(TICKETS), "joins across those tables"],
      [second(CARTS), "buyers must list"],
    ] as const) {
      const document = await vscode.workspace.openTextDocument(at);
      const { start, end } = range(document, words);
      const place = [start.line, start.character, end.line, end.character];
      await vscode.commands.executeCommand("adr-lens.reveal", at.toString(), ...place);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), at.toString());
      assert(vscode.window.activeTextEditor.selection.isEqual(new vscode.Range(start, end)));
    }
  },

  "each folder has its task": async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: "adr-lens" });
    const folders = tasks.map(({ scope }) => (typeof scope === "object" ? scope.name : String(scope)));
    assert.deepEqual(folders.sort(), ["second", "workspace"]);
  },

  "assistants find a record in either folder": async () => {
    const invoked = await vscode.lm.invokeTool("adr-lens_check", {
      input: { record: CARTS },
      toolInvocationToken: undefined,
    });
    const said = invoked.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join();
    assert.match(said, new RegExp(ACID));
  },
};
