import * as vscode from "vscode";

import { type ChatView, STARTERS } from "./chat/view.ts";
import type { ChecklistView } from "./checklist/view.ts";
import { select } from "./conversation/places.ts";
import { EXAMPLE } from "./example.ts";
import type { MatrixView } from "./matrix/view.ts";
import { activeRecord, isCandidate } from "./records.ts";
import { rename } from "./rename.ts";
import type { Server } from "./server/server.ts";

const FORMATS: Readonly<Record<string, string>> = {
  text: "for people",
  json: "adr-lens/check/1",
  sarif: "SARIF 2.1.0",
  github: "GitHub workflow commands",
  junit: "JUnit",
};

export interface Views {
  readonly chat: ChatView;
  readonly matrix: MatrixView;
  readonly checklist: ChecklistView;
}

/** What stands in the command palette, but for what belongs to a view. */
export function registerCommands(
  extension: string,
  server: Server,
  { chat, matrix, checklist }: Views,
): vscode.Disposable {
  const onRecord =
    (work: (uri: vscode.Uri) => Promise<unknown>) =>
    async (given?: unknown): Promise<unknown> => {
      const uri = given instanceof vscode.Uri ? given : activeRecord()?.uri;
      if (uri === undefined) {
        return vscode.window.showInformationMessage("adr-lens: open a decision record first.");
      }
      return work(uri);
    };
  const commands: Readonly<Record<string, (...given: unknown[]) => unknown>> = {
    "adr-lens.check": onRecord((uri) => server.execute("adrLens.check", server.uri(uri))),
    "adr-lens.checkAll": onDisk(() => server.execute("adrLens.check")),
    "adr-lens.recommend": onRecord((uri) => server.execute("adrLens.recommend", server.uri(uri))),
    "adr-lens.report": onRecord((uri) => report(server, uri)),
    "adr-lens.reportAll": onDisk(() => report(server, null)),
    "adr-lens.ask": onRecord((uri) => ask(chat, uri)),
    "adr-lens.openChat": onRecord((uri) => chat.open(uri)),
    "adr-lens.clearChat": () => chat.clear(),
    "adr-lens.rename": onRecord(rename),
    "adr-lens.openMatrix": () => matrix.open(),
    "adr-lens.openChecklist": () => checklist.open(),
    "adr-lens.checklist.write": () => checklist.write(),
    "adr-lens.example": example,
    "adr-lens.openWalkthrough": () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension}#start`, false),
    "adr-lens.restart": () => server.restart(),
    "adr-lens.showLog": () => server.show(),
    "adr-lens.reveal": reveal,
    "adr-lens.menu": menu,
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(name, (...given: unknown[]) => tried(() => run(...given))),
  );
  return vscode.Disposable.from(...registered);
}

/** What looks through the folders of the workspace: they must be folders that the server can read. */
function onDisk(work: () => Promise<unknown>): () => Promise<unknown> {
  return async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) throw new Error("open a folder first; a record that is open is reviewed by itself.");
    if (folders.every(({ uri }) => uri.scheme !== "file")) {
      throw new Error(
        "the folders of this workspace are on no disk here; records are reviewed one by one, when they are open.",
      );
    }
    return work();
  };
}

/** A record to try things on; it is saved nowhere. */
async function example(): Promise<void> {
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: "markdown", content: EXAMPLE }),
  );
}

/** A refusal of the server is said, not swallowed. */
async function tried(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    void vscode.window.showErrorMessage(`adr-lens: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function report(server: Server, uri: vscode.Uri | null): Promise<unknown> {
  const items = Object.entries(FORMATS).map(([label, description]) => ({ label, description }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Format of the report" });
  return chosen && server.execute("adrLens.report", uri === null ? null : server.uri(uri), chosen.label);
}

async function ask(chat: ChatView, uri: vscode.Uri): Promise<void> {
  const question = await vscode.window.showInputBox({
    title: "Ask about this record",
    placeHolder: STARTERS.join("  "),
  });
  if (question !== undefined && question.trim() !== "") await chat.open(uri, question);
}

/** Goes to words of a record; links in threads lead here, and may lead nowhere else. */
async function reveal(...given: unknown[]): Promise<void> {
  const [name, ...numbers] = given;
  const whole = numbers.every((number): number is number => Number.isInteger(number) && Number(number) >= 0);
  if (typeof name !== "string" || numbers.length !== 4 || !whole) return;
  const uri = vscode.Uri.parse(name, true);
  const open = vscode.workspace.textDocuments.some(
    (document) => document.uri.toString() === name && isCandidate(document),
  );
  if (!open && vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
  const [startLine = 0, start = 0, endLine = 0, end = 0] = numbers;
  await select(await vscode.workspace.openTextDocument(uri), new vscode.Range(startLine, start, endLine, end));
}

/** What the status bar leads to. */
async function menu(): Promise<void> {
  const items: readonly (vscode.QuickPickItem & { command: string })[] = [
    { label: "$(comment-discussion) Ask about this record", command: "adr-lens.openChat" },
    { label: "$(table) Needs and options", command: "adr-lens.openMatrix" },
    { label: "$(checklist) Checklist", command: "adr-lens.openChecklist" },
    { label: "$(list-ordered) Recommend engines", command: "adr-lens.recommend" },
    { label: "$(warning) Findings", command: "workbench.actions.view.problems" },
    { label: "$(output) Log of the language server", command: "adr-lens.showLog" },
    { label: "$(debug-restart) Restart the language server", command: "adr-lens.restart" },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "adr-lens" });
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}
