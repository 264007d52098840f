/**
 * A file system that lies on no disk, for a workspace that does not either. `memory:/where/ever` holds what stood in the folder
 * `/where/ever` of the disk when it was first asked for; what becomes of that folder later is not seen here.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as vscode from "vscode";

const { FileNotFound } = vscode.FileSystemError;

class Memory implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly onDidChangeFile = this.changed.event;

  constructor(root: string) {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) this.files.set(path, { bytes: readFileSync(path), mtime: 1 });
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.files.get(path);
    if (file !== undefined) {
      return { type: vscode.FileType.File, ctime: 0, mtime: file.mtime, size: file.bytes.length };
    }
    if (this.below(path).length === 0) throw FileNotFound(path);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const found = new Map<string, vscode.FileType>();
    for (const name of this.below(path)) {
      const [first = "", ...more] = name.split("/");
      found.set(first, more.length === 0 ? vscode.FileType.File : vscode.FileType.Directory);
    }
    return [...found];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.files.get(path);
    if (file === undefined) throw FileNotFound(path);
    return file.bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const before = this.files.get(uri.path);
    this.files.set(uri.path, { bytes, mtime: (before?.mtime ?? 0) + 1 });
    const type = before === undefined ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed;
    this.changed.fire([{ type, uri }]);
  }

  createDirectory(): void {
    // It is there with its first file.
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }

  /** The names of the files below a folder. */
  private below(folder: string): string[] {
    const beginning = folder.endsWith("/") ? folder : `${folder}/`;
    return [...this.files.keys()]
      .filter((path) => path.startsWith(beginning))
      .map((path) => path.slice(beginning.length));
  }
}

export function activate(context: vscode.ExtensionContext): void {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", new Memory(folder.uri.path), { isCaseSensitive: true }),
  );
}
