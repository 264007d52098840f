/**
 * Every setting, declared once. `scripts/manifest.ts` writes the part of package.json that VS Code shows to people, and the table of
 * the README, from this list; nothing else says what a setting is called, does or defaults to.
 */

/** The section all settings stand in. */
export const SECTION = "adr-lens";

export interface Setting {
  readonly key: string;
  readonly type: "string" | "boolean";
  readonly default: string | boolean;
  readonly scope: "machine-overridable" | "window" | "resource";
  /** What a person reads, in Markdown. */
  readonly description: string;
  /** The values there are, each with what it means. */
  readonly values?: Readonly<Record<string, string>>;
  readonly pattern?: { readonly regex: string; readonly message: string };
  /** Names something that is run, read from disk, or that a link leads to: only a trusted workspace may set it. */
  readonly trustedOnly?: true;
  /** Handed to the server under this name. */
  readonly server?: string;
}

export const SETTINGS = [
  {
    key: "path",
    type: "string",
    default: "",
    scope: "machine-overridable",
    description:
      "The `adr-lens` program to run in place of the one this extension carries. `~` and `${workspaceFolder}` may stand at its beginning.",
    trustedOnly: true,
  },
  {
    key: "lens",
    type: "string",
    default: "",
    scope: "machine-overridable",
    description:
      "A folder with a lens of your own, in place of the built-in one. `~` and `${workspaceFolder}` may stand at its beginning. Changes in it are picked up as they are saved.",
    trustedOnly: true,
  },
  {
    key: "hints",
    type: "boolean",
    default: true,
    scope: "window",
    description: "Show the questions that a record leaves open.",
    server: "hints",
  },
  {
    key: "asOf",
    type: "string",
    default: "",
    scope: "window",
    description: "Judge what has ended, and what will, as of this day (`2026-01-31`). Empty: today.",
    pattern: {
      regex: "^(\\d{4}-\\d{2}-\\d{2})?$",
      message: "A date like 2026-01-31, or nothing.",
    },
    server: "asOf",
  },
  {
    key: "docsBase",
    type: "string",
    default: "",
    scope: "window",
    description:
      "A URL below which the pages of the rules stand. A rule's code then leads to its page there; when this is empty, to the source the rule rests on.",
    pattern: {
      regex: "^((https?|file)://.*)?$",
      message: "A URL (https://…, http://… or file://…), or nothing.",
    },
    trustedOnly: true,
    server: "docsBase",
  },
  {
    key: "threads",
    type: "string",
    default: "all",
    scope: "window",
    description: "Which findings are review threads in the editor, where you can ask back.",
    values: {
      all: "Every finding, open questions included.",
      findings: "Findings, but no open questions.",
      none: "No threads.",
    },
  },
  {
    key: "statusBar",
    type: "boolean",
    default: true,
    scope: "window",
    description: "Show the state of the record you are in, and what a review finds, in the status bar.",
  },
  {
    key: "trace.server",
    type: "string",
    default: "messages",
    scope: "window",
    description:
      "What the output channel “adr-lens trace” holds of the messages between editor and language server. It is written while the level of that channel is Trace (*Developer: Set Log Level…*).",
    values: {
      messages: "Which messages, and how long answers took.",
      verbose: "Whole messages, with the text of records.",
    },
  },
] as const satisfies readonly Setting[];

export type Key = (typeof SETTINGS)[number]["key"];
