//! What records say against each other, and about themselves: small folders, and the findings that are expected of each.

use super::support::Folder;

/// The rules found in a file, but for those that ask for more to be written.
fn rules(folder: &Folder, arguments: &[&str], file: &str) -> Vec<String> {
    let json = folder.run(&[&["check", "--format", "json"], arguments].concat()).json();
    let findings = json["findings"].as_array().expect("findings").clone();
    let told = findings.iter().filter(|finding| {
        let asks = finding["category"] == "gap" || finding["rule"] == "record/no-options";
        finding["path"] == file && !asks
    });
    told.map(|finding| finding["rule"].as_str().expect("a rule").to_owned())
        .collect()
}

fn finding(folder: &Folder, rule: &str) -> serde_json::Value {
    let json = folder.run(&["check", "--format", "json", "."]).json();
    let findings = json["findings"].as_array().expect("findings").clone();
    let found = findings.into_iter().find(|finding| finding["rule"] == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {json}"))
}

fn record(number: u32, title: &str, status: &str, decision: &str) -> String {
    format!(
        "# {number}. {title}\n\n## Status\n\n{status}\n\n## Context\n\nThe shop grows.\n\n## Decision\n\n{decision}\n"
    )
}

#[test]
fn records_that_agree_are_let_be() {
    let folder = Folder::with(&[
        (
            "0001-a.md",
            &record(1, "Keep invoices", "Superseded by [2. Archive](0002-b.md)", "Paper."),
        ),
        (
            "0002-b.md",
            &record(
                2,
                "Archive",
                "Accepted\n\nSupersedes [1. Keep invoices](0001-a.md)",
                "Boxes.",
            ),
        ),
        (
            "0003-c.md",
            &record(
                3,
                "Boxes",
                "Accepted",
                "This decision builds on [2. Archive](0002-b.md).",
            ),
        ),
        (
            "README.md",
            "# Records\n\n- [0001](0001-a.md)\n- [0009](0009-to-come.md)\n",
        ),
    ]);
    let json = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!(json["findings"], serde_json::json!([]), "{json}");
}

#[test]
fn one_number_is_for_one_record() {
    let folder = Folder::with(&[
        ("0004-a.md", &record(4, "Keep invoices", "Accepted", "Paper.")),
        ("0004-b.md", &record(4, "Archive", "Accepted", "Boxes.")),
        ("0004-b.de.md", &record(4, "Archiv", "Accepted", "Kisten.")),
        ("other/0004-c.md", &record(4, "Desks", "Accepted", "Wood.")),
    ]);
    let found = finding(&folder, "portfolio/duplicate-number");
    assert_eq!(
        (&found["path"], &found["text"]),
        (&"0004-b.de.md".into(), &"Archiv".into())
    );
    assert_eq!(found["category"], "portfolio");
    assert_eq!(found["evidence"][0]["path"], "0004-a.md");
    assert_eq!(found["evidence"][0]["text"], "Keep invoices");
    assert_eq!(rules(&folder, &["."], "0004-a.md"), Vec::<String>::new());
    assert_eq!(rules(&folder, &["."], "other/0004-c.md"), Vec::<String>::new());
}

#[test]
fn series_are_numbered_each_by_itself() {
    let folder = Folder::with(&[
        ("ARCH-001-a.md", &record(1, "Desks", "Accepted", "Wood.")),
        ("LEGAL-001-a.md", &record(1, "Licences", "Accepted", "Free ones.")),
        (
            "2024-01-02-a.md",
            "# Chairs\n\nStatus: accepted\n\n## Decision\n\nWood.\n",
        ),
        (
            "2024-01-03-b.md",
            "# Lamps\n\nStatus: accepted\n\n## Decision\n\nBrass.\n",
        ),
    ]);
    let json = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!(json["findings"], serde_json::json!([]), "{json}");
}

#[test]
fn a_link_to_a_record_that_was_renamed_is_dead_and_the_new_name_is_offered() {
    let folder = Folder::with(&[
        ("0001-desks.md", &record(1, "Desks", "Accepted", "Wood.")),
        ("0002-chairs-for-all.md", &record(2, "Chairs", "Accepted", "Wood.")),
        (
            "0003-lamps.md",
            &record(
                3,
                "Lamps",
                "Accepted",
                "As in [2](0002-chairs.md#decision), and [here](https://x.org/0009-y.md), and [there](../src/0001-x.md).",
            ),
        ),
    ]);
    let found = finding(&folder, "record/dead-link");
    assert_eq!(found["text"], "[2](0002-chairs.md#decision)");
    assert!(
        found["remedy"]
            .as_str()
            .is_some_and(|text| text.contains("0002-chairs-for-all.md")),
        "{found}"
    );
    assert_eq!(rules(&folder, &["."], "0003-lamps.md"), ["record/dead-link"]);
}

#[test]
fn a_number_that_no_record_has_is_reported_where_something_is_said_of_it() {
    let folder = Folder::with(&[
        ("0001-desks.md", &record(1, "Desks", "Superseded by ADR 7", "Wood.")),
        (
            "0002-chairs.md",
            &record(2, "Chairs", "Accepted", "As the ADR 9 of another team has it."),
        ),
        ("0003-lamps.md", &record(3, "Lamps", "Accepted", "Brass.")),
    ]);
    assert_eq!(rules(&folder, &["."], "0001-desks.md"), ["record/unknown-number"]);
    assert_eq!(rules(&folder, &["."], "0002-chairs.md"), Vec::<String>::new());
}

#[test]
fn the_number_in_the_title_is_the_one_in_the_name() {
    let names = ["0001-a.md", "0002-b.md", "0003-c.md", "0004-d.md", "0005-e.md"];
    let texts: Vec<String> = (1..)
        .take(4)
        .chain([4])
        .map(|at| record(at, "Desks", "Accepted", "Wood."))
        .collect();
    let files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let folder = Folder::with(&files);
    let found = finding(&folder, "record/number-disagrees");
    assert_eq!((&found["path"], &found["text"]), (&"0005-e.md".into(), &"4".into()));
    assert_eq!(found["severity"], "info");
}

#[test]
fn who_supersedes_whom_is_told_by_both() {
    let folder = Folder::with(&[
        ("0001-a.md", &record(1, "Paper", "Accepted", "Paper.")),
        (
            "0002-b.md",
            &record(2, "Boxes", "Accepted\n\nSupersedes [1. Paper](0001-a.md)", "Boxes."),
        ),
        ("0003-c.md", &record(3, "Desks", "Superseded", "Wood.")),
        (
            "0004-d.md",
            &record(4, "Chairs", "Superseded by [5. Stools](0005-e.md)", "Wood."),
        ),
        ("0005-e.md", &record(5, "Stools", "Accepted", "Wood.")),
        (
            "0006-f.md",
            &record(6, "Lamps", "Superseded by the new supplier", "Brass."),
        ),
        (
            "0007-g.md",
            &record(
                7,
                "Tubes",
                "Accepted",
                "This record partially supersedes [5. Stools](0005-e.md).",
            ),
        ),
        (
            "0008-h.md",
            &record(8, "Shelves", "Proposed\n\nSupersedes [5. Stools](0005-e.md)", "Steel."),
        ),
        (
            "0009-i.md",
            &record(
                9,
                "Walls",
                "Accepted",
                "This does not supersede [5. Stools](0005-e.md), which [ADR 2](0002-b.md) supersedes.",
            ),
        ),
    ]);
    let expected: [(&str, &[&str]); 9] = [
        ("0001-a.md", &[]),
        ("0002-b.md", &["portfolio/predecessor-in-force"]),
        ("0003-c.md", &["portfolio/superseded-without-successor"]),
        ("0004-d.md", &["portfolio/successor-does-not-say-so"]),
        ("0005-e.md", &[]),
        ("0006-f.md", &[]),
        ("0007-g.md", &[]),
        ("0008-h.md", &[]),
        ("0009-i.md", &[]),
    ];
    for (file, wanted) in expected {
        assert_eq!(rules(&folder, &["."], file), wanted, "{file}");
        // Alone, in its folder, by another path: the same.
        assert_eq!(rules(&folder, &[file], file), wanted, "{file} alone");
    }
    let found = finding(&folder, "portfolio/predecessor-in-force");
    assert_eq!(found["evidence"][0]["path"], "0001-a.md");
    assert_eq!(found["evidence"][0]["text"], "Accepted");
}

#[test]
fn the_front_matter_can_say_who_supersedes_whom() {
    let old = "---\nstatus: superseded\nsuperseded-by: ADR-0002\n---\n# Paper\n\n## Decision\n\nPaper.\n";
    let new = "---\nstatus: accepted\nsupersedes: 1\n---\n# Boxes\n\n## Decision\n\nBoxes.\n";
    let folder = Folder::with(&[("0001-a.md", old), ("0002-b.md", new)]);
    let json = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!(json["findings"], serde_json::json!([]), "{json}");
    folder.write(
        "0001-a.md",
        old.replace("status: superseded\nsuperseded-by: ADR-0002", "status: accepted")
            .as_bytes(),
    );
    assert_eq!(rules(&folder, &["."], "0002-b.md"), ["portfolio/predecessor-in-force"]);
}

#[test]
fn a_decision_does_not_rest_on_one_that_is_gone() {
    let folder = Folder::with(&[
        ("0001-a.md", &record(1, "Paper", "Rejected", "Paper.")),
        (
            "0002-b.md",
            &record(2, "Boxes", "Accepted", "This decision builds on [1. Paper](0001-a.md)."),
        ),
        (
            "0003-c.md",
            &record(
                3,
                "Desks",
                "Accepted",
                "Unlike [1. Paper](0001-a.md), this is about wood.",
            ),
        ),
        (
            "0004-d.md",
            &record(
                4,
                "Chairs",
                "Proposed",
                "This decision builds on [1. Paper](0001-a.md).",
            ),
        ),
        ("0005-e.md", &record(5, "Pens", "Superseded by ADR 6", "Ink.")),
        (
            "0006-f.md",
            &record(
                6,
                "Pencils",
                "Accepted",
                "This decision builds on ADR 5, and supersedes it.",
            ),
        ),
    ]);
    assert_eq!(rules(&folder, &["."], "0002-b.md"), ["portfolio/stale-premise"]);
    for file in ["0003-c.md", "0004-d.md", "0006-f.md"] {
        assert_eq!(rules(&folder, &["."], file), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn two_stores_for_one_kind_of_data_are_a_conflict() {
    let folder = Folder::with(&[
        (
            "0001-a.md",
            &record(1, "Orders", "Accepted", "We will use PostgreSQL for customer orders."),
        ),
        (
            "0002-b.md",
            &record(
                2,
                "Orders again",
                "Accepted",
                "We will use MariaDB for customer orders.",
            ),
        ),
        (
            "0003-c.md",
            &record(3, "Caching", "Accepted", "We will use Redis for customer orders."),
        ),
        (
            "0004-d.md",
            &record(4, "Invoices", "Accepted", "We will use MySQL for invoices."),
        ),
        (
            "0005-e.md",
            &record(5, "Once more", "Rejected", "We will use MySQL for customer orders."),
        ),
        (
            "other/0001-a.md",
            &record(1, "Orders", "Accepted", "We will use MySQL for customer orders."),
        ),
    ]);
    for (file, loud) in [
        ("0001-a.md", true),
        ("0002-b.md", true),
        ("0003-c.md", false),
        ("0004-d.md", false),
        ("0005-e.md", false),
        ("other/0001-a.md", false),
    ] {
        let found = rules(&folder, &["."], file).contains(&"portfolio/conflicting-choice".to_owned());
        assert_eq!(found, loud, "{file}");
    }
    let found = finding(&folder, "portfolio/conflicting-choice");
    assert_eq!(
        (&found["text"], &found["engine"]),
        (&"PostgreSQL".into(), &"postgresql".into())
    );
    assert_eq!(found["evidence"][0]["text"], "MariaDB");
}

#[test]
fn an_engine_that_is_forbidden_is_not_chosen() {
    let folder = Folder::with(&[
        (
            "0001-a.md",
            &record(1, "No new kinds of stores", "Accepted", "We will not use MongoDB."),
        ),
        (
            "0002-b.md",
            &record(2, "Carts", "Proposed", "We will use MongoDB for carts."),
        ),
        (
            "0003-c.md",
            &record(3, "Sessions", "Accepted", "We will not use Redis for invoices."),
        ),
        (
            "0004-d.md",
            &record(4, "Caches", "Accepted", "We will use Redis for caches."),
        ),
        (
            "0005-e.md",
            &record(
                5,
                "Lists",
                "Accepted",
                "Against [1](0001-a.md), we will use MongoDB for lists.",
            ),
        ),
    ]);
    let has = |file: &str| rules(&folder, &["."], file).contains(&"portfolio/forbidden-engine".to_owned());
    assert!(has("0002-b.md"));
    assert!(!has("0004-d.md") && !has("0005-e.md"));
    assert_eq!(
        finding(&folder, "portfolio/forbidden-engine")["evidence"][0]["text"],
        "MongoDB"
    );
}

#[test]
fn statuses_are_known_and_one() {
    let folder = Folder::with(&[
        ("0001-a.md", &record(1, "Desks", "Aceppted", "Wood.")),
        ("0002-b.md", &record(2, "Chairs", "Shipping", "Wood.")),
        ("0003-c.md", &record(3, "Lamps", "Shipping", "Brass.")),
        (
            "0004-d.md",
            "---\nstatus: draft\n---\n# Walls\n\n## Status\n\nAccepted\n\n## Decision\n\nBrick.\n",
        ),
    ]);
    let found = finding(&folder, "record/unknown-status");
    assert_eq!(found["text"], "Aceppted");
    assert!(
        found["remedy"].as_str().is_some_and(|text| text.contains("accepted?")),
        "{found}"
    );
    // A word that several records have is the team's own.
    assert_eq!(rules(&folder, &["."], "0002-b.md"), Vec::<String>::new());
    let found = finding(&folder, "record/status-disagrees");
    assert_eq!(
        (&found["text"], &found["evidence"][0]["text"]),
        (&"Accepted".into(), &"draft".into())
    );
}

const MADR: &str = "# Use MongoDB for carts\n\n## Context and Problem Statement\n\nWhere do carts live?\n\n## Considered Options\n\n* Paper lists\n* Card index\n\n## Decision Outcome\n\nChosen option: \"Card index\", because it sorts.\n";

#[test]
fn what_is_chosen_was_considered() {
    let folder = Folder::with(&[
        ("0001-a.md", MADR),
        ("0002-b.md", &MADR.replace("\"Card index\"", "\"Stone tablets\"")),
        ("0003-c.md", &MADR.replace("\"Card index\"", "\"{title of option}\"")),
        ("0004-d.md", &MADR.replace("\"Card index\"", "\"Indexes of cards\"")),
    ]);
    let has = |file: &str| rules(&folder, &["."], file).contains(&"record/option-not-considered".to_owned());
    assert!(has("0002-b.md"));
    assert!(!has("0001-a.md") && !has("0003-c.md") && !has("0004-d.md"));
    assert_eq!(
        finding(&folder, "record/option-not-considered")["text"],
        "Stone tablets"
    );
}

#[test]
fn the_title_says_what_is_decided() {
    let record = |title: &str| {
        format!(
            "# {title}\n\nStatus: proposed\n\n## Context\n\nCarts.\n\n## Considered options\n\n- MongoDB\n- PostgreSQL\n\n## Decision\n\nWe will use PostgreSQL.\n"
        )
    };
    let folder = Folder::with(&[
        ("0001-a.md", &record("Use MongoDB for carts")),
        ("0002-b.md", &record("Use PostgreSQL for carts")),
        ("0003-c.md", &record("Carts and MongoDB")),
        ("0004-d.md", &record("Replace MongoDB with PostgreSQL")),
    ]);
    let has = |file: &str| rules(&folder, &["."], file).contains(&"record/title-disagrees".to_owned());
    assert!(has("0001-a.md"));
    assert!(!has("0002-b.md") && !has("0003-c.md") && !has("0004-d.md"));
}

#[test]
fn every_format_names_the_other_record_and_a_reason_silences() {
    let old = record(1, "Paper", "Accepted", "Paper.");
    let new = record(2, "Boxes", "Accepted\n\nSupersedes [1. Paper](0001-a.md)", "Boxes.");
    let folder = Folder::with(&[("0001-a.md", &old), ("0002-b.md", &new)]);
    for format in ["text", "json", "sarif", "github", "junit"] {
        let ran = folder.run(&["check", ".", "--format", format]);
        assert_eq!(ran.status, 1, "{format}: {}", ran.out);
        assert!(ran.out.contains("0001-a.md"), "{format}: {}", ran.out);
    }
    let sarif = folder.run(&["check", ".", "--format", "sarif"]).json();
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(
        related["physicalLocation"]["artifactLocation"]["uri"], "0001-a.md",
        "{sarif}"
    );
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 5);

    let ignored = format!("{new}\n<!-- adr-lens-ignore portfolio/*: both hold until the move is done -->\n");
    folder.write("0002-b.md", ignored.as_bytes());
    assert_eq!(folder.run(&["check", "."]).status, 0);
}
