import * as vscode from "vscode";

import { activeRecord, isCandidate } from "./records.ts";
import type { Server } from "./server/server.ts";
import type { RecordState } from "./server/wire.ts";

/** How long typing must pause before the state is asked for again, in milliseconds. */
const PAUSE = 150;

export interface Current {
  readonly document: vscode.TextDocument;
  readonly state: RecordState;
}

/** The record one is in, and what the server knows of it; kept current while one types and moves between editors. */
export class Follower implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Current | undefined>();
  private readonly disposables: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private document: vscode.TextDocument | undefined;

  current: Current | undefined;
  readonly onDidChange = this.changed.event;

  constructor(private readonly server: Server) {
    this.document = activeRecord();
    this.disposables = [
      this.changed,
      server.onDidChange(() => this.later(0)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // Views and comparisons take the keyboard and leave the record where it is.
        if (editor === undefined || !isCandidate(editor.document)) return;
        this.document = editor.document;
        this.later(0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document) this.later(PAUSE);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document !== this.document) return;
        this.document = activeRecord();
        this.later(0);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("adr-lens")) this.later(PAUSE);
      }),
    ];
  }

  /** Asks now. */
  async refresh(): Promise<Current | undefined> {
    const document = this.document;
    let current: Current | undefined;
    if (document !== undefined && this.server.standing === "running") {
      const uri = this.server.uri(document.uri);
      const state = await this.server.request<RecordState | null>("adrLens/record", { uri }).catch(() => null);
      current = state === null ? undefined : { document, state };
    }
    // Somebody moved on while the answer was under way: the later question has its own.
    if (document === this.document) {
      this.current = current;
      this.changed.fire(current);
    }
    return current;
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), pause);
  }
}
