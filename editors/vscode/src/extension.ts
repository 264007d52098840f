import * as vscode from "vscode";

import { Participant } from "./chat/participant.ts";
import { registerTools } from "./chat/tools.ts";
import { ChatView } from "./chat/view.ts";
import { ChecklistView } from "./checklist/view.ts";
import { registerCommands } from "./commands.ts";
import { Proposals } from "./conversation/proposals.ts";
import { MatrixView } from "./matrix/view.ts";
import { Server } from "./server/server.ts";
import { Follower } from "./state.ts";
import { Status } from "./status.ts";
import { registerTasks } from "./tasks.ts";
import { Threads } from "./threads/threads.ts";

/** What tests look at. No promise is made to other extensions. */
export interface Exports {
  readonly server: Server;
  readonly threads: Threads;
  readonly chat: ChatView;
  readonly participant: Participant;
  readonly status: Status;
  readonly follower: Follower;
  readonly checklist: ChecklistView;
}

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): Exports {
  const server = new Server(context.extensionUri, (command, given) => answered(command, given));
  const proposals = new Proposals(server);
  const follower = new Follower(server);
  const chat = new ChatView(context.extensionUri, server, proposals);
  const matrix = new MatrixView(context.extensionUri, server, follower);
  const checklist = new ChecklistView(server, follower, context.workspaceState);
  const threads = new Threads(server, proposals);
  const participant = new Participant(server, proposals, context.extensionUri);
  const status = new Status(server, follower);
  running = server;
  context.subscriptions.push(
    server,
    proposals,
    follower,
    chat,
    matrix,
    checklist,
    threads,
    participant,
    status,
    registerTools(server),
    registerTasks(context.extensionUri),
    registerCommands(context.extension.id, server, { chat, matrix, checklist }),
  );
  // Not waited for: the editor goes on while the server starts.
  void server.start();

  /** What the server would answer with a text file is shown in a view here. */
  function answered(command: string, given: readonly unknown[]): Promise<unknown> | undefined {
    const [uri, question] = given;
    const record = typeof uri === "string" ? vscode.Uri.parse(uri) : undefined;
    switch (command) {
      case "adrLens.ask":
        return typeof question === "string" ? chat.open(record, question) : chat.open(record);
      case "adrLens.checklist":
        return checklist.open();
      case "adrLens.compare":
        return matrix.open();
      default:
        return undefined;
    }
  }
  return { server, threads, chat, participant, status, follower, checklist };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
