/** The checklist as a tree: all that the command line writes, each with its place. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import * as vscode from "vscode";

import type { GroupNode, ItemNode, Leaf, Node } from "../../../../editors/vscode/src/checklist/nodes.ts";
import type { Checklist } from "../../../../editors/vscode/src/server/wire.ts";
import { exported, folder, range, restoring, show, type Tests, TICKETS, until, write } from "./tests.ts";

/** What the command line writes of a record that is saved. */
function written(path: string, format: string): string {
  const program = vscode.workspace.getConfiguration("adr-lens").get("path", "");
  return execFileSync(program, ["checklist", "--format", format, path], { cwd: folder().uri.fsPath, encoding: "utf8" });
}

function groups(): GroupNode[] {
  return exported()
    .checklist.getChildren()
    .filter((node) => node.kind === "group");
}

function questions(group: GroupNode): ItemNode[] {
  return group.items.filter((item) => item.kind === "item");
}

function items(): ItemNode[] {
  return groups().flatMap(questions);
}

function everything(nodes: readonly Node[]): Leaf[] {
  return nodes.flatMap((node) => {
    if (node.kind === "group") return everything(node.items);
    return [...(node.kind === "item" ? [] : [node]), ...everything(node.leaves)];
  });
}

async function opened(words: string): Promise<vscode.TextDocument> {
  const document = await show(TICKETS);
  await vscode.commands.executeCommand("adr-lens.openChecklist");
  await until(`“${words}” in the tree`, () => groups().some(({ title }) => title === words));
  return document;
}

export const checklist: Tests = {
  "the tree says what the command line writes": async () => {
    await opened("The key-value store");
    const [record] = (JSON.parse(written(TICKETS, "json")) as Checklist).records;
    assert(record);
    assert.deepEqual(
      groups()
        .filter((group) => questions(group).length > 0)
        .map((group) => [group.title, questions(group).map(({ question, state }) => `${state}: ${question}`)]),
      record.groups.map(({ title, items }) => [title, items.map(({ question, state }) => `${state}: ${question}`)]),
    );
    // Each line of the page is in the tree: quotations, reasons, ways out, sources. The page cuts long quotations.
    const shown = everything(groups()).map(({ text }) => text);
    const lines = written(TICKETS, "markdown")
      .split("\n")
      .filter((line) => line.startsWith("  "));
    const wanted = lines.map((line) =>
      line
        .replace(/^[ -]*(line \d+: )?(Why: )?/, "")
        .replace(/\[([^\]]*)\]\(<[^>]*>\)/, "$1")
        .replace(/\\(.)/g, "$1")
        .replace(/ \(`[^`]*`\)$/, ""),
    );
    assert(wanted.length > 40, `${wanted.length} lines`);
    assert(wanted.some((line) => line.startsWith("Would fit: ")));
    // The source of a question is a line of its own.
    const missing = wanted.filter((line) => !shown.some((text) => text === line || line.startsWith(`${text} (`)));
    assert.deepEqual(missing, []);
  },

  "each word of evidence leads to its place": async () => {
    const document = await opened("The key-value store");
    const led = everything(groups()).filter(({ place }) => place !== undefined);
    assert(led.length > 10);
    for (const leaf of led) {
      const { command } = exported().checklist.getTreeItem(leaf);
      assert(command && leaf.place);
      await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), document.uri.toString());
      assert.equal(editor.document.getText(editor.selection), leaf.place.text);
    }
  },

  "what is left to do comes first, when that is wanted": async () => {
    await opened("The key-value store");
    const all = items().map(({ question }) => question);
    await vscode.commands.executeCommand("adr-lens.checklist.byState");
    try {
      const titles = groups().map(({ title }) => title);
      assert.deepEqual(titles, ["Contradicted", "Open", "For a person to judge", "Answered"]);
      assert.deepEqual(
        items()
          .map(({ question }) => question)
          .sort(),
        all.sort(),
      );
      const [contradicted] = groups();
      assert(contradicted && questions(contradicted).every(({ state }) => state === "failed"));
    } finally {
      await vscode.commands.executeCommand("adr-lens.checklist.byTopic");
    }
    assert.equal(groups()[0]?.title, "The problem");
  },

  "another store has other questions, another status too": async () => {
    const document = await opened("The key-value store");
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range(document, "🎫 in Amazon DynamoDB"), "Amazon Aurora PostgreSQL");
      assert(await vscode.workspace.applyEdit(edit));
      await until("questions of the new family", () => groups().some(({ title }) => title === "The relational store"));
      assert(!groups().some(({ title }) => title === "The key-value store"));
      const proposed = items().map(({ id }) => id);
      await write(document, document.getText().replace("Status: proposed", "Status: accepted"));
      await until(
        "questions of an accepted record",
        () =>
          items()
            .map(({ id }) => id)
            .join() !== proposed.join(),
      );
    });
    await until("the first again", () => groups().some(({ title }) => title === "The key-value store"));
  },

  "what is silenced is not told as contradicted": async () => {
    const document = await opened("The key-value store");
    const told = (): string[] =>
      everything(groups())
        .filter(({ kind }) => kind === "finding")
        .map(({ text }) => text);
    await until("the finding", () => told().some((text) => text.includes("needs joins")));
    await restoring(document, async () => {
      const silenced = "<!-- adr-lens-ignore choice/joins-on-key-value: reports run elsewhere -->\nChosen option";
      await write(document, document.getText().replace("Chosen option", silenced));
      await until("it is gone", () => !told().some((text) => text.includes("needs joins")));
    });
  },
};
