//! Lens files in the editor, and records under the lens that is in force for their path.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, capabilities, pulling, setup};
use crate::records::{JOINS, ORDERS, position};

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    fn new(lens: &str) -> Workspace {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join(".git")).expect("a folder");
        let workspace = Workspace { folder };
        workspace.write(lens);
        workspace
    }

    fn write(&self, lens: &str) {
        std::fs::write(self.folder.path().join("adr-lens.toml"), lens).expect("written");
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.folder.path().canonicalize().expect("a folder").join(name))
    }
}

fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|one| one["code"].as_str()).collect()
}

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|one| one["message"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_held_against_the_lens_of_its_path_and_again_when_that_changes() {
    let workspace = Workspace::new("[rules]\n\"choice/*\" = \"off\"\n");
    let record = workspace.uri("docs/0007-orders.md");
    let mut client = Client::start(setup(), capabilities(), json!({})).await;
    client.open(&record, 1, ORDERS).await;
    let found = client.published(&record, 1).await;
    assert!(!rules(&found).contains(&JOINS), "{found:?}");
    workspace.write("[rules]\n\"gap/*\" = \"off\"\n");
    client
        .notify(
            "textDocument/didSave",
            json!({"textDocument": {"uri": workspace.uri("adr-lens.toml")}}),
        )
        .await;
    let found = client.published(&record, 1).await;
    assert!(rules(&found).contains(&JOINS), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_shown_under_its_words_while_it_is_typed() {
    let workspace = Workspace::new("");
    let lens = workspace.uri("adr-lens.toml");
    let text = "[rules]\n\"gap/scal\" = \"off\"\n";
    let mut client = Client::start(setup(), capabilities(), json!({})).await;
    client.open(&lens, 1, text).await;
    let found = client.published(&lens, 1).await;
    assert_eq!(messages(&found), ["unknown rule `gap/scal`; did you mean `gap/scale`?"]);
    assert_eq!(found[0]["range"]["start"], json!({"line": 1, "character": 0}));
    assert_eq!(found[0]["range"]["end"], json!({"line": 1, "character": 10}));
    client.replace(&lens, 2, &text.replace("scal", "scale")).await;
    assert!(client.published(&lens, 2).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_folder_that_is_extended_is_looked_at_too() {
    let workspace = Workspace::new("extends = \"./house\"\n");
    let folder = workspace.folder.path().join("house/rules");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("own.toml"), "id = \"gap/own\"\n").expect("written");
    let file = workspace.uri("house/rules/own.toml");
    let mut client = Client::start(setup(), pulling(), json!({})).await;
    client.open(&file, 1, "id = \"gap/own\"\nseverty = \"hint\"\n").await;
    let params = json!({"textDocument": {"uri": file}});
    let report = client
        .request("textDocument/diagnostic", params)
        .await
        .expect("a report");
    assert_eq!(
        messages(report["items"].as_array().expect("items")),
        ["unknown key `severty`; did you mean `severity`?"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_lens_is_told_to_who_opens_a_record_and_the_rest_of_it_works() {
    let workspace = Workspace::new("[rules]\n\"gap/*\" = \"off\"\n\"gaps/*\" = \"off\"\n");
    let record = workspace.uri("docs/0007-orders.md");
    let mut client = Client::start(setup(), capabilities(), json!({})).await;
    client.open(&record, 1, ORDERS).await;
    let shown = client.notification("window/showMessage").await;
    let message = shown["message"].as_str().expect("a message");
    assert!(
        message.ends_with("adr-lens.toml:3:1: no rule is called `gaps/*`"),
        "{message}"
    );
    let found = client.published(&record, 1).await;
    assert!(rules(&found).contains(&JOINS), "{found:?}");
    assert!(!rules(&found).iter().any(|rule| rule.starts_with("gap/")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_explained_and_offered_where_they_can_stand() {
    let workspace = Workspace::new("");
    let lens = workspace.uri("adr-lens.toml");
    let text = "[rules]\n\"gap/scale\" = \"off\"\n\n[engines]\nhold = [\"mon\"]\n\n[cues.joins]\nde = []\n";
    let mut client = Client::start(setup(), capabilities(), json!({})).await;
    client.open(&lens, 1, text).await;

    let hover = client.hover(&lens, position(text, "/scale")).await;
    let shown = hover["contents"]["value"].as_str().expect("a hover");
    assert!(shown.contains("Scale not stated"), "{shown}");
    let hover = client.hover(&lens, position(text, "hold =")).await;
    let shown = hover["contents"]["value"].as_str().expect("a hover");
    assert!(shown.contains("Not to be started on"), "{shown}");

    let mut offered = async |needle: &str| {
        let params = json!({"textDocument": {"uri": lens}, "position": position(text, needle)});
        let items = client.request("textDocument/completion", params).await.expect("items");
        let items = items.as_array().expect("items").iter();
        items
            .filter_map(|item| item["label"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let names = offered("scale\" =").await;
    assert!(
        names.contains(&"gap/*".to_owned()) && names.contains(&JOINS.to_owned()),
        "{names:?}"
    );
    assert_eq!(
        offered("off").await,
        ["off", "hint", "info", "warning", "error", "default"]
    );
    assert!(offered("mon\"").await.contains(&"mongodb".to_owned()));
    assert!(offered("e = []").await.contains(&"denials".to_owned()));
}
