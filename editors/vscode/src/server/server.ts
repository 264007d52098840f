import * as vscode from "vscode";
import type { LanguageClient, LanguageClientOptions, RenameParams, WorkspaceEdit } from "vscode-languageclient/node";

import { SECTION } from "../settings.ts";
import { expanded, program } from "./program.ts";
import { concernsServer, concernsStart, forServer, text } from "./settings.ts";
import type { PartSent } from "./wire.ts";

/** The protocol's part. It is as large as all the rest and loaded after the activation, in a file of its own. */
type Protocol = typeof import("vscode-languageclient/node");

/** The name under which the server asks for its settings. */
const SERVER_SECTION = "adrLens";

const LANGUAGES = ["markdown", "asciidoc", "restructuredtext"];

/** A team's lens. Whatever language the editor takes TOML for, the server knows these by their names. */
const LENS_FILES = [
  "**/adr-lens.toml",
  "**/{families,engines,signals,rules,sources,language}/*.toml",
  "**/rules/design/*.toml",
];

export type Standing = "starting" | "running" | "stopped" | "missing";

/** A command of the server that this extension answers in a way of its own: with a view, where the server would open a text file. */
export type Answered = (command: string, parameters: readonly unknown[]) => Promise<unknown> | undefined;

/**
 * The language server: started, stopped, and started again when a setting asks for it. A server that dies is started again by the
 * client; one that dies over and over is left alone, and the status bar says so.
 */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private protocol: Protocol | undefined;
  private readonly changed = new vscode.EventEmitter<Standing>();
  private readonly disposables: vscode.Disposable[] = [];
  private readonly log: vscode.LogOutputChannel;
  private readonly trace: vscode.LogOutputChannel;
  private queue: Promise<void> = Promise.resolve();
  private begun = 0;
  /** Files that the last rename gave a new name, each with that name. */
  private readonly renaming = new Map<string, string>();

  standing: Standing = "starting";
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly answered: Answered,
  ) {
    this.log = vscode.window.createOutputChannel("adr-lens", { log: true });
    this.trace = vscode.window.createOutputChannel("adr-lens trace", { log: true });
    this.disposables.push(
      this.changed,
      this.log,
      this.trace,
      // Settings that wait for a workspace to be trusted count as changed when it is.
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (concernsStart(event)) {
          void this.restart();
        } else if (concernsServer(event)) {
          void this.tellSettings();
        }
      }),
    );
  }

  /** Grows with each process: what an older one remembered is gone. */
  get generation(): number {
    return this.begun;
  }

  /** The folder that relative paths of the server start from. */
  get folder(): string | undefined {
    return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file")?.uri.fsPath;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.launch());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      await this.launch();
    });
  }

  /** Where what the server says is written. */
  show(): void {
    this.log.show(true);
  }

  /** Rejected when there is no server, or when it refuses. */
  async request<T>(method: string, parameters: unknown, token?: vscode.CancellationToken): Promise<T> {
    await this.queue;
    if (this.client === undefined || this.standing !== "running") {
      throw new Error("The language server is not running.");
    }
    return token === undefined
      ? this.client.sendRequest<T>(method, parameters)
      : this.client.sendRequest<T>(method, parameters, token);
  }

  /** A command of the server. */
  execute(command: string, ...parameters: unknown[]): Promise<unknown> {
    return this.request<unknown>("workspace/executeCommand", { command, arguments: parameters });
  }

  /** Listens to the parts of an answer, which are sent under a token. */
  onProgress(token: string, listener: (part: PartSent) => void): vscode.Disposable {
    if (this.client === undefined || this.protocol === undefined) return new vscode.Disposable(() => undefined);
    const listening = this.client.onProgress(new this.protocol.ProgressType<PartSent>(), token, listener);
    return new vscode.Disposable(() => void listening.dispose());
  }

  /** How VS Code writes a place of the protocol, and an edit. */
  get convert(): LanguageClient["protocol2CodeConverter"] | undefined {
    return this.client?.protocol2CodeConverter;
  }

  uri(uri: vscode.Uri): string {
    return this.client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  async stop(): Promise<void> {
    await this.enqueue(() => this.end());
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Starts and stops follow each other; none overtakes another. */
  private enqueue(task: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(task).catch((error: unknown) => {
      this.log.error(String(error));
      this.become("stopped");
    });
    return this.queue;
  }

  private async launch(): Promise<void> {
    this.become("starting");
    const found = await program(this.extension);
    if ("missing" in found) {
      this.become("missing");
      this.log.error(found.missing);
      void offer(found.missing);
      return;
    }
    const lens = text("lens").trim();
    const args = lens === "" ? ["lsp"] : ["--lens", expanded(lens), "lsp"];
    this.log.info(`Starting ${found.path} ${args.join(" ")}`);
    const options = this.folder === undefined ? {} : { cwd: this.folder };
    const run = { command: found.path, args, options };
    const protocol = (this.protocol ??= await import("vscode-languageclient/node"));
    const client = new protocol.LanguageClient(SECTION, "adr-lens", { run, debug: run }, this.options(protocol));
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) return;
      const running = newState === protocol.State.Running;
      if (running) this.begun += 1;
      this.become(running ? "running" : newState === protocol.State.Starting ? "starting" : "stopped");
    });
    this.client = client;
    await client.start();
    const server = client.initializeResult?.serverInfo;
    this.log.info(`Running ${server?.name ?? "adr-lens"} ${server?.version ?? ""}`);
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) await client.dispose(2000);
    this.become("stopped");
  }

  private options({ RevealOutputChannelOn }: Protocol): LanguageClientOptions {
    return {
      documentSelector: schemes().flatMap((scheme) => [
        ...LANGUAGES.map((language) => ({ scheme, language })),
        ...LENS_FILES.map((pattern) => ({ scheme, pattern })),
      ]),
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: forServer(),
      // What a record says is shown, never obeyed: no command links, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
      diagnosticPullOptions: { onChange: true, onSave: true },
      middleware: {
        workspace: {
          // The edit of a rename has all its links already; the file's own part of it is not to be asked about again.
          willRenameFiles: (event, next) =>
            event.files.every(({ oldUri, newUri }) => this.renaming.get(this.uri(oldUri)) === this.uri(newUri))
              ? Promise.resolve(undefined)
              : next(event),
          configuration: (params) => params.items.map((item) => (item.section === SERVER_SECTION ? forServer() : null)),
        },
        provideRenameEdits: (document, position, name, token) => this.rename(document, position, name, token),
        executeCommand: (command, parameters: unknown[], next): unknown =>
          this.answered(command, parameters) ?? next(command, parameters),
      },
    };
  }

  /** The edit of a rename. Which files it renames is kept, for the editor asks about each of them as if a person renamed it. */
  private async rename(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const client = this.client;
    if (client === undefined) return undefined;
    const ask: RenameParams = {
      ...client.code2ProtocolConverter.asTextDocumentPositionParams(document, position),
      newName,
    };
    const edit = await client.sendRequest<WorkspaceEdit | null>("textDocument/rename", ask, token);
    this.renaming.clear();
    for (const change of edit?.documentChanges ?? []) {
      if ("kind" in change && change.kind === "rename") this.renaming.set(change.oldUri, change.newUri);
    }
    return client.protocol2CodeConverter.asWorkspaceEdit(edit, token);
  }

  private async tellSettings(): Promise<void> {
    await this.queue;
    const settings = { [SERVER_SECTION]: forServer() };
    await this.client?.sendNotification("workspace/didChangeConfiguration", { settings });
  }

  private become(standing: Standing): void {
    this.standing = standing;
    this.changed.fire(standing);
  }
}

/** Files, drafts, and whatever else the folders of the workspace lie in; not the two sides of a comparison. */
function schemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(["file", "untitled", ...folders.map((folder) => folder.uri.scheme)])];
}

/** Says what is missing and where it is mended. */
async function offer(sentence: string): Promise<void> {
  const settings = "Open the setting";
  const chosen = await vscode.window.showErrorMessage(`adr-lens: ${sentence}`, settings);
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
  }
}
