//! `adr-lens.toml`: what a team changes, and for which records.

use super::support::{Folder, HARMONY};

/// A record that needs joins, and nothing else, and decides for a store that has none.
const CONTRADICTION: &str = "\
# 1. Store for orders

## Status

Proposed

## Context

We need joins between orders and customers.

## Decision

We will use Amazon DynamoDB.
";

const JOINS: &str = "choice/joins-on-key-value";
/// How loud it is by itself.
const OWN: &str = "error";

fn found(folder: &Folder, path: &str) -> Vec<(String, String)> {
    let ran = folder.run(&["check", path, "--format", "json"]);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let json = ran.json();
    let findings = json["findings"].as_array().expect("findings").iter();
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    findings
        .filter(|finding| finding["suppressed"].is_null() && finding["severity"] != "hint")
        .map(|finding| (word(finding, "rule"), word(finding, "severity")))
        .collect()
}

fn one(rule: &str, severity: &str) -> Vec<(String, String)> {
    vec![(rule.to_owned(), severity.to_owned())]
}

#[test]
fn a_rule_is_off_or_as_loud_as_the_team_has_it_and_the_more_exact_name_wins() {
    let folder = Folder::with(&[("0001.md", CONTRADICTION)]);
    assert_eq!(found(&folder, "0001.md"), one(JOINS, OWN));
    for (rules, expected) in [
        ("\"choice/*\" = \"off\"", vec![]),
        (
            "\"choice/*\" = \"hint\"\n\"choice/j*\" = \"warning\"",
            one(JOINS, "warning"),
        ),
        (
            "\"choice/*\" = \"off\"\n\"choice/joins-*\" = \"info\"",
            one(JOINS, "info"),
        ),
        (
            "\"choice/joins-on-key-value\" = \"warn\"\n\"*\" = \"off\"",
            one(JOINS, "warning"),
        ),
        ("\"choice/*\" = \"default\"", one(JOINS, OWN)),
    ] {
        folder.write("adr-lens.toml", format!("[rules]\n{rules}\n").as_bytes());
        assert_eq!(found(&folder, "0001.md"), expected, "{rules}");
    }
    let ran = folder.run(&["check", "0001.md", "--isolated", "--format", "json"]);
    assert_eq!(ran.loud_rules(), [JOINS], "--isolated looks at no file");
}

#[test]
fn a_status_still_sets_the_tone() {
    let accepted = CONTRADICTION.replace("Proposed", "Accepted");
    let folder = Folder::with(&[
        ("0001.md", &accepted),
        ("adr-lens.toml", "rules = { \"choice/*\" = \"warning\" }"),
    ]);
    assert_eq!(found(&folder, "0001.md"), one(JOINS, "warning"));
}

#[test]
fn the_nearest_file_counts_alone_and_takes_up_another_by_extending_it() {
    let folder = Folder::with(&[
        ("adr-lens.toml", "[rules]\n\"choice/*\" = \"off\"\n"),
        ("a/0001.md", CONTRADICTION),
        ("b/adr-lens.toml", "[rules]\n\"gap/*\" = \"off\"\n"),
        ("b/0001.md", CONTRADICTION),
        ("c/adr-lens.toml", "extends = \"../adr-lens.toml\"\n"),
        ("c/0001.md", CONTRADICTION),
        (
            "d/adr-lens.toml",
            "extends = \"../adr-lens.toml\"\nrules = { \"choice/*\" = \"info\" }\n",
        ),
        ("d/0001.md", CONTRADICTION),
    ]);
    assert_eq!(found(&folder, "a/0001.md"), []);
    assert_eq!(found(&folder, "b/0001.md"), one(JOINS, OWN));
    assert_eq!(found(&folder, "c/0001.md"), []);
    assert_eq!(found(&folder, "d/0001.md"), one(JOINS, "info"));
    // All at once, each under its own.
    assert_eq!(found(&folder, ".").len(), 2);
}

#[test]
fn what_extends_wins_over_what_it_extends_and_a_later_lens_over_an_earlier_one() {
    let folder = Folder::with(&[
        ("quiet.toml", "rules = { \"choice/joins-on-key-value\" = \"off\" }"),
        ("loud/adr-lens.toml", "rules = { \"choice/*\" = \"warning\" }"),
        ("0001.md", CONTRADICTION),
    ]);
    for (extends, expected) in [
        ("[\"./quiet.toml\", \"./loud\"]", one(JOINS, "warning")),
        ("[\"./loud\", \"quiet.toml\"]", vec![]),
        ("[\"databases\", \"./loud\"]", one(JOINS, "warning")),
        ("\"./quiet.toml\"", vec![]),
        ("\"./quiet.toml\"", vec![]),
    ] {
        folder.write("adr-lens.toml", format!("extends = {extends}\n").as_bytes());
        assert_eq!(found(&folder, "0001.md"), expected, "{extends}");
    }
    folder.write(
        "adr-lens.toml",
        b"extends = [\"databases\", \"./loud\"]\nrules = { \"choice/*\" = \"info\" }\n",
    );
    assert_eq!(found(&folder, "0001.md"), one(JOINS, "info"));
}

#[test]
fn overrides_hold_for_their_paths_and_the_last_wins() {
    let folder = Folder::with(&[
        (
            "adr-lens.toml",
            "\
[[overrides]]
paths = [\"legacy/**\"]
rules = { \"choice/*\" = \"info\" }

[[overrides]]
paths = [\"**/*-old.md\"]
rules = { \"choice/*\" = \"off\" }
",
        ),
        ("0001.md", CONTRADICTION),
        ("legacy/0001.md", CONTRADICTION),
        ("legacy/0002-old.md", CONTRADICTION),
    ]);
    assert_eq!(found(&folder, "0001.md"), one(JOINS, OWN));
    assert_eq!(found(&folder, "legacy/0001.md"), one(JOINS, "info"));
    assert_eq!(found(&folder, "legacy/0002-old.md"), []);
}

#[test]
fn a_locked_rule_cannot_be_silenced_by_a_record_an_override_or_what_extends() {
    let silenced = format!("{CONTRADICTION}\n<!-- adr-lens-ignore choice/*: we know -->\n");
    let folder = Folder::with(&[
        (
            "adr-lens.toml",
            "\
[rules]
\"choice/joins-on-key-value\" = \"error\"

[locked]
rules = [\"choice/joins-*\"]

[[overrides]]
paths = [\"**\"]
rules = { \"choice/*\" = \"off\" }
",
        ),
        ("0001.md", &silenced),
        (
            "sub/adr-lens.toml",
            "extends = \"../adr-lens.toml\"\nrules = { \"*\" = \"off\" }\n",
        ),
        ("sub/0001.md", CONTRADICTION),
    ]);
    let rules = found(&folder, "0001.md");
    assert!(rules.contains(&(JOINS.to_owned(), "error".to_owned())), "{rules:?}");
    assert!(
        rules.contains(&("record/locked-rule".to_owned(), "warning".to_owned())),
        "{rules:?}"
    );
    assert_eq!(found(&folder, "sub/0001.md"), one(JOINS, "error"));
    folder.write(
        "sub/adr-lens.toml",
        b"extends = \"../adr-lens.toml\"\n[rules]\n\"choice/joins-on-key-value\" = \"off\"\n",
    );
    let ran = folder.run(&["check", "sub/0001.md"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err
            .contains("sub/adr-lens.toml:3:1: `choice/joins-on-key-value` is locked by adr-lens.toml:5"),
        "{}",
        ran.err
    );
}

#[test]
fn engines_have_a_standing_and_the_forbidden_ones_are_never_offered() {
    let lens = "\
[engines]
approved = [\"postgresql\"]
trial = [\"amazon-dynamodb\"]
forbidden = { amazon-rds-postgresql = \"no new clusters since 2024\" }
";
    let folder = Folder::with(&[
        ("adr-lens.toml", lens),
        ("1.md", CONTRADICTION),
        ("2.md", HARMONY),
        (
            "3.md",
            &HARMONY
                .replace("PostgreSQL.", "Amazon RDS for PostgreSQL.")
                .replace("Accepted", "Proposed"),
        ),
        (
            "4.md",
            &HARMONY
                .replace("PostgreSQL.", "Cloud SQL for PostgreSQL.")
                .replace("Accepted", "Proposed"),
        ),
        (
            "5.md",
            &HARMONY.replace("PostgreSQL.", "MySQL.").replace("Accepted", "Proposed"),
        ),
    ]);
    assert!(found(&folder, "1.md").contains(&("portfolio/engine-on-trial".to_owned(), "info".to_owned())));
    assert_eq!(found(&folder, "2.md"), [], "approved");
    assert_eq!(found(&folder, "3.md"), one("portfolio/engine-forbidden", "error"));
    assert_eq!(found(&folder, "5.md"), one("portfolio/engine-not-approved", "info"));
    let text = folder.run(&["check", "3.md"]).out;
    assert!(
        text.contains("no new clusters since 2024") && text.contains("adr-lens.toml:4"),
        "{text}"
    );
    let json = folder.run(&["check", "1.md", "--format", "json"]).json();
    assert!(
        !json.to_string().contains("amazon-rds-postgresql"),
        "offered though forbidden"
    );
    let ranking = folder.run(&["recommend", "1.md", "--format", "json"]).out;
    assert!(ranking.contains("amazon-aurora-postgresql") && !ranking.contains("amazon-rds-postgresql"));
}

#[test]
fn own_engines_needs_statements_and_rules_take_part() {
    let folder = Folder::with(&[
        (
            "adr-lens.toml",
            "\
[sources.house]
title = \"House rules\"
as-of = 2026-05-01
certainty = \"known\"

[[engine]]
id = \"orderdb\"
name = \"OrderDB\"
family = \"key-value\"
vendor = \"community\"
says = \"Our own store.\"
source = \"house\"
written = [\"OrderDB\"]
operation = \"managed\"
overrules = [\"joins\"]

[[contradicts]]
on = \"postgresql\"
signal = \"open-source\"
because = \"The house runs a licensed one.\"
remedy = \"Ask.\"
source = \"house\"

[[rule]]
id = \"gap/owner\"
severity = \"warning\"
title = \"No owner\"
says = \"No one owns it.\"
why = \"Someone must.\"
remedy = \"Name the owner.\"
asks = \"Who owns it?\"
answered-by = [\"operations\"]
source = \"house\"

[cues.joins]
cues = [\"marry|=marries .. table\"]
",
        ),
        ("1.md", &CONTRADICTION.replace("Amazon DynamoDB", "OrderDB")),
        ("2.md", &CONTRADICTION.replace("marry-me", "marry the two tables")),
        (
            "3.md",
            &HARMONY.replace(
                "Reports need joins across the invoices and customers tables.",
                "It must be open source.",
            ),
        ),
    ]);
    assert_eq!(found(&folder, "1.md"), one("gap/owner", "warning"));
    assert!(found(&folder, "2.md").contains(&(JOINS.to_owned(), OWN.to_owned())));
    assert!(
        found(&folder, "3.md").contains(&("choice/open-source-on-postgresql".to_owned(), "warning".to_owned())),
        "{:?}",
        found(&folder, "3.md")
    );
}

#[test]
fn thresholds_stand_in_the_place_of_the_lens_s_own() {
    let record = CONTRADICTION.replace(
        "We need joins between orders and customers.",
        "Items must be up to 300 KB.",
    );
    let folder = Folder::with(&[("1.md", &record)]);
    assert_eq!(found(&folder, "1.md"), []);
    folder.write(
        "adr-lens.toml",
        b"[thresholds.amazon-dynamodb]\nitem-size = { at-most = \"200 KB\" }\n",
    );
    assert_eq!(
        found(&folder, "1.md"),
        one("choice/item-size-on-amazon-dynamodb", "warning")
    );
}

#[test]
fn a_baseline_hides_what_was_there_and_tells_what_is_resolved() {
    let folder = Folder::with(&[
        ("docs/1.md", CONTRADICTION),
        ("adr-lens.toml", "baseline = \"known.json\"\n"),
    ]);
    let ran = folder.run(&["check", "docs", "--write-baseline"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    // Lines move, words stay.
    folder.write(
        "docs/1.md",
        CONTRADICTION
            .replace("## Context", "Some words.\n\n## Context")
            .as_bytes(),
    );
    folder.write("docs/2.md", CONTRADICTION.as_bytes());
    let ran = folder.run(&["check", "docs", "--format", "json"]);
    assert_eq!(ran.status, 1);
    let json = ran.json();
    let loud: Vec<&str> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["suppressed"].is_null())
        .filter_map(|finding| finding["path"].as_str())
        .collect();
    assert!(
        !loud.is_empty() && loud.iter().all(|path| *path == "docs/2.md"),
        "{loud:?}"
    );
    assert_eq!(json["baseline"]["resolved"].as_array().map(Vec::len), Some(0));
    folder.write("docs/1.md", HARMONY.as_bytes());
    std::fs::remove_file(folder.path().join("docs/2.md")).expect("removed");
    let ran = folder.run(&["check", "docs"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(
        ran.out.contains("resolved: docs/1.md: choice/joins-on-key-value"),
        "{}",
        ran.out
    );
}

#[test]
fn a_locked_rule_is_not_in_the_baseline() {
    let folder = Folder::with(&[
        ("1.md", CONTRADICTION),
        ("adr-lens.toml", "[locked]\nrules = [\"choice/*\"]\n"),
    ]);
    assert_eq!(
        folder
            .run(&["check", ".", "--write-baseline", "--baseline", "b.json"])
            .status,
        0
    );
    let ran = folder.run(&["check", ".", "--baseline", "b.json", "--format", "json"]);
    assert_eq!(ran.loud_rules(), [JOINS]);
}
