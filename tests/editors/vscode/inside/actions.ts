/** What changes a record: actions and renames, applied and saved. */

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";

import * as vscode from "vscode";

import {
  finding,
  JOINS,
  JOURNAL,
  onDisk,
  range,
  restoring,
  rule,
  SESSIONS,
  show,
  type Tests,
  TICKETS,
  until,
  uri,
  write,
} from "./tests.ts";

async function offered(document: vscode.TextDocument, at: vscode.Range): Promise<vscode.CodeAction[]> {
  // All of them resolved, as the one that is chosen is.
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, at, undefined, 100);
}

/** Every action with an edit at words of a record: applied, saved, and taken back. The titles. */
async function eachApplied(document: vscode.TextDocument, words: string): Promise<string[]> {
  const all = await offered(document, range(document, words));
  const titles: string[] = [];
  for (const { title, edit } of all) {
    if (edit === undefined) continue;
    const created = edit.entries().filter(([target]) => target.toString() !== document.uri.toString());
    const before = document.getText();
    assert(await vscode.workspace.applyEdit(edit), title);
    const after = document.getText();
    assert.notEqual(after, before, `${title} changed nothing`);
    assert(await document.save(), title);
    assert.equal(await onDisk(vscode.workspace.asRelativePath(document.uri)), after);
    // The next action is for the text as it was.
    await write(document, before);
    for (const [target] of created) await remove(target);
    titles.push(title);
  }
  await document.save();
  return titles;
}

async function remove(target: vscode.Uri): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === target.toString());
  if (open !== undefined) {
    await vscode.window.showTextDocument(open);
    await open.save();
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  }
  await rm(target.fsPath, { force: true });
}

function one(titles: readonly string[], begins: string): void {
  assert(
    titles.some((title) => title.startsWith(begins)),
    `no “${begins}…” among ${titles.join(" | ")}`,
  );
}

export const actions: Tests = {
  "each action on a contradicted choice is applied and saved": async () => {
    const document = await show(TICKETS);
    await finding(document.uri, JOINS);
    const titles = await eachApplied(document, 'Amazon DynamoDB", because');
    one(titles, "Accept the cost");
    one(titles, "Silence");
    assert(titles.length >= 4, titles.join(" | "));
    await finding(document.uri, JOINS);
  },

  "each action on what has ended is applied and saved": async () => {
    const document = await show(JOURNAL);
    await finding(document.uri, "lifecycle/discontinued");
    const titles = await eachApplied(document, 'Amazon QLDB", because');
    assert(
      titles.some((title) => /supersede/i.test(title)),
      titles.join(" | "),
    );
    assert(!(await vscode.workspace.findFiles("docs/adr/0010-*")).length, "a drafted record was left");
  },

  "an accepted cost becomes a note": async () => {
    const document = await show(TICKETS);
    await restoring(document, async () => {
      const before = await finding(document.uri, JOINS);
      const action = (await offered(document, before.range)).find(
        ({ title, edit }) =>
          title.startsWith("Accept the cost") &&
          edit?.get(document.uri).some(({ newText }) => newText.includes("joins")),
      );
      assert(action?.edit && (await vscode.workspace.applyEdit(action.edit)));
      await until("a note in place of an error", async () => {
        const now = await finding(document.uri, JOINS);
        return now.severity === vscode.DiagnosticSeverity.Information;
      });
    });
  },

  "all that has one right answer is mended at once": async () => {
    const document = await show(SESSIONS);
    await restoring(document, async () => {
      await write(document, document.getText().replace("# 9. Cache", "# 8. Cache"));
      const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
        "source.fixAll.adr-lens",
        10,
      );
      assert(action?.edit && (await vscode.workspace.applyEdit(action.edit)));
      await document.save();
      assert.match(await onDisk(SESSIONS), /^# 9\. Cache/);
    });
  },

  "a record is renamed with the links that lead to it": async () => {
    const document = await show(TICKETS);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      range(document, "Keep tickets").start,
      "0007-keep-tickets-somewhere",
    );
    assert(await vscode.workspace.applyEdit(edit));
    await vscode.workspace.saveAll();
    const renamed = "docs/adr/0007-keep-tickets-somewhere.md";
    assert.match(await onDisk(renamed), /# 7\. Keep tickets in DynamoDB/);
    assert.match(await onDisk(JOURNAL), /\(0007-keep-tickets-somewhere\.md\)/);

    // The editor's own rename asks the server too.
    const back = new vscode.WorkspaceEdit();
    back.renameFile(uri(renamed), uri(TICKETS));
    assert(await vscode.workspace.applyEdit(back));
    await vscode.workspace.saveAll();
    await until("the link follows the file", async () =>
      /\(0007-keep-tickets-in-dynamodb\.md\)/.test(await onDisk(JOURNAL)),
    );
    await write(await show(JOURNAL), await onDisk(JOURNAL));
  },
};
