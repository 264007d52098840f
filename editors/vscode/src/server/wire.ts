/** What the server says, as docs/language-server.md and docs/conversation.md describe it. */

import type { Range, WorkspaceEdit } from "vscode-languageclient/node";

export interface Point {
  /** From 1. */
  readonly line: number;
  /** From 1, in Unicode scalar values. */
  readonly column: number;
}

export interface Span {
  readonly start: Point;
  readonly end: Point;
  /** In UTF-8, the end not included. */
  readonly bytes: readonly [number, number];
}

/** Words of a record. */
export interface Place {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

export interface Citation {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly "as-of": string;
}

export type Basis =
  | ({ readonly by: "place" } & Place)
  | { readonly by: "rule" | "engine" | "family" | "need"; readonly id: string; readonly source: Citation }
  | { readonly by: "record"; readonly path: string }
  | { readonly by: "supposed"; readonly statement: string };

export type Part =
  | { readonly kind: "fact"; readonly text: string; readonly basis: readonly Basis[] }
  | { readonly kind: "remark"; readonly says: string };

/** A part of an answer as it is streamed: with its text for people. */
export interface PartSent {
  readonly part: Part;
  readonly text: string;
}

export interface ProposedEdit {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
  readonly sentence: string;
  readonly consented: boolean;
}

export interface Ask {
  readonly of: string;
  readonly question: string;
  readonly example: string;
  readonly open: number;
}

export interface Answer {
  readonly path: string;
  readonly question: string;
  readonly intent: string;
  readonly supposing: readonly string[];
  readonly parts: readonly Part[];
  readonly edits: readonly ProposedEdit[];
  readonly asks: Ask | null;
  readonly "follow-ups": readonly string[];
  /** The whole answer for people. */
  readonly text: string;
  /** The change that was said yes to. */
  readonly edit: WorkspaceEdit | null;
}

export type How = "meets" | "contradicts" | "at-a-cost" | "silent";

/** The state of a record, and how each option it weighs stands to each need it states: `adrLens/record`. */
export interface RecordState {
  readonly version: number;
  readonly number: number | null;
  readonly title: string | null;
  readonly status: string;
  /** What was chosen stands first. */
  readonly options: readonly {
    readonly engine: string;
    readonly name: string;
    readonly role: "chosen" | "considered" | "rejected";
    readonly range: Range;
  }[];
  readonly needs: readonly Need[];
}

export interface Need {
  readonly signal: string;
  readonly says: string;
  readonly polarity: "required" | "not-required";
  readonly places: readonly {
    readonly range: Range;
    readonly text: string;
    readonly strength: "must" | "should" | "may";
    readonly figure: string | null;
  }[];
  /** For each option, in their order; nothing where the need is expressly not there. */
  readonly stands: readonly { readonly how: How; readonly because: string | null }[];
}

/** `adr-lens checklist --format json`, as far as it is shown here. */
export interface Checklist {
  readonly as_of: string;
  readonly records: readonly {
    readonly path: string;
    readonly title: string | null;
    readonly summary: Readonly<Record<ItemState, number>>;
    readonly groups: readonly ChecklistGroup[];
    /** Findings that no question asks about. */
    readonly others: readonly ChecklistFinding[];
  }[];
}

export type ItemState = "ticked" | "failed" | "open" | "human";

export interface ChecklistGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

export interface ChecklistItem {
  readonly id: string;
  readonly question: string;
  readonly why: string;
  readonly state: ItemState;
  readonly evidence: readonly (Place & { readonly note: string | null })[];
  readonly findings: readonly ChecklistFinding[];
  /** What can be put beside an open question. */
  readonly prompts: readonly string[];
  readonly help: readonly Help[];
  /** Answers that the question offers. */
  readonly choices: readonly {
    readonly title: string;
    readonly help: readonly Help[];
    /** What to do where it does not hold yet. */
    readonly plan: readonly Help[];
  }[];
  readonly source: Cited | null;
}

/** A finding under a question, those that are settled among them. */
export interface ChecklistFinding extends Place {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
  readonly because: string;
  readonly remedy: string;
  /** Options that would fit. */
  readonly alternatives: readonly { readonly name: string }[];
  readonly source: Cited | null;
  readonly acknowledged: boolean;
  readonly suppressed: string | null;
  readonly fingerprint: string;
}

/** A source as reports name it. */
export interface Cited {
  readonly title: string;
  /** Empty when it has none. */
  readonly url: string;
  readonly as_of: string;
}

/** A text, an address, or both. */
export interface Help {
  readonly text: string;
  readonly url: string;
}
