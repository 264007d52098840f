import * as vscode from "vscode";

import type { Server } from "../server/server.ts";
import type { Answer, PartSent } from "../server/wire.ts";

/**
 * A talk with the server about one record. It is begun with the first question, and begun again when the server forgot it: a server
 * that was restarted knows nothing of earlier suppositions.
 */
export class Talk implements vscode.Disposable {
  private id: string | undefined;
  private generation = -1;
  private last: Promise<unknown> = Promise.resolve();
  private asked = 0;

  constructor(
    private readonly server: Server,
    readonly uri: vscode.Uri,
    /** Asked before the first question, to say what the talk is about; the answer is not shown. */
    private readonly opening?: string,
  ) {}

  /** How many questions were asked: what was proposed with one of them can be said yes to until the next. */
  get turns(): number {
    return this.asked;
  }

  /** Questions of a talk are answered in the order they were asked. Each part is handed on as it comes. */
  ask(question: string, onPart?: (part: PartSent) => void, token?: vscode.CancellationToken): Promise<Answer> {
    this.asked += 1;
    const answer = this.last.then(() => this.turn(question, onPart, token));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  dispose(): void {
    if (this.id !== undefined && this.generation === this.server.generation) {
      this.server.request("adrLens/conversation/destroy", { id: this.id }).catch(() => undefined);
    }
    this.id = undefined;
  }

  private async turn(
    question: string,
    onPart: ((part: PartSent) => void) | undefined,
    token: vscode.CancellationToken | undefined,
  ): Promise<Answer> {
    // The server answers about open documents.
    await vscode.workspace.openTextDocument(this.uri);
    if (this.id === undefined || this.generation !== this.server.generation) await this.begin();
    return this.send(question, onPart, token);
  }

  private async begin(): Promise<void> {
    const textDocument = { uri: this.server.uri(this.uri) };
    const { id } = await this.server.request<{ id: string }>("adrLens/conversation/create", { textDocument });
    this.id = id;
    this.generation = this.server.generation;
    if (this.opening !== undefined) await this.send(this.opening);
  }

  private async send(
    question: string,
    onPart?: (part: PartSent) => void,
    token?: vscode.CancellationToken,
  ): Promise<Answer> {
    const partialResultToken = `adr-lens-${crypto.randomUUID()}`;
    const listening = onPart && this.server.onProgress(partialResultToken, onPart);
    try {
      const turn = { id: this.id, question, ...(listening ? { partialResultToken } : {}) };
      return await this.server.request<Answer>("adrLens/conversation/turn", turn, token);
    } finally {
      listening?.dispose();
    }
  }
}
