/** What an architect sees and presses, in the window of a real VS Code with the package installed; pictures are left as artefacts. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator, Page } from "playwright-core";

import { EXAMPLE } from "../../../editors/vscode/src/example.ts";
import { places, start, until } from "./editor.ts";
import { slowness } from "./slowness.ts";

const TICKETS = "0007-keep-tickets-in-dynamodb.md";
const RENAMED = "0007-keep-tickets.md";
const HOSTILE = "0010-keep-notes.md";
/** What a record of somebody who means harm says. */
const BAD = `<img src=x onerror="window.ran=true"><script>window.ran=true</script>`;
/** Stands beside the first of the first steps. */
const BESIDE = "Nothing is sent anywhere";
/** The themes by their names in the palette, and the class of the window under each. */
const THEMES = [
  ["dark", "Dark Modern", "vs-dark"],
  ["high-contrast", "Dark High Contrast", "hc-black"],
  ["light", "Light Modern", "vs"],
] as const;
/** In milliseconds. */
const ACTIVATION = 100;

const folder = mkdtempSync(join(tmpdir(), "adr-lens-clicks-"));
const { page, workspace, stop } = await start({
  folder,
  settings: { "workbench.colorTheme": "Default Light Modern" },
  install: (extensions) => {
    const [name] = readdirSync(extensions).filter((name) => name.startsWith("adr-lens.adr-lens-"));
    assert(name, "the package is not installed");
    // The program that the package carries runs, with the recorder around it.
    const carried = join(extensions, name, "bin", "adr-lens");
    renameSync(carried, `${carried}.carried`);
    const script = readFileSync(places.program, "utf8").replace(/"[^"]*" "\$@"/g, `"${carried}.carried" "$@"`);
    assert(script.includes(".carried"));
    writeFileSync(carried, script, { mode: 0o755 });
    const records = join(folder, "workspace", "docs", "adr");
    const harmless = readFileSync(join(records, "0009-cache-sessions-in-valkey.md"), "utf8");
    const hostile = harmless
      .replace("# 9. Cache sessions", `# 10. ${BAD} Notes`)
      .replace("A lost session", `The team must report on notes with joins across ${BAD} those tables. A lost session`);
    writeFileSync(join(records, HOSTILE), hostile);
  },
});

// A machine with much else to do is slow, and not wrong.
page.setDefaultTimeout(120_000);

/** What the browser refused to run because of a view's policy. */
const refused: string[] = [];
page.on("console", (message) => {
  if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
});

let count = 0;
async function picture(name: string): Promise<void> {
  count += 1;
  // A menu or a widget that fades in is seen whole, and no caret blinks.
  const path = join(places.artefacts, `${String(count).padStart(2, "0")}-${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const begin = performance.now();
  try {
    await work();
    console.log(`ok ${name} (${(performance.now() - begin).toFixed(0)} ms)`);
  } catch (error) {
    await page.screenshot({ path: join(places.artefacts, "failed.png") });
    console.log(`FAILED ${name} (${(performance.now() - begin).toFixed(0)} ms)\n${await seen()}`);
    throw error;
  }
}

/** What the window shows, in words: for whoever reads why a step failed. */
async function seen(): Promise<string> {
  const parts = {
    "editor tabs": ".tabs-container .tab",
    lines: ".editor-instance .view-line",
    squiggles: "[class*=squiggly-]",
    "status bar": ".statusbar-item",
    "list of commands": ".quick-input-widget:visible",
    actions: ".action-widget .monaco-list-row",
    suggestions: ".suggest-widget.visible .monaco-list-row",
    hover: ".monaco-hover:not(.hidden)",
    threads: ".review-widget:visible",
    problems: ".markers-panel .monaco-list-row",
    trees: ".pane .monaco-list-row",
    notifications: ".notification-toast",
    dialogs: ".monaco-dialog-box",
  };
  const told: string[] = [];
  for (const [name, selector] of Object.entries(parts)) {
    const texts = await page.locator(selector).allInnerTexts();
    const plain = texts.map((text) => text.replace(/\s+/g, " ").trim());
    if (plain.length > 0) told.push(`  ${name}: ${plain.join(" | ").slice(0, 2000)}`);
  }
  for (const one of page.frames()) {
    const main = await one.locator("main").allInnerTexts();
    if (main.length > 0) told.push(`  a view: ${main.join(" ").replace(/\s+/g, " ").slice(0, 2000)}`);
  }
  return told.join("\n");
}

/** Presses keys until what they bring is there: a window that is busy takes it away again at times. */
async function summon(keys: string, brought: Locator): Promise<void> {
  await until(`${keys} brings what it should`, async () => {
    await page.keyboard.press(keys);
    return brought.waitFor({ timeout: 5000 }).then(
      () => true,
      () => page.keyboard.press("Escape").then(() => false),
    );
  });
}

const input = page.locator(".quick-input-widget input").first();

function row(text: string): Locator {
  return page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
}

/** Picks a row of what keys bring. A view that takes the keyboard meanwhile closes the list: then it is begun again. */
async function pick(keys: string, typed: string, label: string): Promise<void> {
  await until(`“${label}” is picked`, async () => {
    await summon(keys, input);
    await input.fill(typed, { timeout: 5000 });
    await row(label)
      .click({ timeout: 15_000 })
      .catch(async (error: unknown) => {
        await page.keyboard.press("Escape");
        throw error;
      });
    return true;
  });
}

/** Runs a command of the palette by its title. */
async function command(title: string): Promise<void> {
  await pick("F1", `>${title}`, title);
}

async function openFile(name: string): Promise<void> {
  await pick("Control+p", name, name);
}

async function theme(label: string, kind: string): Promise<void> {
  await command("Preferences: Color Theme");
  await row(label).waitFor();
  await input.fill(label);
  await row(label).click();
  await page.locator(`.monaco-workbench.${kind}`).waitFor();
}

async function saved(name: string, words: string): Promise<void> {
  await until(`“${words}” in ${name}`, async () => {
    await command("File: Save All Files");
    return until("it is written", () => onDisk(name).includes(words), 2000);
  });
}

/** The language servers that run from the installed package. */
function servers(): number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      const [program] = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      return program?.startsWith(folder) && program.endsWith(".carried") ? [Number(name)] : [];
    } catch {
      // No process, or one that ended meanwhile.
      return [];
    }
  });
}

function onDisk(name: string): string {
  return readFileSync(join(workspace, "docs/adr", name), "utf8");
}

/** The frame of ours that holds an element. */
async function frame(selector: string): Promise<Page | ReturnType<Page["frames"]>[number]> {
  return until(`a view with ${selector}`, async () => {
    for (const one of page.frames()) {
      if ((await one.locator(selector).count()) > 0) return one;
    }
    return undefined;
  });
}

function line(text: string): Locator {
  return page.locator(".editor-instance .view-line", { hasText: text }).first();
}

/** Puts the cursor into words of a record that is open: where they are drawn depends on the width of the window. */
async function goTo(name: string, words: string): Promise<void> {
  await goToIn(onDisk(name), words);
}

async function goToIn(text: string, words: string): Promise<void> {
  const at = text.indexOf(words);
  assert(at >= 0, `“${words}” is not in the record`);
  const above = text.slice(0, at).split("\n");
  // Behind the first letter. The list counts code units, the status bar characters.
  const before = (above.at(-1) ?? "") + words.slice(0, 1);
  const [row, column] = [above.length, before.length + 1];
  const stands = page.locator(".statusbar-item", { hasText: `Ln ${row}, Col ${[...before].length + 1}` });
  await until(`the cursor is in “${words}”`, async () => {
    await summon("Control+g", input);
    await input.fill(`:${row}:${column}`, { timeout: 5000 });
    await input.press("Enter", { timeout: 5000 });
    return stands.waitFor({ timeout: 5000 }).then(() => true);
  });
}

/** Types in place of the last word of a line. */
async function instead(of: string, typed: string): Promise<void> {
  await line(of).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.type(typed);
}

function selection(what: string, patience?: number): Promise<boolean> {
  return until(what, async () => (await page.locator(".editor-instance .selected-text").count()) > 0, patience);
}

/** The rows of a file among the problems. */
function problems(name: string): Locator {
  return page.locator(".markers-panel .monaco-list-row", { hasText: name });
}

/** The middle of the squiggle under words of the decision. */
async function squiggle(): Promise<{ x: number; y: number }> {
  const box = await page.locator(".squiggly-error").first().boundingBox();
  assert(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 - 4 };
}

async function ask(question: string): Promise<void> {
  const chat = await frame("#question");
  await chat.locator("#question").fill(question);
  await chat.locator("#question").press("Enter");
  await chat.locator(".turn", { hasText: question }).last().locator("[data-state=done], .answer").first().waitFor();
}

try {
  await step("a record is opened", async () => {
    await page.waitForSelector(".monaco-workbench");
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    await openFile(TICKETS);
    await line("Keep tickets in DynamoDB").waitFor();
  });

  await step("the words are underlined, hints stand behind them, the status bar says it", async () => {
    await page.waitForSelector(".squiggly-error");
    await line("contradicts 1").waitFor();
    await page.locator(".statusbar-item", { hasText: "proposed: 1 error, 1 note, 1 question" }).waitFor();
    // The squiggle begins and ends with the words: behind “🎫 in”, before the quotation mark.
    const under = await page.locator(".squiggly-error").first().boundingBox();
    const name = await line("Chosen option").getByText("Amazon DynamoDB", { exact: true }).last().boundingBox();
    assert(under && name && under.y >= name.y - 1 && under.y < name.y + name.height);
    assert(Math.abs(under.x - name.x) < 4 && Math.abs(under.width - name.width) < 4, JSON.stringify([under, name]));
    await picture("record");
  });

  await step("a hover says why and names the source", async () => {
    const at = await squiggle();
    await page.mouse.move(at.x, at.y);
    const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: "Why:" });
    await hover.waitFor();
    assert.match(await hover.innerText(), /Source: /);
    await picture("hover");
    await page.mouse.move(10, 10);
    await hover.waitFor({ state: "hidden" });
  });

  await step("a thread is opened in the margin, asked, and answers", async () => {
    await page.locator(".comment-range-glyph, .comment-thread, [class*=comment-thread-unresolved]").first().click();
    const thread = page.locator(".review-widget").first();
    await thread.waitFor();
    await thread.locator("a", { hasText: "Why?" }).first().dispatchEvent("click");
    await thread.locator(".comment-body", { hasText: "as of 2026" }).first().waitFor();
    await thread.locator(".review-thread-reply-button").dispatchEvent("click");
    await thread.locator("textarea, .native-edit-context").first().focus();
    await page.keyboard.type("what if we drop the 20 ms?");
    await thread.locator(".monaco-button", { hasText: "Ask" }).first().click();
    await thread.locator(".comment-body", { hasText: "latency 20 ms" }).first().waitFor();
    await picture("thread");
    for (let open = await page.locator(".review-widget").count(); open > 0; open -= 1) {
      await page.locator(".review-widget .expand-review-action").first().dispatchEvent("click");
    }
    await until("all threads are closed", async () => (await page.locator(".review-widget:visible").count()) === 0);
  });

  await step("the conversation streams, goes on by its buttons, and leads into the record", async () => {
    await command("ADR: Open the Conversation");
    const chat = await frame("#question");
    await ask("why is this flagged?");
    await chat.locator(".turn .fact", { hasText: "needs joins" }).first().waitFor();
    await chat.locator(".follow-up", { hasText: "What if joins are not needed?" }).first().click();
    await chat.locator(".turn .fact", { hasText: "No longer reported" }).waitFor();
    await chat.locator(".turn").last().locator(".place", { hasText: "line 8" }).first().click();
    await selection("the words are selected");
    // The end of the answer is in sight, above the question.
    const end = await chat.locator(".turn").last().locator(".follow-up").last().boundingBox();
    const question = await chat.locator("#question").boundingBox();
    assert(end && question && end.y + end.height <= question.y, JSON.stringify([end, question]));
    await picture("conversation");
  });

  await step("a proposed change is a comparison, accepted with a press", async () => {
    const chat = await frame("#question");
    await ask("start over");
    await ask("what should I write?");
    const proposal = chat.locator(".proposal[data-state=waiting]");
    await proposal.locator("button", { hasText: "Show the change" }).click();
    const added = page.locator(".monaco-diff-editor .modified .view-line", { hasText: "We accept that Amazon" });
    await added.first().waitFor();
    await picture("proposal");
    assert(!onDisk(TICKETS).includes("We accept"), "it was made before anybody said yes");
    await page.locator(".editor-actions .action-label[aria-label*='Accept the Proposed Change']").first().click();
    await chat.locator(".proposal[data-state=accepted]").waitFor();
    await saved(TICKETS, "We accept that Amazon DynamoDB");
    await page.locator(".statusbar-item", { hasText: "proposed: 2 notes, 1 question" }).waitFor();
    // So says the line above the title, which is drawn anew when it is in sight.
    await line("Considered Options").hover();
    await page.mouse.wheel(0, -1000);
    await page.locator(".codelens-decoration", { hasText: "2 notes, 1 question" }).first().waitFor();
  });

  await step("a quick fix is chosen from the light bulb and saved", async () => {
    await line("Chosen option").getByText("Amazon DynamoDB", { exact: true }).last().click();
    const silence = page.locator(".action-widget .monaco-list-row", { hasText: "Silence" }).first();
    await summon("Control+.", silence);
    await picture("actions");
    await silence.click();
    await line("adr-lens-ignore").waitFor();
    await saved(TICKETS, "adr-lens-ignore");
  });

  await step("the folder's findings stand among the problems", async () => {
    await command("View: Focus Problems");
    await problems("0008-keep-the-journal-in-qldb.md").first().waitFor();
    await picture("problems");
  });

  await step("a status is completed from the list", async () => {
    await instead("Status: ", "acc");
    const accepted = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "Accepted" }).first();
    await summon("Control+Space", accepted);
    await picture("completion");
    await accepted.click();
    await saved(TICKETS, "Status: Accepted");
    await page.locator(".statusbar-item", { hasText: "accepted: " }).waitFor();
    await instead("Status: ", "proposed");
    await saved(TICKETS, "Status: proposed");
  });

  await step("a record is renamed with the links to it", async () => {
    await command("ADR: Rename This Record");
    await page.locator(".quick-input-widget", { hasText: "New name of this record" }).waitFor();
    await input.fill(RENAMED.replace(".md", ""));
    await input.press("Enter");
    // VS Code asks before links in other files follow.
    const agreed = page.locator(".monaco-dialog-box .monaco-button", { hasText: "OK" });
    await agreed.waitFor();
    await picture("rename");
    await agreed.click();
    await until("the file has its new name", () => existsSync(join(workspace, "docs/adr", RENAMED)));
    await saved("0008-keep-the-journal-in-qldb.md", `(${RENAMED})`);
    await command("View: Close All Editors");
    await command("View: Focus Problems");
    // What was found in it stands under the new name alone, open or not.
    await problems(RENAMED).first().waitFor();
    await problems(TICKETS).first().waitFor({ state: "hidden" });
    await openFile(RENAMED);
    await line("Keep tickets in DynamoDB").waitFor();
  });

  await step("the checklist leads to its evidence", async () => {
    await command("ADR: Show the Checklist");
    const tree = page.locator(".pane", { hasText: "Checklist" }).locator(".monaco-list");
    const group = tree.locator(".monaco-list-row", { hasText: "The problem" });
    // The tree is drawn anew while the record is reviewed, and takes a click away then.
    await until("an answered question leads to its evidence", async () => {
      if ((await group.getAttribute("aria-expanded", { timeout: 5000 })) !== "true")
        await group.click({ timeout: 5000 });
      await tree.locator(".monaco-list-row[aria-level='2']", { hasText: "answered" }).first().click({ timeout: 5000 });
      return selection("the evidence is selected", 5000);
    });
    await picture("checklist");
  });

  await step("needs against options follow the cursor, by keyboard too", async () => {
    await command("ADR: Show Needs and Options");
    const matrix = await frame("#matrix");
    await matrix.locator("td.contradicts").first().waitFor();
    await goTo(RENAMED, "No servers to patch");
    await matrix.locator("tr[data-here]", { hasText: "managed-service" }).first().waitFor();
    await goTo(RENAMED, "Agents must list");
    await matrix.locator("tr[data-here]", { hasText: "joins" }).first().waitFor();
    await picture("matrix");
    // Arrow keys move, Enter leads to the words.
    await matrix.locator("tr[data-need]", { hasText: "joins" }).first().locator("th").focus();
    await matrix.locator("#matrix :focus").press("ArrowDown");
    const second = matrix.locator("tr[data-need]").nth(1);
    await until("the next row has the keyboard", async () => (await second.locator("th:focus").count()) === 1);
    await matrix.locator("#matrix :focus").press("Enter");
    await selection("the words of that need");
    assert.equal(await matrix.locator("#matrix [tabindex='0']").count(), 1, "one cell is in the order of Tab");
  });

  await step("a changed setting is picked up", async () => {
    const question = page.locator(".statusbar-item", { hasText: "1 question" });
    await question.waitFor();
    const settings = join(workspace, ".vscode", "settings.json");
    mkdirSync(join(workspace, ".vscode"));
    writeFileSync(settings, JSON.stringify({ "adr-lens.hints": false }));
    await page.locator(".statusbar-item", { hasText: /proposed: 1 note\s*$/ }).waitFor();
    writeFileSync(settings, "{}");
    await question.waitFor();
  });

  await step("a server that was killed is back, and knows what is typed", async () => {
    const [before, ...more] = servers();
    assert(before !== undefined && more.length === 0, "not one server");
    process.kill(before, "SIGKILL");
    await until("another server", () => servers().some((pid) => pid !== before));
    // What it said is silenced by a comment: without the comment it is said again.
    await goTo(RENAMED, "adr-lens-ignore");
    await page.keyboard.press("Control+Shift+K");
    await page.locator(".statusbar-item", { hasText: "proposed: 2 notes, 1 question" }).waitFor();
    await page.keyboard.press("Control+z");
    await page.locator(".statusbar-item", { hasText: "proposed: 1 note, 1 question" }).waitFor();
  });

  await step("what a record says is shown and never run", async () => {
    await openFile(HOSTILE);
    await command("ADR: Open the Conversation");
    await ask("what did you understand?");
    const chat = await frame("#question");
    await chat.locator(".turn", { hasText: "<img" }).first().waitFor();
    await command("ADR: Show Needs and Options");
    const matrix = await frame("#matrix");
    await matrix.locator("main", { hasText: "<img" }).first().waitFor();
    await picture("hostile");
    for (const one of [chat, matrix]) {
      assert.equal(await one.locator("main img, main script").count(), 0, "markup of a record became markup of a view");
      const policy = await one.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
      assert.match(policy ?? "", /default-src 'none'/);
      assert(!/unsafe/.test(policy ?? ""), policy ?? "");
      // Were such markup to get in all the same, the policy would hold it.
      const before = refused.length;
      const ran = await one.evaluate((markup) => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        const box = document.createElement("div");
        box.innerHTML = markup;
        document.body.append(script, box);
        return "ran" in window;
      }, BAD);
      assert(!ran, "a script without our nonce ran");
      await until("the browser says what it refused", () => refused.length > before + 1);
      assert(!(await one.evaluate(() => "ran" in window)), "markup in a record ran");
      await one
        .locator("body > div:has(img), body > script:not([src])")
        .evaluateAll((added) => added.forEach((one) => one.remove()));
    }
    assert(!(await page.evaluate(() => "ran" in window)), "markup in a record ran in the window");
  });

  await step("the example reads well in light, dark and high contrast", async () => {
    await command("View: Close All Editors");
    await command("ADR: Open an Example");
    await page.locator(".squiggly-error").first().waitFor();
    await command("ADR: Open the Conversation");
    await ask("why not Aurora?");
    await command("ADR: Show Needs and Options");
    const matrix = await frame("#matrix");
    await goToIn(EXAMPLE, "No servers to patch");
    await matrix.locator("tr[data-here]", { hasText: "managed-service" }).first().waitFor();
    await goToIn(EXAMPLE, "The revenue team");
    await matrix.locator("tr[data-here]", { hasText: "joins" }).first().waitFor();
    const title = matrix.locator("#about");
    await until("the table is seen from its title", () =>
      title.evaluate((one) => one.getBoundingClientRect().top >= 0),
    );
    for (const [name, label, kind] of THEMES) {
      await theme(label, kind);
      for (const one of [await frame("#question"), matrix]) {
        await one
          .locator(
            `body.${name === "light" ? "vscode-light" : name === "dark" ? "vscode-dark" : "vscode-high-contrast"}`,
          )
          .waitFor();
      }
      await page.mouse.move(900, 12);
      await picture(`theme-${name}`);
    }
    // The last is the light one: of it, without the bar of the title, the picture of the READMEs.
    const clip = { x: 0, y: 30, width: 1440, height: 970 };
    await page.screenshot({ path: join(places.artefacts, "readme.png"), clip, animations: "disabled", caret: "hide" });
  });

  await step("the first steps are there", async () => {
    await command("ADR: First Steps");
    await page.locator(".gettingStartedContainer", { hasText: "Open a decision record" }).first().waitFor();
    // What stands beside the step is a page of its own.
    await until("what stands beside the step", async () => {
      const texts = await Promise.all(page.frames().map((one) => one.locator("body").innerText({ timeout: 5000 })));
      return texts.some((text) => text.includes(BESIDE));
    });
    await picture("first-steps");
  });

  await step("it is activated quickly", async () => {
    await command("Developer: Show Running Extensions");
    const rows = page.locator(".runtime-extensions-editor .extension");
    const time = Number(
      await until("its activation", async () => {
        // The slowest come first, and only what is in sight is there.
        await rows.last().hover({ timeout: 5000 });
        const told = await rows.filter({ hasText: "adr-lens" }).allInnerTexts();
        if (told.length === 0) await page.mouse.wheel(0, 200);
        return /(\d+)\s*ms/.exec(told[0] ?? "")?.[1];
      }),
    );
    const slow = slowness();
    const taken = `${time} ms on a machine ${slow.toFixed(1)} times as slow`;
    console.log(`measured activation: ${taken}`);
    assert(time < ACTIVATION * slow, taken);
    await picture("running-extensions");
  });
  console.log(`passed; ${count} pictures in ${places.artefacts}`);
} finally {
  await stop();
}
