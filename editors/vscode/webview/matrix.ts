import type { FromView, ShownMatrix, ToView } from "../src/matrix/messages.ts";
import { button, byId, editor, element } from "./dom.ts";

type How = ShownMatrix["needs"][number]["stands"][number]["how"];

/** Each stand has a sign, a word and a colour; none is told by colour alone. */
const SIGNS: Readonly<Record<How, { readonly sign: string; readonly word: string }>> = {
  meets: { sign: "✓", word: "meets" },
  contradicts: { sign: "✗", word: "contradicts" },
  "at-a-cost": { sign: "△", word: "at a cost" },
  silent: { sign: "·", word: "silent" },
};

const about = byId("about", HTMLElement);
const table = byId("matrix", HTMLTableElement);
const why = byId("why", HTMLElement);

/** The cell that Tab leads to; the arrow keys move it. */
let active = { row: 1, column: 1 };
let shown: ShownMatrix | null = null;

function post(message: FromView): void {
  editor.postMessage(message);
}

window.addEventListener("message", ({ data }: MessageEvent<ToView>) => {
  if (data.type === "cursor") {
    point(data.need, data.option);
    return;
  }
  const inside = table.contains(document.activeElement);
  // Another record is read from its beginning.
  if (shown?.record !== data.matrix?.record) window.scrollTo(0, 0);
  shown = data.matrix;
  why.textContent = data.why;
  table.hidden = shown === null || shown.needs.length === 0;
  about.textContent = shown === null ? "" : `${shown.record} (${shown.status})`;
  if (shown === null) {
    table.replaceChildren();
    return;
  }
  table.replaceChildren(head(shown), body(shown));
  rove(inside);
});

function head(matrix: ShownMatrix): HTMLElement {
  const options = matrix.options.map(({ name, role }, number) => {
    const go = button(name, "go", () => post({ type: "open", what: "option", number }));
    go.tabIndex = -1;
    return element(
      "th",
      { scope: "col", "data-option": String(number), tabindex: "-1" },
      go,
      element("span", { class: "role" }, role),
    );
  });
  return element("thead", {}, element("tr", {}, element("th", { scope: "col", tabindex: "-1" }, "Need"), ...options));
}

function body(matrix: ShownMatrix): HTMLElement {
  const rows = matrix.needs.map((need, number) => {
    const go = button(need.signal, "go", () => post({ type: "open", what: "need", number }));
    go.tabIndex = -1;
    go.title = need.says;
    const detail = [need.needed ? need.strength : "not needed", ...(need.figure === null ? [] : [need.figure])];
    const first = element(
      "th",
      { scope: "row", tabindex: "-1" },
      go,
      element("span", { class: "role" }, detail.join(", ")),
      element("q", { class: "words" }, need.text),
    );
    const cells = need.needed
      ? need.stands.map(({ how, because }, option) => {
          const { sign, word } = SIGNS[how];
          const cell = element(
            "td",
            { class: how, "data-option": String(option), tabindex: "-1" },
            element("span", { "aria-hidden": "true", class: "sign" }, sign),
            ` ${word}`,
          );
          if (because !== null && how !== "meets") {
            cell.title = because;
            cell.append(element("span", { class: "because" }, because));
          }
          return cell;
        })
      : matrix.options.map((_, option) =>
          element("td", { class: "silent", "data-option": String(option), tabindex: "-1" }, "–"),
        );
    return element("tr", { "data-need": String(number) }, first, ...cells);
  });
  return element("tbody", {}, ...rows);
}

/** Marks the row and the column the cursor stands in, and brings the row into view. */
function point(need: number | null, option: number | null): void {
  for (const row of table.querySelectorAll("tr[data-need]")) {
    const here = need !== null && row.getAttribute("data-need") === String(need);
    row.toggleAttribute("data-here", here);
    if (here) {
      row.setAttribute("aria-selected", "true");
      // The first one with the title above the table.
      (need === 0 ? about : row).scrollIntoView({ block: "nearest" });
    } else {
      row.removeAttribute("aria-selected");
    }
  }
  for (const cell of table.querySelectorAll("[data-option]")) {
    cell.toggleAttribute("data-here", option !== null && cell.getAttribute("data-option") === String(option));
  }
}

function cellAt(row: number, column: number): HTMLElement | undefined {
  return table.rows[row]?.cells[column];
}

/** One cell takes part in the order of Tab. */
function rove(focus: boolean): void {
  for (const cell of table.querySelectorAll<HTMLElement>("th, td")) cell.tabIndex = -1;
  const rows = table.rows.length;
  const columns = table.rows[0]?.cells.length ?? 0;
  active = { row: clamp(active.row, rows), column: clamp(active.column, columns) };
  const cell = cellAt(active.row, active.column);
  if (cell === undefined) return;
  cell.tabIndex = 0;
  if (focus) cell.focus();
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}

table.addEventListener("focusin", (event) => {
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("th, td") : null;
  const row = cell?.parentElement;
  if (cell instanceof HTMLTableCellElement && row instanceof HTMLTableRowElement) {
    active = { row: row.rowIndex, column: cell.cellIndex };
    rove(false);
  }
});

table.addEventListener("keydown", (event) => {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -Infinity],
    End: [0, Infinity],
  };
  const step = steps[event.key];
  if (step !== undefined) {
    active = { row: active.row + step[0], column: active.column + step[1] };
    rove(true);
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    open();
    event.preventDefault();
  }
});

/** Leads to the words of the need, or of the option where the cell is in the head. */
function open(): void {
  if (active.row > 0) post({ type: "open", what: "need", number: active.row - 1 });
  else if (active.column > 0) post({ type: "open", what: "option", number: active.column - 1 });
}

post({ type: "ready" });
