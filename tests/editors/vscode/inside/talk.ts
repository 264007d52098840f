/** Questions and answers: in a review thread, in the view, in the editor's chat, through tools. */

import assert from "node:assert/strict";

import * as vscode from "vscode";

import {
  exported,
  finding,
  JOINS,
  range,
  restoring,
  show,
  type Tests,
  TICKETS,
  until,
  uri,
  words,
  write,
} from "./tests.ts";

/** The texts of the comments of a thread. */
function comments(thread: vscode.CommentThread): string[] {
  return thread.comments.map(({ body }) => (typeof body === "string" ? body : body.value));
}

export async function thread(at: vscode.Uri, rule: string): Promise<vscode.CommentThread> {
  return until(`a thread for ${rule}`, () =>
    exported()
      .threads.of(at)
      .find(({ label }) => label === rule),
  );
}

export async function reply(to: vscode.CommentThread, question: string): Promise<string> {
  const before = to.comments.length;
  await vscode.commands.executeCommand("adr-lens.thread.reply", { thread: to, text: question });
  assert.equal(to.comments.length, before + 2);
  return comments(to).at(-1) ?? "";
}

/** What a chat would show of an answer. */
class Stream {
  text = "";
  readonly anchors: { at: vscode.Location; label: string }[] = [];
  readonly buttons: vscode.Command[] = [];
  readonly references: vscode.Uri[] = [];
  markdown(value: string | vscode.MarkdownString): void {
    this.text += typeof value === "string" ? value : value.value;
  }
  anchor(at: vscode.Uri | vscode.Location, label?: string): void {
    assert(at instanceof vscode.Location);
    this.anchors.push({ at, label: label ?? "" });
  }
  button(command: vscode.Command): void {
    this.buttons.push(command);
  }
  progress(): void {
    // Nothing to look at.
  }
  reference(value: vscode.Uri | vscode.Location): void {
    assert(value instanceof vscode.Uri);
    this.references.push(value);
  }
}

export function ask(
  prompt: string,
  history: readonly unknown[] = [],
): Promise<{ stream: Stream; result: vscode.ChatResult }> {
  const stream = new Stream();
  const token = new vscode.CancellationTokenSource().token;
  const request = { prompt, command: undefined, references: [] };
  return exported()
    .participant.handle(request, { history: history as vscode.ChatContext["history"] }, stream, token)
    .then((result) => ({ stream, result }));
}

/** The side of a comparison that holds what is proposed. */
function proposal(): vscode.Uri | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  const diffs = tabs.map(({ input }) => input).filter((input) => input instanceof vscode.TabInputTextDiff);
  return diffs.map(({ modified }) => modified).find(({ scheme }) => scheme === "adr-lens-proposal");
}

const ACCEPTS = /We accept that Amazon DynamoDB works against this need/;

export const talk: Tests = {
  "each finding is a thread at its words": async () => {
    const document = await show(TICKETS);
    const joins = await finding(document.uri, JOINS);
    const found = await thread(document.uri, JOINS);
    assert.deepEqual(found.range, joins.range);
    assert.match(comments(found)[0] ?? "", /needs joins/);
  },

  "a thread is asked and answers about its finding": async () => {
    const document = await show(TICKETS);
    const found = await thread(document.uri, JOINS);
    const why = await reply(found, "why?");
    assert.match(why, /key\\-value store has no join/);
    assert.match(why, /command:adr-lens\.reveal/);
    assert.match(why, /as of 2026/);
    const dropped = await reply(found, "what if we drop the 20 ms?");
    assert.match(dropped, /latency 20 ms/);
    assert.match(dropped, /Still reported\\: joins/);
    const [body] = found.comments.slice(-1).map((comment) => comment.body);
    assert(body instanceof vscode.MarkdownString);
    const trusted = typeof body.isTrusted === "object" ? body.isTrusted.enabledCommands : body.isTrusted;
    assert.deepEqual(trusted, ["adr-lens.reveal", "adr-lens.thread.ask", "adr-lens.thread.propose"]);
  },

  "a link in a thread leads to the words, and nowhere else": async () => {
    const document = await show(TICKETS);
    const at = range(document, "joins across those tables");
    const numbers = [at.start.line, at.start.character, at.end.line, at.end.character];
    await vscode.commands.executeCommand("adr-lens.reveal", document.uri.toString(), ...numbers);
    assert.deepEqual(vscode.window.activeTextEditor?.selection.start, at.start);
    for (const elsewhere of ["file:///etc/hostname", "command:workbench.action.quit"]) {
      await vscode.commands.executeCommand("adr-lens.reveal", elsewhere, 0, 0, 0, 0);
      assert.equal(vscode.window.activeTextEditor.document.uri.toString(), document.uri.toString());
    }
  },

  "a thread goes with its finding, unless somebody asked": async () => {
    const document = await show(TICKETS);
    const asked = await thread(document.uri, JOINS);
    await restoring(document, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range(document, "🎫 in Amazon DynamoDB"), "Amazon Aurora PostgreSQL");
      assert(await vscode.workspace.applyEdit(edit));
      await until("a resolved thread", () => asked.state === vscode.CommentThreadState.Resolved);
      await until("the other is gone", () =>
        exported()
          .threads.of(document.uri)
          .every(({ label }) => label !== "choice/acid-transactions-on-amazon-dynamodb"),
      );
    });
    await until("an open thread", () => asked.state === vscode.CommentThreadState.Unresolved);
  },

  "a thread is asked why and speaks of its own finding": async () => {
    const document = await show(TICKETS);
    const why = await reply(await thread(document.uri, "choice/acid-transactions-on-amazon-dynamodb"), "Why?");
    assert.match(why, /transaction covers at most 100 items/);
    assert(!why.includes("needs joins"), why);
  },

  "words of a record are shown in a thread and do nothing": async () => {
    const document = await show(TICKETS);
    await restoring(document, async () => {
      const bad = "reports need joins across [tables](command:workbench.action.quit) <img src=x onerror=alert(1)>";
      await write(document, document.getText().replace("* No servers to patch", `* ${bad}\n* No servers to patch`));
      const answer = await reply(await thread(document.uri, JOINS), "what did you understand?");
      assert(!/[^\\]\[tables[^\\]*\]\(command:workbench/.test(answer), answer);
      assert(!/(^|[^\\])<img/.test(answer), answer);
    });
  },

  "the conversation answers, and remembers": async () => {
    const document = await show(TICKETS);
    const { chat } = exported();
    await chat.open(document.uri);
    const answer = await chat.ask("what if joins are not needed?");
    assert(answer);
    assert.equal(answer.intent, "what-if");
    assert.match(answer.text, /No longer reported: Amazon DynamoDB against joins/);
    assert(answer["follow-ups"].includes("Undo that"));
    const undone = await chat.ask("undo that");
    assert.match(undone?.text ?? "", /Taken back/);
  },

  "a proposed change is a comparison, and is made only when it is accepted": async () => {
    const document = await show(TICKETS);
    await restoring(document, async () => {
      const before = document.getText();
      await ask("start over");
      const propose = async (): Promise<void> => {
        const { stream } = await ask("what should I write?", [{}]);
        const [button] = stream.buttons;
        assert.equal(button?.command, "adr-lens.chat.propose");
        await vscode.commands.executeCommand(button.command, ...(button.arguments ?? []));
      };
      await propose();
      const shown = await until("a comparison", proposal);
      const proposed = await vscode.workspace.openTextDocument(shown);
      assert.match(proposed.getText(), ACCEPTS);
      assert.equal(document.getText(), before, "it was made before anybody said yes");
      await vscode.commands.executeCommand("adr-lens.proposal.decline", shown);
      assert.equal(document.getText(), before);
      await until("the comparison is closed", () => proposal() === undefined);

      await propose();
      await vscode.commands.executeCommand("adr-lens.proposal.accept", await until("a comparison", proposal));
      await until("the change is made", () => ACCEPTS.test(document.getText()));
      assert.equal(document.getText(), proposed.getText());
    });
  },

  "what was proposed cannot be accepted once the talk went on": async () => {
    const document = await show(TICKETS);
    const before = document.getText();
    const { stream } = await ask("what should I write?");
    const [button] = stream.buttons;
    assert(button);
    await vscode.commands.executeCommand(button.command, ...(button.arguments ?? []));
    const shown = await until("a comparison", proposal);
    await ask("what is missing?", [{}]);
    await vscode.commands.executeCommand("adr-lens.proposal.accept", shown);
    assert.equal(document.getText(), before);
  },

  "@adr answers with links into the record and follow-ups": async () => {
    const document = await show(TICKETS);
    const { stream, result } = await ask("why is this flagged?");
    assert.deepEqual(stream.references.map(String), [document.uri.toString()]);
    assert.match(stream.text, /key\\-value store has no join/);
    assert.match(stream.text, /\\\[1\\\]/);
    const anchor = stream.anchors.find(({ at }) => document.getText(at.range) === "Amazon DynamoDB");
    assert(anchor, stream.anchors.map(({ label }) => label).join(" | "));
    assert.equal(anchor.label, "line 23");
    const { followUps } = result.metadata as { followUps: string[] };
    assert(followUps.includes("What if joins are not needed?"), followUps.join(" | "));
  },

  "assistants can ask and check, and stay in the workspace": async () => {
    await show(TICKETS);
    const invoke = async (name: string, input: object): Promise<string> => {
      const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
    };
    const names = vscode.lm.tools.map(({ name }) => name);
    assert(names.includes("adr-lens_ask") && names.includes("adr-lens_check"), names.join(" | "));
    assert.match(await invoke("adr-lens_check", { record: TICKETS }), /error choice\/joins-on-key-value, line 23/);
    const answer = await invoke("adr-lens_ask", { record: TICKETS, question: "what is missing?" });
    assert.match(answer, /does not say/);
    await assert.rejects(() => invoke("adr-lens_check", { record: "../../../etc/hostname" }));
  },

  "a hover of a hostile record is not trusted": async () => {
    const document = await show(TICKETS);
    await restoring(document, async () => {
      await write(
        document,
        document.getText().replace("# 7. Keep tickets", "# 7. [Keep](command:workbench.action.quit) tickets"),
      );
      const joins = await finding(document.uri, JOINS);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri(TICKETS),
        joins.range.start,
      );
      for (const content of hovers.flatMap(({ contents }) => contents)) {
        assert(!words(content).includes("](command:"), words(content));
      }
    });
  },
};
