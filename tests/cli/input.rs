//! Bad input: a clear message, nothing lost, nothing hung.

use super::support::{CONTRADICTION, Folder};

#[test]
fn a_folder_that_is_not_there_fails_with_its_name() {
    let ran = Folder::with(&[]).run(&["check", "docs/nowhere"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err.trim(), "adr-lens: docs/nowhere: no such file or folder");
    assert!(ran.out.is_empty());
}

#[test]
fn without_a_path_and_without_a_usual_place_it_says_where_it_looked() {
    let ran = Folder::with(&[("README.md", "# Nothing here")]).run(&["check"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("docs/adr") && ran.err.contains(".adr-dir"),
        "{}",
        ran.err
    );
}

#[test]
fn adr_dir_names_the_place() {
    let folder = Folder::with(&[(".adr-dir", "records\n"), ("records/0001-orders.md", CONTRADICTION)]);
    assert_eq!(folder.run(&["check"]).status, 1);
}

#[test]
fn gitignore_is_honoured() {
    let folder = Folder::with(&[("adr/.gitignore", "draft-*\n"), ("adr/draft-1.md", CONTRADICTION)]);
    assert_eq!(
        folder.run(&["check", "adr", "--format", "json"]).json()["summary"]["records"],
        0
    );
}

#[test]
fn every_file_is_accounted_for_and_bad_ones_do_not_stop_the_rest() {
    let folder = Folder::with(&[
        ("adr/0001-orders.md", CONTRADICTION),
        ("adr/empty.md", ""),
        ("adr/picture.png", "x"),
        ("adr/adr-template.md", "# T"),
    ]);
    folder.write("adr/binary.md", b"# A\0B");
    folder.write("adr/utf16.md", &[0xFF, 0xFE, b'#', 0]);
    folder.write(
        "adr/latin1.md",
        &CONTRADICTION
            .replace("learns", "caf\u{e9}")
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>(),
    );
    let ran = folder.run(&["check", "adr", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let json = ran.json();
    let paths = |list: &str| -> Vec<String> {
        json[list]
            .as_array()
            .expect(list)
            .iter()
            .map(|file| file["path"].as_str().expect("a path").to_owned())
            .collect()
    };
    assert_eq!(json["summary"]["records"], 3);
    assert_eq!(paths("passed_over"), ["adr/adr-template.md", "adr/picture.png"]);
    assert_eq!(paths("unreadable"), ["adr/binary.md", "adr/utf16.md"]);
    assert_eq!(paths("notes"), ["adr/latin1.md"]);
    let found = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["signal"] == "joins")
        .count();
    assert_eq!(found, 2, "the record with a stray byte is read as well");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_back_are_reported() {
    let folder = Folder::with(&[("adr/0001-orders.md", CONTRADICTION)]);
    std::os::unix::fs::symlink("nowhere.md", folder.path().join("adr/broken.md")).expect("a link");
    std::os::unix::fs::symlink(".", folder.path().join("adr/loop")).expect("a link");
    let ran = folder.run(&["check", "adr", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let json = ran.json();
    assert_eq!(json["summary"]["records"], 1, "{json}");
    assert_eq!(
        json["unreadable"].as_array().map(Vec::len),
        Some(2),
        "{}",
        json["unreadable"]
    );
}

#[test]
fn a_line_of_ten_megabytes_is_read_and_not_printed() {
    let filler = "orders and customers are joined in reports, which need joins across tables; ".repeat(10 << 20 >> 6);
    let record = CONTRADICTION.replace("## Decision", &format!("{filler}\n\n## Decision"));
    let folder = Folder::with(&[("0001-orders.md", &record)]);
    let ran = folder.run(&["check", "0001-orders.md"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.len() < 100_000, "{} bytes printed", ran.out.len());
}

#[test]
fn a_paragraph_of_nothing_but_references_is_read_to_its_end() {
    let filler = "This supersedes ADR 3 and [another](0004-x.md), and is superseded by no ADR 5. ".repeat(4_000);
    let record = CONTRADICTION.replace("## Decision", &format!("{filler}\n\n## Decision"));
    let folder = Folder::with(&[("0001-orders.md", &record)]);
    let ran = folder.run(&["check", "0001-orders.md"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
}

#[test]
fn a_broken_lens_is_told_with_its_line() {
    let folder = Folder::with(&[
        ("lens/families/f.toml", "id = \"f\"\nnane = \"x\"\n"),
        ("0001-orders.md", CONTRADICTION),
    ]);
    let ran = folder.run(&["--lens", "lens", "check", "."]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("families/f.toml:2") && ran.err.contains("nane"),
        "{}",
        ran.err
    );
}

#[test]
fn what_a_template_asks_to_be_filled_in_states_nothing() {
    let record = "# 7. Orders\n\n## Context\n\n{Say how fast: reads must stay below 10 ms at p99. Are joins needed?}\n\n\
        ## Considered Options\n\n* {a managed store such as DynamoDB}\n\n## Decision\n\n\
        We will use PostgreSQL, because {it meets the need for joins}. Tables are named `orders_{tenant id}`.\n";
    let folder = Folder::with(&[("0007.md", record)]);
    let read = folder.run(&["read", "0007.md", "--format", "json"]).json();
    let read = &read["records"][0];
    assert_eq!(read["requirements"], serde_json::json!([]));
    assert_eq!(read["quantities"], serde_json::json!([]));
    let choices = read["choices"].as_array().expect("choices");
    assert_eq!(choices.len(), 1, "{choices:?}");
    assert_eq!(choices[0]["engine"], "postgresql");
}
