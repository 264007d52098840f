//! What stands in a diagnostic.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, pulling, setup};
use crate::records::{JOINS, LEDGER, ORDERS, SILENT, position, range};

const URI: &str = "file:///docs/adr/0007-orders.md";

async fn found(capabilities: Value, options: Value, text: &str) -> Vec<Value> {
    let mut client = Client::start(setup(), capabilities, options).await;
    client.open(URI, 1, text).await;
    client.published(URI, 1).await
}

fn of<'a>(found: &'a [Value], rule: &str) -> &'a Value {
    found
        .iter()
        .find(|diagnostic| diagnostic["code"] == rule)
        .unwrap_or_else(|| panic!("no {rule} in {found:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnostic_says_all_that_its_client_can_show() {
    let found = found(capabilities(), Value::Null, ORDERS).await;
    let joins = of(&found, JOINS);
    assert_eq!(joins["source"], "adr-lens");
    assert_eq!(joins["severity"], 1);
    let sentence = range(ORDERS, "We will use DynamoDB");
    let start = json!({"line": sentence["end"]["line"], "character": "We will use ".len()});
    assert_eq!(joins["range"], json!({"start": start, "end": sentence["end"]}));
    let need = &joins["relatedInformation"][0];
    assert_eq!(need["location"]["uri"], URI);
    assert_eq!(
        need["location"]["range"],
        range(ORDERS, "The clerk's page needs joins across several tables")
    );
    assert_eq!(need["message"], "joins is needed here");
    assert!(
        joins["data"]["fingerprint"]
            .as_str()
            .is_some_and(|mark| !mark.is_empty())
    );
    assert!(joins["message"].as_str().unwrap().lines().count() == 2, "what, and why");
    assert_eq!(joins.get("tags"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_client_is_sent_plain_diagnostics() {
    let found = found(json!({}), Value::Null, ORDERS).await;
    let joins = of(&found, JOINS);
    for key in ["relatedInformation", "codeDescription", "tags", "data"] {
        assert_eq!(joins.get(key), None, "{key} was not asked for");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_is_struck_through() {
    let found = found(capabilities(), json!({"asOf": "2026-01-31"}), LEDGER).await;
    let ended = of(&found, "lifecycle/discontinued");
    assert_eq!(ended["tags"], json!([2]));
    assert_eq!(ended["severity"], 2, "the record is accepted: told, not shouted at");
}

#[tokio::test(flavor = "multi_thread")]
async fn open_questions_are_hints() {
    let found = found(capabilities(), Value::Null, SILENT).await;
    assert!(!found.is_empty());
    assert!(found.iter().all(|diagnostic| diagnostic["severity"] == 4), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_its_page_or_to_its_source_and_never_to_a_bare_path() {
    let with_base = found(
        capabilities(),
        json!({"docsBase": "https://docs.example.org/adr-lens/"}),
        ORDERS,
    )
    .await;
    let href = of(&with_base, JOINS)["codeDescription"]["href"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(href, format!("https://docs.example.org/adr-lens/docs/rules/{JOINS}.md"));
    let without = found(capabilities(), json!({"asOf": "2026-01-31"}), LEDGER).await;
    for diagnostic in &without {
        if let Some(href) = diagnostic["codeDescription"]["href"].as_str() {
            assert!(href.starts_with("https://"), "{href}");
        }
    }
    assert!(of(&without, "lifecycle/discontinued")["codeDescription"]["href"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silenced_finding_is_not_shown() {
    let silenced = format!("<!-- adr-lens-ignore {JOINS}: the page is built from a copy -->\n{ORDERS}");
    let found = found(capabilities(), Value::Null, &silenced).await;
    assert!(found.iter().all(|diagnostic| diagnostic["code"] != JOINS), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pulled_diagnostics_are_those_that_are_pushed() {
    let pushed = found(capabilities(), Value::Null, ORDERS).await;
    let mut client = Client::start(setup(), pulling(), Value::Null).await;
    client.open(URI, 1, ORDERS).await;
    let report = client
        .request("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}))
        .await
        .expect("a report");
    assert_eq!(report["items"], Value::Array(pushed));
    let none = client
        .request(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": "file:///none.md"}}),
        )
        .await;
    assert_eq!(none.expect("a report")["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_at_one_place_the_loudest_comes_first() {
    let text = ORDERS.replace(
        "Reads stay below 10 ms.",
        "An order and its payment are written in one transaction, all or nothing.",
    );
    let found = found(capabilities(), Value::Null, &text).await;
    let severities: Vec<i64> = found
        .iter()
        .filter(|one| one["range"] == of(&found, JOINS)["range"])
        .map(|one| one["severity"].as_i64().unwrap_or_default())
        .collect();
    assert!(severities.len() > 1 && severities.is_sorted(), "{severities:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_a_report_come_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("docs/adr");
    std::fs::create_dir_all(&records).expect("a folder of records");
    for number in 1..=3 {
        std::fs::write(records.join(format!("{number:04}-orders.md")), ORDERS).expect("a record");
    }
    let root = format!("file://{}", folder.path().display());
    let mut client = Client::connect(setup());
    let folders = json!([{"uri": root, "name": "records"}]);
    let params = json!({"processId": null, "capabilities": pulling(), "workspaceFolders": folders});
    client.request("initialize", params).await.expect("the server begins");
    client.notify("initialized", json!({})).await;
    // Once would be luck.
    for number in 0..40 {
        let params = json!({"previousResultIds": [], "partialResultToken": format!("part {number}")});
        let report = client.request("workspace/diagnostic", params).await.expect("a report");
        assert_eq!(report["items"], json!([]));
        let found: Vec<Value> = client
            .came("$/progress")
            .iter()
            .filter(|part| part["token"] == format!("part {number}"))
            .flat_map(|part| part["value"]["items"].as_array().cloned().unwrap_or_default())
            .collect();
        assert_eq!(found.len(), 3, "records in the parts of report {number} before it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_document_that_is_no_file_the_disk_knows_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let off = format!("[rules]\n\"{JOINS}\" = \"off\"\n");
    std::fs::write(folder.path().join("adr-lens.toml"), off).expect("a lens");
    std::fs::write(folder.path().join("0002-ledger.md"), LEDGER).expect("a record");
    let text = ORDERS.to_owned() + "\nMore in [the sessions](0003-sessions.md).\n";
    let path = folder.path().join("0001-orders.md").display().to_string();
    let (file, elsewhere) = (format!("file://{path}"), format!("memory:{path}"));
    let mut client = Client::pushed().await;
    for uri in [&file, &elsewhere] {
        client.open(uri, 1, &text).await;
    }
    let mut rules = async |uri: &str| -> Vec<String> {
        let found = client.published(uri, 1).await;
        let rule = |one: &Value| one["code"].as_str().unwrap_or_default().to_owned();
        found.iter().map(rule).collect()
    };
    // On the disk the lens of the folder is in force, and what is linked to is not there.
    let on_disk = rules(&file).await;
    assert!(!on_disk.contains(&JOINS.to_owned()), "{on_disk:?}");
    assert!(on_disk.contains(&"record/dead-link".to_owned()), "{on_disk:?}");
    let off_disk = rules(&elsewhere).await;
    assert!(off_disk.contains(&JOINS.to_owned()), "{off_disk:?}");
    assert!(!off_disk.contains(&"record/dead-link".to_owned()), "{off_disk:?}");
    // Nor does anything lead to the disk: the engine is decided for in the document itself, and there is no file to rename.
    let at = json!({"textDocument": {"uri": elsewhere}, "position": position(&text, "DynamoDB for the")});
    let found = client.request("textDocument/implementation", at).await.expect("places");
    assert_eq!(found[0]["uri"], elsewhere.as_str(), "{found}");
    let title = json!({"textDocument": {"uri": elsewhere}, "position": position(&text, "7. Keep")});
    let renamed = client
        .request("textDocument/prepareRename", title)
        .await
        .expect("an answer");
    assert_eq!(renamed, Value::Null);
}
