import * as vscode from "vscode";

import type { Server } from "../server/server.ts";
import type { Answer, ProposedEdit } from "../server/wire.ts";
import type { Talk } from "./talk.ts";

export const SCHEME = "adr-lens-proposal";

export type Outcome = "accepted" | "declined" | "gone";

/** A change that the last answer of a talk proposed. */
export interface Proposed {
  readonly talk: Talk;
  readonly edit: ProposedEdit;
  /** The turn it was proposed in. */
  readonly turn: number;
}

interface Shown extends Proposed {
  readonly content: string;
  readonly settled: (outcome: Outcome) => void;
}

/**
 * Changes that an answer proposes, shown beside the record as a comparison. Nothing is written before somebody accepts: then the talk
 * is told yes, and the edit that comes back, checked by the server against the text of that moment, is applied.
 */
export class Proposals implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly open = new Map<string, Shown>();
  private next = 0;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.commands.registerCommand("adr-lens.proposal.accept", (uri?: vscode.Uri) => this.settleActive(uri, true)),
      vscode.commands.registerCommand("adr-lens.proposal.decline", (uri?: vscode.Uri) => this.settleActive(uri, false)),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.open.get(uri.toString())?.content;
  }

  /** Opens the comparison. `settled` is told once what became of the proposal. */
  async show(proposed: Proposed, settled: (outcome: Outcome) => void = () => undefined): Promise<vscode.Uri> {
    const { talk, edit } = proposed;
    const document = await vscode.workspace.openTextDocument(talk.uri);
    this.next += 1;
    const name = talk.uri.path.split("/").at(-1) ?? "record.md";
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.next}/${name}` });
    this.open.set(uri.toString(), { ...proposed, content: changed(document.getText(), edit), settled });
    await vscode.commands.executeCommand("vscode.diff", talk.uri, uri, `${name}: ${edit.title}`, { preview: true });
    return uri;
  }

  /** Says yes and makes the change that is then handed over. False when the talk or the record has gone on since. */
  async accept(proposal: Proposed): Promise<boolean> {
    const { talk, turn } = proposal;
    await this.closeShown(proposal);
    if (talk.turns !== turn) return false;
    return this.apply(await talk.ask("yes"));
  }

  async decline(proposal: Proposed): Promise<void> {
    await this.closeShown(proposal);
    if (proposal.talk.turns === proposal.turn) await proposal.talk.ask("no");
  }

  /** Closes the comparisons of a proposal that was answered elsewhere. */
  private async closeShown({ talk, turn }: Proposed): Promise<void> {
    for (const [shown, other] of this.open) {
      if (other.talk !== talk || other.turn !== turn) continue;
      this.open.delete(shown);
      await close(vscode.Uri.parse(shown));
    }
  }

  /** Makes the change that was said yes to. */
  async apply(answer: Answer): Promise<boolean> {
    if (answer.edit === null || this.server.convert === undefined) return false;
    const edit = await this.server.convert.asWorkspaceEdit(answer.edit);
    return vscode.workspace.applyEdit(edit);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async settleActive(uri: vscode.Uri | undefined, yes: boolean): Promise<void> {
    const shown = uri ?? vscode.window.activeTextEditor?.document.uri;
    const proposal = shown && this.open.get(shown.toString());
    if (proposal === undefined) return;
    if (!yes) {
      await this.decline(proposal);
      proposal.settled("declined");
      return;
    }
    const done = await this.accept(proposal);
    proposal.settled(done ? "accepted" : "gone");
    if (!done) {
      void vscode.window.showWarningMessage(
        "adr-lens: the record or the talk has gone on since this was proposed; ask again.",
      );
      return;
    }
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(proposal.talk.uri));
  }
}

/** A text with a proposed edit made. Its place is counted in bytes of UTF-8. */
export function changed(text: string, edit: Pick<ProposedEdit, "span" | "text">): string {
  const bytes = Buffer.from(text, "utf8");
  const [start, end] = edit.span.bytes;
  return bytes.subarray(0, start).toString("utf8") + edit.text + bytes.subarray(end).toString("utf8");
}

async function close(uri: vscode.Uri): Promise<void> {
  for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
    if (tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === uri.toString()) {
      await vscode.window.tabGroups.close(tab);
    }
  }
}
