//! `adr-lens check`: findings, exit statuses, suppression.

use super::support::{CONTRADICTION, Folder, HARMONY};

#[test]
fn a_contradiction_is_reported_at_both_places_and_fails() {
    let folder = Folder::with(&[
        ("docs/adr/0001-orders.md", CONTRADICTION),
        ("docs/adr/0002-invoices.md", HARMONY),
    ]);
    let ran = folder.run(&["check", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let json = ran.json();
    let findings = json["findings"].as_array().expect("findings");
    let finding = findings
        .iter()
        .find(|finding| finding["signal"] == "joins")
        .expect("a finding about joins");
    assert_eq!(finding["rule"], "choice/joins-on-key-value");
    assert_eq!(finding["path"], "docs/adr/0001-orders.md");
    assert_eq!(finding["text"], "Amazon DynamoDB");
    assert_eq!(finding["span"]["start"]["line"], 13);
    assert_eq!(finding["evidence"][0]["span"]["start"]["line"], 9);
    assert!(finding["alternatives"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(json["summary"]["records"], 2);
}

#[test]
fn text_shows_the_words_the_reason_and_the_way_out() {
    let folder = Folder::with(&[("0001-orders.md", CONTRADICTION)]);
    let ran = folder.run(&["check", "0001-orders.md"]);
    assert_eq!(ran.status, 1);
    for part in [
        "choice/joins-on-key-value",
        "0001-orders.md:13:13",
        "needs joins",
        "why:",
        "way out:",
        "source:",
    ] {
        assert!(ran.out.contains(part), "no `{part}` in:\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "no colours where there is no terminal");
}

#[test]
fn of_a_need_that_is_said_again_and_again_some_places_are_shown() {
    let said = "Reports need joins across orders and customers.\n\n".repeat(30);
    let record = CONTRADICTION.replace("## Decision", &format!("{said}## Decision"));
    let folder = Folder::with(&[("0001-orders.md", &record)]);
    let ran = folder.run(&["check", "0001-orders.md"]);
    let shown = ran.out.matches("needs joins").count();
    assert!((2..=10).contains(&shown), "{}", ran.out);
    assert!(ran.out.contains("said: in 23 more places"), "{}", ran.out);
    let all = folder.run(&["check", "0001-orders.md", "--format", "json"]).json();
    let findings = all["findings"].as_array().expect("findings");
    let joins = findings
        .iter()
        .find(|finding| finding["signal"] == "joins")
        .expect("a finding");
    assert_eq!(joins["evidence"].as_array().map(Vec::len), Some(31));
}

#[test]
fn fail_on_decides_the_exit_status() {
    // What is accepted is not shouted at: a warning.
    let accepted = CONTRADICTION.replace("Proposed", "Accepted");
    let folder = Folder::with(&[("0001-orders.md", &accepted)]);
    assert_eq!(folder.run(&["check", ".", "--fail-on", "error"]).status, 0);
    assert_eq!(folder.run(&["check", ".", "--fail-on", "warning"]).status, 1);
    assert_eq!(folder.run(&["check", ".", "--fail-on", "never"]).status, 0);
}

#[test]
fn an_ignore_comment_with_a_reason_silences() {
    let ignored = format!("{CONTRADICTION}\n<!-- adr-lens-ignore choice/*: reports run on the warehouse copy -->\n");
    let folder = Folder::with(&[("0001-orders.md", &ignored)]);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert_eq!(
        ran.json()["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter(|finding| { finding["suppressed"] == "reports run on the warehouse copy" })
            .count(),
        ran.json()["summary"]["suppressed"].as_u64().expect("a count") as usize
    );
}

#[test]
fn an_ignore_comment_without_a_reason_silences_nothing_and_an_unused_one_is_told() {
    let ignored = format!("{CONTRADICTION}\n<!-- adr-lens-ignore choice/joins-on-key-value -->\n");
    let folder = Folder::with(&[("0001-orders.md", &ignored)]);
    let rules = folder.run(&["check", ".", "--format", "json"]).loud_rules();
    assert!(rules.contains(&"choice/joins-on-key-value".to_owned()), "{rules:?}");
    assert!(rules.contains(&"record/ignore-without-reason".to_owned()), "{rules:?}");

    let unused = format!("{HARMONY}\n<!-- adr-lens-ignore choice/joins-on-key-value: not needed -->\n");
    let folder = Folder::with(&[("0002-invoices.md", &unused)]);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.status, 0);
    let json = ran.json();
    let findings = json["findings"].as_array().expect("findings");
    assert!(
        findings.iter().any(|finding| finding["rule"] == "record/unused-ignore"),
        "{json}"
    );
}

#[test]
fn status_decides_the_tone() {
    for (status, loud) in [
        ("Proposed", true),
        ("Accepted", true),
        ("Superseded by [ADR 9](0009-x.md)", false),
        ("Rejected", false),
    ] {
        let record = CONTRADICTION.replace("Proposed", status);
        let folder = Folder::with(&[("0001-orders.md", &record)]);
        let rules = folder.run(&["check", ".", "--format", "json"]).loud_rules();
        assert_eq!(!rules.is_empty(), loud, "{status}: {rules:?}");
    }
}

#[test]
fn a_fingerprint_survives_edits_elsewhere() {
    let moved = CONTRADICTION.replace("## Context\n", "## Context\n\nThe shop grows.\n");
    let print = |text: &str| {
        let folder = Folder::with(&[("0001-orders.md", text)]);
        let json = folder.run(&["check", ".", "--format", "json"]).json();
        let findings = json["findings"].as_array().expect("findings").clone();
        findings
            .into_iter()
            .find(|finding| finding["signal"] == "joins")
            .expect("a finding")["fingerprint"]
            .clone()
    };
    assert_eq!(print(CONTRADICTION), print(&moved));
}

#[test]
fn the_date_decides_what_has_ended() {
    let record = "# Ledger\n\nStatus: proposed\n\n## Decision\n\nWe will use Amazon QLDB.\n";
    let folder = Folder::with(&[("0001-ledger.md", record)]);
    let rules = |date: &str| {
        folder
            .run(&["check", ".", "--format", "json", "--as-of", date])
            .loud_rules()
    };
    assert!(!rules("2024-01-01").contains(&"lifecycle/discontinued".to_owned()));
    assert!(rules("2026-11-22").contains(&"lifecycle/discontinued".to_owned()));
}
