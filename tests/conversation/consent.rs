//! The terminal writes a record only after a yes, and only what was proposed.

use assert_cmd::Command;

fn chat(path: &std::path::Path, questions: &str) -> String {
    let mut command = Command::cargo_bin("adr-lens").expect("the program");
    let output = command
        .args(["chat", "--as-of", crate::support::AS_OF])
        .arg(path)
        .write_stdin(questions.to_owned())
        .output()
        .expect("a run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn copied(record: &str) -> (tempfile::TempDir, std::path::PathBuf, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(record);
    let text = std::fs::read_to_string(crate::support::path(record)).expect("a record");
    std::fs::write(&path, &text).expect("a copy");
    (folder, path, text)
}

#[test]
fn an_answer_is_written_down_after_a_yes() {
    let (_folder, path, before) = copied("0001-order-store.md");
    let out = chat(&path, "what is missing?\nwe must hold 200 GB\nyes\n");
    let after = std::fs::read_to_string(&path).expect("the record");
    assert!(out.contains("Written to"), "{out}");
    assert_ne!(before, after);
    let added: Vec<&str> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    assert_eq!(added, ["* We must hold 200 GB"]);
}

#[test]
fn nothing_is_written_without_one() {
    let (_folder, path, before) = copied("0001-order-store.md");
    let out = chat(
        &path,
        "what is missing?\nwe must hold 200 GB\nno\nwhat should I write?\nwhy?\n",
    );
    assert!(out.contains("Left as it is."), "{out}");
    assert_eq!(std::fs::read_to_string(&path).expect("the record"), before);
}

#[test]
fn bytes_that_are_no_utf8_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("0001-caf.md");
    let text = b"# Caf\xe9 orders\n\n## Context\n\nThe caf\xe9 needs a database.\n\n## Decision Drivers\n\n* cheap\n\n## Decision\n\nWe will use DynamoDB.\n";
    std::fs::write(&path, text).expect("a record");
    chat(&path, "what should I write about transactions?\nyes\n");
    let after = std::fs::read(&path).expect("the record");
    assert!(after.starts_with(b"# Caf\xe9 orders"));
    assert!(after.len() > text.len(), "{}", String::from_utf8_lossy(&after));
}
