import * as vscode from "vscode";

import { type Key, SECTION, type Setting, SETTINGS } from "../settings.ts";

/** The value of a setting of type string; the default when somebody wrote another type. */
export function text(key: Key, folder?: vscode.Uri): string {
  const value = vscode.workspace.getConfiguration(SECTION, folder).get<unknown>(key);
  return typeof value === "string" ? value : "";
}

export function flag(key: Key): boolean {
  const value = vscode.workspace.getConfiguration(SECTION).get<unknown>(key);
  return typeof value === "boolean" ? value : true;
}

/** What the server is told: its own names, and nothing (null) where a text is empty. */
export function forServer(): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const told: Record<string, unknown> = {};
  for (const setting of SETTINGS as readonly Setting[]) {
    if (setting.server !== undefined) {
      const value = configuration.get<unknown>(setting.key);
      told[setting.server] = value === "" ? null : value;
    }
  }
  return told;
}

/** Whether a change touches what the server is told. */
export function concernsServer(event: vscode.ConfigurationChangeEvent): boolean {
  const told = (SETTINGS as readonly Setting[]).filter((setting) => setting.server !== undefined);
  return told.some((setting) => event.affectsConfiguration(`${SECTION}.${setting.key}`));
}

/** Whether a change touches how the server is started. */
export function concernsStart(event: vscode.ConfigurationChangeEvent): boolean {
  return (["path", "lens"] satisfies Key[]).some((key) => event.affectsConfiguration(`${SECTION}.${key}`));
}
