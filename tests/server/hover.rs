//! What a hover says, and of which words.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{JOINS, LEDGER, ORDERS, position, range};

const URI: &str = "file:///docs/adr/0007-orders.md";

async fn hover(capabilities: Value, text: &str, needle: &str) -> (String, Value) {
    let mut client = Client::start(setup(), capabilities, json!({"asOf": "2026-01-31"})).await;
    client.open(URI, 1, text).await;
    let hover = client.hover(URI, position(text, needle)).await;
    (
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned(),
        hover,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_is_what_the_lens_says_and_what_the_record_needs_of_it() {
    let (shown, hover) = hover(capabilities(), ORDERS, "DynamoDB for").await;
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert_eq!(hover["range"]["start"], position(ORDERS, "DynamoDB for"));
    // The finding under the word comes first, with its reason and its way out.
    assert!(
        shown.contains(JOINS) && shown.contains("**Why:**") && shown.contains("**Way out:**"),
        "{shown}"
    );
    assert!(shown.contains("**Amazon DynamoDB** ("), "{shown}");
    assert!(shown.contains("this record decides for it"), "{shown}");
    assert!(
        shown.contains("✗ contradicts `joins` “The clerk's page needs joins across several tables”"),
        "{shown}"
    );
    assert!(shown.contains("✓ meets `single-digit-millisecond`"), "{shown}");
    assert!(shown.contains("Source: "), "{shown}");
    assert!(
        shown.contains("worth a sentence"),
        "open questions are gathered: {shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_matters_most_is_read_first() {
    // The limit on transactions comes before joins in the alphabet of rules, and is a cost that the record accepts.
    let text = ORDERS.replace(
        "Reads stay below 10 ms.",
        "An order and its payment are written in one transaction, all or nothing.",
    );
    let (shown, _) = hover(capabilities(), &text, "DynamoDB for").await;
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("no {words} in {shown}"));
    assert!(at(JOINS) < at("choice/acid-transactions-on-amazon-dynamodb"), "{shown}");
    assert!(shown.contains("**item-size at most 400 KB:**"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_was_turned_down_is_explained_as_well() {
    let (shown, hover) = hover(capabilities(), LEDGER, "PostgreSQL").await;
    assert_eq!(hover["range"], range(LEDGER, "PostgreSQL"));
    assert!(shown.contains("this record decides against it"), "{shown}");
    let (ended, _) = self::hover(capabilities(), LEDGER, "Amazon QLDB\",").await;
    assert!(
        ended.contains("Successors:") && ended.contains("lifecycle/discontinued"),
        "{ended}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_says_who_meets_it() {
    let (shown, hover) = hover(capabilities(), ORDERS, "clerk's page").await;
    assert_eq!(
        hover["range"],
        range(ORDERS, "The clerk's page needs joins across several tables")
    );
    assert!(shown.contains("**joins**: must be"), "{shown}");
    assert!(shown.contains("✗ **Amazon DynamoDB** contradicts it"), "{shown}");
    assert!(shown.contains("Would meet it"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_markdown_is_shown_plain_text() {
    let (shown, hover) = hover(json!({}), ORDERS, "DynamoDB for").await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(!shown.contains("**") && !shown.contains("\\"), "{shown}");
    assert!(shown.contains("Way out: "), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_words_say_nothing() {
    let (_, hover) = hover(capabilities(), ORDERS, "There are no servers").await;
    assert_eq!(hover, Value::Null);
}
