//! Formats for machines.

use super::support::{CONTRADICTION, Folder};

fn folder() -> Folder {
    Folder::with(&[
        ("docs/adr/0001 orders, ä.md", CONTRADICTION),
        ("docs/adr/notes.bin", "\u{1}"),
    ])
}

#[test]
fn sarif_is_valid_and_points_at_the_need() {
    let ran = folder().run(&["check", "docs/adr", "--format", "sarif"]);
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&ran.out).expect("a SARIF log");
    let run = log.runs.first().expect("a run");
    let results = run.results.as_ref().expect("results");
    let result = results
        .iter()
        .find(|result| result.rule_id.as_deref() == Some("choice/joins-on-key-value"))
        .expect("a result");
    assert!(
        result
            .partial_fingerprints
            .as_ref()
            .is_some_and(|prints| prints.contains_key("adrLens/v1"))
    );
    let related = result
        .related_locations
        .as_ref()
        .and_then(|list| list.first())
        .expect("a related location");
    let region = related
        .physical_location
        .as_ref()
        .and_then(|place| place.region.as_ref())
        .expect("a region");
    assert_eq!(region.start_line, Some(9));
    let uri = result.locations.as_ref().and_then(|list| {
        list.first()?
            .physical_location
            .as_ref()?
            .artifact_location
            .as_ref()?
            .uri
            .clone()
    });
    assert_eq!(uri.as_deref(), Some("docs/adr/0001%20orders%2C%20%C3%A4.md"));
    let rules = run.tool.driver.rules.as_ref().expect("rules");
    for result in results {
        let index = usize::try_from(result.rule_index.expect("an index")).expect("an index");
        assert_eq!(rules.get(index).map(|rule| &rule.id), result.rule_id.as_ref());
    }
}

#[test]
fn github_commands_are_escaped() {
    let ran = folder().run(&["check", "docs/adr", "--format", "github"]);
    let line = ran
        .out
        .lines()
        .find(|line| line.contains("joins-on-key-value"))
        .expect("a command");
    assert!(
        line.starts_with("::warning file=docs/adr/0001 orders%2C ä.md,line=13,"),
        "{line}"
    );
}

#[test]
fn junit_has_a_case_for_each_file() {
    let ran = folder().run(&["check", "docs/adr", "--format", "junit"]);
    let report = quick_junit::Report::deserialize_from_str(&ran.out).expect("a JUnit report");
    assert_eq!((report.tests, report.failures), (2, 1));
}
