//! Custom lenses of the AWS Well-Architected Tool: into a team's lens, and out of it.

use serde_json::{Value, json};

use crate::support::{Folder, HARMONY, Ran};

const SCHEMA: &str = include_str!("../../schemas/well-architected-lens.schema.json");
/// The worked example of the book.
const TICKETS: &str = include_str!("../../examples/well-architected/ticket-shop.json");

/// What the published format has against a custom lens.
fn against_the_format(lens: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let errors = validator.iter_errors(lens);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn exported(folder: &Folder, arguments: &[&str]) -> Value {
    let ran = folder.run(&[&["lens", "export", "--format", "well-architected"], arguments].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.json()
}

fn questions(lens: &Value) -> impl Iterator<Item = &Value> {
    let pillars = lens["pillars"].as_array().expect("pillars").iter();
    pillars.flat_map(|pillar| pillar["questions"].as_array().expect("questions"))
}

fn imported(lens: &str) -> (Folder, Ran) {
    let folder = Folder::with(&[("lens.json", lens)]);
    let ran = folder.run(&["lens", "import", "lens.json", "--into", "imported"]);
    (folder, ran)
}

/// The example with one change.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut lens: Value = serde_json::from_str(TICKETS).expect("JSON");
    change(&mut lens);
    serde_json::to_string_pretty(&lens).expect("JSON")
}

#[test]
fn the_built_in_checklist_is_written_as_the_format_asks() {
    let folder = Folder::with(&[]);
    let lens = exported(&folder, &[]);
    assert_eq!(against_the_format(&lens), Vec::<String>::new());
    assert_eq!(lens["schemaVersion"], "2021-11-01");
    assert!(questions(&lens).count() > 100);
    let mut ids: Vec<&str> = questions(&lens)
        .map(|question| question["id"].as_str().expect("an id"))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), questions(&lens).count(), "ids are unique");
    for question in questions(&lens) {
        let choices = question["choices"].as_array().expect("choices");
        let nones = choices
            .iter()
            .filter(|choice| choice["id"].as_str().is_some_and(|id| id.ends_with("_no")));
        assert_eq!(nones.count(), 1, "{question}");
    }
}

#[test]
fn the_schema_refuses_what_the_format_refuses() {
    let refused: [fn(&mut Value); 7] = [
        |lens| lens["schemaVersion"] = json!("2020-01-01"),
        |lens| lens["pillars"][0]["id"] = json!("has space"),
        |lens| lens["pillars"][0]["questions"][0]["title"] = json!("x".repeat(129)),
        |lens| {
            lens["pillars"][0]["questions"][0]["riskRules"] = json!([{"condition": "soldonce_key", "risk": "NO_RISK"}])
        },
        |lens| lens["pillars"][0]["questions"][0]["choices"][0]["improvementPlan"] = Value::Null,
        |lens| lens["pillars"][0]["questions"][0]["helpfulResource"] = json!({"url": "https://example.com"}),
        |lens| lens["pillars"] = json!(vec![lens["pillars"][0].clone(); 11]),
    ];
    for change in refused {
        let lens = changed(change);
        let lens: Value = serde_json::from_str(&lens).expect("JSON");
        assert!(!against_the_format(&lens).is_empty(), "{lens}");
    }
}

#[test]
fn what_was_exported_and_not_changed_is_not_written_again() {
    let folder = Folder::with(&[]);
    let lens = exported(&folder, &[]);
    let count = questions(&lens).count();
    folder.write("lens.json", lens.to_string().as_bytes());
    let ran = folder.run(&["lens", "import", "lens.json", "--into", "imported"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(
        ran.out.contains(&format!("questions: {count} of ours, as they are")),
        "{}",
        ran.out
    );
    assert!(!folder.path().join("imported").exists());
}

#[test]
fn a_changed_question_takes_the_place_of_ours_and_keeps_what_answers_it() {
    let folder = Folder::with(&[("0002.md", HARMONY)]);
    let mut lens = exported(&folder, &["--group", "workload"]);
    let pillar = &mut lens["pillars"][0]["questions"];
    let question = pillar
        .as_array_mut()
        .expect("questions")
        .iter_mut()
        .find(|question| question["id"] == "workload__access_pattern");
    question.expect("the question")["title"] = json!("Which queries will there be?");
    folder.write("lens.json", lens.to_string().as_bytes());
    let ran = folder.run(&["lens", "import", "lens.json", "--into", "imported"]);
    assert!(
        ran.out.contains("workload/access-pattern: in place of ours"),
        "{}{}",
        ran.out,
        ran.err
    );
    folder.write("adr-lens.toml", b"extends = [\"databases\", \"./imported\"]\n");
    let ran = folder.run(&["checklist", "0002.md", "--format", "json"]);
    let list = ran.json();
    let groups = list["records"][0]["groups"].as_array().expect("groups").iter();
    let items: Vec<&Value> = groups
        .flat_map(|group| group["items"].as_array().expect("items"))
        .collect();
    let of_id = |id: &str| items.iter().filter(|item| item["id"] == id).collect::<Vec<_>>();
    let [item] = of_id("workload/access-pattern")[..] else {
        panic!("{list}")
    };
    assert_eq!(item["question"], "Which queries will there be?");
    assert_eq!(item["state"], "ticked", "joins are stated: {item}");
}

#[test]
fn a_custom_lens_becomes_questions_of_a_team_and_goes_back_as_it_came() {
    let (folder, ran) = imported(TICKETS);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        "\
Ticket shop: data stores
  ticket-shop-data-stores/SOLD_CURRENT: strong-consistency (“read-after-write”)
questions: 1 answered by what the lens knows, 2 for people
wrote imported; add it to `extends` in adr-lens.toml, and try `adr-lens lens check`
"
    );
    folder.write("adr-lens.toml", b"extends = [\"databases\", \"./imported\"]\n");
    let check = folder.run(&["lens", "check"]);
    assert_eq!(check.status, 0, "{}", check.err);
    let again = exported(
        &folder,
        &[
            "--group",
            "ticket-shop-data-stores-reliability",
            "--group",
            "ticket-shop-data-stores-ticket-ownership",
            "--name",
            "Ticket shop: data stores",
            "--description",
            "What every record about a store of the ticket shop answers.",
        ],
    );
    assert_eq!(again, serde_json::from_str::<Value>(TICKETS).expect("JSON"));
}

#[test]
fn its_questions_are_asked_with_their_choices_and_ticked_by_the_record() {
    let (folder, _) = imported(TICKETS);
    folder.write("adr-lens.toml", b"extends = [\"databases\", \"./imported\"]\n");
    let record = "# 1. Seats\n\n## Status\n\nProposed\n\n## Context\n\nA buyer must read their own writes: strong consistency for every seat.\n\n\
        ## Decision\n\nWe will use PostgreSQL.\n";
    folder.write("0001.md", record.as_bytes());
    let ran = folder.run(&["checklist", "0001.md", "--format", "json"]);
    let list = ran.json();
    let groups = list["records"][0]["groups"].as_array().expect("groups");
    let group = |id: &str| {
        groups
            .iter()
            .find(|group| group["id"] == id)
            .unwrap_or_else(|| panic!("{id}: {list}"))
    };
    let reliability = &group("ticket-shop-data-stores-reliability")["items"];
    assert_eq!(reliability[0]["state"], "human");
    assert_eq!(
        reliability[0]["choices"][0]["title"],
        "The seat is one item with one key, written on a condition"
    );
    assert_eq!(reliability[1]["state"], "ticked", "{reliability}");
    let markdown = folder.run(&["checklist", "0001.md"]).out;
    assert!(
        markdown.contains("  - [ ] The seat is one item with one key, written on a condition\n"),
        "{markdown}"
    );
    // The third asks about DynamoDB, which this record does not choose.
    assert!(!list.to_string().contains("WHO_PAYS"), "{list}");
    let html = folder.run(&["checklist", "0001.md", "--format", "html"]).out;
    assert!(html.contains("To do: Make the seat the key"), "{html}");
}

#[test]
fn each_mistake_is_told_once_with_its_line() {
    let cases: [(&str, String, &str); 12] = [
        (
            "no JSON",
            TICKETS.replacen("\"pillars\":", "\"pillars\"", 1),
            "lens.json:5:13: no custom lens: expected `:`",
        ),
        (
            "no lens",
            "3".to_owned(),
            "lens.json:1:1: no custom lens: invalid type: integer `3`, expected an object",
        ),
        (
            "a version",
            TICKETS.replacen("2021-11-01", "2019-01-01", 1),
            "lens.json:2:20: unknown schemaVersion `2019-01-01`; `2021-11-01` is read",
        ),
        (
            "an id twice",
            TICKETS.replacen("SOLD_CURRENT", "SOLD_ONCE", 1),
            "two questions have the id `SOLD_ONCE`; the first is in line 11",
        ),
        (
            "an id",
            TICKETS.replacen("\"SOLD_ONCE\"", "\"sold once\"", 1),
            "lens.json:11:17: the id `sold once` is not of 3 to 128 letters, digits and `_`",
        ),
        (
            "no default",
            TICKETS.replacen("\"default\"", "\"!key\"", 1),
            "lens.json:11:17: the question needs one risk rule with the condition `default`, and has 0",
        ),
        (
            "a condition",
            TICKETS.replacen("key && count", "key && (count", 1),
            "the condition cannot be read: `&& (count` is not expected here",
        ),
        (
            "a choice",
            TICKETS.replacen("key && count", "key && cuont", 1),
            "the question has no choice `cuont`; did you mean `count`?",
        ),
        (
            "a title",
            TICKETS.replacen("Ticket shop: data stores", &"x".repeat(130), 1),
            "lens.json:3:11: a name of 130 characters; the format has at most 128",
        ),
        (
            "a link",
            TICKETS.replacen("https://example.com/seats", "javascript:alert(1)", 1),
            "`javascript:alert(1)` does not begin with http:// or https://",
        ),
        (
            "nesting",
            "[".repeat(100_000),
            "lens.json:1:100000: no custom lens: EOF while parsing",
        ),
        (
            "nesting inside",
            format!("{{\"name\": {}", "[".repeat(100_000)),
            "lens.json:1:",
        ),
    ];
    for (what, lens, told) in cases {
        let (folder, ran) = imported(&lens);
        assert_eq!(ran.status, 2, "{what}: {}", ran.out);
        assert!(ran.err.contains(told), "{what}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{what}: {}", ran.err);
        assert!(!folder.path().join("imported").exists(), "{what}");
    }
}

#[test]
fn a_file_that_is_too_large_or_no_text_is_refused_as_a_whole() {
    let folder = Folder::with(&[]);
    folder.write("large.json", &vec![b' '; 10 << 20]);
    let ran = folder.run(&["lens", "import", "large.json"]);
    assert_eq!(
        (ran.status, ran.err.trim()),
        (2, "adr-lens: large.json: 10485 KB; a custom lens has at most 500 KB")
    );
    folder.write("bytes.json", b"{\"name\": \"\xff\"}");
    let ran = folder.run(&["lens", "import", "bytes.json"]);
    assert_eq!(
        (ran.status, ran.err.trim()),
        (2, "adr-lens: bytes.json: not valid UTF-8 at byte 10")
    );
}

#[test]
fn keys_that_are_no_part_of_the_format_are_told_and_a_folder_is_never_overwritten() {
    let lens = changed(|lens| {
        lens["_authors"] = json!(["somebody"]);
        lens["pillars"][0]["weight"] = json!(3);
    });
    let (folder, ran) = imported(&lens);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(
        ran.out.contains("left out, no part of the format: weight\n"),
        "{}",
        ran.out
    );
    let again = folder.run(&["lens", "import", "lens.json", "--into", "imported"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("imported is there already"), "{}", again.err);
}

#[test]
fn mistakes_in_the_choices_of_a_lens_point_at_their_line() {
    let item = "\
id = \"house\"
title = \"Our house\"

[[items]]
id = \"house/owner\"
question = \"Which team owns the store?\"
why = \"Somebody is called at night.\"
source = \"framework\"
human = true
risks = [{ when = \"named && onn_call\", risk = \"none\" }]
choices = [{ id = \"named\", title = \"A team is named\" }, { id = \"on_call\", title = \"It is on call\" }]

[[items]]
id = \"house/unknown\"
inherit = true
";
    let folder = Folder::with(&[
        ("house/checklist/house.toml", item),
        ("adr-lens.toml", "extends = [\"databases\", \"./house\"]\n"),
    ]);
    let ran = folder.run(&["lens", "check"]);
    assert_eq!(ran.status, 2);
    for told in [
        "house.toml:10:19: unknown choice `onn_call`; did you mean `on_call`?",
        "house.toml:5:6: the risks of `house/owner` need one `default`, and have 0",
        "house.toml:14:6: no earlier lens has an item `house/unknown`",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}
