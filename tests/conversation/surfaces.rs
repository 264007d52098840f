//! The terminal, the language server and the server of assistants give the same answers.

use std::collections::BTreeSet;

use adr_lens::server::Setup;
use assert_cmd::Command;
use serde_json::{Value, json};

use crate::assistant::Assistant;
use crate::client::{Client, capabilities, setup};
use crate::script::{Talk, talks};
use crate::support::{AS_OF, RECORDS, path};

/// The answers of `adr-lens ask`, one a line.
fn terminal(talk: &Talk) -> Vec<Value> {
    let mut command = Command::cargo_bin("adr-lens").expect("the program");
    command.arg("ask").arg(path(&talk.record));
    command.args(talk.turns.iter().map(|turn| turn.asks.as_str()));
    let output = command
        .args(["--format", "json", "--as-of", AS_OF])
        .output()
        .expect("a run");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    out.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn uri(record: &str) -> String {
    let here = std::env::current_dir().expect("a folder");
    format!("file://{}", here.join(path(record)).display())
}

async fn started() -> Client {
    let setup: Setup = setup();
    Client::start(setup, capabilities(), json!({ "asOf": AS_OF })).await
}

async fn open(client: &mut Client, record: &str) -> String {
    let uri = uri(record);
    let language = match record.rsplit_once('.') {
        Some((_, "adoc")) => "asciidoc",
        Some((_, "rst")) => "restructuredtext",
        _ => "markdown",
    };
    let text = std::fs::read_to_string(path(record)).expect("a record");
    let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
    client
        .notify("textDocument/didOpen", json!({ "textDocument": document }))
        .await;
    uri
}

async fn begin(client: &mut Client, uri: &str) -> String {
    let params = json!({ "textDocument": { "uri": uri } });
    let begun = client
        .request("adrLens/conversation/create", params)
        .await
        .expect("a talk");
    begun["id"].as_str().expect("an id").to_owned()
}

/// What the server adds for editors is no part of the answer.
fn bare(mut answer: Value) -> Value {
    if let Some(fields) = answer.as_object_mut() {
        fields.remove("text");
        fields.remove("edit");
    }
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_answers_as_the_terminal_does() {
    let mut client = started().await;
    for talk in talks() {
        let uri = open(&mut client, &talk.record).await;
        let id = begin(&mut client, &uri).await;
        let expected = terminal(&talk);
        assert_eq!(expected.len(), talk.turns.len());
        for (turn, expected) in talk.turns.iter().zip(expected) {
            let params = json!({ "id": id, "question": turn.asks });
            let answer = client
                .request("adrLens/conversation/turn", params)
                .await
                .expect("an answer");
            assert_eq!(bare(answer), expected, "{}: {}", talk.record, turn.asks);
        }
        client
            .request("adrLens/conversation/destroy", json!({ "id": id }))
            .await
            .expect("an end");
    }
}

/// The talk is handed in whole with each question.
#[test]
fn an_assistant_is_answered_as_the_terminal_is() {
    let mut assistant = Assistant::start(RECORDS);
    for talk in talks() {
        let record = path(&talk.record);
        let questions: Vec<&str> = talk.turns.iter().map(|turn| turn.asks.as_str()).collect();
        for (number, expected) in terminal(&talk).iter().enumerate() {
            let so_far = &questions[..=number];
            let answer = assistant.call("ask", json!({"path": record, "questions": so_far}));
            assert_eq!(&answer, expected, "{}: {so_far:?}", talk.record);
        }
    }
}

/// What has a tool of its own is answered by it as by the question.
#[test]
fn a_tool_answers_as_its_question_does() {
    let mut assistant = Assistant::start(RECORDS);
    let mut asked = BTreeSet::new();
    for talk in talks() {
        let record = path(&talk.record);
        for turn in &talk.turns {
            let question = turn.asks.to_lowercase();
            let (tool, mut arguments) = if let Some(statement) = question.strip_prefix("what if ") {
                ("what_if", json!({ "statements": [statement] }))
            } else if let Some(named) = question.strip_prefix("compare ")
                && named.contains(" and ")
                // More than the tool takes: the question's answer says how many were left out.
                && named.matches(',').count() < 5
            {
                let named = named.trim_end_matches(" for this record").replace(" and ", ", ");
                ("compare", json!({ "engines": named.split(", ").collect::<Vec<_>>() }))
            } else {
                continue;
            };
            arguments["path"] = json!(record);
            let answer = assistant.call(tool, arguments);
            let expected = assistant.call("ask", json!({"path": record, "questions": [answer["question"]]}));
            assert_eq!(answer, expected, "{tool}: {question}");
            assert_eq!(answer["intent"], turn.intent.as_str(), "{tool}: {question}");
            asked.insert(tool);
        }
    }
    assert_eq!(asked, BTreeSet::from(["compare", "what_if"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_an_answer_come_before_it() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let id = begin(&mut client, &uri).await;
    // Once would be luck.
    for number in 0..40 {
        let token = format!("part {number}");
        let params = json!({"id": id, "question": "Why is this flagged?", "partialResultToken": token});
        let answer = client
            .request("adrLens/conversation/turn", params)
            .await
            .expect("an answer");
        let parts = answer["parts"].as_array().expect("parts");
        assert!(parts.len() > 2);
        let came = client.came("$/progress");
        assert_eq!(came.len(), parts.len(), "parts of answer {number} before it");
        for (progress, part) in came.iter().zip(parts) {
            assert_eq!(progress["token"], token.as_str());
            assert_eq!(&progress["value"]["part"], part);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_laid_out_for_the_width_that_is_asked_for() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let id = begin(&mut client, &uri).await;
    let widest = |text: &str| {
        let prose = text.lines().filter(|line| !line.contains("https:"));
        prose.map(|line| line.chars().count()).max().unwrap_or_default()
    };
    for (width, least) in [(60, 50), (100, 80)] {
        let params = json!({"id": id, "question": "Why is this flagged?", "width": width});
        let answer = client
            .request("adrLens/conversation/turn", params)
            .await
            .expect("an answer");
        let columns = widest(answer["text"].as_str().expect("text"));
        assert!((least..=width).contains(&columns), "{columns} columns for {width}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_follows_the_buffer() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let id = begin(&mut client, &uri).await;
    let ask = json!({"id": id, "question": "Why is this flagged?"});
    let before = client
        .request("adrLens/conversation/turn", ask.clone())
        .await
        .expect("an answer");
    assert!(before["text"].as_str().expect("text").contains("joins"));
    let text = "# 1. Orders\n\n## Context\n\nWe need a store.\n\n## Decision\n\nWe will use PostgreSQL.\n";
    let change = json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]});
    client.notify("textDocument/didChange", change).await;
    let after = client
        .request("adrLens/conversation/turn", ask)
        .await
        .expect("an answer");
    let after = after["text"].as_str().expect("text");
    assert!(after.contains("Nothing is flagged"), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn talks_do_not_mix() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let (one, two) = (begin(&mut client, &uri).await, begin(&mut client, &uri).await);
    let turn = |id: &str, question: &str| json!({"id": id, "question": question});
    client
        .request("adrLens/conversation/turn", turn(&one, "what if joins are not needed?"))
        .await
        .expect("an answer");
    let params = turn(&two, "which assumptions hold?");
    let answer = client
        .request("adrLens/conversation/turn", params)
        .await
        .expect("an answer");
    assert_eq!(answer["supposing"], json!([]));
    let params = turn(&one, "which assumptions hold?");
    let answer = client
        .request("adrLens/conversation/turn", params)
        .await
        .expect("an answer");
    assert_eq!(answer["supposing"], json!(["joins are not needed"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_said_so() {
    let mut client = started().await;
    let missing = json!({"id": "7", "question": "why?"});
    let error = client
        .request("adrLens/conversation/turn", missing)
        .await
        .expect_err("no talk");
    assert!(error["message"].as_str().expect("words").contains("no conversation"));
    let closed = json!({"textDocument": {"uri": "file:///nowhere.md"}});
    let error = client
        .request("adrLens/conversation/create", closed)
        .await
        .expect_err("no document");
    assert!(error["message"].as_str().expect("words").contains("not open"));
}

#[tokio::test(flavor = "multi_thread")]
async fn any_client_can_ask_by_a_command() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let ask = |question: &str| json!({"command": "adrLens.ask", "arguments": [uri, question]});
    let answer = client
        .request("workspace/executeCommand", ask("what if joins are not needed?"))
        .await
        .expect("an answer");
    assert_eq!(answer["intent"], "what-if");
    // The talk of the document goes on.
    let answer = client
        .request("workspace/executeCommand", ask("undo that"))
        .await
        .expect("an answer");
    assert_eq!(answer["intent"], "undo");
    let wrong = json!({"command": "adrLens.ask", "arguments": []});
    client
        .request("workspace/executeCommand", wrong)
        .await
        .expect_err("arguments are missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_is_an_edit_of_the_buffer() {
    let mut client = started().await;
    let uri = open(&mut client, "0001-order-store.md").await;
    let ask = |question: &str| json!({"command": "adrLens.ask", "arguments": [uri, question]});
    for question in ["what is missing?", "we must hold 200 GB"] {
        let answer = client
            .request("workspace/executeCommand", ask(question))
            .await
            .expect("an answer");
        assert_eq!(answer["edit"], Value::Null, "{question}");
    }
    let id = client.ask("workspace/executeCommand", ask("yes")).await;
    let (_, params) = client.asked("workspace/applyEdit").await;
    assert!(params["edit"].to_string().contains("We must hold 200 GB"), "{params}");
    let answer = client.answer(id).await.expect("an answer");
    assert_eq!(answer["edit"], params["edit"]);
}
