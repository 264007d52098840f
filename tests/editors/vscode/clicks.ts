/** What an architect sees and presses, in the window of a real VS Code with the package installed; pictures are left as artefacts. */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator, Page } from "playwright-core";

import { places, start, until } from "./editor.ts";

const TICKETS = "0007-keep-tickets-in-dynamodb.md";
const THEMES = [
  ["light", "Default Light Modern"],
  ["dark", "Default Dark Modern"],
  ["high-contrast", "Default High Contrast"],
] as const;

const folder = mkdtempSync(join(tmpdir(), "adr-lens-clicks-"));
const { page, workspace, settings, stop } = await start({
  folder,
  settings: { "workbench.colorTheme": "Default Light Modern" },
  install: (extensions) => {
    const [name] = readdirSync(extensions).filter((name) => name.startsWith("adr-lens.adr-lens-"));
    assert(name, "the package is not installed");
    // The program that the package carries runs, with the recorder around it.
    const carried = join(extensions, name, "bin", "adr-lens");
    renameSync(carried, `${carried}.carried`);
    const script = readFileSync(places.program, "utf8").replace(/"[^"]*" "\$@"/, `"${carried}.carried" "$@"`);
    assert(script.includes(".carried"));
    writeFileSync(carried, script, { mode: 0o755 });
  },
});

// A machine with much else to do is slow, and not wrong.
page.setDefaultTimeout(45_000);

let count = 0;
async function picture(name: string): Promise<void> {
  count += 1;
  await page.screenshot({ path: join(places.artefacts, `${String(count).padStart(2, "0")}-${name}.png`) });
}

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const begin = performance.now();
  try {
    await work();
    console.log(`ok ${name} (${(performance.now() - begin).toFixed(0)} ms)`);
  } catch (error) {
    await page.screenshot({ path: join(places.artefacts, "failed.png") });
    console.log(`FAILED ${name}`);
    throw error;
  }
}

/** Runs a command of the palette by its title. */
async function command(title: string): Promise<void> {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor({ state: "visible" });
  await input.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
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

/** The middle of the squiggle under words of the decision. */
async function squiggle(): Promise<{ x: number; y: number }> {
  const box = await page.locator(".squiggly-error").first().boundingBox();
  assert(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 - 4 };
}

try {
  await step("a record is opened", async () => {
    await page.waitForSelector(".monaco-workbench", { timeout: 90_000 });
    await page.keyboard.press("Control+p");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible", timeout: 60_000 });
    await input.fill(TICKETS);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: TICKETS }).first().click({ timeout: 60_000 });
    await line("Keep tickets in DynamoDB").waitFor({ timeout: 60_000 });
  });

  await step("the words are underlined, hints stand behind them, the status bar says it", async () => {
    await page.waitForSelector(".squiggly-error", { timeout: 90_000 });
    await line("contradicts 1").waitFor();
    const status = page.locator(".statusbar-item", { hasText: "proposed: 1 error, 1 note, 1 question" });
    await status.waitFor();
    // The squiggle ends where the words do: behind “DynamoDB”, before the quotation mark.
    const box = await page.locator(".squiggly-error").first().boundingBox();
    const words = await line("Chosen option").boundingBox();
    assert(box && words && box.y >= words.y && box.y < words.y + words.height);
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
  });

  await step("a thread is opened in the margin, asked, and answers", async () => {
    await page.locator(".comment-range-glyph, .comment-thread, [class*=comment-thread-unresolved]").first().click();
    const thread = page.locator(".review-widget").first();
    await thread.waitFor();
    await thread.locator("a", { hasText: "Why?" }).first().dispatchEvent("click");
    await page.locator(".review-widget .comment-body", { hasText: "as of 2026" }).first().waitFor();
    const box = thread.locator(".review-thread-reply-button:visible, .monaco-editor:visible").last();
    await box.dispatchEvent("click");
    await thread.locator("textarea, .native-edit-context").first().focus();
    await page.keyboard.type("what if we drop the 20 ms?");
    await thread.locator(".monaco-button", { hasText: "Ask" }).first().click();
    await page.locator(".review-widget .comment-body", { hasText: "latency 20 ms" }).first().waitFor();
    await picture("thread");
    await thread.locator(".review-title .codicon-chevron-up").first().dispatchEvent("click");
  });

  await step("the conversation streams, goes on by its buttons, and leads into the record", async () => {
    await command("ADR: Open the Conversation");
    const chat = await frame("#question");
    await chat.locator("#question").fill("why is this flagged?");
    await chat.locator("#question").press("Enter");
    await chat.locator(".turn .fact", { hasText: "needs joins" }).first().waitFor();
    await chat.locator(".follow-up", { hasText: "What if joins are not needed?" }).first().click();
    await chat.locator(".turn .fact", { hasText: "No longer reported" }).waitFor();
    await chat.locator(".turn").last().locator(".place", { hasText: "line 8" }).first().click();
    await until("the words are selected", async () => (await page.locator(".selected-text").count()) > 0);
    await picture("conversation");
  });

  await step("a proposed change is a comparison, accepted with a press", async () => {
    const chat = await frame("#question");
    await chat.locator("#question").fill("start over");
    await chat.locator("#question").press("Enter");
    await chat.locator("#question").fill("what should I write?");
    await chat.locator("#question").press("Enter");
    const proposal = chat.locator(".proposal[data-state=waiting]");
    await proposal.waitFor();
    await proposal.locator("button", { hasText: "Show the change" }).click();
    await page.locator(".monaco-diff-editor").first().waitFor();
    await picture("proposal");
    assert(!readFileSync(join(workspace, "docs/adr", TICKETS), "utf8").includes("We accept"));
    await page.locator(".editor-actions .action-label[aria-label*='Accept the Proposed Change']").first().click();
    await chat.locator(".proposal[data-state=accepted]").waitFor();
    await command("File: Save All Files");
    await until("the change is saved", () =>
      readFileSync(join(workspace, "docs/adr", TICKETS), "utf8").includes("We accept that Amazon DynamoDB"),
    );
  });

  await step("a quick fix is chosen from the light bulb and saved", async () => {
    await page.keyboard.press("Control+Home");
    await line("Chosen option").click();
    await page.keyboard.press("End");
    await line("Chosen option").locator("span", { hasText: "DynamoDB" }).last().click();
    await page.keyboard.press("Control+.");
    const menu = page.locator(".action-widget");
    await menu.waitFor();
    await picture("actions");
    await menu.locator(".monaco-list-row", { hasText: "Silence" }).first().click();
    await line("adr-lens-ignore").waitFor();
    await command("File: Save All Files");
    await until("the comment is saved", () =>
      readFileSync(join(workspace, "docs/adr", TICKETS), "utf8").includes("adr-lens-ignore"),
    );
  });

  await step("the checklist leads to its evidence", async () => {
    await command("ADR: Show the Checklist");
    const tree = page.locator(".pane", { hasText: "Checklist" }).locator(".monaco-list");
    const item = tree.locator(".monaco-list-row", { hasText: "answered" }).first();
    await tree.first().waitFor();
    if ((await item.count()) === 0) {
      await tree.locator(".monaco-list-row").first().click();
    }
    await item.waitFor();
    await item.click();
    await until("the evidence is selected", async () => (await page.locator(".selected-text").count()) > 0);
    await picture("checklist");
  });

  await step("needs against options follow the cursor, by keyboard too", async () => {
    await command("ADR: Show Needs and Options");
    const matrix = await frame("#matrix");
    await matrix.locator("td.contradicts").first().waitFor();
    const need = matrix.locator("tr[data-need]", { hasText: "joins" }).first();
    await line("with joins across those tables").click();
    await matrix.locator("tr[data-here]", { hasText: "joins" }).first().waitFor();
    await picture("matrix");
    // Arrow keys move, Enter leads to the words.
    await need.locator("th").focus();
    await matrix.locator("#matrix :focus").press("ArrowDown");
    const second = matrix.locator("tr[data-need]").nth(1);
    await until("the next row has the keyboard", async () => (await second.locator("th:focus").count()) === 1);
    await matrix.locator("#matrix :focus").press("Enter");
    await until("the words of that need", async () => (await page.locator(".selected-text").count()) > 0);
    assert.equal(await matrix.locator("#matrix [tabindex='0']").count(), 1, "one cell is in the order of Tab");
  });

  await step("views run nothing but our script", async () => {
    for (const selector of ["#question", "#matrix"]) {
      const one = await frame(selector);
      const policy = await one.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
      assert.match(policy ?? "", /default-src 'none'/);
      assert(!/unsafe/.test(policy ?? ""), policy ?? "");
      const ran = await one.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        return "ran" in window;
      });
      assert(!ran, `a script without our nonce ran in ${selector}`);
    }
  });

  await step("the folder's findings stand among the problems", async () => {
    await command("View: Focus Problems");
    const rows = page.locator(".markers-panel .monaco-list-row");
    await rows.filter({ hasText: "0008-keep-the-journal-in-qldb.md" }).first().waitFor();
    await picture("problems");
  });

  await step("the example reads well in light, dark and high contrast", async () => {
    await command("ADR: Open an Example");
    await page.locator(".squiggly-error").first().waitFor();
    await command("ADR: Open the Conversation");
    const chat = await frame("#question");
    await chat.locator("#question").fill("why not Aurora?");
    await chat.locator("#question").press("Enter");
    await chat.locator(".turn .fact").first().waitFor();
    await command("ADR: Show Needs and Options");
    for (const [name, theme] of THEMES) {
      settings({ "workbench.colorTheme": theme });
      const kind = name === "light" ? "vs" : name === "dark" ? "vs-dark" : "hc-black";
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await page.waitForTimeout(1000);
      await picture(`theme-${name}`);
    }
  });

  await step("the first steps are there", async () => {
    settings({ "workbench.colorTheme": "Default Light Modern" });
    await command("ADR: First Steps");
    await page.locator(".gettingStartedContainer", { hasText: "Open a decision record" }).first().waitFor();
    await picture("first-steps");
  });
  console.log(`passed; ${count} pictures in ${places.artefacts}`);
} finally {
  await stop();
}
