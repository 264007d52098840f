/** The small parts that need no editor around them. */

import assert from "node:assert/strict";

import * as vscode from "vscode";

import { fromView } from "../../../../editors/vscode/src/chat/messages.ts";
import { escaped, escapedLines, link } from "../../../../editors/vscode/src/conversation/markdown.ts";
import { rangeIn, uriOf, utf16Column } from "../../../../editors/vscode/src/conversation/places.ts";
import { changed } from "../../../../editors/vscode/src/conversation/proposals.ts";
import { fromView as fromMatrix } from "../../../../editors/vscode/src/matrix/messages.ts";
import { folder, show, type Tests, TICKETS, uri } from "./tests.ts";

export const small: Tests = {
  "columns are counted as the editor counts them": async () => {
    assert.equal(utf16Column("a🎫b", 1), 0);
    assert.equal(utf16Column("a🎫b", 3), 3);
    assert.equal(utf16Column("a🎫b", 99), 4);
    const document = await show(TICKETS);
    const span = { start: { line: 23, column: 22 }, end: { line: 23, column: 37 }, bytes: [0, 0] as const };
    assert.equal(document.getText(rangeIn(document, span)), "Amazon DynamoDB");
    const beyond = { start: { line: 400, column: 1 }, end: { line: 400, column: 9 }, bytes: [0, 0] as const };
    assert(document.validateRange(rangeIn(document, beyond)).isEqual(rangeIn(document, beyond)));
  },

  "a proposed edit is made where its bytes are": () => {
    const bytes = Buffer.byteLength("# 🎫 é\n");
    const span = { start: { line: 2, column: 1 }, end: { line: 2, column: 1 }, bytes: [bytes, bytes + 3] as const };
    assert.equal(changed("# 🎫 é\nold\r\n", { span, text: "new" }), "# 🎫 é\nnew\r\n");
    return Promise.resolve();
  },

  "paths lead into the workspace or nowhere": () => {
    const ground = { uri: uri(TICKETS), path: TICKETS, folder: folder().uri.fsPath };
    const named = (path: string): string | undefined => uriOf({ path }, ground)?.fsPath;
    assert.equal(named(TICKETS), uri(TICKETS).fsPath);
    assert.equal(named("docs/adr/other.md"), uri("docs/adr/other.md").fsPath);
    for (const outside of ["../other.md", "/etc/hostname", "docs/../../../etc/hostname", "docs/adr/../../../x"]) {
      assert.equal(named(outside), undefined, outside);
    }
    assert.equal(uriOf({ path: "docs/adr/other.md" }, { ...ground, folder: undefined }), undefined);
    return Promise.resolve();
  },

  "text becomes Markdown that only shows it": () => {
    for (const text of [
      "[a](command:b)",
      "<b>c</b>",
      "`d`",
      "$(icon)",
      "# e",
      "*f*",
      "![g](h)",
      "https://i.org",
      "a@b.c",
    ]) {
      const markdown = escaped(text);
      assert.equal(markdown.replaceAll("\\", ""), text);
      assert(!/(^|[^\\])[[\]()<>`*#$!@:]/.test(markdown), markdown);
    }
    assert.equal(escaped("a\n# b"), "a \\# b");
    assert.equal(escapedLines("a\n- b"), "a  \n\\- b");
    assert.equal(link("a", "command:workbench.action.quit"), "a");
    assert.equal(link("a", "https://b.org/c>d"), "[a](<https://b.org/cd>)");
    return Promise.resolve();
  },

  "a view is heard only when it makes sense": () => {
    assert.deepEqual(fromView({ type: "ready", more: 1 }), { type: "ready" });
    for (const nonsense of [
      null,
      1,
      "ready",
      {},
      { type: "ask" },
      { type: "open", turn: "1" },
      { type: "edit", turn: 1, edit: 0, what: "run" },
    ]) {
      assert.equal(fromView(nonsense), undefined);
    }
    for (const nonsense of [
      null,
      { type: "open", what: "file", number: 0 },
      { type: "open", what: "need", number: 0.5 },
    ]) {
      assert.equal(fromMatrix(nonsense), undefined);
    }
    return Promise.resolve();
  },

  "every command of the manifest is there": async () => {
    const manifest = vscode.extensions.getExtension("adr-lens.adr-lens")?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  },
};
