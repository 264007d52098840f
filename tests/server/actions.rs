//! Code actions: each is applied as an editor does it, and the record must then say what the action promised.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{JOINS, LEDGER, ORDERS, applied, range};

const URI: &str = "file:///docs/adr/0007-orders.md";

struct Editor {
    client: Client,
    text: String,
    version: i64,
}

impl Editor {
    async fn open(capabilities: Value, text: &str) -> Editor {
        let mut client = Client::start(setup(), capabilities, json!({"asOf": "2026-01-31"})).await;
        client.open(URI, 1, text).await;
        Editor {
            client,
            text: text.to_owned(),
            version: 1,
        }
    }

    async fn actions(&mut self, needle: &str, context: Value) -> Vec<Value> {
        let range = range(&self.text, needle);
        self.client.code_actions(URI, range, context).await
    }

    /// The action whose title begins so, at the words of a choice.
    async fn action(&mut self, needle: &str, title: &str) -> Value {
        let found = self.actions(needle, json!({"diagnostics": []})).await;
        let titles: Vec<&Value> = found.iter().map(|action| &action["title"]).collect();
        let wanted = found
            .iter()
            .find(|action| action["title"].as_str().unwrap().starts_with(title));
        wanted
            .unwrap_or_else(|| panic!("no `{title}` among {titles:?}"))
            .clone()
    }

    /// Applies an edit and tells the server; the diagnostics of the new version.
    async fn apply(&mut self, edit: &Value) -> Vec<Value> {
        let changes = &edit["documentChanges"][0];
        assert_eq!(changes["textDocument"], json!({"uri": URI, "version": self.version}));
        let edit = &changes["edits"][0];
        self.text = applied(&self.text, edit);
        self.version += 1;
        let change = json!([{"range": edit["range"], "text": edit["newText"]}]);
        self.client.change(URI, self.version, change).await;
        self.client.published(URI, self.version).await
    }
}

fn severity(found: &[Value], rule: &str) -> Option<i64> {
    found.iter().find(|diagnostic| diagnostic["code"] == rule)?["severity"].as_i64()
}

/// The line that was added, with the lines around it.
fn around<'a>(text: &'a str, added: &str) -> (&'a str, &'a str, &'a str) {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains(added))
        .unwrap_or_else(|| panic!("no `{added}` in {text}"));
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    (at.checked_sub(1).map_or("", line), line(at), line(at + 1))
}

const ACCEPTED: &str = "works against this need";

async fn accept(record: &str) -> String {
    let mut editor = Editor::open(capabilities(), record).await;
    let action = editor.action("DynamoDB for", "Accept the cost").await;
    assert_eq!(action["kind"], "quickfix");
    let found = editor.apply(&action["edit"]).await;
    assert_eq!(
        severity(&found, JOINS),
        Some(3),
        "not acknowledged in:\n{}",
        editor.text
    );
    editor.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_accepted_as_an_item_of_the_list_of_consequences() {
    let text = accept(ORDERS).await;
    let (before, line, after) = around(&text, ACCEPTED);
    assert_eq!(before, "- There are no servers to look after.");
    assert!(
        line.starts_with("- We accept that Amazon DynamoDB ") && line.ends_with('.'),
        "{line}"
    );
    assert_eq!(after, "");
    assert!(text.ends_with(".\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_item_is_written_as_the_others_are() {
    let loose = ORDERS.replace(
        "- There are no servers to look after.",
        "1) No servers\n\n2) Less to learn\n   than before",
    );
    let text = accept(&loose).await;
    let (before, line, _) = around(&text, ACCEPTED);
    assert_eq!((before, line.get(..3)), ("", Some("3) ")), "{text}");
    assert!(line.ends_with('"'), "the others have no full stop: {line}");

    let nested = ORDERS.replace(
        "- There are no servers to look after.",
        "* Nothing to run:\n  * no servers\n  * no disks",
    );
    let text = accept(&nested).await;
    assert!(around(&text, ACCEPTED).1.starts_with("* We accept"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_accepted_in_a_paragraph_where_there_is_no_list() {
    let prose = ORDERS.replace("- There are", "There are") + "\n## Links\n\n- none\n";
    let text = accept(&prose).await;
    let (before, line, after) = around(&text, ACCEPTED);
    assert!(
        before.is_empty() && after.is_empty() && line.starts_with("We accept"),
        "{text}"
    );
    assert!(text.find(ACCEPTED) < text.find("## Links"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_for_consequences_is_made_in_the_style_of_the_record() {
    let without = |record: &str| record.split("## Consequences").next().unwrap().to_owned();
    let text = accept(&without(ORDERS)).await;
    assert!(text.contains("orders.\n\n## Consequences\n\nWe accept"), "{text}");

    let last = without(ORDERS) + "## References\n\nNone.\n";
    let text = accept(&last).await;
    assert!(
        text.find("## Consequences") < text.find("## References") && text.contains(".\n\n## References"),
        "{text}"
    );

    let ruled = without(ORDERS) + "---\n\n## References\n\nNone.\n";
    let text = accept(&ruled).await;
    assert!(text.contains(".\n\n---\n\n## References"), "{text}");

    let closed = without(ORDERS).replace("## Decision", "## Decision ##");
    assert!(accept(&closed).await.contains("\n## Consequences ##\n"));

    let underlined = without(ORDERS).replace("## Decision", "DECISION\n--------");
    let text = accept(&underlined).await;
    assert!(text.contains("\n\nCONSEQUENCES\n------------\n\nWe accept"), "{text}");

    let labels = "# Orders in DynamoDB\n\n**Context:** The clerk's page needs joins across several tables.\n\n**Decision:** We will use DynamoDB for the orders.\n";
    let text = accept(labels).await;
    assert!(text.ends_with("\n\n**Consequences:** We accept that Amazon DynamoDB works against this need: \"The clerk's page needs joins across several tables\".\n"), "{text}");

    let windows = without(ORDERS).replace('\n', "\r\n");
    let text = accept(&windows).await;
    assert!(
        text.contains("\r\n\r\n## Consequences\r\n\r\n") && !text.replace("\r\n", "").contains('\n'),
        "{text:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_long_need_the_words_that_matter_are_quoted() {
    let long = "The clerk's page, which three hundred people in all our shops and the warehouse look at all day long from \
                five countries, needs joins across several tables while the phone is ringing and someone is waiting for an answer";
    let text = accept(&ORDERS.replace("The clerk's page needs joins across several tables", long)).await;
    let (_, line, _) = around(&text, ACCEPTED);
    assert!(line.contains("joins across") && line.len() < 200, "{line}");
}

const MADR: &str = "\
# Orders in DynamoDB

## Context and Problem Statement

The clerk's page needs joins across several tables.

## Considered Options

* DynamoDB
* MongoDB

## Decision Outcome

Chosen option: \"DynamoDB for orders\", because it needs no care.
";

#[tokio::test(flavor = "multi_thread")]
async fn the_template_has_its_consequences_under_the_decision() {
    let text = accept(MADR).await;
    assert!(text.contains("no care.\n\n### Consequences\n\nWe accept"), "{text}");
    let argued = format!("{MADR}\n### Consequences\n\n* Good, because nobody is woken at night.\n");
    let text = accept(&argued).await;
    let (before, line, _) = around(&text, ACCEPTED);
    assert!(
        before.starts_with("* Good, because") && line.starts_with("* "),
        "{text}"
    );
}

async fn silence(record: &str, needle: &str, rule: &str) -> String {
    let mut editor = Editor::open(capabilities(), record).await;
    let action = editor.action(needle, &format!("Silence {rule}")).await;
    let found = editor.apply(&action["edit"]).await;
    assert_eq!(severity(&found, rule), None, "not silenced in:\n{}", editor.text);
    assert!(
        found
            .iter()
            .all(|diagnostic| !diagnostic["code"].as_str().unwrap().contains("ignore")),
        "{found:?}"
    );
    editor.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_is_silenced_on_a_line_before_its_paragraph() {
    let comment = format!("<!-- adr-lens-ignore {JOINS}: say why it does not apply here -->");
    let text = silence(ORDERS, "DynamoDB for", JOINS).await;
    let (before, line, after) = around(&text, &comment);
    assert_eq!(
        (before, line, after),
        ("", comment.as_str(), "We will use DynamoDB for the orders.")
    );

    let listed = ORDERS.replace("We will use", "- No change to the page.\n- We will use");
    let text = silence(&listed, "DynamoDB for", JOINS).await;
    assert_eq!(
        around(&text, &comment).2,
        "- No change to the page.",
        "a list is not torn apart"
    );

    let quoted = ORDERS.replace("We will use", "> After a long talk,\n> we will use");
    let text = silence(&quoted, "DynamoDB for", JOINS).await;
    assert_eq!(around(&text, &comment).2, "> After a long talk,");

    let table = ORDERS.replace(
        "We will use DynamoDB for the orders.",
        "| Data | Store |\n|---|---|\n| orders | We will use DynamoDB for them |",
    );
    let text = silence(&table, "DynamoDB for", JOINS).await;
    assert_eq!(around(&text, &comment).2, "| Data | Store |", "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_silences_nothing_is_removed_with_its_line() {
    let idle = ORDERS.replace(
        "## Context",
        "<!-- adr-lens-ignore choice/nothing: long gone -->\n## Context",
    );
    let mut editor = Editor::open(capabilities(), &idle).await;
    let action = editor.action("adr-lens-ignore", "Remove this comment").await;
    editor.apply(&action["edit"]).await;
    assert_eq!(editor.text, ORDERS);
}

async fn alternative(record: &str) -> (String, String) {
    let mut editor = Editor::open(capabilities(), record).await;
    let action = editor.action("DynamoDB for", "Name ").await;
    assert_eq!(action["kind"], "refactor");
    let name = action["title"]
        .as_str()
        .unwrap()
        .strip_prefix("Name ")
        .unwrap()
        .strip_suffix(" as an option")
        .unwrap()
        .to_owned();
    editor.apply(&action["edit"]).await;
    let again = editor
        .actions("DynamoDB for", json!({"diagnostics": [], "only": ["refactor"]}))
        .await;
    assert!(
        again.iter().all(|other| other["title"] != action["title"]),
        "it is an option now:\n{}",
        editor.text
    );
    (editor.text, name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fitting_engine_is_named_under_the_options() {
    let (text, name) = alternative(MADR).await;
    assert!(
        text.contains(&format!("* DynamoDB\n* MongoDB\n* {name}\n\n## Decision Outcome")),
        "{text}"
    );

    let (text, name) = alternative(ORDERS).await;
    assert!(
        text.contains(&format!(
            "## Considered Options\n\n- Amazon DynamoDB\n- {name}\n\n## Decision\n"
        )),
        "{text}"
    );

    let titled = ORDERS
        .replace("# 7. Keep orders in DynamoDB", "# Decision record: orders")
        .replace("## Decision\n", "## Details\n");
    let (text, name) = alternative(&titled).await;
    assert!(
        text.starts_with("# Decision record")
            && text.ends_with(&format!("## Considered Options\n\n- Amazon DynamoDB\n- {name}\n")),
        "{text}"
    );

    let headings = MADR.replace(
        "* DynamoDB\n* MongoDB\n",
        "### Option 1: DynamoDB\n\nKnown.\n\n### Option 2: MongoDB\n\nNew.\n",
    );
    let (text, name) = alternative(&headings).await;
    assert!(text.contains(&format!("New.\n\n### Option 3: {name}\n\n")), "{text}");

    let described = MADR.replace(
        "* DynamoDB\n* MongoDB\n",
        "* **DynamoDB**: no servers\n* **MongoDB**: documents\n",
    );
    let (text, name) = alternative(&described).await;
    assert!(text.contains(&format!("* **{name}**: meets ")), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_filtered_and_diagnostics_named() {
    let mut editor = Editor::open(capabilities(), ORDERS).await;
    let found = editor.client.published(URI, 1).await;
    let joins = found
        .iter()
        .find(|diagnostic| diagnostic["code"] == JOINS)
        .expect("a finding")
        .clone();
    let fixes = editor
        .actions("DynamoDB for", json!({"diagnostics": [joins], "only": ["quickfix"]}))
        .await;
    assert!(!fixes.is_empty() && fixes.iter().all(|action| action["kind"] == "quickfix"));
    let accept = fixes
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with("Accept"))
        .expect("the fix");
    assert_eq!(accept["diagnostics"], json!([joins]));
    let refactors = editor
        .actions("DynamoDB for", json!({"diagnostics": [], "only": ["refactor"]}))
        .await;
    assert!(
        !refactors.is_empty()
            && refactors
                .iter()
                .all(|action| action["kind"].as_str().unwrap().starts_with("refactor"))
    );
    assert!(
        editor
            .actions("DynamoDB for", json!({"diagnostics": [], "only": ["source"]}))
            .await
            .is_empty()
    );
    assert!(editor.actions("## Status", json!({"diagnostics": []})).await.is_empty());
    // The words of the need lead to the same.
    assert!(
        !editor
            .actions("clerk's page", json!({"diagnostics": []}))
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_are_worked_out_late_where_the_client_asks_for_them() {
    let mut can = capabilities();
    can["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    can["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    let mut editor = Editor::open(can, ORDERS).await;
    assert_eq!(editor.client.offered["codeActionProvider"]["resolveProvider"], true);
    let action = editor.action("DynamoDB for", "Accept the cost").await;
    assert_eq!(action.get("edit"), None);
    // A line above moves everything; the action is about the same finding still.
    editor.text = format!("\n{}", editor.text);
    editor.version = 2;
    let start = json!({"line": 0, "character": 0});
    editor
        .client
        .change(URI, 2, json!([{"range": {"start": start, "end": start}, "text": "\n"}]))
        .await;
    let resolved = editor
        .client
        .request("codeAction/resolve", action.clone())
        .await
        .expect("an edit");
    let found = editor.apply(&resolved["edit"]).await;
    assert_eq!(severity(&found, JOINS), Some(3));
    // And when it is gone, the request says so.
    editor.client.replace(URI, 9, "# Nothing\n").await;
    assert_eq!(
        editor
            .client
            .request("codeAction/resolve", action)
            .await
            .expect_err("an error")["code"],
        -32803
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_literals_is_offered_commands() {
    let mut editor = Editor::open(json!({}), ORDERS).await;
    let found = editor.actions("DynamoDB for", json!({"diagnostics": []})).await;
    assert!(
        !found.is_empty() && found.iter().all(|command| command["command"] == "adrLens.openRule"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_opened_in_a_browser_or_told_in_a_message() {
    let mut can = capabilities();
    can["window"] = json!({"showDocument": {"support": true}});
    let mut editor = Editor::open(can, LEDGER).await;
    let action = editor
        .action("Amazon QLDB\",", "Open the rule lifecycle/discontinued")
        .await;
    let command = &action["command"];
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    assert_eq!(
        editor.client.request("workspace/executeCommand", params.clone()).await,
        Ok(Value::Null)
    );
    let (id, shown) = editor.client.asked("window/showDocument").await;
    assert!(
        shown["uri"].as_str().unwrap().starts_with("https://") && shown["external"] == true,
        "{shown}"
    );
    editor.client.reply(id, json!({"success": true})).await;

    let mut plain = Editor::open(capabilities(), LEDGER).await;
    assert_eq!(
        plain.client.request("workspace/executeCommand", params).await,
        Ok(Value::Null)
    );
    let told = plain.client.notification("window/showMessage").await;
    assert!(
        told["message"].as_str().unwrap().contains("lifecycle/discontinued"),
        "{told}"
    );
}
