//! From record to record: definitions, references, links, symbols, hovers, renaming; and what neighbours say of an open record.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{position, range};

const PAPER: &str = "# 1. Paper\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use PostgreSQL for invoices.\n";
const BOXES: &str = "# 2. Boxes 😀\n\n## Status\n\nAccepted\n\nSupersedes [1. Paper](0001-paper.md)\n\n## Decision\n\nAs ADR 1 says, we will use MariaDB.\n";
const DESKS: &str = "# 3. Desks\n\nStatus: proposed\n\n## Decision\n\nWood, see [ADR 1](./0001-paper.md#decision). We will use MariaDB.\n\n<!-- adr-lens-ignore gap/*: a test -->\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (name, text) in [
            ("0001-paper.md", PAPER),
            ("0002-boxes.md", BOXES),
            ("0003-desks.md", DESKS),
        ] {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.path().display())
    }
}

fn able() -> Value {
    let mut able = capabilities();
    able["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "rename", "delete"]);
    able["workspace"]["fileOperations"] = json!({"willRename": true});
    able
}

async fn open(capabilities: Value) -> (Folder, Client) {
    let folder = Folder::new();
    let mut client = Client::start(setup(), capabilities, Value::Null).await;
    client.open(&folder.uri("0002-boxes.md"), 1, BOXES).await;
    (folder, client)
}

fn at(folder: &Folder, text: &str, needle: &str) -> Value {
    json!({"textDocument": {"uri": folder.uri("0002-boxes.md")}, "position": position(text, needle)})
}

async fn ask(client: &mut Client, method: &str, params: Value) -> Value {
    client.request(method, params).await.expect(method)
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_are_part_of_the_diagnostics_and_follow_what_is_typed() {
    let (folder, mut client) = open(capabilities()).await;
    let uri = folder.uri("0002-boxes.md");
    let rule = |found: &[Value]| {
        found
            .iter()
            .find(|one| one["code"] == "portfolio/predecessor-in-force")
            .cloned()
    };
    let found = rule(&client.published(&uri, 1).await).expect("the old record is still in force");
    let related = &found["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], folder.uri("0001-paper.md"));
    assert_eq!(related["location"]["range"], range(PAPER, "Accepted"));
    // The old record is mended in a buffer that is not saved: the other one's finding goes.
    let mended = PAPER.replace("Accepted", "Superseded by [2. Boxes](0002-boxes.md)");
    client.open(&folder.uri("0001-paper.md"), 1, &mended).await;
    let gone = client.next(|message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri
            && rule(message["params"]["diagnostics"].as_array().map_or(&[], Vec::as_slice)).is_none()
    });
    gone.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_numbers_lead_to_records() {
    let (folder, mut client) = open(json!({})).await;
    let paper = json!({"uri": folder.uri("0001-paper.md"), "range": range(PAPER, "Paper")});
    for needle in ["[1. Paper]", "ADR 1"] {
        let found = ask(&mut client, "textDocument/definition", at(&folder, BOXES, needle)).await;
        assert_eq!(found, paper, "{needle}");
    }
    let found = ask(&mut client, "textDocument/definition", at(&folder, BOXES, "Supersedes")).await;
    assert_eq!(found, Value::Null);
    let document = json!({"textDocument": {"uri": folder.uri("0002-boxes.md")}});
    let links = ask(&mut client, "textDocument/documentLink", document).await;
    let ranges: Vec<&Value> = links
        .as_array()
        .expect("links")
        .iter()
        .map(|link| &link["range"])
        .collect();
    assert_eq!(
        ranges,
        [&range(BOXES, "[1. Paper](0001-paper.md)"), &range(BOXES, "ADR 1")]
    );
    assert!(
        links
            .as_array()
            .expect("links")
            .iter()
            .all(|link| link["target"] == paper["uri"])
    );
    let hover = client
        .hover(&folder.uri("0002-boxes.md"), position(BOXES, "ADR 1"))
        .await;
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(
        shown.contains("0001 Paper") && shown.contains("accepted") && shown.contains("PostgreSQL"),
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_leads_to_every_record_that_decides_about_it() {
    let (folder, mut client) = open(capabilities()).await;
    let boxes = json!({"uri": folder.uri("0002-boxes.md"), "range": range(BOXES, "MariaDB")});
    let desks = json!({"uri": folder.uri("0003-desks.md"), "range": range(DESKS, "MariaDB")});
    for method in ["textDocument/definition", "textDocument/implementation"] {
        let found = ask(&mut client, method, at(&folder, BOXES, "MariaDB")).await;
        assert_eq!(found, json!([boxes, desks]), "{method}");
    }
    let mut params = at(&folder, BOXES, "MariaDB");
    params["context"] = json!({"includeDeclaration": false});
    assert_eq!(
        ask(&mut client, "textDocument/references", params).await,
        json!([boxes, desks])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn references_of_a_record_are_those_of_every_record() {
    let (folder, mut client) = open(capabilities()).await;
    let mut params = at(&folder, BOXES, "[1. Paper]");
    params["context"] = json!({"includeDeclaration": true});
    let found = ask(&mut client, "textDocument/references", params).await;
    let place = |name: &str, text: &str, needle: &str| json!({"uri": folder.uri(name), "range": range(text, needle)});
    let expected = json!([
        place("0001-paper.md", PAPER, "Paper"),
        place("0002-boxes.md", BOXES, "[1. Paper](0001-paper.md)"),
        place("0002-boxes.md", BOXES, "ADR 1"),
        place("0003-desks.md", DESKS, "[ADR 1](./0001-paper.md#decision)"),
    ]);
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_and_decisions_are_found_by_name() {
    let (folder, mut client) = open(capabilities()).await;
    let found = ask(&mut client, "workspace/symbol", json!({"query": "desk"})).await;
    assert_eq!(found[0]["name"], "0003 Desks");
    assert_eq!(found[0]["location"]["uri"], folder.uri("0003-desks.md"));
    let found = ask(&mut client, "workspace/symbol", json!({"query": "mariadb"})).await;
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
}

/// The new texts of a record's edits, in the order of their places.
fn texts(edit: &Value, uri: &str) -> Vec<String> {
    let changes = edit["documentChanges"].as_array().expect("changes");
    let own = changes.iter().find(|change| change["textDocument"]["uri"] == uri);
    let edits = own
        .and_then(|change| change["edits"].as_array())
        .cloned()
        .unwrap_or_default();
    edits
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_renumbered_with_all_that_means_it() {
    let (folder, mut client) = open(able()).await;
    let place = at(&folder, BOXES, "[1. Paper]");
    let prepared = ask(&mut client, "textDocument/prepareRename", place.clone()).await;
    assert_eq!(
        prepared,
        json!({"range": range(BOXES, "[1. Paper](0001-paper.md)"), "placeholder": "0001-paper"})
    );
    let mut params = place.clone();
    params["newName"] = json!("12");
    let edit = ask(&mut client, "textDocument/rename", params).await;
    assert_eq!(texts(&edit, &folder.uri("0001-paper.md")), ["12"]);
    assert_eq!(
        texts(&edit, &folder.uri("0002-boxes.md")),
        ["12", "0012-paper.md", "12"]
    );
    assert_eq!(texts(&edit, &folder.uri("0003-desks.md")), ["12", "./0012-paper.md"]);
    let last = edit["documentChanges"]
        .as_array()
        .and_then(|changes| changes.last())
        .cloned();
    let renamed =
        json!({"kind": "rename", "oldUri": folder.uri("0001-paper.md"), "newUri": folder.uri("0012-paper.md")});
    assert_eq!(last, Some(renamed));
    for wrong in ["0003-desks", "a/b", ""] {
        let mut params = place.clone();
        params["newName"] = json!(wrong);
        assert!(client.request("textDocument/rename", params).await.is_err(), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_follow_a_file_that_the_editor_renames() {
    let (folder, mut client) = open(able()).await;
    assert!(client.offered["workspace"]["fileOperations"]["willRename"].is_object());
    let files = json!([{"oldUri": folder.uri("0001-paper.md"), "newUri": folder.uri("old/0001-sheets.md")}]);
    let edit = ask(&mut client, "workspace/willRenameFiles", json!({"files": files})).await;
    assert_eq!(texts(&edit, &folder.uri("0002-boxes.md")), ["old/0001-sheets.md"]);
    assert_eq!(texts(&edit, &folder.uri("0003-desks.md")), ["./old/0001-sheets.md"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_cannot_rename_files_is_offered_no_renaming() {
    let client = Client::start(setup(), json!({}), Value::Null).await;
    assert_eq!(client.offered["renameProvider"], Value::Null);
    assert_eq!(client.offered["definitionProvider"], true);
}

/// As Neovim does.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_names_its_file_operations_need_not_say_document_changes_too() {
    let can = json!({"workspace": {"workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]}}});
    let client = Client::start(setup(), can, Value::Null).await;
    assert_eq!(client.offered["renameProvider"]["prepareProvider"], true);
}
