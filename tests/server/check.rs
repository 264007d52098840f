//! The findings of all records, as a command.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::ORDERS;

#[tokio::test(flavor = "multi_thread")]
async fn records_of_one_path_in_two_folders_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = |name: &str| format!("file://{}/{name}", folder.path().display());
    for name in ["shop", "bank"] {
        let place = folder.path().join(name).join("docs/adr");
        std::fs::create_dir_all(&place).expect("folders");
        std::fs::write(place.join("0007-orders.md"), ORDERS).expect("a record");
    }
    let folders: Value = ["shop", "bank"]
        .map(|name| json!({"uri": root(name), "name": name}))
        .into();
    let mut client = Client::connect(setup());
    let params = json!({"processId": null, "capabilities": capabilities(), "workspaceFolders": folders});
    client.request("initialize", params).await.expect("the server begins");
    client.notify("initialized", json!({})).await;
    let params = json!({"command": "adrLens.check"});
    let all = client
        .request("workspace/executeCommand", params)
        .await
        .expect("a report");
    let findings = all["findings"].as_array().expect("findings");
    assert!(!findings.is_empty());
    for name in ["shop", "bank"] {
        let uri = format!("{}/docs/adr/0007-orders.md", root(name));
        let own = findings.iter().filter(|finding| finding["uri"] == uri.as_str());
        assert_eq!(own.count(), findings.len() / 2, "{name}");
    }
    assert!(
        findings
            .iter()
            .all(|finding| finding["path"] == "docs/adr/0007-orders.md")
    );
    // Of one record as well.
    let uri = format!("{}/docs/adr/0007-orders.md", root("bank"));
    let params = json!({"command": "adrLens.check", "arguments": [uri]});
    let one = client
        .request("workspace/executeCommand", params)
        .await
        .expect("a report");
    let findings = one["findings"].as_array().expect("findings");
    assert!(!findings.is_empty() && findings.iter().all(|finding| finding["uri"] == uri.as_str()));
}
