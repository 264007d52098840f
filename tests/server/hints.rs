//! Inlay hints: behind which words, with which words of their own.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{ORDERS, range};

const URI: &str = "file:///docs/adr/0007-orders.md";

async fn hints(text: &str, range: Value) -> Vec<Value> {
    let mut client = Client::start(setup(), capabilities(), Value::Null).await;
    client.open(URI, 1, text).await;
    let params = json!({"textDocument": {"uri": URI}, "range": range});
    let found = client.request("textDocument/inlayHint", params).await.expect("hints");
    found.as_array().cloned().unwrap_or_default()
}

fn whole() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}})
}

fn labels(hints: &[Value]) -> Vec<&str> {
    hints.iter().filter_map(|hint| hint["label"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_and_choices_are_marked() {
    let found = hints(ORDERS, whole()).await;
    let joins = found.iter().find(|hint| hint["label"] == "joins").expect("the need");
    assert_eq!(
        joins["position"],
        range(ORDERS, "The clerk's page needs joins across several tables")["end"]
    );
    assert!(joins["tooltip"].as_str().is_some_and(|tooltip| !tooltip.is_empty()));
    let choice = found
        .iter()
        .find(|hint| hint["label"].as_str().unwrap().contains("contradicts 1"))
        .expect("the choice");
    let engine = "We will use DynamoDB".len();
    assert_eq!(choice["position"]["character"], engine);
    assert!(
        choice["tooltip"].as_str().unwrap().contains("contradicts: joins"),
        "{choice}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_needed_says_so() {
    let text = ORDERS.replace(
        "The clerk's page needs joins across several tables.",
        "We do not need joins.",
    );
    let found = hints(&text, whole()).await;
    assert!(labels(&found).contains(&"joins: not needed"), "{:?}", labels(&found));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_range_that_was_asked_for_is_marked() {
    let found = hints(ORDERS, range(ORDERS, "We will use DynamoDB for the orders.")).await;
    assert!(labels(&found).iter().any(|label| label.contains("contradicts 1")));
    assert!(!labels(&found).contains(&"joins"));
    let none = hints(ORDERS, range(ORDERS, "# 7. Keep")).await;
    assert!(none.is_empty(), "{none:?}");
}
