/** A checklist as a tree, of which each branch says what the written checklist says. Pure: nothing of the editor is in here. */

import type { Checklist, ChecklistFinding, ChecklistItem, Cited, Help, ItemState, Place } from "../server/wire.ts";

type Record = Checklist["records"][number];

export interface GroupNode {
  readonly kind: "group";
  readonly id: string;
  readonly title: string;
  /** Questions; or findings that no question asks about. */
  readonly items: readonly (ItemNode | Leaf)[];
}

export interface ItemNode {
  readonly kind: "item";
  readonly id: string;
  readonly question: string;
  readonly why: string;
  readonly state: ItemState;
  /** What it is about. */
  readonly topic: string;
  readonly leaves: readonly Leaf[];
}

/** Words of a record, or a sentence of the lens, and what is said further. */
export interface Leaf {
  readonly kind: "finding" | "evidence" | "prompt" | "why" | "help" | "choice";
  readonly text: string;
  readonly place?: Place;
  /** A page in the browser. */
  readonly url?: string;
  readonly leaves: readonly Leaf[];
}

export type Node = GroupNode | ItemNode | Leaf;

/** What is left to do comes first. */
export const STATES: readonly ItemState[] = ["failed", "open", "human", "ticked"];

/** By what a question is about, in the order of the lens: what any decision needs, then what the families of the chosen engines need. */
export function byTopic(record: Record): readonly GroupNode[] {
  const groups = record.groups.map(({ id, title, items }): GroupNode => {
    return { kind: "group", id, title, items: items.map((one) => item(one, title)) };
  });
  return [...groups, ...besides(record)];
}

/** By what became of a question: contradicted, open, for people, answered. */
export function byState(record: Record, title: (state: ItemState) => string): readonly GroupNode[] {
  const items = record.groups.flatMap((group) => group.items.map((one) => item(one, group.title)));
  const groups = STATES.map((state): GroupNode => {
    return { kind: "group", id: state, title: title(state), items: items.filter((item) => item.state === state) };
  });
  return [...groups.filter((group) => group.items.length > 0), ...besides(record)];
}

/** What was found and no question asks about: the checklist gives it no state, and neither does this. */
function besides(record: Record): readonly GroupNode[] {
  const others = record.others.filter(({ suppressed }) => suppressed === null).map(finding);
  return others.length === 0 ? [] : [{ kind: "group", id: "besides", title: "Found besides", items: others }];
}

/** What leads from a node to the record: of a question, the first of its words. */
export function placeOf(node: Node): Place | undefined {
  switch (node.kind) {
    case "group":
      return undefined;
    case "item":
      return node.leaves.find(({ place }) => place !== undefined)?.place;
    default:
      return node.place;
  }
}

function item({ id, question, why, state, ...more }: ChecklistItem, topic: string): ItemNode {
  const leaves = [...more.findings.filter(isTold).map(finding), ...more.evidence.map(evidence)];
  // What is settled asks nothing more.
  if (state === "open" || state === "human") {
    leaves.push(
      cited("why", why, more.source),
      ...more.prompts.map((text) => leaf("prompt", text)),
      ...more.help.map((one) => help(one)),
      ...more.choices.map(choice),
    );
  }
  return { kind: "item", id, question, why, state, topic, leaves };
}

/** Not what is settled, and not what only asks the same question. */
function isTold({ suppressed, acknowledged, severity }: ChecklistFinding): boolean {
  return suppressed === null && !acknowledged && severity !== "hint";
}

function finding(found: ChecklistFinding): Leaf {
  const leaves = [leaf("why", found.because), leaf("help", `Way out: ${found.remedy}`)];
  const fitting = found.alternatives.map(({ name }) => name);
  if (fitting.length > 0) leaves.push(leaf("help", `Would fit: ${fitting.join(", ")}`));
  if (found.source !== null) leaves.push(source(found.source));
  return { kind: "finding", text: found.message, place: found, leaves };
}

function evidence(place: ChecklistItem["evidence"][number]): Leaf {
  const note = place.note === null ? "" : ` (${place.note})`;
  return { kind: "evidence", text: `“${place.text}”${note}`, place, leaves: [] };
}

function choice({ title, help: helps, plan }: ChecklistItem["choices"][number]): Leaf {
  const leaves = [...helps.map((one) => help(one)), ...plan.map((one) => help(one, "To do: "))];
  return { kind: "choice", text: title, leaves };
}

function help({ text, url }: Help, before = ""): Leaf {
  return { ...leaf("help", before + (text === "" ? url : text)), ...page(url) };
}

function cited(kind: Leaf["kind"], text: string, from: Cited | null): Leaf {
  return { kind, text, leaves: from === null ? [] : [source(from)] };
}

function source({ title, url, as_of }: Cited): Leaf {
  return { ...leaf("help", `Source: ${title} (as of ${as_of})`), ...page(url) };
}

function leaf(kind: Leaf["kind"], text: string): Leaf {
  return { kind, text, leaves: [] };
}

function page(url: string): Pick<Leaf, "url"> {
  return /^https?:\/\//.test(url) ? { url } : {};
}
