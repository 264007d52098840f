/**
 * A workspace that lies on no disk. A folder of the disk has the same path and says other things: nothing of it may be looked at.
 */

import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as vscode from "vscode";

import type { Checklist } from "../../../../editors/vscode/src/server/wire.ts";
import { ask, reply, thread } from "./talk.ts";
import {
  exported,
  extension,
  finding,
  folder,
  found,
  JOINS,
  JOURNAL,
  range,
  rule,
  show,
  type Tests,
  TICKETS,
  until,
  uri,
  words,
} from "./tests.ts";

async function held(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri(path)));
}

export const virtual: Tests = {
  "the workspace is on no disk, and the disk says other things": async () => {
    assert.equal(folder().uri.scheme, "memory");
    assert.match(await held(TICKETS), /Keep tickets/);
    const disk = folder().uri.path;
    await writeFile(join(disk, "adr-lens.toml"), `[rules]\n"${JOINS}" = "off"\n`);
    await rm(join(disk, TICKETS));
    await show(TICKETS);
    await until("it is active", () => extension().isActive);
    await until("the server runs", () => exported().server.standing === "running");
  },

  "an open record is reviewed, with a hover and hints": async () => {
    const document = await show(TICKETS);
    const joins = await finding(document.uri, JOINS);
    assert.equal(document.getText(joins.range), "Amazon DynamoDB");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      joins.range.start,
    );
    assert.match(hovers.flatMap(({ contents }) => contents.map(words)).join("\n"), /\*\*Why:\*\*/);
    await until("the status bar says it", () => exported().status.item.text.startsWith("$(law) proposed: 1 error"));
  },

  "nobody says that what cannot be seen is not there": async () => {
    const document = await show(JOURNAL);
    await finding(document.uri, "lifecycle/discontinued");
    assert(document.getText().includes("(0007-keep-tickets-in-dynamodb.md)"));
    assert.deepEqual(
      found(document.uri)
        .map(rule)
        .filter((id) => id.startsWith("record/") || id.startsWith("portfolio/")),
      [],
    );
  },

  "an action is applied and saved": async () => {
    const document = await show(TICKETS);
    const joins = await finding(document.uri, JOINS);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      joins.range,
      undefined,
      100,
    );
    const silence = actions.find(({ title }) => title.startsWith(`Silence ${JOINS}`));
    assert(silence?.edit, actions.map(({ title }) => title).join(" | "));
    const before = document.getText();
    assert(await vscode.workspace.applyEdit(silence.edit));
    assert(await document.save());
    assert.match(await held(TICKETS), new RegExp(`adr-lens-ignore ${JOINS}`));
    await until("it is silent", () => !found(document.uri).some((one) => rule(one) === JOINS));
    const back = new vscode.WorkspaceEdit();
    back.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), before);
    assert(await vscode.workspace.applyEdit(back));
    assert(await document.save());
    await finding(document.uri, JOINS);
  },

  "questions are answered, with links into the record": async () => {
    const document = await show(TICKETS);
    const answer = await exported().chat.ask("why is this flagged?");
    assert.match(answer?.text ?? "", /needs joins/);
    const { stream } = await ask("why is this flagged?");
    const [anchor] = stream.anchors;
    assert(anchor, stream.text);
    assert.equal(anchor.at.uri.toString(), document.uri.toString());
    assert.match(await reply(await thread(document.uri, JOINS), "why?"), /command:adr-lens\.reveal/);
  },

  "needs, options and the checklist are there": async () => {
    const document = await show(TICKETS);
    const current = await until("the state", () => exported().follower.current);
    assert(current.state.needs.some(({ signal }) => signal === "joins"));
    const checklist = await exported().server.request<Checklist>("adrLens/checklist", { uri: document.uri.toString() });
    assert((checklist.records[0]?.summary.failed ?? 0) > 0);
  },

  "a place in an answer leads to the record": async () => {
    const document = await show(TICKETS);
    const { start, end } = range(document, "joins across those tables");
    const place = [start.line, start.character, end.line, end.character];
    await vscode.commands.executeCommand("adr-lens.reveal", document.uri.toString(), ...place);
    assert(vscode.window.activeTextEditor?.selection.isEqual(new vscode.Range(start, end)));
  },

  "what needs a disk says so, and there are no tasks": async () => {
    // They would answer with what they found.
    for (const command of ["adr-lens.checkAll", "adr-lens.reportAll"]) {
      assert.equal(await vscode.commands.executeCommand(command), undefined);
    }
    assert.deepEqual(await vscode.tasks.fetchTasks({ type: "adr-lens" }), []);
  },
};
