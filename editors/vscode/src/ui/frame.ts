import * as vscode from "vscode";

import { html, options, type Page } from "./page.ts";

/** A view of ours: shows its page, hands on what the page says when it makes sense, and tells the page what to show. */
export class Frame<From, To> implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private readonly registered: vscode.Disposable;

  constructor(
    private readonly id: string,
    private readonly extension: vscode.Uri,
    private readonly page: Page,
    /** What the page said; nothing when that is no message of ours. */
    private readonly parse: (value: unknown) => From | undefined,
    private readonly receive: (message: From) => Promise<void>,
  ) {
    this.registered = vscode.window.registerWebviewViewProvider(id, this);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = options(this.extension);
    view.webview.onDidReceiveMessage((value: unknown) => {
      const message = this.parse(value);
      if (message !== undefined) void this.receive(message);
    });
    view.onDidDispose(() => (this.view = undefined));
    view.webview.html = html(view.webview, this.extension, this.page);
  }

  /** Opens the view and gives it the keyboard. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${this.id}.focus`);
  }

  /** Nobody hears it while the view is closed: the page asks for all when it is back. */
  post(message: To): void {
    void this.view?.webview.postMessage(message);
  }

  dispose(): void {
    this.registered.dispose();
  }
}
