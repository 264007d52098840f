//! The rules that were measured, replayed: each of these failed on a server that broke its rule.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use adr_lens::lens::Lens;
use adr_lens::server::{Before, Setup, analyse};
use serde_json::{Value, json};

use crate::client::{Client, capabilities, pulling, setup};
use crate::records::{JOINS, ORDERS, position};

const URI: &str = "file:///docs/adr/0007-orders.md";

/// A record whose hover under the engine tells which version it is: each names its version as the need.
fn version(number: usize) -> String {
    ORDERS.replace(
        "The clerk's page needs joins",
        &format!("Page number{number} needs joins"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_1_a_notification_changes_the_state_before_its_first_await() {
    let mut client = Client::pushed().await;
    client.open(URI, 0, "").await;
    // Each edit appends, so that any two in the wrong order give another text.
    let mut text = String::new();
    for number in 0..200 {
        let line = format!("line {number}\n");
        let at = json!({"line": number, "character": 0});
        client
            .change(
                URI,
                number + 1,
                json!([{"range": {"start": at, "end": at}, "text": line}]),
            )
            .await;
        text.push_str(&line);
    }
    assert_eq!(client.text(URI).await, (200, text));
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_2_a_request_is_answered_from_the_text_of_its_moment() {
    let mut client = Client::pushed().await;
    client.open(URI, 0, ORDERS).await;
    let mut asked = Vec::new();
    for number in 1..=100 {
        let text = version(number);
        client.replace(URI, number as i64, &text).await;
        let params = json!({"textDocument": {"uri": URI}, "position": position(&text, "DynamoDB for")});
        asked.push((number, client.ask("textDocument/hover", params).await));
    }
    for (number, id) in asked {
        let hover = client.answer(id).await.expect("a hover");
        let shown = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(
            shown.contains(&format!("number{number} needs joins")),
            "hover {number} is stale: {shown}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_3_no_handler_waits_for_the_client() {
    let mut can = capabilities();
    can["workspace"]["configuration"] = json!(true);
    can["workspace"]["didChangeConfiguration"] = json!({"dynamicRegistration": true});
    can["window"] = json!({"showDocument": {"support": true}});
    // As patient as a server that would wait for ever.
    let setup = Setup {
        patience: Duration::from_secs(3600),
        ..setup()
    };
    let mut client = Client::start(setup, can, Value::Null).await;
    client.open(URI, 0, ORDERS).await;
    // Every one of these asks the client for something, and this client never answers.
    for number in 1..=400 {
        client
            .notify("workspace/didChangeConfiguration", json!({"settings": null}))
            .await;
        client
            .notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}))
            .await;
        client
            .ask(
                "workspace/executeCommand",
                json!({"command": "adrLens.openRule", "arguments": [JOINS, "https://x.org"]}),
            )
            .await;
        client.replace(URI, number, &version(number as usize)).await;
    }
    assert_eq!(client.text(URI).await.0, 400);
    let hover = client.hover(URI, position(&version(400), "DynamoDB for")).await;
    assert!(hover["contents"]["value"].as_str().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_4_diagnostics_carry_their_version_and_passed_ones_are_dropped() {
    // Slow enough that a new version comes while the one before is analysed.
    let slow = Arc::new(|text: &str, language, lens: &Lens, as_of, before: Option<&Before>| {
        std::thread::sleep(Duration::from_millis(30));
        analyse(text, language, lens, as_of, before)
    });
    let mut client = Client::start(
        Setup {
            analyse: slow,
            ..setup()
        },
        capabilities(),
        Value::Null,
    )
    .await;
    client.open(URI, 0, ORDERS).await;
    for number in 1..=40 {
        client.replace(URI, number, &version(number as usize)).await;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let last = client.published(URI, 40).await;
    assert!(
        last.iter()
            .any(|diagnostic| diagnostic["code"] == JOINS
                && diagnostic["message"].as_str().unwrap().contains("number40"))
    );
    let versions: Vec<i64> = client
        .all(Duration::from_millis(200))
        .await
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .map(|message| message["params"]["version"].as_i64().expect("a version"))
        .collect();
    assert!(versions.is_sorted(), "out of order: {versions:?}");
    assert!(versions.len() < 30, "nothing was dropped: {versions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_4_diagnostics_are_pushed_or_pulled_but_never_both() {
    let mut pushed = Client::pushed().await;
    assert_eq!(pushed.offered["diagnosticProvider"], Value::Null);
    pushed.open(URI, 3, ORDERS).await;
    assert!(!pushed.published(URI, 3).await.is_empty());

    let mut pulled = Client::start(setup(), pulling(), Value::Null).await;
    assert_eq!(pulled.offered["diagnosticProvider"]["identifier"], "adr-lens");
    pulled.open(URI, 3, ORDERS).await;
    let report = pulled
        .request("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}))
        .await
        .expect("a report");
    assert_eq!(report["kind"], "full");
    assert!(
        report["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["code"] == JOINS)
    );
    let again = json!({"textDocument": {"uri": URI}, "previousResultId": report["resultId"]});
    let report = pulled
        .request("textDocument/diagnostic", again)
        .await
        .expect("a report");
    assert_eq!(report["kind"], "unchanged");
    pulled
        .notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}))
        .await;
    let sent = pulled.all(Duration::from_millis(100)).await;
    assert!(
        !sent
            .iter()
            .any(|message| message["method"] == "textDocument/publishDiagnostics"),
        "pushed to a client that pulls"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_5_a_panic_is_logged_and_answered_and_the_server_lives() {
    let fragile = Arc::new(|text: &str, language, lens: &Lens, as_of, before: Option<&Before>| {
        assert!(!text.contains("unlucky"), "an unforeseen text");
        analyse(text, language, lens, as_of, before)
    });
    let mut client = Client::start(
        Setup {
            analyse: fragile,
            ..setup()
        },
        capabilities(),
        Value::Null,
    )
    .await;
    client.open(URI, 1, &ORDERS.replace("servers", "unlucky servers")).await;
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let error = client
        .request("textDocument/hover", params)
        .await
        .expect_err("an error");
    assert_eq!(error["code"], -32603);
    assert!(error["message"].as_str().unwrap().contains("an unforeseen text"));
    let logged = client.notification("window/logMessage").await;
    assert!(
        logged["message"].as_str().unwrap().contains("0007-orders.md"),
        "{logged}"
    );
    client.replace(URI, 2, ORDERS).await;
    assert!(!client.published(URI, 2).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_5_cancellation_is_polled() {
    // Counts the analyses of changed texts, which code actions are checked with.
    let count = Arc::new(AtomicUsize::new(0));
    let counted = {
        let count = count.clone();
        Arc::new(
            move |text: &str, language, lens: &Lens, as_of, before: Option<&Before>| {
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(100));
                analyse(text, language, lens, as_of, before)
            },
        )
    };
    let mut client = Client::start(
        Setup {
            analyse: counted,
            ..setup()
        },
        pulling(),
        Value::Null,
    )
    .await;
    client.open(URI, 1, ORDERS).await;
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let params = json!({"textDocument": {"uri": URI}, "range": whole, "context": {"diagnostics": []}});
    let id = client.ask("textDocument/codeAction", params.clone()).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    client.notify("$/cancelRequest", json!({"id": id})).await;
    assert_eq!(client.answer(id).await.expect_err("cancelled")["code"], -32800);
    tokio::time::sleep(Duration::from_millis(400)).await;
    let when_cancelled = count.load(Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(count.load(Ordering::SeqCst), when_cancelled, "the work went on");
    client
        .request("textDocument/codeAction", params)
        .await
        .expect("the server lives");
    assert!(
        count.load(Ordering::SeqCst) > when_cancelled + 2,
        "the whole would have been more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_6_the_position_encoding_is_negotiated() {
    let text = ORDERS.replace("We will use", "😀é: we will use");
    let line = text.lines().position(|line| line.contains("😀")).unwrap();
    let cases = [
        (json!(null), "utf-16", 17),
        (json!(["utf-16"]), "utf-16", 17),
        (json!(["utf-16", "utf-8"]), "utf-8", 20),
        (json!(["utf-32", "utf-16"]), "utf-32", 16),
        (json!(["utf-7"]), "utf-16", 17),
    ];
    for (offered, chosen, column) in cases {
        let mut can = capabilities();
        can["general"] = json!({"positionEncodings": offered});
        let mut client = Client::start(setup(), can, Value::Null).await;
        assert_eq!(client.offered["positionEncoding"], chosen);
        client.open(URI, 1, &text).await;
        let found = client.published(URI, 1).await;
        let joins = found
            .iter()
            .find(|diagnostic| diagnostic["code"] == JOINS)
            .expect("a finding");
        assert_eq!(
            joins["range"]["start"],
            json!({"line": line, "character": column}),
            "{chosen}"
        );
        // And the same way back: an edit behind the emoji.
        let place = json!({"line": line, "character": column});
        let end = json!({"line": line, "character": column + "DynamoDB".len()});
        client
            .change(
                URI,
                2,
                json!([{"range": {"start": place, "end": end}, "text": "PostgreSQL"}]),
            )
            .await;
        assert_eq!(
            client.text(URI).await.1,
            text.replace("use DynamoDB", "use PostgreSQL"),
            "{chosen}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_7_configuration_is_looked_at_again_on_watched_files_and_on_save() {
    let mut can = capabilities();
    can["workspace"]["configuration"] = json!(true);
    let mut client = Client::start(setup(), can, Value::Null).await;
    let (id, params) = client.asked("workspace/configuration").await;
    assert_eq!(params["items"], json!([{"section": "adrLens"}]));
    client.reply(id, json!([null])).await;
    client.open(URI, 1, ORDERS).await;
    let questions = |found: &[Value]| found.iter().filter(|diagnostic| diagnostic["severity"] == 4).count();
    assert!(questions(&client.published(URI, 1).await) > 0);

    let changes = [
        ("textDocument/didSave", json!({"textDocument": {"uri": URI}}), false),
        ("workspace/didChangeWatchedFiles", json!({"changes": []}), true),
        ("workspace/didChangeConfiguration", json!({"settings": {}}), false),
    ];
    for (event, params, hints) in changes {
        client.notify(event, params).await;
        let (id, _) = client.asked("workspace/configuration").await;
        client.reply(id, json!([{"hints": hints}])).await;
        assert_eq!(questions(&client.published(URI, 1).await) > 0, hints, "after {event}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_8_all_of_it_at_once_over_a_pipe() {
    let mut can = capabilities();
    can["workspace"]["configuration"] = json!(true);
    let mut client = Client::start(setup(), can, Value::Null).await;
    client.open(URI, 0, ORDERS).await;
    let mut asked = Vec::new();
    for number in 1..=200_usize {
        let text = version(number);
        client.replace(URI, number as i64, &text).await;
        client
            .notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}))
            .await;
        if number % 10 == 0 {
            let params = json!({"textDocument": {"uri": URI}, "position": position(&text, "DynamoDB for")});
            asked.push((number, client.ask("textDocument/hover", params).await));
        }
    }
    for (number, id) in asked {
        let hover = client.answer(id).await.expect("a hover");
        assert!(
            hover["contents"]["value"]
                .as_str()
                .unwrap()
                .contains(&format!("number{number} needs joins"))
        );
    }
    assert_eq!(client.text(URI).await, (200, version(200)));
    let found = client.published(URI, 200).await;
    assert!(
        found
            .iter()
            .any(|diagnostic| diagnostic["message"].as_str().unwrap().contains("number200"))
    );
    assert_eq!(client.end().await, adr_lens::server::Ending::Orderly);
}
