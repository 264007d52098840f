/** What the tests inside the extension host have in common. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as vscode from "vscode";

import type { Exports } from "../../../../editors/vscode/src/extension.ts";

export const TICKETS = "docs/adr/0007-keep-tickets-in-dynamodb.md";
export const JOURNAL = "docs/adr/0008-keep-the-journal-in-qldb.md";
export const SESSIONS = "docs/adr/0009-cache-sessions-in-valkey.md";
export const JOINS = "choice/joins-on-key-value";

export type Tests = Readonly<Record<string, () => Promise<void>>>;

export function extension(): vscode.Extension<Exports> {
  const found = vscode.extensions.getExtension<Exports>("adr-lens.adr-lens");
  assert(found, "the extension is not there");
  return found;
}

export function exported(): Exports {
  return extension().exports;
}

export function folder(): vscode.WorkspaceFolder {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert(first);
  return first;
}

export function uri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder().uri, path);
}

export function onDisk(path: string): Promise<string> {
  return readFile(join(folder().uri.fsPath, path), "utf8");
}

/** Shows a file of the folder. */
export function show(path: string): Promise<vscode.TextDocument> {
  return showAt(uri(path));
}

export async function showAt(at: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(at);
  await vscode.window.showTextDocument(document);
  return document;
}

export function found(at: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(at).filter(({ source }) => source === "adr-lens");
}

export function rule({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** The finding of a rule, waited for. */
export function finding(at: vscode.Uri, wanted: string): Promise<vscode.Diagnostic> {
  return until(`${wanted} in ${at.path}`, () => found(at).find((one) => rule(one) === wanted));
}

export async function until<T>(what: string, tried: () => T | Promise<T>, patience = 120_000): Promise<NonNullable<T>> {
  const end = Date.now() + patience;
  let last: unknown;
  for (;;) {
    try {
      const value = await tried();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${patience / 1000} s: ${what} ${last ? String(last) : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The place of words in a document. */
export function range(document: vscode.TextDocument, words: string): vscode.Range {
  const at = document.getText().indexOf(words);
  assert(at >= 0, `“${words}” is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + words.length));
}

/** Puts a text in the place of a document's, as somebody who types it. */
export async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert(await vscode.workspace.applyEdit(edit));
}

/** Does something to a document and puts it back, on the disk too. */
export async function restoring(document: vscode.TextDocument, work: () => Promise<void>): Promise<void> {
  const before = document.getText();
  try {
    await work();
  } finally {
    if (document.getText() !== before) await write(document, before);
    await document.save();
  }
}

export async function setting(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("adr-lens").update(key, value, vscode.ConfigurationTarget.Workspace);
}

/** The words of a Markdown string or of a marked string. */
export function words(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === "string" ? content : content.value;
}
