import * as vscode from "vscode";

/** What a view of ours is made of: files of the package, and static markup. */
export interface Page {
  readonly title: string;
  /** Under dist/webview. */
  readonly script: string;
  /** Under media. */
  readonly style: string;
  /** Markup that is fixed in this extension: nothing from a record or a server ever stands in it. */
  readonly body: string;
}

/** Lets a view read files of the package and nothing else. */
export function options(extension: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableCommandUris: false,
    enableForms: false,
    localResourceRoots: [vscode.Uri.joinPath(extension, "dist", "webview"), vscode.Uri.joinPath(extension, "media")],
  };
}

/** The page, with a policy under which only our own script runs and nothing is fetched. */
export function html(webview: vscode.Webview, extension: vscode.Uri, page: Page): string {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", "webview", page.script));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, "media", page.style));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="stylesheet" href="${style.toString()}">
</head>
<body>
${page.body}
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
