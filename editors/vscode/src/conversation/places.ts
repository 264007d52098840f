import * as path from "node:path";
import * as vscode from "vscode";

import type { Place, Span } from "../server/wire.ts";

/** What paths in an answer are relative to: the answer's own path means the record that was asked about. */
export interface Ground {
  readonly uri: vscode.Uri;
  /** Empty while it is not known yet. */
  readonly path: string;
  /** Where the server runs. */
  readonly folder: string | undefined;
}

/** Whether a path means the record that was asked about. */
export function isOwn(written: string, ground: Ground): boolean {
  const full = path.resolve(ground.folder ?? path.sep, written);
  // What is no file has its URI for a path.
  const names = [ground.path, ground.uri.toString()];
  return names.includes(written) || (ground.uri.scheme === "file" && full === ground.uri.fsPath);
}

/** Where words of a record stand; nothing for a place outside the workspace, whatever the path says. */
export function uriOf(place: Pick<Place, "path">, ground: Ground): vscode.Uri | undefined {
  if (isOwn(place.path, ground)) return ground.uri;
  if (!path.isAbsolute(place.path) && ground.folder === undefined) return undefined;
  const uri = vscode.Uri.file(path.resolve(ground.folder ?? path.sep, place.path));
  return vscode.workspace.getWorkspaceFolder(uri) === undefined ? undefined : uri;
}

/** "line 12", or with the record's name where it is another. */
export function label({ path: written, span }: Pick<Place, "path" | "span">, ground: Ground): string {
  return isOwn(written, ground) ? `line ${span.start.line}` : `${path.posix.basename(written)}:${span.start.line}`;
}

/** A span in the text of a document. Lines that are no longer there end where the document does. */
export function rangeIn(document: vscode.TextDocument, span: Span): vscode.Range {
  const position = ({ line, column }: Span["start"]): vscode.Position => {
    const row = Math.min(Math.max(line - 1, 0), document.lineCount - 1);
    return new vscode.Position(row, utf16Column(document.lineAt(row).text, column));
  };
  return new vscode.Range(position(span.start), position(span.end));
}

/** A column from 1 in Unicode scalar values → from 0 in UTF-16 code units, at most the length of the line. */
export function utf16Column(line: string, column: number): number {
  return Array.from(line)
    .slice(0, Math.max(column - 1, 0))
    .join("").length;
}

/** Shows words of a record, selected. */
export async function reveal(place: Place, ground: Ground): Promise<void> {
  const uri = uriOf(place, ground);
  if (uri === undefined) {
    void vscode.window.showWarningMessage(`adr-lens: ${place.path} is not in this workspace.`);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await select(document, rangeIn(document, place.span));
}

export async function select(document: vscode.TextDocument, range: vscode.Range): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const column = shown?.viewColumn;
  const editor = await vscode.window.showTextDocument(document, column === undefined ? {} : { viewColumn: column });
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
