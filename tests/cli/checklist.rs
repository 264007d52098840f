//! `adr-lens checklist`: what is ticked, failed and left open, and in which format.

use std::path::Path;

use serde_json::Value;

use crate::support::{CONTRADICTION, Folder, HARMONY};

const TABLE: &str = "\
# 3. Orders by key

## Status

Accepted

## Date

2026-03-01

## Context

Each read is one order by its number, within 10 ms at p99. Orders come in at 200 writes a second.
An item is at most 20 KB.

## Considered Options

* Amazon DynamoDB
* Amazon Aurora PostgreSQL

## Decision

We will use Amazon DynamoDB. The partition key is the order number.
The table lies in a private subnet behind a VPC endpoint and is encrypted with KMS.

## Consequences

* Bad, because the team has to learn how to design keys
* We will revisit this in a year.
";

fn checklist(text: &str) -> Value {
    let folder = Folder::with(&[("0001.md", text)]);
    let ran = folder.run(&["checklist", "0001.md", "--format", "json", "--as-of", "2026-11-22"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.json()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    let groups = list["records"][0]["groups"].as_array().expect("groups").iter();
    groups.flat_map(|group| group["items"].as_array().expect("items").iter())
}

fn item<'a>(list: &'a Value, id: &str) -> &'a Value {
    items(list)
        .find(|item| item["id"] == id)
        .unwrap_or_else(|| panic!("no item {id}"))
}

fn state<'a>(list: &'a Value, id: &str) -> &'a str {
    item(list, id)["state"].as_str().expect("a state")
}

fn quoted(list: &Value, id: &str) -> String {
    let evidence = item(list, id)["evidence"].as_array().expect("evidence").iter();
    let texts: Vec<&str> = evidence.map(|words| words["text"].as_str().expect("words")).collect();
    texts.join(" / ")
}

#[test]
fn what_the_record_answers_is_ticked_with_its_words() {
    let list = checklist(TABLE);
    for (id, words) in [
        ("key-value/partition-key", "The partition key is the order number"),
        ("key-value/item-size", "20 KB"),
        ("workload/latency", "10 ms at p99"),
        ("security/reach", "private subnet"),
        ("security/encryption", "encrypted with KMS"),
        ("consequences/costs", "the team has to learn"),
        ("consequences/review", "revisit this in a year"),
        ("options/weighed", "Amazon Aurora PostgreSQL"),
        ("record/status", "Accepted"),
    ] {
        assert_eq!(state(&list, id), "ticked", "{id}");
        let quoted = quoted(&list, id);
        assert!(quoted.contains(words), "{id}: {quoted}");
    }
    let span = &item(&list, "key-value/partition-key")["evidence"][0]["span"];
    assert_eq!(span["start"]["line"], 23);
    let bytes = |at: usize| span["bytes"][at].as_u64().expect("an offset") as usize;
    assert!(TABLE[bytes(0)..bytes(1)].contains("partition key"));
}

#[test]
fn what_it_does_not_answer_stays_open_with_the_reason_for_asking() {
    let list = checklist(TABLE);
    for id in ["key-value/capacity", "workload/availability", "security/personal-data"] {
        let item = item(&list, id);
        assert_eq!(item["state"], "open", "{id}");
        assert!(item["evidence"].as_array().expect("a list").is_empty());
        assert!(!item["why"].as_str().expect("a reason").is_empty());
        assert!(!item["source"]["as_of"].as_str().expect("a date").is_empty());
    }
}

#[test]
fn a_finding_fails_its_item_and_brings_its_remedy() {
    let list = checklist(CONTRADICTION);
    let item = item(&list, "decision/meets-needs");
    assert_eq!(item["state"], "failed");
    let mut findings = item["findings"].as_array().expect("findings").iter();
    let finding = findings
        .find(|finding| finding["rule"] == "choice/joins-on-key-value")
        .expect("the finding");
    assert!(!finding["remedy"].as_str().expect("a remedy").is_empty());
    assert_eq!(list["records"][0]["summary"]["failed"], 1);
}

#[test]
fn a_finding_that_is_silenced_with_a_reason_ticks_its_item_with_it() {
    let comment = "<!-- adr-lens-ignore choice/*: reports run on the warehouse copy -->";
    let list = checklist(&format!("{CONTRADICTION}\n{comment}\n"));
    let item = item(&list, "decision/meets-needs");
    assert_ne!(item["state"], "failed");
    let note = item["evidence"][0]["note"].as_str().expect("a note");
    assert!(note.ends_with("reports run on the warehouse copy"), "{note}");
}

#[test]
fn needs_that_are_met_tick_the_decision() {
    let list = checklist(HARMONY);
    let item = item(&list, "decision/meets-needs");
    assert_eq!(item["state"], "ticked");
    let mut evidence = item["evidence"].as_array().expect("evidence").iter();
    let says = |words: &Value| {
        words["note"]
            .as_str()
            .is_some_and(|note| note.contains("joins: met by PostgreSQL"))
    };
    assert!(evidence.any(says));
}

#[test]
fn people_are_asked_and_never_answered_for() {
    for text in [TABLE, CONTRADICTION, HARMONY] {
        let list = checklist(text);
        let human: Vec<&Value> = items(&list).filter(|item| item["state"] == "human").collect();
        assert!(human.len() >= 5);
        assert!(human.iter().all(|item| item["evidence"] == Value::Array(Vec::new())));
    }
}

#[test]
fn questions_follow_the_family_that_is_chosen() {
    let ids = |text: &str| -> Vec<String> {
        let list = checklist(text);
        items(&list)
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let has = |ids: &[String], start: &str| ids.iter().any(|id| id.starts_with(start));
    let table = ids(TABLE);
    assert!(has(&table, "key-value/") && !has(&table, "relational/") && !has(&table, "several-stores/"));
    let rows = ids(HARMONY);
    assert!(has(&rows, "relational/backups") && !has(&rows, "key-value/"));
    let both = ids("# 4. Two stores\n\n## Decision\n\nWe will use PostgreSQL for orders and Redis for sessions.\n");
    assert!(has(&both, "relational/") && has(&both, "in-memory/ttl") && has(&both, "several-stores/dual-writes"));
    let none = ids("# 5. Code style\n\n## Decision\n\nWe will use four spaces.\n");
    assert!(has(&none, "problem/stated") && !has(&none, "workload/") && !has(&none, "security/"));
}

#[test]
fn questions_follow_the_status() {
    let with = |status: &str| checklist(&HARMONY.replace("Accepted", status));
    let rejected = with("Rejected because it needs a second data centre");
    assert_eq!(state(&rejected, "record/rejection-reason"), "ticked");
    assert!(items(&rejected).all(|item| item["id"] != "decision/meets-needs"));
    assert_eq!(state(&with("Rejected"), "record/rejection-reason"), "open");
    assert_eq!(
        state(&with("Superseded by [ADR 7](0007.md)"), "record/successor"),
        "ticked"
    );
    assert_eq!(state(&with("Superseded"), "record/successor"), "open");
}

#[test]
fn a_question_a_placeholder_and_a_thing_left_open_answer_nothing() {
    for line in [
        "What is the partition key?",
        "The partition key is still to be decided.",
        "{describe the partition key}",
        "The old system had the wrong partition key.",
        "If we ever shard, the partition key would matter.",
    ] {
        let list = checklist(&TABLE.replace("The partition key is the order number.", line));
        assert_eq!(
            state(&list, "key-value/partition-key"),
            "open",
            "{line}: {}",
            quoted(&list, "key-value/partition-key")
        );
    }
}

#[test]
fn what_stands_under_a_rejected_option_ticks_nothing() {
    let text = TABLE.replace("The partition key is the order number.", "").replace(
        "* Amazon Aurora PostgreSQL\n",
        "* Amazon Aurora PostgreSQL\n* Apache Cassandra: a partition key per order\n",
    );
    assert_eq!(state(&checklist(&text), "key-value/partition-key"), "open");
}

/// Every finding of `check` stands in the checklist, and nothing else does.
#[test]
fn the_checklist_holds_the_findings_of_check() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::with(&[]);
    let run = |command: &str| {
        let mut arguments = vec![command, "--format", "json", "--as-of", "2026-11-22"];
        let paths: Vec<String> = ["examples/records", "tests/framework"]
            .iter()
            .map(|path| root.join(path).to_string_lossy().into_owned())
            .collect();
        arguments.extend(paths.iter().map(String::as_str));
        folder.run(&arguments).json()
    };
    let print = |finding: &Value| format!("{} {} {}", finding["path"], finding["rule"], finding["fingerprint"]);
    let checked = run("check");
    let mut expected: Vec<String> = checked["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(print)
        .collect();
    let listed = run("checklist");
    let mut found = Vec::new();
    for record in listed["records"].as_array().expect("records") {
        found.extend(record["others"].as_array().expect("others").iter().map(print));
        for group in record["groups"].as_array().expect("groups") {
            for item in group["items"].as_array().expect("items") {
                found.extend(item["findings"].as_array().expect("findings").iter().map(print));
            }
        }
    }
    expected.sort();
    found.sort();
    found.dedup();
    assert!(expected.len() > 50, "only {} findings", expected.len());
    assert_eq!(expected, found);
}

#[test]
fn markdown_is_a_task_list_that_calls_nobody() {
    let text = CONTRADICTION.replace(
        "tables.",
        "tables for @finance, `quoted` | <b>bold</b> *and* [linked](x).",
    );
    let folder = Folder::with(&[("0001.md", &text)]);
    let ran = folder.run(&["checklist", "0001.md", "--as-of", "2026-11-22"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.out
            .contains("\n- [ ] **Failed:** Does what is chosen meet each need")
    );
    assert!(ran.out.contains("\n- [ ] **For people:** "));
    assert!(ran.out.contains("\n- [x] "));
    assert!(!ran.out.contains("@finance") && ran.out.contains("@<!-- -->finance"));
    assert!(!ran.out.contains("<b>") && !ran.out.contains("[linked](x)"));
}

#[test]
fn the_output_file_says_the_format_and_is_never_a_record() {
    let folder = Folder::with(&[("adr/0001.md", TABLE), ("adr/0002.md", CONTRADICTION)]);
    let ran = folder.run(&["checklist", "adr", "-o", "list.html"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    let page = std::fs::read_to_string(folder.path().join("list.html")).expect("a page");
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("Orders by key") && page.contains("Store for orders"));
    assert!(!page.contains("<script") && !page.contains("src="));
    let ran = folder.run(&["checklist", "adr", "-o", "adr/0001.md"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is one of the records"), "{}", ran.err);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("adr/0001.md")).expect("the record"),
        TABLE
    );
    let ran = folder.run(&["checklist", "adr", "-o", "nowhere/list.md"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("adr-lens: nowhere/list.md: "), "{}", ran.err);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).expect("a copy");
        }
    }
}

#[test]
fn a_lens_brings_items_of_its_own_and_leaves_others_out() {
    let folder = Folder::with(&[("0001.md", TABLE)]);
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("lenses/databases"),
        &folder.path().join("lens"),
    );
    let house = r#"
id = "house"
title = "Our house"
order = 5

[[items]]
id = "house/owner"
question = "Which team owns the table?"
why = "Somebody is called at night."
when = { family = ["key-value"] }
ticked-by = { phrases = ["owned by"] }
source = "framework"
"#;
    folder.write("lens/checklist/house.toml", house.as_bytes());
    folder.write(
        "lens/checklist/zz-off.toml",
        b"id = \"security\"\ntitle = \"Protection\"\noff = [\"security/reach\"]\n",
    );
    let run = || folder.run(&["--lens", "lens", "checklist", "0001.md", "--format", "json"]);
    let list = run().json();
    assert_eq!(list["records"][0]["groups"][0]["title"], "Our house");
    assert_eq!(state(&list, "house/owner"), "open");
    assert!(items(&list).all(|item| item["id"] != "security/reach"));
    folder.write(
        "0001.md",
        TABLE
            .replace(
                "We will revisit",
                "The table is owned by the shop team. We will revisit",
            )
            .as_bytes(),
    );
    assert_eq!(state(&run().json(), "house/owner"), "ticked");
    for (written, wrong, told) in [
        ("key-value", "key-valu", "unknown family `key-valu`"),
        (
            "source = \"framework\"",
            "source = \"nowhere\"",
            "unknown source `nowhere`",
        ),
        ("phrases", "frases", "unknown key `frases`"),
        (
            "ticked-by",
            "failed-by = [\"choice/none\"]\nticked-by",
            "unknown rule `choice/none`",
        ),
    ] {
        folder.write("lens/checklist/house.toml", house.replace(written, wrong).as_bytes());
        let ran = run();
        assert_eq!(ran.status, 2);
        assert!(
            ran.err.contains("checklist/house.toml:") && ran.err.contains(told),
            "{told}: {}",
            ran.err
        );
    }
}
