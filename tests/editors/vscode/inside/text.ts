/** What is shown in the text of a record. */

import assert from "node:assert/strict";

import * as vscode from "vscode";

import {
  finding,
  found,
  JOINS,
  JOURNAL,
  range,
  restoring,
  rule,
  SESSIONS,
  show,
  type Tests,
  TICKETS,
  until,
  uri,
  words,
} from "./tests.ts";

export const text: Tests = {
  "findings stand under the very words": async () => {
    const document = await show(TICKETS);
    const joins = await finding(document.uri, JOINS);
    // The line has a character of two code units before the words.
    assert.equal(document.getText(joins.range), "Amazon DynamoDB");
    assert.deepEqual(joins.range, range(document, 'Amazon DynamoDB", because').with({ end: joins.range.end }));
    assert.equal(joins.severity, vscode.DiagnosticSeverity.Error);
    const [need] = joins.relatedInformation ?? [];
    assert(need && document.getText(need.location.range).includes("with joins across those tables"));
  },

  "a folder is reviewed, opened or not": async () => {
    const ended = await finding(uri(JOURNAL), "lifecycle/discontinued");
    assert(ended.tags?.includes(vscode.DiagnosticTag.Deprecated));
    const open = vscode.workspace.textDocuments.map((document) => document.uri.toString());
    assert(!open.includes(uri(JOURNAL).toString()), "the record was opened");
  },

  "a hover says why and names its source": async () => {
    const document = await show(TICKETS);
    const joins = await finding(document.uri, JOINS);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      joins.range.start.translate(0, 3),
    );
    const contents = hovers.flatMap(({ contents }) => contents);
    const all = contents.map(words).join("\n");
    assert.match(all, /\*\*Why:\*\*/);
    assert.match(all, /Source: /);
    assert.match(all, /contradicts `joins`/);
    for (const content of contents) assert(!(content instanceof vscode.MarkdownString && content.isTrusted));
  },

  "inlay hints stand behind the choice and behind the needs": async () => {
    const document = await show(TICKETS);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    const shown = hints.map(({ label }) =>
      typeof label === "string" ? label : label.map(({ value }) => value).join(""),
    );
    assert(
      shown.some((hint) => /^meets \d+, contradicts 1/.test(hint)),
      shown.join(" | "),
    );
    assert(shown.includes("joins"), shown.join(" | "));
    assert(shown.includes("single-digit-millisecond"), shown.join(" | "));
  },

  "lenses over the title say what is found": async () => {
    const document = await show(TICKETS);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    const titles = lenses.map(({ command }) => command?.title);
    assert(titles.includes("1 error, 1 note, 1 question"), titles.join(" | "));
    assert(titles.includes("compare with Amazon DynamoDB"), titles.join(" | "));
  },

  "completion knows status words and engines": async () => {
    const document = await show(SESSIONS);
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, range(document, "* Memcached").end, "\n* ");
      edit.replace(document.uri, range(document, "accepted"), "");
      assert(await vscode.workspace.applyEdit(edit));
      const offered = async (at: vscode.Position): Promise<string[]> => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          document.uri,
          at,
        );
        return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
      };
      const statuses = await offered(range(document, "* Status: ").end);
      assert(
        statuses.some((word) => word.toLowerCase() === "accepted"),
        statuses.join(" | "),
      );
      const engines = await offered(range(document, "* Memcached\n* ").end);
      assert(engines.includes("Amazon DynamoDB"), engines.slice(0, 20).join(" | "));
    });
  },

  "links lead to records, and engines to decisions": async () => {
    const document = await show(JOURNAL);
    const places = async (command: string, at: vscode.Position): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        command,
        document.uri,
        at,
      );
      return found.map((place) => ("targetUri" in place ? place.targetUri : place.uri).path.split("/").at(-1) ?? "");
    };
    const link = range(document, "decided before").start;
    await until("the definition of a link", async () =>
      (await places("vscode.executeDefinitionProvider", link)).includes("0007-keep-tickets-in-dynamodb.md"),
    );
    const engine = range(document, "Amazon QLDB").start.translate(0, 8);
    const decisions = await places("vscode.executeReferenceProvider", engine);
    assert(decisions.includes("0008-keep-the-journal-in-qldb.md"), decisions.join(" | "));
  },

  "the outline has the sections": async () => {
    const document = await show(TICKETS);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const names = (symbols: readonly vscode.DocumentSymbol[]): string[] =>
      symbols.flatMap(({ name, children }) => [name, ...names(children)]);
    for (const section of ["Considered Options", "Decision Outcome"]) {
      assert(names(symbols).includes(section), names(symbols).join(" | "));
    }
  },

  "a team's lens is checked while it is written": async () => {
    const document = await show("adr-lens.toml");
    const begun = document.getText();
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(
        document.uri,
        new vscode.Position(document.lineCount, 0),
        '\n[rules]\n"choice/no-such-rule" = "off"\n',
      );
      assert(await vscode.workspace.applyEdit(edit));
      const wrong = await until("a mistake", () => found(document.uri)[0]);
      assert(document.getText(wrong.range).includes("no-such-rule"), wrong.message);
    });
    assert.equal(document.getText(), begun);
    await until("no mistake", () => found(document.uri).length === 0);
  },

  "what is typed is reviewed": async () => {
    const document = await show(TICKETS);
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range(document, "🎫 in Amazon DynamoDB"), "Amazon Aurora PostgreSQL");
      assert(await vscode.workspace.applyEdit(edit));
      await until("no contradiction any more", () => !found(document.uri).some((one) => rule(one) === JOINS));
    });
    await finding(document.uri, JOINS);
  },
};
