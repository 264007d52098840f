/** What is pressed in the window of a real VS Code, and what stands there. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Frame, Locator, Page } from "playwright-core";

import { places, type Started, until } from "./editor.ts";

/** What the window shows in words, when somebody asks why a step failed. */
const PARTS = {
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

export class Window {
  /** The field of whatever list is open. */
  readonly input: Locator;
  readonly page: Page;
  private readonly folder: string;
  private pictures = 0;

  constructor({ page, workspace }: Started) {
    this.page = page;
    this.folder = workspace;
    this.input = page.locator(".quick-input-widget input").first();
    // A machine with much else to do is slow, and not wrong.
    page.setDefaultTimeout(120_000);
  }

  async step(name: string, work: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    try {
      await work();
      console.log(`ok ${name} (${(performance.now() - begin).toFixed(0)} ms)`);
    } catch (error) {
      await this.page.screenshot({ path: join(places.artefacts, "failed.png") });
      console.log(`FAILED ${name} (${(performance.now() - begin).toFixed(0)} ms)\n${await this.seen()}`);
      throw error;
    }
  }

  /** Leaves a picture. How many there are now. */
  async picture(name: string): Promise<number> {
    this.pictures += 1;
    // A menu or a widget that fades in is seen whole, and no caret blinks.
    const path = join(places.artefacts, `${String(this.pictures).padStart(2, "0")}-${name}.png`);
    await this.page.screenshot({ path, animations: "disabled", caret: "hide" });
    return this.pictures;
  }

  private async seen(): Promise<string> {
    const told: string[] = [];
    for (const [name, selector] of Object.entries(PARTS)) {
      const texts = await this.page.locator(selector).allInnerTexts();
      const plain = texts.map((text) => text.replace(/\s+/g, " ").trim());
      if (plain.length > 0) told.push(`  ${name}: ${plain.join(" | ").slice(0, 2000)}`);
    }
    for (const one of this.page.frames()) {
      const main = await one.locator("main").allInnerTexts();
      if (main.length > 0) told.push(`  a view: ${main.join(" ").replace(/\s+/g, " ").slice(0, 2000)}`);
    }
    return told.join("\n");
  }

  /** Presses keys until what they bring is there: a window that is busy takes it away again at times. */
  async summon(keys: string, brought: Locator): Promise<void> {
    await until(`${keys} brings what it should`, async () => {
      await this.page.keyboard.press(keys);
      return brought.waitFor({ timeout: 5000 }).then(
        () => true,
        () => this.page.keyboard.press("Escape").then(() => false),
      );
    });
  }

  row(text: string): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  /** Picks a row of what keys bring. A view that takes the keyboard meanwhile closes the list: then it is begun again. */
  private async pick(keys: string, typed: string, label: string): Promise<void> {
    await until(`“${label}” is picked`, async () => {
      await this.summon(keys, this.input);
      await this.input.fill(typed, { timeout: 5000 });
      await this.row(label)
        .click({ timeout: 15_000 })
        .catch(async (error: unknown) => {
          await this.page.keyboard.press("Escape");
          throw error;
        });
      return true;
    });
  }

  /** Runs a command of the palette by its title. */
  async command(title: string): Promise<void> {
    await this.pick("F1", `>${title}`, title);
  }

  async openFile(name: string): Promise<void> {
    await this.pick("Control+p", name, name);
  }

  async saved(name: string, words: string): Promise<void> {
    await until(`“${words}” in ${name}`, async () => {
      await this.command("File: Save All Files");
      return until("it is written", () => this.onDisk(name).includes(words), 2000);
    });
  }

  onDisk(name: string): string {
    return readFileSync(join(this.folder, "docs/adr", name), "utf8");
  }

  /** The frame of ours that holds an element. */
  async frame(selector: string): Promise<Frame> {
    return until(`a view with ${selector}`, async () => {
      for (const one of this.page.frames()) {
        if ((await one.locator(selector).count()) > 0) return one;
      }
      return undefined;
    });
  }

  line(text: string): Locator {
    return this.page.locator(".editor-instance .view-line", { hasText: text }).first();
  }

  /** Something that the status bar says. */
  status(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text });
  }

  /** Puts the cursor into words of a record that is open: where they are drawn depends on the width of the window. */
  async goTo(name: string, words: string): Promise<void> {
    await this.goToIn(this.onDisk(name), words);
  }

  async goToIn(text: string, words: string): Promise<void> {
    const at = text.indexOf(words);
    assert(at >= 0, `“${words}” is not in the record`);
    const above = text.slice(0, at).split("\n");
    // Behind the first letter. The list counts code units, the status bar characters.
    const before = (above.at(-1) ?? "") + words.slice(0, 1);
    const [row, column] = [above.length, before.length + 1];
    const stands = this.status(`Ln ${row}, Col ${[...before].length + 1}`);
    await until(`the cursor is in “${words}”`, async () => {
      await this.summon("Control+g", this.input);
      await this.input.fill(`:${row}:${column}`, { timeout: 5000 });
      await this.input.press("Enter", { timeout: 5000 });
      return stands.waitFor({ timeout: 5000 }).then(() => true);
    });
  }

  /** Types in place of the last word of a line. */
  async instead(of: string, typed: string): Promise<void> {
    await this.line(of).click();
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("End");
    await this.page.keyboard.press("Control+Shift+ArrowLeft");
    await this.page.keyboard.type(typed);
  }

  selection(what: string, patience?: number): Promise<boolean> {
    const selected = this.page.locator(".editor-instance .selected-text");
    return until(what, async () => (await selected.count()) > 0, patience);
  }

  /** The rows of a file among the problems. */
  problems(name: string): Locator {
    return this.page.locator(".markers-panel .monaco-list-row", { hasText: name });
  }

  async ask(question: string): Promise<void> {
    const chat = await this.frame("#question");
    await chat.locator("#question").fill(question);
    await chat.locator("#question").press("Enter");
    await chat.locator(".turn", { hasText: question }).last().locator("[data-state=done], .answer").first().waitFor();
  }
}

/** The processes whose program is a file of that name below a folder. */
export function running(folder: string, name: string): number[] {
  return readdirSync("/proc").flatMap((process) => {
    try {
      const [program] = readFileSync(`/proc/${process}/cmdline`, "utf8").split("\0");
      return program?.startsWith(folder) && program.endsWith(name) ? [Number(process)] : [];
    } catch {
      // No process, or one that ended meanwhile.
      return [];
    }
  });
}
