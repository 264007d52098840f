/** How the extension comes, goes, and takes to change. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

import * as vscode from "vscode";

import { slowness } from "../slowness.ts";
import {
  exported,
  extension,
  finding,
  found,
  JOINS,
  JOURNAL,
  range,
  restoring,
  rule,
  setting,
  show,
  type Tests,
  TICKETS,
  until,
  write,
} from "./tests.ts";

/** In milliseconds, from the moment the record is opened. */
const FIRST_DIAGNOSTIC = 300;
/** From here on a machine has much else to do. */
const BUSY = 1.3;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: readonly string[];
}

function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0") }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

/** The language servers that this extension host started, through the recorder. */
function servers(): number[] {
  const all = processes();
  const recorders = all.filter(({ parent, command }) => parent === process.pid && command.includes("lsp"));
  return recorders.flatMap((recorder) => all.filter(({ parent }) => parent === recorder.pid).map(({ pid }) => pid));
}

/** How long it takes from opening a text to the first thing found in it, in milliseconds. */
async function untilFirst(
  language: string,
  content: string,
  fits: (found: vscode.Diagnostic) => boolean,
): Promise<number> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const opened = performance.now();
  const found = until(`something found in ${language}`, () => vscode.languages.getDiagnostics(document.uri).some(fits));
  await vscode.window.showTextDocument(document);
  await found;
  const time = performance.now() - opened;
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  return time;
}

export const beginning: Tests = {
  "a folder with a lens brings it up": async () => {
    await until("it is active", () => extension().isActive);
    await until("the server runs", () => exported().server.standing === "running");
    // The one of the setting, around which the recorder stands.
    await until("it is recorded", () => servers().length === 1);
  },

  "the first finding is there soon after opening": async () => {
    await finding((await show(TICKETS)).uri, JOINS);
    const text = vscode.window.activeTextEditor?.document.getText() ?? "";
    const taken: string[] = [];
    let quick = false;
    for (let attempt = 0; attempt < 5 && !quick; attempt += 1) {
      // Nobody has seen this text yet.
      const content = text.replace("# 7. Keep tickets", `# ${70 + attempt}. Keep tickets`);
      const before = slowness();
      const time = await untilFirst("markdown", content, ({ source }) => source === "adr-lens");
      const slow = Math.max(before, slowness());
      // Each process on the way has to wait its turn then. The editor's own service for JSON goes the same way.
      const json = slow > BUSY ? await untilFirst("json", `{"attempt": ${attempt}`, () => true) : 0;
      const beside = slow > BUSY ? `, where JSON takes ${json.toFixed(0)} ms` : "";
      taken.push(`${time.toFixed(0)} ms on a machine ${slow.toFixed(1)} times as slow${beside}`);
      quick = time < FIRST_DIAGNOSTIC * slow || time < json;
    }
    console.log(`measured first diagnostic after opening: ${taken.join(", ")}`);
    assert(quick, taken.join(", "));
  },
};

export const change: Tests = {
  "the status bar says the state of the record": async () => {
    await show(TICKETS);
    const { item } = exported().status;
    await until("the state", () => item.text === "$(law) proposed: 1 error, 1 note, 1 question");
    await show(JOURNAL);
    await until("the state of the other", () => item.text.startsWith("$(law) accepted: 1 warning"));
    assert.match(item.accessibilityInformation?.label ?? "", /8\. Keep the journal in QLDB/);
  },

  "a changed setting is picked up": async () => {
    const document = await show(JOURNAL);
    const questions = (): number =>
      found(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Hint).length;
    await until("open questions", () => questions() > 0);
    try {
      await setting("hints", false);
      await until("no open questions", () => questions() === 0);
      await setting("asOf", "2020-01-31");
      await until(
        "nothing had ended then",
        () => !found(document.uri).some((one) => rule(one) === "lifecycle/discontinued"),
      );
    } finally {
      await setting("hints", undefined);
      await setting("asOf", undefined);
    }
    await until("open questions again", () => questions() > 0);
    await finding(document.uri, "lifecycle/discontinued");
  },

  "a lens that was saved is picked up": async () => {
    const document = await show(TICKETS);
    await finding(document.uri, JOINS);
    const lens = await show("adr-lens.toml");
    await restoring(lens, async () => {
      await write(lens, `[rules]\n"${JOINS}" = "off"\n\n${lens.getText()}`);
      await lens.save();
      await until("the rule is off", () => !found(document.uri).some((one) => rule(one) === JOINS));
    });
    await finding(document.uri, JOINS);
  },

  "threads are shown as the setting says": async () => {
    const document = await show(TICKETS);
    const labels = (): string[] =>
      exported()
        .threads.of(document.uri)
        .map(({ label }) => label ?? "");
    await until("a thread of a question", () => labels().some((label) => label.startsWith("gap/")));
    try {
      await setting("threads", "findings");
      await until(
        "threads of findings alone",
        () => labels().includes(JOINS) && !labels().some((label) => label.startsWith("gap/")),
      );
      await setting("threads", "none");
      await until("no open threads", () =>
        exported()
          .threads.of(document.uri)
          .every(({ state }) => state === vscode.CommentThreadState.Resolved),
      );
    } finally {
      await setting("threads", undefined);
    }
    await until("all threads", () => labels().some((label) => label.startsWith("gap/")));
  },

  "a server that was killed is back, and knows what is typed": async () => {
    const document = await show(TICKETS);
    const before = servers();
    assert.equal(before.length, 1, `${before.length} servers`);
    for (const pid of before) process.kill(pid, "SIGKILL");
    await until("another server", () => servers().some((pid) => !before.includes(pid)));
    await until("it runs", () => exported().server.standing === "running");
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range(document, "🎫 in Amazon DynamoDB"), "Amazon Aurora PostgreSQL");
      assert(await vscode.workspace.applyEdit(edit));
      await until("a fresh review", () => !found(document.uri).some((one) => rule(one) === JOINS));
    });
    await finding(document.uri, JOINS);
    const answer = await exported().chat.ask("why is this flagged?");
    assert.match(answer?.text ?? "", /needs joins/);
  },

  "a program that is not there is told, and its return is enough": async () => {
    const { server } = exported();
    const settings = vscode.workspace.getConfiguration("adr-lens");
    const before = settings.get("path");
    try {
      await settings.update("path", "/nowhere/adr-lens", vscode.ConfigurationTarget.Workspace);
      await until("it is missing", () => server.standing === "missing");
      assert.match(exported().status.item.text, /circle-slash/);
      await assert.rejects(() => server.request("adrLens/text", {}), /not running/);
    } finally {
      await settings.update("path", undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.equal(vscode.workspace.getConfiguration("adr-lens").get("path"), before);
    await until("it runs again", () => server.standing === "running");
    await finding((await show(TICKETS)).uri, JOINS);
  },

  "a task runs the command line, and its findings are problems": async () => {
    const [task] = await vscode.tasks.fetchTasks({ type: "adr-lens" });
    assert(task, "no task is offered");
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listening.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 1);
  },
};
