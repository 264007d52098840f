/** What the chat view and the extension say to each other. Places and edits are named by number: a view never says a path. */

export interface ShownSaid {
  readonly kind: "fact" | "remark";
  readonly text: string;
  readonly marks: readonly number[];
  /** What the links to the words are called, in order. */
  readonly places: readonly string[];
}

export interface ShownSource {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly asOf: string;
}

export type EditState = "waiting" | "accepted" | "declined" | "gone";

export interface ShownEdit {
  readonly title: string;
  readonly sentence: string;
  readonly state: EditState;
}

export interface ShownTurn {
  readonly id: number;
  readonly question: string;
  readonly said: readonly ShownSaid[];
  readonly sources: readonly ShownSource[];
  readonly asks: string | null;
  readonly edits: readonly ShownEdit[];
  readonly followUps: readonly string[];
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly error: string | null;
}

export type ToView =
  /** The whole talk, in place of what is shown. */
  | {
      readonly type: "talk";
      readonly record: string | null;
      readonly turns: readonly ShownTurn[];
      readonly starters: readonly string[];
    }
  /** One turn, new or changed. */
  | { readonly type: "turn"; readonly turn: ShownTurn }
  /** Puts the keyboard into the question. */
  | { readonly type: "focus" };

export type FromView =
  | { readonly type: "ready" }
  | { readonly type: "ask"; readonly question: string }
  | { readonly type: "stop" }
  | { readonly type: "open"; readonly turn: number; readonly said: number; readonly place: number }
  | {
      readonly type: "edit";
      readonly turn: number;
      readonly edit: number;
      readonly what: "show" | "accept" | "decline";
    };

/** A message of the view; nothing for what is none. */
export function fromView(value: unknown): FromView | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const numbers = (...keys: string[]): boolean => keys.every((key) => Number.isInteger(message[key]));
  const whats: readonly unknown[] = ["show", "accept", "decline"];
  switch (message["type"]) {
    case "ready":
    case "stop":
      return { type: message["type"] };
    case "ask":
      return typeof message["question"] === "string" ? (value as FromView) : undefined;
    case "open":
      return numbers("turn", "said", "place") ? (value as FromView) : undefined;
    case "edit":
      return numbers("turn", "edit") && whats.includes(message["what"]) ? (value as FromView) : undefined;
    default:
      return undefined;
  }
}
