import * as vscode from "vscode";

import { program } from "./server/program.ts";

const TYPE = "adr-lens";
const FAIL_ON = ["error", "warning", "info", "hint", "never"];

interface Definition extends vscode.TaskDefinition {
  readonly paths?: unknown;
  readonly failOn?: unknown;
}

/** Tasks that run `adr-lens check`, with what it prints in the list of problems. No shell is between. */
export function registerTasks(extension: vscode.Uri): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: async () => {
      const folders = vscode.workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === "file") ?? [];
      const tasks = folders.map((folder) => task(extension, { type: TYPE }, folder));
      return (await Promise.all(tasks)).filter((task) => task !== undefined);
    },
    resolveTask: (asked) => task(extension, asked.definition, asked.scope),
  });
}

async function task(
  extension: vscode.Uri,
  definition: Definition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope | undefined,
): Promise<vscode.Task | undefined> {
  const found = await program(extension);
  if ("missing" in found) return undefined;
  const paths = Array.isArray(definition.paths) ? definition.paths.filter((path) => typeof path === "string") : [];
  const failOn =
    typeof definition.failOn === "string" && FAIL_ON.includes(definition.failOn)
      ? ["--fail-on", definition.failOn]
      : [];
  const run = new vscode.ProcessExecution(found.path, [
    "check",
    ...failOn,
    ...(paths.length > 0 ? ["--", ...paths] : []),
  ]);
  const name = paths.length === 0 ? "check all records" : `check ${paths.join(" ")}`;
  const made = new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, TYPE, run, ["$adr-lens"]);
  made.group = vscode.TaskGroup.Test;
  return made;
}
