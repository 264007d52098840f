//! The life of a session, and everything a broken client can send.

use adr_lens::server::Ending;
use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{ORDERS, position};

const URI: &str = "file:///docs/adr/0007-orders.md";

fn code(answer: Result<Value, Value>) -> i64 {
    answer.expect_err("an error")["code"].as_i64().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_and_ends_in_order() {
    let mut client = Client::connect(setup());
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    assert_eq!(
        code(client.request("textDocument/hover", hover.clone()).await),
        -32002,
        "not initialized yet"
    );
    client
        .request("initialize", json!({"capabilities": capabilities()}))
        .await
        .expect("it begins");
    assert_eq!(
        code(client.request("initialize", json!({"capabilities": {}})).await),
        -32600,
        "begun already"
    );
    client.notify("initialized", json!({})).await;
    client.request("shutdown", Value::Null).await.expect("it shuts down");
    assert_eq!(
        code(client.request("textDocument/hover", hover).await),
        -32600,
        "shut down"
    );
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ending::Orderly);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_without_a_word_ends_the_server() {
    assert_eq!(Client::pushed().await.leave().await, Ending::Abrupt);
    let mut client = Client::pushed().await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ending::Abrupt, "exit without shutdown");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_understood_is_answered_and_survived() {
    let mut client = Client::pushed().await;
    client.open(URI, 1, ORDERS).await;
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
    let cases: [(&[u8], i64); 9] = [
        (&framed("{\"jsonrpc\": \"2.0\", \"method\": "), -32700),
        (&framed("nonsense"), -32700),
        (b"Content-Length: 2\r\n\r\n\xff\xfe", -32700),
        (b"Content-Length: plenty\r\n\r\n", -32700),
        (b"Hello, is this the mail server?\r\n\r\n", -32700),
        (
            &framed("[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"shutdown\"}]"),
            -32600,
        ),
        (&framed("{\"method\": \"shutdown\"}"), -32600),
        (
            &framed("{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"shutdown\"}"),
            -32600,
        ),
        (&framed("{\"jsonrpc\": \"2.0\", \"id\": null, \"wrong\": true}"), -32600),
    ];
    for (bytes, wanted) in cases {
        client.raw(bytes).await;
        let answer = client
            .next(|message| message["id"].is_null() && message.get("error").is_some())
            .await;
        assert_eq!(answer["error"]["code"], wanted, "to {}", String::from_utf8_lossy(bytes));
        assert_eq!(client.text(URI).await.1, ORDERS, "the server lives");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_methods_and_wrong_params_are_refused() {
    let mut client = Client::pushed().await;
    assert_eq!(code(client.request("textDocument/telepathy", json!({})).await), -32601);
    assert_eq!(
        code(
            client
                .request(
                    "textDocument/moniker",
                    json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
                )
                .await
        ),
        -32601
    );
    assert_eq!(code(client.request("$/unheardOf", json!({})).await), -32601);
    assert_eq!(
        code(client.request("textDocument/hover", json!({"position": 7})).await),
        -32602
    );
    assert_eq!(
        code(
            client
                .request("workspace/executeCommand", json!({"command": "rm"}))
                .await
        ),
        -32602
    );
    assert_eq!(
        code(
            client
                .request("workspace/executeCommand", json!({"command": "adrLens.openRule"}))
                .await
        ),
        -32602
    );
    client.notify("textDocument/unheardOf", json!({})).await;
    client.notify("$/unheardOf", json!({})).await;
    client
        .notify("textDocument/didChange", json!({"textDocument": 7}))
        .await;
    client
        .send(json!({"jsonrpc": "2.0", "id": 9999, "result": "an answer to nothing"}))
        .await;
    client
        .change("file:///never/opened.md", 3, json!([{"text": "x"}]))
        .await;
    client
        .notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": "file:///never/opened.md"}}),
        )
        .await;
    client.open(URI, 1, ORDERS).await;
    assert!(!client.published(URI, 1).await.is_empty(), "the server lives");
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_out_of_range_are_clamped() {
    let mut client = Client::pushed().await;
    client.open(URI, 1, "one\ntwo").await;
    let far = json!({"line": 4_000_000_000_u32, "character": 4_000_000_000_u32});
    client
        .change(URI, 2, json!([{"range": {"start": far, "end": far}, "text": "!"}]))
        .await;
    let backwards = json!({"start": {"line": 1, "character": 2}, "end": {"line": 0, "character": 1}});
    client.change(URI, 3, json!([{"range": backwards, "text": "-"}])).await;
    assert_eq!(client.text(URI).await, (3, "one\ntw-o!".to_owned()));
    assert_eq!(client.hover(URI, far).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_document_languages_are_looked_at() {
    let mut client = Client::pushed().await;
    let item = |uri: &str, language: &str| json!({"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": ORDERS}});
    client
        .notify("textDocument/didOpen", item("file:///src/main.rs", "rust"))
        .await;
    client
        .notify("textDocument/didOpen", item("untitled:Untitled-1", "markdown"))
        .await;
    client
        .notify("textDocument/didOpen", item("file:///docs/adr/1.MD", "plaintext"))
        .await;
    assert_eq!(client.text("file:///src/main.rs").await.0, -1);
    assert!(!client.published("untitled:Untitled-1", 1).await.is_empty());
    assert!(!client.published("file:///docs/adr/1.MD", 1).await.is_empty());
    assert_eq!(
        client.hover("file:///src/main.rs", position(ORDERS, "DynamoDB")).await,
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_takes_the_diagnostics_back() {
    let mut client = Client::pushed().await;
    client.open(URI, 1, ORDERS).await;
    assert!(!client.published(URI, 1).await.is_empty());
    client
        .notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}))
        .await;
    let cleared = client.notification("textDocument/publishDiagnostics").await;
    assert_eq!(cleared["diagnostics"], json!([]));
    assert_eq!(client.text(URI).await.0, -1);
    client.open(URI, 1, ORDERS).await;
    assert!(
        !client.published(URI, 1).await.is_empty(),
        "and opening brings them back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_ten_megabytes_is_read_and_edited() {
    let mut client = Client::pushed().await;
    let long = "word ".repeat(2_000_000);
    client.open(URI, 1, &long).await;
    client
        .change(
            URI,
            2,
            json!([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 4}}, "text": "W"}]),
        )
        .await;
    let (version, text) = client.text(URI).await;
    assert_eq!((version, text.len()), (2, long.len() - 3));
    assert_eq!(
        client.hover(URI, json!({"line": 0, "character": 5_000_000})).await,
        Value::Null
    );
}
