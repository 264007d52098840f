import type { FromView, ShownEdit, ShownSaid, ShownTurn, ToView } from "../src/chat/messages.ts";
import { button, byId, type Child, editor, element } from "./dom.ts";

const record = byId("record", HTMLElement);
const turns = byId("turns", HTMLElement);
const starters = byId("starters", HTMLElement);
const question = byId("question", HTMLTextAreaElement);
const sendButton = byId("send", HTMLButtonElement);
const stopButton = byId("stop", HTMLButtonElement);

const asked: string[] = [];
let recalled = 0;

function post(message: FromView): void {
  editor.postMessage(message);
}

function ask(text: string): void {
  if (text.trim() === "") return;
  asked.push(text);
  recalled = asked.length;
  post({ type: "ask", question: text });
}

function submit(): void {
  ask(question.value);
  question.value = "";
  question.focus();
}

sendButton.addEventListener("click", submit);
stopButton.addEventListener("click", () => post({ type: "stop" }));
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && question.value === "" && recalled > 0) {
    recalled -= 1;
    question.value = asked[recalled] ?? "";
    event.preventDefault();
  } else if (event.key === "Escape") {
    post({ type: "stop" });
  }
});

window.addEventListener("message", ({ data }: MessageEvent<ToView>) => {
  switch (data.type) {
    case "talk":
      record.textContent = data.record === null ? "Open a record to talk about it." : `About ${data.record}`;
      question.disabled = sendButton.disabled = data.record === null;
      turns.replaceChildren(...data.turns.map(turn));
      starters.replaceChildren(...data.starters.map(followUp));
      starters.hidden = data.turns.length > 0 || data.record === null;
      busy(data.turns.at(-1));
      break;
    case "turn": {
      const shown = turn(data.turn);
      const before = document.getElementById(shown.id);
      if (before === null) turns.append(shown);
      else before.replaceWith(shown);
      starters.hidden = true;
      busy(data.turn);
      if (shown === turns.lastElementChild) follow(shown);
      break;
    }
    case "focus":
      question.focus();
      break;
  }
});

/** Brings the end of an answer into view, but never its beginning out of it. */
function follow(shown: HTMLElement): void {
  const fits = shown.getBoundingClientRect().height < question.getBoundingClientRect().top;
  shown.scrollIntoView({ block: fits ? "nearest" : "start" });
}

function busy(last: ShownTurn | undefined): void {
  const running = last?.state === "running";
  stopButton.hidden = !running;
  turns.setAttribute("aria-busy", String(running));
}

function turn(shown: ShownTurn): HTMLElement {
  const made = element(
    "article",
    { class: "turn", id: `turn-${shown.id}`, "data-state": shown.state },
    element("h2", { class: "question" }, shown.question),
  );
  const facts = shown.said.map((said, at) => sentence(shown.id, said, at));
  made.append(element("div", { class: "answer" }, ...facts));
  if (shown.asks !== null) made.append(element("p", { class: "asks" }, shown.asks));
  made.append(...shown.edits.map((edit, at) => proposal(shown.id, edit, at)));
  if (shown.sources.length > 0) made.append(sources(shown));
  if (shown.state === "failed") {
    made.append(element("p", { class: "error", role: "alert" }, `No answer: ${shown.error ?? "unknown"}`));
  }
  if (shown.state === "stopped") made.append(element("p", { class: "remark" }, "Stopped."));
  if (shown.state === "running") made.append(element("p", { class: "remark" }, "…"));
  if (shown.followUps.length > 0) {
    const group = { class: "follow-ups", role: "group", "aria-label": "Go on with" };
    made.append(element("div", group, ...shown.followUps.map(followUp)));
  }
  return made;
}

function sentence(id: number, said: ShownSaid, at: number): HTMLElement {
  if (said.kind === "remark") return element("p", { class: "remark" }, said.text);
  const pieces: Child[] = [said.text];
  for (const mark of said.marks) pieces.push(" ", element("sup", {}, `[${mark}]`));
  said.places.forEach((place, number) => {
    const go = (): void => post({ type: "open", turn: id, said: at, place: number });
    pieces.push(" ", button(place, "place", go));
  });
  return element("p", { class: "fact" }, ...pieces);
}

function proposal(id: number, edit: ShownEdit, at: number): HTMLElement {
  const made = element(
    "section",
    { class: "proposal", "aria-label": `Proposed: ${edit.title}`, "data-state": edit.state },
    element("h3", {}, edit.title),
    element("pre", {}, edit.sentence),
  );
  const say = (what: "show" | "accept" | "decline") => (): void => post({ type: "edit", turn: id, edit: at, what });
  if (edit.state === "waiting") {
    made.append(
      button("Show the change", "secondary", say("show")),
      button("Accept", "primary", say("accept")),
      button("Leave it", "secondary", say("decline")),
    );
  } else {
    made.append(element("p", { class: "remark" }, STATES[edit.state]));
  }
  return made;
}

const STATES: Readonly<Record<Exclude<ShownEdit["state"], "waiting">, string>> = {
  accepted: "Accepted.",
  declined: "Left as it is.",
  gone: "The talk went on; ask again to have it proposed anew.",
};

function sources(shown: ShownTurn): HTMLElement {
  const list = shown.sources.map(({ number, title, url, asOf }) => {
    // Only what a browser may open becomes a link.
    const name = /^https?:\/\//.test(url) ? element("a", { href: url }, title) : title;
    return element("li", {}, `[${number}] `, name, ` (as of ${asOf})`);
  });
  return element("details", { class: "sources" }, element("summary", {}, "Sources"), element("ul", {}, ...list));
}

function followUp(text: string): HTMLButtonElement {
  return button(text, "follow-up", () => ask(text));
}

post({ type: "ready" });
