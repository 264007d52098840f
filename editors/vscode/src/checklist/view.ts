import * as vscode from "vscode";

import { type Ground, label, reveal } from "../conversation/places.ts";
import { activeRecord } from "../records.ts";
import type { Server } from "../server/server.ts";
import type { Checklist, ItemState } from "../server/wire.ts";
import type { Follower } from "../state.ts";
import { byState, byTopic, type GroupNode, type ItemNode, type Leaf, type Node, placeOf, STATES } from "./nodes.ts";

/** Each state has a sign and words; none is told by colour alone. */
const SIGNS: Readonly<Record<ItemState, { readonly icon: vscode.ThemeIcon; readonly word: string }>> = {
  ticked: { icon: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")), word: "answered" },
  failed: { icon: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")), word: "contradicted" },
  open: { icon: new vscode.ThemeIcon("circle-large-outline"), word: "open" },
  human: { icon: new vscode.ThemeIcon("person"), word: "for a person to judge" },
};

const LEAVES: Readonly<Record<Leaf["kind"], string>> = {
  finding: "warning",
  evidence: "quote",
  prompt: "question",
  why: "info",
  help: "book",
  choice: "circle-outline",
};

/** Whether the questions stand by state: a context of the buttons above the tree, and kept for the workspace. */
const BY_STATE = "adr-lens.checklistByState";

const FORMATS: Readonly<Record<string, string>> = { markdown: "for a pull request", html: "one page, for print" };

/** The review checklist of the record one is in; its items lead to the words that answer them. */
export class ChecklistView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  static readonly id = "adr-lens.checklist";

  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly tree: vscode.TreeView<Node>;
  private readonly disposables: vscode.Disposable[];
  private checklist: Checklist | undefined;
  private ground: Ground | undefined;
  private asked = 0;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly follower: Follower,
    private readonly kept: vscode.Memento,
  ) {
    this.tree = vscode.window.createTreeView(ChecklistView.id, { treeDataProvider: this, showCollapseAll: true });
    const commands: Readonly<Record<string, (...given: unknown[]) => unknown>> = {
      "adr-lens.checklist.reveal": (node) => this.reveal(node as Node),
      "adr-lens.checklist.byState": () => this.order(true),
      "adr-lens.checklist.byTopic": () => this.order(false),
    };
    this.disposables = [
      this.changed,
      this.tree,
      follower.onDidChange(() => void this.refresh()),
      this.tree.onDidChangeVisibility(() => void this.refresh()),
      ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    ];
    void vscode.commands.executeCommand("setContext", BY_STATE, this.isByState);
  }

  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${ChecklistView.id}.focus`);
  }

  /** Writes the checklist as a text of its own. */
  async write(): Promise<unknown> {
    const record = this.ground?.uri ?? activeRecord()?.uri;
    if (record === undefined) return vscode.window.showInformationMessage("adr-lens: open a decision record first.");
    const items = Object.entries(FORMATS).map(([label, description]) => ({ label, description }));
    const chosen = await vscode.window.showQuickPick(items, { title: "Format of the checklist" });
    return chosen && this.server.execute("adrLens.checklist", this.server.uri(record), chosen.label);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "group":
        return this.group(node);
      case "item":
        return this.item(node);
      default:
        return this.leaf(node);
    }
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    return [...this.children(node)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private get isByState(): boolean {
    return this.kept.get(BY_STATE) === true;
  }

  private async order(byState: boolean): Promise<void> {
    await this.kept.update(BY_STATE, byState);
    await vscode.commands.executeCommand("setContext", BY_STATE, byState);
    this.changed.fire(undefined);
  }

  private children(node: Node | undefined): readonly Node[] {
    if (node !== undefined) return node.kind === "group" ? node.items : node.leaves;
    const record = this.checklist?.records[0];
    if (record === undefined) return [];
    return this.isByState ? byState(record, (state) => capital(SIGNS[state].word)) : byTopic(record);
  }

  /** Asks for it while somebody looks at it. */
  private async refresh(): Promise<void> {
    if (!this.tree.visible) return;
    const current = this.follower.current;
    this.asked += 1;
    const turn = this.asked;
    const checklist =
      current === undefined
        ? null
        : await this.server
            .request<Checklist | null>("adrLens/checklist", { uri: this.server.uri(current.document.uri) })
            .catch(() => null);
    if (turn !== this.asked) return;
    this.checklist = checklist ?? undefined;
    const record = checklist?.records[0];
    this.ground =
      current && record ? { uri: current.document.uri, path: record.path, folder: this.server.folder } : undefined;
    const failed = record?.summary.failed ?? 0;
    this.tree.description = record?.title ?? "";
    this.tree.message =
      current && record
        ? `${decision(current.state)}; judged as of ${checklist.as_of}. ${capital(counted(record.summary))}.`
        : said(this.server);
    this.tree.badge = failed === 0 ? undefined : { value: failed, tooltip: `${failed} contradicted` };
    this.changed.fire(undefined);
  }

  private group({ id, title, items }: GroupNode): vscode.TreeItem {
    const questions = items.filter((item) => item.kind === "item");
    const settled = questions.filter(({ state }) => state === "ticked").length;
    const failed = questions.some(({ state }) => state === "failed");
    const shown = new vscode.TreeItem(title, collapsible(items, failed));
    shown.id = id;
    const counts = this.isByState || questions.length === 0;
    shown.description = counts ? String(items.length) : `${settled} of ${items.length}`;
    return shown;
  }

  private item(node: ItemNode): vscode.TreeItem {
    const { id, question, why, state, topic, leaves } = node;
    const { icon, word } = SIGNS[state];
    const shown = new vscode.TreeItem(question, collapsible(leaves));
    shown.id = `${this.isByState ? state : topic}/${id}`;
    shown.iconPath = icon;
    shown.description = this.isByState ? topic : word;
    // The question as well: where the view is narrow, its end is cut off.
    shown.tooltip = `${question} ${why}`;
    shown.accessibilityInformation = { label: `${question} ${word}` };
    if (placeOf(node) !== undefined) shown.command = go("Go to the evidence", node);
    return shown;
  }

  private leaf(node: Leaf): vscode.TreeItem {
    const shown = new vscode.TreeItem(node.text, collapsible(node.leaves));
    shown.iconPath = new vscode.ThemeIcon(node.url === undefined ? LEAVES[node.kind] : "link-external");
    shown.tooltip = node.url === undefined ? node.text : `${node.text}\n${node.url}`;
    if (node.place !== undefined && this.ground !== undefined) shown.description = label(node.place, this.ground);
    if (node.place !== undefined) shown.command = go("Go to the words", node);
    else if (node.url !== undefined) shown.command = go("Open the page", node);
    return shown;
  }

  /** Goes to the words of a node, or opens its page in the browser, after the editor has asked. */
  private async reveal(node: Node): Promise<void> {
    const place = placeOf(node);
    if (place !== undefined && this.ground !== undefined) await reveal(place, this.ground);
    else if ("url" in node) await vscode.env.openExternal(vscode.Uri.parse(node.url, true));
  }
}

function go(title: string, node: Node): vscode.Command {
  return { command: "adr-lens.checklist.reveal", title, arguments: [node] };
}

function collapsible(children: readonly unknown[], expanded = false): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** "Proposed, decides for Amazon DynamoDB". */
function decision({ status, options }: NonNullable<Follower["current"]>["state"]): string {
  const chosen = options.filter(({ role }) => role === "chosen").map(({ name }) => name);
  return `${capital(status)}, ${chosen.length === 0 ? "decides for no engine" : `decides for ${chosen.join(", ")}`}`;
}

function counted(summary: Readonly<Record<ItemState, number>>): string {
  const counts = STATES.filter((state) => summary[state] > 0).map((state) => `${summary[state]} ${SIGNS[state].word}`);
  return counts.join(", ");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function said(server: Server): string {
  if (server.standing !== "running") return "The language server is not running.";
  return activeRecord() === undefined ? "Open a record to see its checklist." : "";
}
