import * as vscode from "vscode";

import { type Ground, label, rangeIn, uriOf } from "./places.ts";
import type { Said, Source } from "./reply.ts";

/** Words of a record, a lens or a question as Markdown that shows them and does nothing else. */
export function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*_{}[\]()<>#+\-.!|~&$:@]/g, "\\$&");
}

/** Text of several lines, each of which stays one. */
export function escapedLines(text: string): string {
  return text
    .split("\n")
    .map((line) => escaped(line.trim()))
    .join("  \n");
}

/** A link with words of ours or escaped ones; the words alone where the URL is not one for the browser. */
export function link(text: string, url: string): string {
  return /^https?:\/\//.test(url) ? `[${escaped(text)}](<${url.replace(/[<>\s]/g, "")}>)` : escaped(text);
}

/** The sources of an answer, one a line. */
export function sourceList(sources: readonly Source[]): string {
  const line = (source: Source): string =>
    `\\[${source.number}\\] ${link(source.title, source.url)} ${escaped(`(as of ${source.asOf})`)}`;
  return sources.map(line).join("  \n");
}

/** "fact [1] [2]". */
export function sentence(said: Said): string {
  const marks = said.marks.map((mark) => ` \\[${mark}\\]`).join("");
  return said.kind === "fact" ? `- ${escaped(said.text)}${marks}` : escapedLines(said.text);
}

/** Where the words of a sentence stand, for those that the workspace holds. */
export async function locations(said: Said, ground: Ground): Promise<{ label: string; location: vscode.Location }[]> {
  const found: { label: string; location: vscode.Location }[] = [];
  for (const place of said.places) {
    const uri = uriOf(place, ground);
    if (uri === undefined) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    const location = new vscode.Location(uri, rangeIn(document, place.span));
    found.push({ label: label(place, ground), location });
  }
  return found;
}
