//! `read`, `recommend`, `explain`, `rules`.

use assert_cmd::Command;

use super::support::{CONTRADICTION, Folder};

#[test]
fn read_shows_what_was_understood() {
    let folder = Folder::with(&[("0001-orders.md", CONTRADICTION)]);
    let json = folder.run(&["read", "0001-orders.md", "--format", "json"]).json();
    let record = &json["records"][0];
    assert_eq!(json["schema"], "adr-lens/read/1");
    assert_eq!(
        (record["number"].as_u64(), record["title"].as_str()),
        (Some(1), Some("Store for orders"))
    );
    assert_eq!(
        (record["status"].as_str(), record["template"].as_str()),
        (Some("proposed"), Some("nygard"))
    );
    assert_eq!(record["choices"][0]["engine"], "amazon-dynamodb");
    assert_eq!(record["choices"][0]["role"], "chosen");
    let text = folder.run(&["read", "0001-orders.md"]).out;
    let under = |words: &str, said: &str| {
        let mut lines = text.lines().skip_while(|line| !line.contains(words));
        lines.next().is_some()
            && lines
                .take_while(|line| !line.contains("..."))
                .any(|line| line.contains(said))
    };
    assert!(under("We will use", "chosen Amazon DynamoDB"), "{text}");
    assert!(under("joins", "must: joins"), "{text}");
    assert!(text.contains("a nygard record, proposed"), "{text}");
}

#[test]
fn spans_are_the_bytes_and_the_scalar_values_of_the_file() {
    let text = CONTRADICTION.replace("We will use", "Für 😀 we will use");
    let folder = Folder::with(&[("0001-orders.md", &text)]);
    let json = folder.run(&["read", ".", "--format", "json"]).json();
    let choice = &json["records"][0]["choices"][0];
    let bytes = |at: usize| choice["span"]["bytes"][at].as_u64().expect("a byte") as usize;
    assert_eq!(text.get(bytes(0)..bytes(1)), choice["text"].as_str());
    assert_eq!(choice["span"]["start"]["column"], 19);
}

#[test]
fn recommend_reads_standard_input_and_keeps_to_a_vendor() {
    let text = "Reports need joins across the orders and customers tables. We need ACID transactions.";
    let mut command = Command::cargo_bin("adr-lens").expect("the program");
    let output = command
        .args(["recommend", "-", "--among", "amazon", "--format", "json"])
        .write_stdin(text)
        .output()
        .expect("a run");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &json["ranking"][0];
    assert_eq!(
        (first["family"].as_str(), first["verdict"].as_str()),
        (Some("relational"), Some("fits"))
    );
    let ranking = json["ranking"].as_array().expect("a ranking");
    assert!(
        ranking
            .iter()
            .all(|ranked| ranked["engine"].as_str().is_some_and(|id| id.starts_with("amazon-")))
    );
    let dead = ["amazon-qldb", "amazon-timestream"];
    assert!(
        !ranking
            .iter()
            .any(|ranked| dead.contains(&ranked["engine"].as_str().unwrap_or(""))),
        "dead services are never recommended"
    );
    assert!(json["questions"].as_array().is_some_and(|list| !list.is_empty()));
}

/// The engines that a text is recommended, best first.
fn ranked(text: &str) -> Vec<String> {
    let mut command = Command::cargo_bin("adr-lens").expect("the program");
    let output = command
        .args(["recommend", "-", "--format", "json"])
        .write_stdin(text)
        .output()
        .expect("a run");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let ranking = json["ranking"].as_array().expect("a ranking");
    ranking
        .iter()
        .map(|ranked| ranked["engine"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn what_runs_inside_an_application_is_for_those_who_ask_for_that() {
    let inside = ["sqlite", "h2", "derby", "hsqldb", "duckdb", "rocksdb", "filesystem"];
    let server = "The billing service stores invoices and customers. Reports need joins between invoices and customers. We need ACID \
                  transactions. The data set is small, a few thousand rows.";
    let first: Vec<String> = ranked(server).into_iter().take(10).collect();
    assert!(!first.iter().any(|id| inside.contains(&id.as_str())), "{first:?}");
    for device in [
        "The mobile app must work offline and keep notes on the device. Notes and tags are joined at query time.",
        "The store must run embedded in our application, without a server. Invoices and customers are joined at query time.",
        "A desktop application for a single user keeps its library in a local file. Albums and tracks are joined at query time.",
    ] {
        let first = ranked(device).into_iter().next().unwrap_or_default();
        assert_eq!(first, "sqlite", "{device}");
    }
}

#[test]
fn an_unknown_vendor_is_told_the_known_ones() {
    let mut command = Command::cargo_bin("adr-lens").expect("the program");
    let output = command
        .args(["recommend", "-", "--among", "amazn"])
        .write_stdin("x")
        .output()
        .expect("a run");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("amazon"));
}

#[test]
fn explain_knows_rules_engines_and_signals() {
    let folder = Folder::with(&[]);
    for (name, part) in [
        ("choice/joins-on-key-value", "Way out"),
        ("gap/latency-budget", "Why"),
        ("amazon-dynamodb", "Limits"),
        ("Amazon DynamoDB", "Limits"),
        ("joins", "Met by"),
    ] {
        let ran = folder.run(&["explain", name]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains(part), "{name}: {}", ran.out);
    }
    let ran = folder.run(&["explain", "joinz"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("`joins`"), "{}", ran.err);
}

#[test]
fn rules_lists_every_kind() {
    let out = Folder::with(&[]).run(&["rules"]).out;
    for rule in [
        "choice/joins-on-key-value",
        "gap/scale",
        "lifecycle/discontinued",
        "record/unused-ignore",
    ] {
        assert!(out.contains(rule), "no {rule}");
    }
}
