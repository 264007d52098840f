import * as vscode from "vscode";

import { escaped, escapedLines, locations, sentence, sourceList } from "../conversation/markdown.ts";
import type { Ground } from "../conversation/places.ts";
import type { Proposals } from "../conversation/proposals.ts";
import { askedBack, proposed, Reply } from "../conversation/reply.ts";
import { Talk } from "../conversation/talk.ts";
import { findings, isCandidate, ruleOf } from "../records.ts";
import type { Server } from "../server/server.ts";
import { text } from "../server/settings.ts";
import type { Answer } from "../server/wire.ts";

const AUTHOR = { name: "adr-lens" };
const PERSON = { name: "You" };

/** Asked in a thread, it means the thread's own finding. */
const WHY = /^\s*why\W*$/i;

/** The commands that links in a thread may run; each checks what it is given. */
const LINKS = ["adr-lens.reveal", "adr-lens.thread.ask", "adr-lens.thread.propose"];

interface Held {
  readonly key: string;
  readonly thread: vscode.CommentThread;
  readonly talk: Talk;
  /** What names the finding: a talk knows of many. */
  readonly about: string;
  /** Somebody asked: it stays when its finding goes. */
  asked: boolean;
  answer: Answer | undefined;
}

/** Each finding as a thread at its words, in which one can ask back. */
export class Threads implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController("adr-lens", "adr-lens");
  private readonly held = new Map<string, Held[]>();
  private readonly disposables: vscode.Disposable[];
  private next = 0;
  private readonly byId = new Map<string, Held>();

  constructor(
    private readonly server: Server,
    private readonly proposals: Proposals,
  ) {
    this.controller.options = { prompt: "Ask back", placeHolder: "Why? What if …? What should I write?" };
    const refresh = (document: vscode.TextDocument): void => this.refresh(document);
    this.disposables = [
      this.controller,
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const changed = new Set(uris.map((uri) => uri.toString()));
        vscode.workspace.textDocuments.filter(({ uri }) => changed.has(uri.toString())).forEach(refresh);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.drop(uri)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("adr-lens.threads")) vscode.workspace.textDocuments.forEach(refresh);
      }),
      vscode.commands.registerCommand("adr-lens.thread.reply", (reply: vscode.CommentReply) => this.reply(reply)),
      vscode.commands.registerCommand("adr-lens.thread.ask", (id: unknown, question: unknown) =>
        this.followUp(id, question),
      ),
      vscode.commands.registerCommand("adr-lens.thread.propose", (id: unknown, at: unknown) => this.propose(id, at)),
    ];
  }

  dispose(): void {
    for (const held of [...this.held.values()].flat()) this.end(held);
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** The threads of a record, in the order of the text. */
  of(uri: vscode.Uri): readonly vscode.CommentThread[] {
    return (this.held.get(uri.toString()) ?? []).map(({ thread }) => thread);
  }

  private refresh(document: vscode.TextDocument): void {
    const wanted = isCandidate(document) ? this.wanted(document.uri) : [];
    const name = document.uri.toString();
    const before = this.held.get(name) ?? [];
    const kept: Held[] = [];
    const seen = new Map<string, number>();
    for (const finding of wanted) {
      // The same words may be found twice by one rule: a number tells them apart.
      const said = `${ruleOf(finding)}\n${finding.message}`;
      const count = seen.get(said) ?? 0;
      seen.set(said, count + 1);
      const key = `${said}\n${count}`;
      const known = before.find((held) => held.key === key);
      if (known === undefined) {
        kept.push(this.begin(document.uri, key, finding));
      } else {
        known.thread.range = finding.range;
        known.thread.state = vscode.CommentThreadState.Unresolved;
        kept.push(known);
      }
    }
    for (const gone of before.filter((held) => !kept.includes(held))) {
      if (gone.asked && isCandidate(document)) {
        gone.thread.state = vscode.CommentThreadState.Resolved;
        kept.push(gone);
      } else {
        this.end(gone);
      }
    }
    this.held.set(name, kept);
  }

  private wanted(uri: vscode.Uri): vscode.Diagnostic[] {
    const which = text("threads");
    const found = findings(uri);
    if (which === "none") return [];
    return which === "findings" ? found.filter(({ severity }) => severity < vscode.DiagnosticSeverity.Hint) : found;
  }

  private begin(uri: vscode.Uri, key: string, finding: vscode.Diagnostic): Held {
    const rule = ruleOf(finding);
    const about = `why is ${rule} flagged?`;
    const thread = this.controller.createCommentThread(uri, finding.range, []);
    thread.label = rule;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    thread.canReply = true;
    thread.state = vscode.CommentThreadState.Unresolved;
    const held: Held = {
      key,
      thread,
      talk: new Talk(this.server, uri, about),
      about,
      asked: false,
      answer: undefined,
    };
    this.next += 1;
    const id = String(this.next);
    this.byId.set(id, held);
    thread.contextValue = id;
    thread.comments = [
      comment(AUTHOR, trusted(escapedLines(finding.message), links(id, ["Why?", "What should I write?"]))),
    ];
    return held;
  }

  private drop(uri: vscode.Uri): void {
    for (const held of this.held.get(uri.toString()) ?? []) this.end(held);
    this.held.delete(uri.toString());
  }

  private end(held: Held): void {
    for (const [id, other] of this.byId) if (other === held) this.byId.delete(id);
    held.talk.dispose();
    held.thread.dispose();
  }

  private async reply(reply: vscode.CommentReply): Promise<void> {
    const held = this.byId.get(reply.thread.contextValue ?? "");
    if (held !== undefined) await this.ask(held, reply.text);
  }

  private async followUp(id: unknown, question: unknown): Promise<void> {
    const held = typeof id === "string" ? this.byId.get(id) : undefined;
    if (held !== undefined && typeof question === "string") await this.ask(held, question);
  }

  private async propose(id: unknown, at: unknown): Promise<void> {
    const held = typeof id === "string" ? this.byId.get(id) : undefined;
    const edit = held?.answer && typeof at === "number" ? proposed(held.answer)[at] : undefined;
    if (held !== undefined && edit !== undefined) {
      await this.proposals.show({ talk: held.talk, edit, turn: held.talk.turns });
    }
  }

  private async ask(held: Held, question: string): Promise<void> {
    const { thread, talk } = held;
    held.asked = true;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    const asked = [...thread.comments, comment(PERSON, plain(escapedLines(question)))];
    const id = thread.contextValue ?? "";
    thread.comments = asked;
    const reply = new Reply();
    try {
      const answer = await talk.ask(WHY.test(question) ? held.about : question, (part) => {
        reply.add(part);
        thread.comments = [...asked, comment(AUTHOR, plain(reply.said.map(sentence).join("\n")))];
      });
      held.answer = answer;
      const ground: Ground = { uri: talk.uri, path: answer.path, folder: this.server.folder };
      const lines = [await body(reply, ground), ...closing(id, answer, reply)];
      thread.comments = [...asked, comment(AUTHOR, trusted(...lines))];
      // An edit comes only after a yes, and the yes was typed here.
      if (answer.edit !== null) await this.proposals.apply(answer);
    } catch (error) {
      thread.comments = [...asked, comment(AUTHOR, plain(escapedLines(`No answer: ${message(error)}`)))];
    }
  }
}

/** The sentences of an answer, each with links to the words it rests on. */
async function body(reply: Reply, ground: Ground): Promise<string> {
  const lines: string[] = [];
  for (const said of reply.said) {
    const places = await locations(said, ground);
    const links = places.map(({ label, location }) => {
      const { start, end } = location.range;
      const place = [location.uri.toString(), start.line, start.character, end.line, end.character];
      return command(label, "adr-lens.reveal", place);
    });
    lines.push(sentence(said) + (links.length === 0 ? "" : ` (${links.join(", ")})`));
  }
  return lines.join("\n");
}

function closing(id: string, answer: Answer, reply: Reply): string[] {
  const edits = proposed(answer).map((edit, at) =>
    command(`Show the change: ${edit.title}`, "adr-lens.thread.propose", [id, at]),
  );
  const back = askedBack(answer);
  return [
    ...(back === undefined ? [] : [escaped(back)]),
    ...edits,
    ...(reply.sources.length === 0 ? [] : [sourceList(reply.sources)]),
    ...(answer["follow-ups"].length === 0 ? [] : [links(id, answer["follow-ups"])]),
  ];
}

function links(id: string, questions: readonly string[]): string {
  return questions.map((question) => command(question, "adr-lens.thread.ask", [id, question])).join(" · ");
}

function command(label: string, name: string, parameters: readonly unknown[]): string {
  return `[${escaped(label)}](command:${name}?${encodeURIComponent(JSON.stringify(parameters))})`;
}

/** Markdown whose links may run our commands and no others. Everything in it that we did not write is escaped. */
function trusted(...paragraphs: string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(paragraphs.join("\n\n"));
  markdown.isTrusted = { enabledCommands: LINKS };
  return markdown;
}

function plain(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(text);
}

function comment(author: vscode.CommentAuthorInformation, body: vscode.MarkdownString): vscode.Comment {
  return { author, body, mode: vscode.CommentMode.Preview };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
