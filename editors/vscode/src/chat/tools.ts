import * as path from "node:path";
import * as vscode from "vscode";

import { Talk } from "../conversation/talk.ts";
import { activeRecord, findings, isCandidate, ruleOf } from "../records.ts";
import type { Server } from "../server/server.ts";

interface Input {
  readonly record?: unknown;
  readonly question?: unknown;
}

type Tool = (input: Input, token: vscode.CancellationToken) => Promise<string>;

/** What assistants may call. All of it reads; nothing writes, and a "yes" through a tool changes nothing. */
export function registerTools(server: Server): vscode.Disposable {
  // Editors made from VS Code may have no language model tools.
  if (typeof (vscode as { lm?: typeof vscode.lm }).lm?.registerTool !== "function") {
    return new vscode.Disposable(() => undefined);
  }
  const tools: Readonly<Record<string, Tool>> = {
    "adr-lens_ask": (input, token) => ask(server, input, token),
    "adr-lens_check": (input) => check(server, input),
  };
  const registered = Object.entries(tools).map(([name, tool]) =>
    vscode.lm.registerTool<Input>(name, {
      prepareInvocation: ({ input }) => ({ invocationMessage: `Asking adr-lens about ${shown(input)}` }),
      invoke: async ({ input }, token) =>
        new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await tool(input, token))]),
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** One question, in a talk of its own. */
async function ask(server: Server, input: Input, token: vscode.CancellationToken): Promise<string> {
  if (typeof input.question !== "string") throw new Error("The input needs a question, as text.");
  const talk = new Talk(server, await record(input));
  try {
    return (await talk.ask(input.question, undefined, token)).text;
  } finally {
    talk.dispose();
  }
}

/** The findings as the editor shows them. */
async function check(server: Server, input: Input): Promise<string> {
  const uri = await record(input);
  await vscode.workspace.openTextDocument(uri);
  const report = await server.request<{ items?: unknown[] }>("textDocument/diagnostic", {
    textDocument: { uri: server.uri(uri) },
  });
  const items = (await server.convert?.asDiagnostics((report.items ?? []) as never[])) ?? findings(uri);
  const lines = items.map(
    (found) =>
      `${vscode.DiagnosticSeverity[found.severity].toLowerCase()} ${ruleOf(found)}, line ${found.range.start.line + 1}: ${found.message}`,
  );
  return lines.length === 0 ? "No findings." : lines.join("\n");
}

/** The record that is named, which must be in the workspace; else the active one. */
async function record(input: Input): Promise<vscode.Uri> {
  if (input.record === undefined || input.record === "") {
    const active = activeRecord();
    if (active === undefined) throw new Error("No record is open; name one.");
    return active.uri;
  }
  if (typeof input.record !== "string") throw new Error("The record is named by its path.");
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const named = path.posix.isAbsolute(input.record)
      ? folder.uri.with({ path: path.posix.normalize(input.record) })
      : vscode.Uri.joinPath(folder.uri, input.record);
    if (vscode.workspace.getWorkspaceFolder(named) === undefined) continue;
    const document = await vscode.workspace.openTextDocument(named).then(
      (document) => document,
      () => undefined,
    );
    if (document !== undefined && isCandidate(document)) return named;
  }
  throw new Error(`There is no record ${input.record} in this workspace.`);
}

function shown(input: Input): string {
  return typeof input.record === "string" && input.record !== "" ? input.record : "the active record";
}
