/** A real VS Code: its server part as a process of its own, its window in a headless Chromium. */

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { type Browser, chromium, type Page } from "playwright-core";

/** Where everything is, as run.sh says. */
export const places = {
  vscode: needed("VSCODE"),
  chromium: needed("CHROMIUM"),
  extension: needed("EXTENSION"),
  package: needed("PACKAGE"),
  program: needed("PROGRAM"),
  artefacts: needed("ARTEFACTS"),
};

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set; start these tests with run.sh`);
  return value;
}

/** What keeps the window quiet, and the pictures the same. */
const QUIET = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "window.commandCenter": false,
  "editor.minimap.enabled": false,
  "editor.inlayHints.enabled": "on",
  "editor.wordWrap": "on",
  "comments.openView": "never",
  "git.enabled": false,
  "files.autoSave": "off",
};

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Started {
  readonly page: Page;
  /** The copy of the workspace that is open; of several, the first. */
  readonly workspace: string;
  readonly stop: () => Promise<void>;
}

export interface Wanted {
  /** An empty folder for all that is written. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A second folder in the same window. */
  readonly second?: true;
  /** Opens the folder's path under this scheme: a file system that an extension brings. */
  readonly scheme?: string;
  /** Install the package before; otherwise the extension is loaded from its folder. */
  readonly install?: (extensions: string) => void;
  /** Payload of the window: where extension and tests are loaded from. */
  readonly payload?: (uri: (path: string) => string) => readonly (readonly [string, string])[];
  /** Called with the page before it is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly trust?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function start(wanted: Wanted): Promise<Started> {
  const { folder } = wanted;
  const workspace = join(folder, "workspace");
  cpSync(join(import.meta.dirname, "workspace"), workspace, { recursive: true });
  const alone = wanted.scheme === undefined ? workspace : `${wanted.scheme}:${workspace}`;
  const opened = wanted.second === true ? { workspace: withSecond(folder) } : { folder: alone };
  const settings = JSON.stringify({ ...QUIET, ...wanted.settings }, null, 2);
  // Of settings for a machine, such as the program to run, those of the user do not always count in a window of a server.
  for (const scope of ["User", "Machine"]) {
    const place = join(folder, "user", scope);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "settings.json"), settings);
  }
  const extensions = join(folder, "extensions");
  const main = join(places.vscode, "out", "server-main.js");
  const common = ["--server-data-dir", join(folder, "server"), "--extensions-dir", extensions];
  // No gallery: nothing is looked up outside.
  const env = { ...process.env, EXTENSIONS_GALLERY: "{}", ...wanted.environment };
  if (wanted.install !== undefined) {
    execFileSync(process.execPath, [main, ...common, "--install-extension", places.package], { env, stdio: "pipe" });
    wanted.install(extensions);
  }
  const port = await freePort();
  const trust = wanted.trust === true ? [] : ["--disable-workspace-trust"];
  const address = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  const quiet = ["--accept-server-license-terms", "--telemetry-level", "off", "--enable-smoke-test-driver"];
  const data = ["--user-data-dir", join(folder, "user")];
  const log = openSync(join(folder, "vscode.log"), "w");
  const server = spawn(process.execPath, [main, ...address, ...data, ...common, ...quiet, ...trust], {
    env,
    stdio: ["ignore", log, log],
    detached: true,
  });
  const origin = `http://127.0.0.1:${port}`;
  let browser: Browser | undefined;
  const stop = async (): Promise<void> => {
    await browser?.close();
    if (server.pid !== undefined) {
      try {
        process.kill(-server.pid, "SIGTERM");
      } catch {
        // It ended by itself.
      }
    }
  };
  try {
    await until("VS Code answers", async () => (await fetch(`${origin}/version`)).ok);
    browser = await chromium.launch({ executablePath: places.chromium, args: FLAGS });
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await wanted.prepare?.(page);
    const payload = wanted.payload?.((path) => `vscode-remote://127.0.0.1:${port}${path}`) ?? [];
    const query = new URLSearchParams({ ...opened, payload: JSON.stringify(payload) });
    await page.goto(`${origin}/?${query.toString()}`);
    return { page, workspace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How the name of the program ends that the package carries, once the recorder stands around it. */
export const CARRIED = ".carried";

/** Puts the recorder around the program that the installed package carries. */
export function recorded(extensions: string): void {
  const [name] = readdirSync(extensions).filter((name) => name.startsWith("adr-lens.adr-lens-"));
  if (name === undefined) throw new Error("the package is not installed");
  const program = join(extensions, name, "bin", "adr-lens");
  renameSync(program, program + CARRIED);
  const script = readFileSync(places.program, "utf8").replace(/"[^"]*" "\$@"/g, `"${program}${CARRIED}" "$@"`);
  if (!script.includes(CARRIED)) throw new Error("the recorder names no program");
  writeFileSync(program, script, { mode: 0o755 });
}

/** Puts the second folder beside the first. The file that names both. */
function withSecond(folder: string): string {
  cpSync(join(import.meta.dirname, "second"), join(folder, "second"), { recursive: true });
  const file = join(folder, "both.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: [{ path: "workspace" }, { path: "second" }] }));
  return file;
}

/** Tries until something is so. What it throws meanwhile counts as not yet. */
export async function until<T>(what: string, tried: () => T | Promise<T>, patience = 120_000): Promise<NonNullable<T>> {
  const end = Date.now() + patience;
  let last: unknown;
  for (;;) {
    try {
      const value = await tried();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${patience / 1000} s: ${what} (${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
