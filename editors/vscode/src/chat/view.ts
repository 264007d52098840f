import * as vscode from "vscode";

import { type Ground, label, reveal } from "../conversation/places.ts";
import type { Outcome, Proposals } from "../conversation/proposals.ts";
import { askedBack, proposed, Reply } from "../conversation/reply.ts";
import { Talk } from "../conversation/talk.ts";
import { activeRecord } from "../records.ts";
import type { Server } from "../server/server.ts";
import type { Answer } from "../server/wire.ts";
import { Frame } from "../ui/frame.ts";
import { type EditState, fromView, type FromView, type ShownTurn, type ToView } from "./messages.ts";

/** What can be asked of any record. */
export const STARTERS = ["Why is this flagged?", "What is missing?", "What should I use?", "What did you understand?"];

interface Turn {
  readonly id: number;
  readonly question: string;
  readonly reply: Reply;
  state: ShownTurn["state"];
  error: string | null;
  answer: Answer | undefined;
  /** The turn of the talk, while what was proposed in it can be said yes to. */
  at: number;
  readonly edits: EditState[];
}

interface Conversation {
  readonly talk: Talk;
  readonly turns: Turn[];
  running: vscode.CancellationTokenSource | undefined;
}

const BODY = `<main>
<p id="record" class="record"></p>
<div id="turns" role="log" aria-live="polite" aria-label="Conversation"></div>
<div id="starters" class="follow-ups" role="group" aria-label="Questions to begin with"></div>
<div class="ask">
<textarea id="question" rows="2" disabled aria-label="Ask about this record" placeholder="Ask about this record: why, what if, why not …"></textarea>
<button id="send" type="button" disabled>Ask</button>
<button id="stop" type="button" hidden>Stop</button>
</div>
</main>`;

const PAGE = { title: "Ask", script: "chat.js", style: "chat.css", body: BODY };

/** The conversation about the active record in a view of our own, for editors that have no chat and people who want none. */
export class ChatView implements vscode.Disposable {
  private readonly frame: Frame<FromView, ToView>;
  private readonly conversations = new Map<string, Conversation>();
  private current: vscode.Uri | undefined;
  private next = 1;
  private wantsFocus = false;
  private readonly disposables: vscode.Disposable[];

  constructor(
    extension: vscode.Uri,
    private readonly server: Server,
    private readonly proposals: Proposals,
  ) {
    this.current = activeRecord()?.uri;
    this.frame = new Frame("adr-lens.chat", extension, PAGE, fromView, (message) => this.receive(message));
    this.disposables = [
      this.frame,
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.forget(oldUri))),
    ];
  }

  /** Shows the view, and asks there if a question is given. */
  async open(uri?: vscode.Uri, question?: string): Promise<void> {
    if (uri !== undefined) this.current = uri;
    this.wantsFocus = question === undefined;
    await this.frame.focus();
    this.show();
    if (question !== undefined) await this.ask(question);
  }

  /** Asks about the current record; the answer, when there is one. */
  async ask(question: string): Promise<Answer | undefined> {
    const conversation = this.conversation();
    if (conversation === undefined || question.trim() === "") return undefined;
    const turn: Turn = {
      id: this.next++,
      question: question.trim(),
      reply: new Reply(),
      state: "running",
      error: null,
      answer: undefined,
      at: -1,
      edits: [],
    };
    for (const older of conversation.turns) this.close(conversation, older);
    conversation.turns.push(turn);
    this.send(conversation, turn);
    const cancel = new vscode.CancellationTokenSource();
    conversation.running = cancel;
    try {
      const onPart = (part: Parameters<Reply["add"]>[0]): void => {
        turn.reply.add(part);
        this.send(conversation, turn);
      };
      const answer = await conversation.talk.ask(turn.question, onPart, cancel.token);
      turn.answer = answer;
      turn.at = conversation.talk.turns;
      turn.edits.push(...proposed(answer).map(() => "waiting" as const));
      turn.state = "done";
      // Typed here by a person who was shown what was proposed.
      if (answer.edit !== null) await this.proposals.apply(answer);
      return answer;
    } catch (error) {
      turn.state = cancel.token.isCancellationRequested ? "stopped" : "failed";
      turn.error = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      if (conversation.running === cancel) conversation.running = undefined;
      cancel.dispose();
      this.send(conversation, turn);
    }
  }

  /** Begins anew: nothing is supposed any more. */
  clear(): void {
    if (this.current !== undefined) this.forget(this.current);
    this.show();
  }

  dispose(): void {
    for (const { talk } of this.conversations.values()) talk.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private follow(): void {
    const record = activeRecord();
    if (record !== undefined && record.uri.toString() !== this.current?.toString()) {
      this.current = record.uri;
      this.show();
    }
  }

  private forget(uri: vscode.Uri): void {
    this.conversations.get(uri.toString())?.talk.dispose();
    this.conversations.delete(uri.toString());
  }

  private conversation(): Conversation | undefined {
    const uri = this.current;
    if (uri === undefined) return undefined;
    const known = this.conversations.get(uri.toString());
    if (known !== undefined) return known;
    const begun = { talk: new Talk(this.server, uri), turns: [], running: undefined };
    this.conversations.set(uri.toString(), begun);
    return begun;
  }

  private async receive(message: FromView): Promise<void> {
    const conversation = this.conversation();
    switch (message.type) {
      case "ready":
        this.show();
        return;
      case "ask":
        await this.ask(message.question);
        return;
      case "stop":
        conversation?.running?.cancel();
        return;
      case "open": {
        const turn = conversation?.turns.find(({ id }) => id === message.turn);
        const place = turn?.reply.said[message.said]?.places[message.place];
        if (conversation !== undefined && turn !== undefined && place !== undefined) {
          await reveal(place, this.ground(conversation, turn));
        }
        return;
      }
      case "edit": {
        const turn = conversation?.turns.find(({ id }) => id === message.turn);
        if (conversation !== undefined && turn !== undefined) await this.edit(conversation, turn, message);
        return;
      }
    }
  }

  private async edit(
    conversation: Conversation,
    turn: Turn,
    { edit: at, what }: Extract<FromView, { type: "edit" }>,
  ): Promise<void> {
    const edit = turn.answer && proposed(turn.answer)[at];
    if (edit === undefined || turn.edits[at] !== "waiting") return;
    const settled = (outcome: Outcome): void => {
      turn.edits[at] = outcome;
      this.send(conversation, turn);
    };
    const proposal = { talk: conversation.talk, edit, turn: turn.at };
    switch (what) {
      case "show":
        await this.proposals.show(proposal, settled);
        return;
      case "accept":
        settled((await this.proposals.accept(proposal)) ? "accepted" : "gone");
        return;
      case "decline":
        await this.proposals.decline(proposal);
        settled("declined");
        return;
    }
  }

  /** What an older turn proposed can no longer be said yes to. */
  private close(conversation: Conversation, turn: Turn): void {
    if (!turn.edits.includes("waiting")) return;
    turn.edits.forEach((state, at) => {
      if (state === "waiting") turn.edits[at] = "gone";
    });
    this.send(conversation, turn);
  }

  private ground(conversation: Conversation, turn: Turn): Ground {
    const path = turn.answer?.path ?? "";
    return { uri: conversation.talk.uri, path, folder: this.server.folder };
  }

  private show(): void {
    const conversation = this.current && this.conversations.get(this.current.toString());
    const turns = conversation?.turns.map((turn) => this.shown(conversation, turn)) ?? [];
    const record = this.current === undefined ? null : vscode.workspace.asRelativePath(this.current);
    this.frame.post({ type: "talk", record, turns, starters: STARTERS });
    if (this.wantsFocus) {
      this.wantsFocus = false;
      this.frame.post({ type: "focus" });
    }
  }

  private send(conversation: Conversation, turn: Turn): void {
    if (conversation.talk.uri.toString() === this.current?.toString()) {
      this.frame.post({ type: "turn", turn: this.shown(conversation, turn) });
    }
  }

  private shown(conversation: Conversation, turn: Turn): ShownTurn {
    const ground = this.ground(conversation, turn);
    const answer = turn.answer;
    return {
      id: turn.id,
      question: turn.question,
      said: turn.reply.said.map(({ kind, text, marks, places }) => ({
        kind,
        text,
        marks,
        places: places.map((place) => label(place, ground)),
      })),
      sources: turn.reply.sources,
      asks: (answer && askedBack(answer)) ?? null,
      edits: (answer ? proposed(answer) : []).map(({ title, sentence }, at) => ({
        title,
        sentence,
        state: turn.edits[at] ?? "gone",
      })),
      followUps: answer?.["follow-ups"] ?? [],
      state: turn.state,
      error: turn.error,
    };
  }
}
