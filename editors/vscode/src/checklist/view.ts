import * as vscode from "vscode";

import { type Ground, label, reveal } from "../conversation/places.ts";
import { activeRecord } from "../records.ts";
import type { Server } from "../server/server.ts";
import type { Checklist, ChecklistGroup, ChecklistItem, ItemState, Place } from "../server/wire.ts";
import type { Follower } from "../state.ts";

type Node =
  | { readonly kind: "group"; readonly group: ChecklistGroup }
  | { readonly kind: "item"; readonly item: ChecklistItem }
  | { readonly kind: "words"; readonly place: Place; readonly says: string }
  | { readonly kind: "prompt"; readonly text: string };

/** Each state has a sign and a word; none is told by colour alone. */
const STATES: Readonly<Record<ItemState, { readonly icon: vscode.ThemeIcon; readonly word: string }>> = {
  ticked: { icon: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")), word: "answered" },
  failed: { icon: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")), word: "contradicted" },
  open: { icon: new vscode.ThemeIcon("circle-large-outline"), word: "open" },
  human: { icon: new vscode.ThemeIcon("person"), word: "for a person to judge" },
};

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
  ) {
    this.tree = vscode.window.createTreeView(ChecklistView.id, { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [
      this.changed,
      this.tree,
      follower.onDidChange(() => void this.refresh()),
      this.tree.onDidChangeVisibility(() => void this.refresh()),
      vscode.commands.registerCommand("adr-lens.checklist.reveal", (node: unknown) => this.reveal(node)),
    ];
  }

  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${ChecklistView.id}.focus`);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "group":
        return group(node.group);
      case "item":
        return this.item(node);
      case "words": {
        const shown = new vscode.TreeItem(node.says);
        shown.iconPath = new vscode.ThemeIcon("quote");
        shown.description = this.ground === undefined ? "" : label(node.place, this.ground);
        shown.tooltip = node.place.text;
        shown.command = { command: "adr-lens.checklist.reveal", title: "Go to the words", arguments: [node] };
        return shown;
      }
      case "prompt": {
        const shown = new vscode.TreeItem(node.text);
        shown.iconPath = new vscode.ThemeIcon("question");
        shown.tooltip = node.text;
        return shown;
      }
    }
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      const groups = this.checklist?.records[0]?.groups ?? [];
      return groups.map((group) => ({ kind: "group", group }));
    }
    if (node.kind === "group") return node.group.items.map((item) => ({ kind: "item", item }));
    if (node.kind !== "item") return [];
    const { evidence, findings, prompts } = node.item;
    return [
      ...findings.map((place): Node => ({ kind: "words", place, says: place.message })),
      ...evidence.map((place): Node => ({ kind: "words", place, says: place.note ?? `“${place.text}”` })),
      ...prompts.map((text): Node => ({ kind: "prompt", text })),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Asks for it while somebody looks at it. */
  private async refresh(): Promise<void> {
    if (!this.tree.visible) return;
    const document = this.follower.current?.document;
    this.asked += 1;
    const turn = this.asked;
    const checklist =
      document === undefined
        ? null
        : await this.server
            .request<Checklist | null>("adrLens/checklist", { uri: this.server.uri(document.uri) })
            .catch(() => null);
    if (turn !== this.asked) return;
    this.checklist = checklist ?? undefined;
    const record = checklist?.records[0];
    this.ground = document && record ? { uri: document.uri, path: record.path, folder: this.server.folder } : undefined;
    this.tree.description = record?.title ?? "";
    this.tree.message = record === undefined ? said(this.server) : counted(record.summary);
    this.tree.badge =
      record === undefined || record.summary.failed === 0
        ? undefined
        : { value: record.summary.failed, tooltip: `${record.summary.failed} contradicted` };
    this.changed.fire(undefined);
  }

  private item(node: Extract<Node, { kind: "item" }>): vscode.TreeItem {
    const { question, why, state, evidence, findings, prompts } = node.item;
    const { icon, word } = STATES[state];
    const leaves = evidence.length + findings.length + prompts.length;
    const shown = new vscode.TreeItem(
      question,
      leaves === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
    );
    shown.iconPath = icon;
    shown.description = word;
    // The question as well: where the view is narrow, its end is cut off.
    shown.tooltip = `${question} ${why}`;
    shown.accessibilityInformation = { label: `${question} ${word}` };
    if (evidence.length + findings.length > 0) {
      shown.command = { command: "adr-lens.checklist.reveal", title: "Go to the evidence", arguments: [node] };
    }
    return shown;
  }

  /** Goes to the words of a node; of an item, to the first. */
  private async reveal(node: unknown): Promise<void> {
    const known = node as Node;
    const place =
      known.kind === "words"
        ? known.place
        : known.kind === "item"
          ? (known.item.findings[0] ?? known.item.evidence[0])
          : undefined;
    if (place !== undefined && this.ground !== undefined) await reveal(place, this.ground);
  }
}

function group({ title, items }: ChecklistGroup): vscode.TreeItem {
  const settled = items.filter(({ state }) => state === "ticked").length;
  const failed = items.some(({ state }) => state === "failed");
  const shown = new vscode.TreeItem(
    title,
    failed ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  shown.description = `${settled} of ${items.length}`;
  return shown;
}

function counted(summary: Readonly<Record<ItemState, number>>): string {
  const states: readonly ItemState[] = ["failed", "open", "human", "ticked"];
  return states
    .filter((state) => summary[state] > 0)
    .map((state) => `${summary[state]} ${STATES[state].word}`)
    .join(", ");
}

function said(server: Server): string {
  if (server.standing !== "running") return "The language server is not running.";
  return activeRecord() === undefined ? "Open a record to see its checklist." : "";
}
