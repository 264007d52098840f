import * as vscode from "vscode";

import { select } from "../conversation/places.ts";
import type { Server } from "../server/server.ts";
import type { RecordState } from "../server/wire.ts";
import type { Current, Follower } from "../state.ts";
import { Frame } from "../ui/frame.ts";
import { fromView, type FromView, type ShownMatrix, type ToView } from "./messages.ts";

const BODY = `<main>
<p id="about" class="about"></p>
<table id="matrix" role="grid" aria-label="Needs and options" hidden></table>
<p id="why" role="status" aria-live="polite"></p>
</main>`;

const PAGE = { title: "Needs and options", script: "matrix.js", style: "matrix.css", body: BODY };

/** The needs of the record against its options: follows the cursor, and leads to the words. */
export class MatrixView implements vscode.Disposable {
  private readonly frame: Frame<FromView, ToView>;
  private readonly disposables: vscode.Disposable[];

  constructor(
    extension: vscode.Uri,
    private readonly server: Server,
    private readonly follower: Follower,
  ) {
    this.frame = new Frame("adr-lens.matrix", extension, PAGE, fromView, (message) => this.receive(message));
    this.disposables = [
      this.frame,
      follower.onDidChange(() => this.show()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === follower.current?.document) this.point(textEditor);
      }),
    ];
  }

  async open(): Promise<void> {
    await this.frame.focus();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async receive(message: FromView): Promise<void> {
    if (message.type === "ready") {
      this.show();
      return;
    }
    // The text may have changed since the page was sent: what is asked for now has the places of now.
    const current = await this.follower.refresh();
    const range =
      message.what === "need"
        ? current?.state.needs[message.number]?.places[0]?.range
        : current?.state.options[message.number]?.range;
    if (current !== undefined && range !== undefined) {
      await select(current.document, toRange(range));
    }
  }

  private show(): void {
    const current = this.follower.current;
    const matrix = current === undefined ? null : shown(current);
    this.frame.post({ type: "matrix", matrix, why: this.why(current) });
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === current?.document);
    if (editor !== undefined) this.point(editor);
  }

  private why(current: Current | undefined): string {
    if (this.server.standing !== "running") return "The language server is not running.";
    if (current === undefined) return "Open a record to see its needs against its options.";
    if (current.state.needs.length === 0) return "The record states no need that the lens decides from.";
    if (current.state.options.length === 0) return "The record names no option that the lens knows.";
    return "";
  }

  private point(editor: vscode.TextEditor): void {
    const state = this.follower.current?.state;
    if (state === undefined) return;
    const cursor = editor.selection.active;
    const within = (range: Range): boolean => toRange(range).contains(cursor);
    const need = state.needs.findIndex(({ places }) => places.some(({ range }) => within(range)));
    const option = state.options.findIndex(({ range }) => within(range));
    this.frame.post({ type: "cursor", need: need < 0 ? null : need, option: option < 0 ? null : option });
  }
}

type Range = RecordState["options"][number]["range"];

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function shown({ document, state }: Current): ShownMatrix {
  return {
    record: state.title ?? vscode.workspace.asRelativePath(document.uri),
    status: state.status,
    options: state.options.map(({ name, role }) => ({ name, role })),
    needs: state.needs.map(({ signal, says, polarity, places, stands }) => ({
      signal,
      says,
      needed: polarity === "required",
      strength: places[0]?.strength ?? "",
      figure: places.find(({ figure }) => figure !== null)?.figure ?? null,
      text: places[0]?.text ?? "",
      stands,
    })),
  };
}
