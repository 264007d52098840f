import * as vscode from "vscode";

/** What the server is the source of. */
export const SOURCE = "adr-lens";

const LANGUAGES = new Set(["markdown", "asciidoc", "restructuredtext"]);

/** Whether a document can be a record: a text in one of the languages, and no side of a comparison. */
export function isCandidate(document: vscode.TextDocument): boolean {
  return (
    LANGUAGES.has(document.languageId) &&
    (document.uri.scheme === "file" ||
      document.uri.scheme === "untitled" ||
      vscode.workspace.getWorkspaceFolder(document.uri) !== undefined)
  );
}

/** The record in the active editor. */
export function activeRecord(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isCandidate(document) ? document : undefined;
}

/** What a review finds in a record, as the editor shows it. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === SOURCE);
}

/** The id of the rule. */
export function ruleOf(finding: vscode.Diagnostic): string {
  const code = finding.code;
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

/** "1 error, 2 questions"; "no findings". */
export function summary(found: readonly vscode.Diagnostic[]): string {
  const kinds: readonly [vscode.DiagnosticSeverity, string][] = [
    [vscode.DiagnosticSeverity.Error, "error"],
    [vscode.DiagnosticSeverity.Warning, "warning"],
    [vscode.DiagnosticSeverity.Information, "note"],
    [vscode.DiagnosticSeverity.Hint, "question"],
  ];
  const parts = kinds.flatMap(([severity, word]) => {
    const count = found.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  });
  return parts.length === 0 ? "no findings" : parts.join(", ");
}
