import * as vscode from "vscode";

import { escaped, locations, sentence, sourceList } from "../conversation/markdown.ts";
import type { Ground } from "../conversation/places.ts";
import type { Proposals, Proposed } from "../conversation/proposals.ts";
import { askedBack, proposed, Reply } from "../conversation/reply.ts";
import { Talk } from "../conversation/talk.ts";
import { activeRecord, isCandidate } from "../records.ts";
import type { Server } from "../server/server.ts";
import type { Answer } from "../server/wire.ts";

const ID = "adr-lens.adr";

/** What a slash command asks, when nothing is said behind it. */
const COMMANDS: Readonly<Record<string, string>> = {
  why: "Why is this flagged?",
  missing: "What is missing?",
  recommend: "What should I use?",
  write: "What should I write?",
};

interface Metadata {
  readonly record: string;
  readonly followUps: readonly string[];
}

/** `@adr` in the editor's own chat: the same conversation; no language model has a part in its answers. */
export class Participant implements vscode.Disposable {
  private readonly talks = new Map<string, Talk>();
  private readonly disposables: vscode.Disposable[] = [];
  private readonly proposed = new Map<string, Proposed>();

  constructor(
    private readonly server: Server,
    private readonly proposals: Proposals,
    extension: vscode.Uri,
  ) {
    this.disposables.push(vscode.commands.registerCommand("adr-lens.chat.propose", (id: unknown) => this.propose(id)));
    // Editors made from VS Code may have no chat.
    if (typeof (vscode as { chat?: typeof vscode.chat }).chat?.createChatParticipant !== "function") return;
    const participant = vscode.chat.createChatParticipant(ID, (...request) => this.handle(...request));
    participant.iconPath = vscode.Uri.joinPath(extension, "media", "icon.png");
    participant.followupProvider = {
      provideFollowups: (result) =>
        ((result.metadata as Metadata | undefined)?.followUps ?? []).map((prompt) => ({ prompt })),
    };
    this.disposables.push(participant);
  }

  dispose(): void {
    for (const talk of this.talks.values()) talk.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Answers one request of the chat. */
  async handle(
    request: Pick<vscode.ChatRequest, "prompt" | "command" | "references">,
    context: Pick<vscode.ChatContext, "history">,
    stream: Pick<vscode.ChatResponseStream, "markdown" | "anchor" | "button" | "progress" | "reference">,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult> {
    const uri = subject(request.references);
    const question = request.prompt.trim() || COMMANDS[request.command ?? ""];
    if (uri === undefined) {
      stream.markdown("Open a decision record, or attach one to the question; I answer about one record at a time.");
      return {};
    }
    if (question === undefined) {
      stream.markdown(
        "Ask about the record: why something is flagged, why not another engine, what if …, what is missing.",
      );
      return { metadata: metadata(uri, Object.values(COMMANDS)) };
    }
    stream.reference(uri);
    const talk = this.talk(uri, context.history.length === 0);
    const reply = new Reply();
    const ground: Ground = { uri, path: "", folder: this.server.folder };
    // Parts are written one behind the other, each whole.
    let written = Promise.resolve();
    const write = async (said: Reply["said"][number]): Promise<void> => {
      const places = await locations(said, ground);
      stream.markdown(sentence(said));
      for (const { label, location } of places) {
        stream.markdown(" ");
        stream.anchor(location, label);
      }
      stream.markdown("\n");
    };
    const answer = await talk.ask(
      question,
      (part) => {
        const said = reply.add(part);
        written = written.then(() => write(said));
      },
      token,
    );
    await written;
    await this.finish(talk, answer, reply, stream);
    return { metadata: metadata(uri, answer["follow-ups"]) };
  }

  private async finish(
    talk: Talk,
    answer: Answer,
    reply: Reply,
    stream: Pick<vscode.ChatResponseStream, "markdown" | "button">,
  ): Promise<void> {
    const back = askedBack(answer);
    if (back !== undefined) stream.markdown(`\n\n${escaped(back)}`);
    if (reply.sources.length > 0) stream.markdown(`\n\n${sourceList(reply.sources)}\n`);
    for (const edit of proposed(answer)) {
      const id = crypto.randomUUID();
      this.proposed.set(id, { talk, edit, turn: talk.turns });
      stream.markdown(`\n\n**${escaped(edit.title)}**: ${escaped(edit.sentence)}\n`);
      stream.button({ command: "adr-lens.chat.propose", title: "Show the change", arguments: [id] });
    }
    // An edit comes only after a yes, and the yes was typed here.
    if (answer.edit !== null && (await this.proposals.apply(answer))) stream.markdown("\n\nDone.");
  }

  private async propose(id: unknown): Promise<void> {
    const proposal = typeof id === "string" ? this.proposed.get(id) : undefined;
    if (proposal !== undefined) await this.proposals.show(proposal);
  }

  /** A chat that begins supposes nothing. */
  private talk(uri: vscode.Uri, begins: boolean): Talk {
    const name = uri.toString();
    if (begins) {
      this.talks.get(name)?.dispose();
      this.talks.delete(name);
    }
    const known = this.talks.get(name) ?? new Talk(this.server, uri);
    this.talks.set(name, known);
    return known;
  }
}

function metadata(uri: vscode.Uri, followUps: readonly string[]): Metadata {
  return { record: uri.toString(), followUps };
}

/** The record that is attached, else the one in the active editor. */
function subject(references: readonly vscode.ChatPromptReference[]): vscode.Uri | undefined {
  for (const { value } of references) {
    const uri = value instanceof vscode.Location ? value.uri : value;
    if (uri instanceof vscode.Uri && vscode.workspace.getWorkspaceFolder(uri) !== undefined) return uri;
  }
  const record = activeRecord() ?? vscode.window.visibleTextEditors.map(({ document }) => document).find(isCandidate);
  return record?.uri;
}
