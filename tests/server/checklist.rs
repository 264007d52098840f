//! The checklist of a live buffer.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::ORDERS;

const URI: &str = "file:///docs/adr/0007-orders.md";

fn asked(uri: &str, format: Option<&str>) -> Value {
    let mut arguments = vec![json!(uri)];
    arguments.extend(format.map(|format| json!(format)));
    json!({"command": "adrLens.checklist", "arguments": arguments})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checklist_is_that_of_the_text_as_it_is_now() {
    let setup = setup();
    let mut client = Client::start(setup, capabilities(), Value::Null).await;
    client.open(URI, 0, ORDERS).await;
    let ask = "workspace/executeCommand";
    let before = client
        .request(ask, asked(URI, Some("json")))
        .await
        .expect("a checklist");
    let before: Value = serde_json::from_str(before["text"].as_str().expect("text")).expect("JSON");
    assert_eq!(before["schema"], "adr-lens/checklist/1");
    assert!(before["records"][0]["summary"]["failed"].as_u64() > Some(0), "{before}");
    let quiet = client.request("adrLens/checklist", json!({"uri": URI})).await;
    assert_eq!(quiet, Ok(before));
    let changed = json!([{"text": "# 1. Code style\n\n## Decision\n\nFour spaces.\n"}]);
    client.change(URI, 1, changed).await;
    let after = client.request(ask, asked(URI, None)).await.expect("a checklist");
    let after = after["text"].as_str().expect("text");
    assert!(after.starts_with("## Review checklist: Code style"), "{after}");
    assert!(!after.contains("**Failed:**"), "{after}");
    let page = client.request(ask, asked(URI, Some("html"))).await.expect("a page");
    assert!(page["text"].as_str().expect("text").starts_with("<!DOCTYPE html>"));
    for wrong in [asked(URI, Some("pdf")), json!({"command": "adrLens.checklist"})] {
        let error = client.request(ask, wrong).await.expect_err("an error");
        assert_eq!(error["code"], -32602, "{error}");
    }
}
