/** Small tools to build pages from text. Text becomes text nodes; nothing is ever parsed as HTML. */

interface Api {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): Api;

export const editor: Api = acquireVsCodeApi();

export type Child = Node | string;

/** An element with attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(label: string, style: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: style }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** The element of our own page with that id. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}
