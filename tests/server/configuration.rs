//! Settings, and a lens that changes while the server runs.

use std::path::Path;
use std::time::Duration;

use adr_lens::server::Setup;
use serde_json::{Value, json};

use crate::client::{Client, capabilities, pulling, setup};
use crate::records::{LEDGER, ORDERS};

const URI: &str = "file:///docs/adr/0007-orders.md";

fn has(found: &[Value], rule: &str) -> bool {
    found.iter().any(|diagnostic| diagnostic["code"] == rule)
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_read_at_the_start_and_when_they_change() {
    let mut client = Client::start(setup(), capabilities(), json!({"asOf": "2015-01-01", "hints": false})).await;
    client.open(URI, 1, LEDGER).await;
    let found = client.published(URI, 1).await;
    assert!(!has(&found, "lifecycle/discontinued"), "it had not ended then");
    assert!(
        found.iter().all(|diagnostic| diagnostic["severity"] != 4),
        "no open questions were wanted"
    );
    client
        .notify(
            "workspace/didChangeConfiguration",
            json!({"settings": {"adrLens": {"asOf": "2026-01-31"}}}),
        )
        .await;
    assert!(has(&client.published(URI, 1).await, "lifecycle/discontinued"));
    // Without settings of its own the session is again as it began.
    client
        .notify(
            "workspace/didChangeConfiguration",
            json!({"settings": {"adrLens": null}}),
        )
        .await;
    assert!(!has(&client.published(URI, 1).await, "lifecycle/discontinued"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_from_before_a_change_does_not_undo_it() {
    let mut can = capabilities();
    can["workspace"]["configuration"] = json!(true);
    let mut client = Client::start(setup(), can, Value::Null).await;
    let (id, _) = client.asked("workspace/configuration").await;
    client.reply(id, json!([null])).await;
    client.open(URI, 1, ORDERS).await;
    assert!(has(&client.published(URI, 1).await, "gap/scale"));
    let saved = json!({"textDocument": {"uri": URI}});
    client.notify("textDocument/didSave", saved).await;
    let (id, _) = client.asked("workspace/configuration").await;
    client
        .notify(
            "workspace/didChangeConfiguration",
            json!({"settings": {"adrLens": {"hints": false}}}),
        )
        .await;
    assert!(!has(&client.published(URI, 1).await, "gap/scale"));
    client.reply(id, json!([null])).await;
    // It asks again, rather than to believe what was said before.
    let (id, _) = client.asked("workspace/configuration").await;
    client.reply(id, json!([{"hints": false}])).await;
    client.change(URI, 2, json!([{"text": ORDERS}])).await;
    assert!(!has(&client.published(URI, 2).await, "gap/scale"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_makes_no_sense_is_named() {
    let mut client = Client::start(setup(), capabilities(), json!({"asOf": "yesterday"})).await;
    let shown = client.notification("window/showMessage").await;
    assert!(shown["message"].as_str().unwrap().contains("adrLens.asOf"), "{shown}");
    client.open(URI, 1, ORDERS).await;
    assert!(!client.published(URI, 1).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_pulls_is_asked_to_pull_again() {
    let mut can = pulling();
    can["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    can["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let mut client = Client::start(setup(), can, Value::Null).await;
    client.open(URI, 1, ORDERS).await;
    client
        .notify(
            "workspace/didChangeConfiguration",
            json!({"settings": {"adrLens": {"hints": false}}}),
        )
        .await;
    let (id, _) = client.asked("workspace/diagnostic/refresh").await;
    client.reply(id, Value::Null).await;
    let (id, _) = client.asked("workspace/inlayHint/refresh").await;
    client.reply(id, Value::Null).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_can_tell_us_of_is_registered() {
    let mut can = capabilities();
    can["workspace"]["didChangeConfiguration"] = json!({"dynamicRegistration": true});
    can["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::start(setup(), can, Value::Null).await;
    let (id, params) = client.asked("client/registerCapability").await;
    client.reply(id, Value::Null).await;
    let methods: Vec<&str> = params["registrations"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["method"].as_str())
        .collect();
    assert_eq!(
        methods,
        ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]
    );
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_folder_is_loaded_again_when_it_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(Path::new("lenses/databases"), folder.path());
    let setup = Setup {
        base: adr_lens::workspace::Base::of_folder(folder.path()).expect("a lens"),
        ..setup()
    };
    let mut client = Client::start(setup, capabilities(), json!({"hints": true})).await;
    client.open(URI, 1, ORDERS).await;
    assert!(has(&client.published(URI, 1).await, "gap/scale"));
    let rule = folder.path().join("rules/gap-scale.toml");
    let text = std::fs::read_to_string(&rule).expect("a rule");

    std::fs::write(&rule, "id = ").expect("written");
    client
        .notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}))
        .await;
    let shown = client.notification("window/showMessage").await;
    assert!(shown["message"].as_str().unwrap().contains("gap-scale.toml"), "{shown}");

    std::fs::write(&rule, text.replace("says = \"", "says = \"Newly: ")).expect("written");
    client
        .notify("workspace/didChangeWatchedFiles", json!({"changes": []}))
        .await;
    let found = client.published(URI, 1).await;
    let said = found.iter().find(|diagnostic| diagnostic["code"] == "gap/scale");
    let said = said.and_then(|diagnostic| diagnostic["message"].as_str());
    assert!(said.is_some_and(|message| message.starts_with("Newly: ")), "{found:?}");
    tokio::time::sleep(Duration::from_millis(1)).await;
}
