//! The state of a record, and its needs against its options.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::range;

const URI: &str = "file:///docs/adr/0007-orders.md";

const RECORD: &str = "\
# 7. Keep orders in DynamoDB

* Status: proposed

## Decision Drivers

* The clerk's page needs joins across several tables
* Reads stay below 10 ms
* Full-text search is not needed

## Considered Options

* Amazon DynamoDB
* PostgreSQL

## Decision Outcome

Chosen option: \"Amazon DynamoDB\", because it needs no servers.
";

async fn record(text: &str) -> Value {
    let mut client = Client::start(setup(), capabilities(), json!({"asOf": "2026-01-31"})).await;
    client.open(URI, 3, text).await;
    client
        .request("adrLens/record", json!({"uri": URI}))
        .await
        .expect("an answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_says_of_each_need_how_each_option_stands_to_it() {
    let record = record(RECORD).await;
    assert_eq!(
        (&record["version"], &record["number"], &record["status"]),
        (&json!(3), &json!(7), &json!("proposed"))
    );
    let options = record["options"].as_array().expect("options");
    let names: Vec<&Value> = options.iter().map(|option| &option["name"]).collect();
    assert_eq!(names, ["Amazon DynamoDB", "PostgreSQL"]);
    assert_eq!(options[0]["role"], "chosen");
    assert_eq!(options[1]["range"], range(RECORD, "PostgreSQL"));

    let need = |signal: &str| {
        let needs = record["needs"].as_array().expect("needs");
        needs.iter().find(|need| need["signal"] == signal).expect(signal)
    };
    let joins = need("joins");
    assert_eq!(joins["stands"][0]["how"], "contradicts");
    assert!(
        joins["stands"][0]["because"]
            .as_str()
            .is_some_and(|why| !why.is_empty())
    );
    assert_eq!(joins["stands"][1], json!({"how": "meets", "because": null}));
    assert_eq!(
        joins["places"][0]["range"],
        range(RECORD, "The clerk's page needs joins across several tables")
    );
    let search = need("full-text-search");
    assert_eq!(
        (&search["polarity"], &search["stands"]),
        (&json!("not-required"), &json!([]))
    );
    let figures = record["needs"].as_array().expect("needs").iter();
    let figures: Vec<&Value> = figures.map(|need| &need["places"][0]["figure"]).collect();
    assert!(figures.contains(&&json!("latency < 10 ms")), "{figures:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_open_has_no_state() {
    let mut client = Client::start(setup(), capabilities(), json!({})).await;
    let answer = client.request("adrLens/record", json!({"uri": URI})).await;
    assert_eq!(answer, Ok(Value::Null));
}
