import * as vscode from "vscode";

import { findings, summary } from "./records.ts";
import type { Server } from "./server/server.ts";
import { flag } from "./server/settings.ts";
import type { Follower } from "./state.ts";

/** The state of the record one is in, in the status bar; a press leads to what can be done. */
export class Status implements vscode.Disposable {
  readonly item = vscode.window.createStatusBarItem("adr-lens.status", vscode.StatusBarAlignment.Right, 90);
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly follower: Follower,
  ) {
    this.item.name = "adr-lens";
    this.item.command = "adr-lens.menu";
    const show = (): void => this.show();
    this.disposables = [
      this.item,
      server.onDidChange(show),
      follower.onDidChange(show),
      vscode.languages.onDidChangeDiagnostics(show),
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("adr-lens.statusBar")) show();
      }),
    ];
    show();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private show(): void {
    const current = this.follower.current;
    // A step of the walkthrough is done when there is a record.
    if (current !== undefined) void vscode.commands.executeCommand("setContext", "adr-lens.hasRecord", true);
    const trouble = this.server.standing === "missing" || this.server.standing === "stopped";
    if (!flag("statusBar") || (current === undefined && !trouble)) {
      this.item.hide();
      return;
    }
    this.item.backgroundColor = trouble ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    if (trouble || current === undefined) {
      this.say("$(circle-slash) ADR", "The language server adr-lens is not running.");
    } else {
      const { status, title, number } = current.state;
      const found = summary(findings(current.document.uri));
      const name = `${number === null ? "" : `${number}. `}${title ?? "This record"}`;
      this.say(`$(law) ${status}: ${found}`, `${name}, ${status}: ${found}`);
    }
    this.item.show();
  }

  private say(text: string, long: string): void {
    this.item.text = text;
    this.item.tooltip = long;
    this.item.accessibilityInformation = { label: `Decision record: ${long}`, role: "button" };
  }
}
