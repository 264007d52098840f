import type { How } from "../server/wire.ts";

/** What the matrix view and the extension say to each other. Needs and options are named by number. */

export interface ShownMatrix {
  readonly record: string;
  readonly status: string;
  readonly options: readonly { readonly name: string; readonly role: string }[];
  readonly needs: readonly {
    readonly signal: string;
    readonly says: string;
    readonly needed: boolean;
    readonly strength: string;
    readonly figure: string | null;
    readonly text: string;
    readonly stands: readonly { readonly how: How; readonly because: string | null }[];
  }[];
}

export type ToView =
  | { readonly type: "matrix"; readonly matrix: ShownMatrix | null; readonly why: string }
  /** Where the cursor stands: in a need, at an option, at both or at neither. */
  | { readonly type: "cursor"; readonly need: number | null; readonly option: number | null };

export type FromView =
  { readonly type: "ready" } | { readonly type: "open"; readonly what: "need" | "option"; readonly number: number };

export function fromView(value: unknown): FromView | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const message = value as Record<string, unknown>;
  if (message["type"] === "ready") return { type: "ready" };
  const what = message["what"];
  const known = message["type"] === "open" && (what === "need" || what === "option");
  return known && Number.isInteger(message["number"]) ? (value as FromView) : undefined;
}
