import { constants } from "node:fs";
import { access, chmod, stat } from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

import { text } from "./settings.ts";

/** Which program to run, or a sentence that says why there is none. */
export type Program = { readonly path: string } | { readonly missing: string };

const NAME = process.platform === "win32" ? "adr-lens.exe" : "adr-lens";

/** The program of the setting, else the one in the package, else one on the PATH. */
export async function program(extension: vscode.Uri): Promise<Program> {
  const wanted = text("path").trim();
  if (wanted !== "") {
    const chosen = expanded(wanted);
    return (await runs(chosen))
      ? { path: chosen }
      : { missing: `The setting adr-lens.path names “${chosen}”, and there is no program that can be run.` };
  }
  const carried = path.join(extension.fsPath, "bin", NAME);
  if (await isFile(carried)) {
    if (!(await runs(carried))) {
      // Some unpackers lose the mark.
      await chmod(carried, 0o755).catch(() => undefined);
    }
    return { path: carried };
  }
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    // A relative entry would let the folder that is open decide what is run.
    if (path.isAbsolute(folder) && (await runs(path.join(folder, NAME)))) {
      return { path: path.join(folder, NAME) };
    }
  }
  return {
    missing:
      `This package of the extension carries no adr-lens for ${process.platform}-${process.arch}, and there is none on the PATH. ` +
      "Install the package made for this platform, or install adr-lens and name it in the setting adr-lens.path.",
  };
}

/** A path of a setting with `~` or `${workspaceFolder}` at its beginning replaced. */
export function expanded(written: string): string {
  const folder = vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file");
  const home = written.replace(/^~(?=$|[\\/])/, () => os.homedir());
  return home.replace(/^\$\{workspaceFolder\}(?=$|[\\/])/, () => folder?.uri.fsPath ?? ".");
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function runs(file: string): Promise<boolean> {
  const executable = access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  return (await isFile(file)) && (await executable);
}
