//! `adr-lens lens …` and `init`.

use super::support::{CONTRADICTION, Folder};

const TEAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/team-lens");

#[test]
fn the_team_s_lens_is_sound_and_passes_its_own_cases() {
    let folder = Folder::with(&[]);
    let ran = folder.run(&["lens", "check", TEAM]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    let ran = folder.run(&["lens", "test", TEAM]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("8 as they say, 0 not"), "{}", ran.out);
}

#[test]
fn a_case_that_is_not_as_it_says_is_told_with_its_place() {
    let folder = Folder::with(&[(
        "adr-lens.toml",
        "\
[[test]]
name = \"joins\"
record = \"# Store\\n\\n## Decision\\n\\nWe will use Amazon DynamoDB.\\n\"
finds = [\"choice/joins-on-key-value\"]
",
    )]);
    let ran = folder.run(&["lens", "test"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.out
            .contains("adr-lens.toml:1: joins\n  does not find choice/joins-on-key-value\n"),
        "{}",
        ran.out
    );
}

#[test]
fn show_says_what_is_in_force_and_from_where() {
    let folder = Folder::with(&[
        (
            "adr-lens.toml",
            "\
[rules]
\"choice/joins-on-key-value\" = \"info\"

[engines]
forbidden = { oracle = \"no licences\" }

[[overrides]]
paths = [\"legacy/**\"]
rules = { \"choice/joins-*\" = \"off\" }
",
        ),
        ("docs/1.md", CONTRADICTION),
        ("legacy/1.md", CONTRADICTION),
    ]);
    let json = folder.run(&["lens", "show", "docs/1.md", "--format", "json"]).json();
    assert_eq!(json["file"], "adr-lens.toml");
    let rule = &json["rules"][0];
    assert_eq!(
        (&rule["rule"], &rule["severity"], &rule["own"], &rule["from"]),
        (
            &"choice/joins-on-key-value".into(),
            &"info".into(),
            &"error".into(),
            &"adr-lens.toml:2".into()
        )
    );
    let engine = json["engines"]
        .as_array()
        .expect("engines")
        .iter()
        .find(|one| one["engine"] == "oracle");
    assert_eq!(engine.expect("oracle")["from"], "adr-lens.toml:5");
    let text = folder.run(&["lens", "show", "legacy/1.md"]).out;
    assert!(
        text.contains("off") && text.contains("adr-lens.toml:9 sets `choice/joins-*`"),
        "{text}"
    );
    let text = Folder::with(&[]).run(&["lens", "show"]).out;
    assert!(text.contains("lens file: none"), "{text}");
}

#[test]
fn init_writes_a_sound_file_once() {
    let folder = Folder::with(&[]);
    let ran = folder.run(&["init"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let path = folder.path().join("adr-lens.toml");
    let text = std::fs::read_to_string(&path).expect("the file");
    assert_eq!(folder.run(&["lens", "check"]).status, 0);
    let ran = folder.run(&["init"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), text, "left as it is");

    // What it shows as an example works when the mark before it is taken away.
    let live: String = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .filter(|line| !line.starts_with("baseline"))
        .collect();
    folder.write("adr-lens.toml", live.as_bytes());
    let ran = folder.run(&["lens", "test"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}\n{live}", ran.out);
    assert!(ran.out.contains("1 as they say"), "{}", ran.out);
}

#[test]
fn the_schema_that_is_checked_in_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/adr-lens.schema.json");
    let held = std::fs::read_to_string(path).expect("the schema");
    let made = Folder::with(&[]).run(&["lens", "schema"]).out;
    assert!(
        held == made,
        "write it anew: adr-lens lens schema > schemas/adr-lens.schema.json"
    );
}
