// The checklist's page in Chromium: readable at both widths, in print and in both schemes; nothing from the network; no serious
// violation found by axe-core; nothing a record holds comes alive.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const work = process.argv[2];
const require = createRequire(join(work, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [1280, 400];
const SCHEMES = ["light", "dark"];
const problems = [];
const check = (holds, sentence) => holds || problems.push(sentence);

const browser = await chromium.launch({
  executablePath: process.env.ADR_LENS_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});

async function looks(page, name, where) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  check(width[0] <= width[1], `${where}: the page is ${width[0]} px wide in a window of ${width[1]} px`);
  const small = await page.evaluate(() => {
    const texts = [...document.querySelectorAll("body *")].filter((node) =>
      [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim()));
    return texts.filter((node) => parseFloat(getComputedStyle(node).fontSize) < 12).map((node) => node.className || node.tagName);
  });
  check(small.length === 0, `${where}: text below 12 px in ${[...new Set(small)].join(", ")}`);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => node.html).join("\n    ");
    const serious = ["serious", "critical"].includes(violation.impact);
    const told = `${where}: axe ${violation.impact} ${violation.id}: ${violation.help}\n    ${nodes}`;
    serious ? problems.push(told) : console.log(told);
  }
  check(found.passes.length > 10, `${where}: axe looked at next to nothing`);
  await page.screenshot({ path: join(work, "screenshots", `${name}.png`), fullPage: true });
}

for (const file of ["one", "several", "hostile"]) {
  const html = readFileSync(join(work, `${file}.html`), "utf8");
  check(!/<script/i.test(html), `${file}: there is a script in the page`);
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const where = `${file}, ${colorScheme}, ${width} px`;
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const requests = [];
      const errors = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(pathToFileURL(join(work, `${file}.html`)).href);
      check(requests.length === 1, `${where}: asked for ${requests.slice(1).join(", ")}`);
      check((await page.title()) !== "owned", `${where}: words of the record ran as a script`);
      check((await page.locator("img, iframe, b").count()) === 0, `${where}: words of the record became elements`);
      await page.addScriptTag({ content: axe });
      await looks(page, `${file}-${colorScheme}-${width}`, where);
      check(errors.length === 0, `${where}: ${errors.join("; ")}`);
      const failed = await page.locator("li.failed").count();
      const shown = await page.locator("li.failed .state", { hasText: "Failed" }).count();
      check(failed > 0 && shown === failed, `${where}: ${failed} failed items, ${shown} of them say so in words`);
      const edge = (state) => page.locator(`li.${state}`).first().evaluate((item) => getComputedStyle(item).borderLeftColor);
      check((await edge("failed")) !== (await edge("open")), `${where}: what failed has the edge of what is open`);
      const boxes = page.locator("li.human input[type=checkbox]");
      check((await boxes.count()) > 3, `${where}: no boxes for people`);
      check((await page.locator("li.human input:checked").count()) === 0, `${where}: a box for people is ticked`);
      await boxes.first().focus();
      await page.keyboard.press("Space");
      check(await boxes.first().isChecked(), `${where}: a box cannot be ticked by the keyboard`);
      await context.close();
    }
  }
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
  await page.goto(pathToFileURL(join(work, `${file}.html`)).href);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(paper === "rgb(255, 255, 255)", `${file}, print: the paper is ${paper}`);
  await page.screenshot({ path: join(work, "screenshots", `${file}-print.png`), fullPage: true });
  await page.pdf({ path: join(work, "screenshots", `${file}.pdf`), format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  await page.close();
}
await browser.close();

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`the checklist's page is as it should be; screenshots in ${join(work, "screenshots")}`);
