import * as path from "node:path";
import * as vscode from "vscode";

/**
 * Gives a record another file name. The editor asks the server about it, as about a file that is renamed in the explorer: every link
 * and number that means the record follows. (F2 on a title is VS Code's own in Markdown: it changes the heading alone.)
 */
export async function rename(uri: vscode.Uri): Promise<void> {
  const { name, ext } = path.posix.parse(uri.path);
  const wanted = await vscode.window.showInputBox({
    title: "New name of this record",
    prompt: "Links to it, and its number, follow.",
    value: name,
    validateInput: (written) =>
      /^[^\\/]*[^\\/.\s][^\\/]*$/.test(written) ? undefined : "A file name, without folders.",
  });
  if (wanted === undefined || wanted.trim() === name) return;
  const target = vscode.Uri.joinPath(uri, "..", wanted.trim() + ext);
  const there = await vscode.workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  if (there) throw new Error(`There is a file ${wanted.trim()}${ext} already.`);
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(uri, target);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${name}${ext} was not renamed.`);
}
