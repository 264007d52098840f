//! The framework, block by block and service by service: a record that contradicts it, one that fits, one that accepts the cost.
//!
//! Each record in `tests/framework` says in a comment what is expected of it.

use std::path::Path;

use adr_lens::lens::{Engine, Lens, Severity, builtin};
use adr_lens::reading::Reading;
use adr_lens::review::{Finding, recommend, review};
use adr_lens::syntax::Language;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/framework");
const BLOCKS_AND_SERVICES: usize = 6 + 12;

fn findings(text: &str, lens: &Lens) -> Vec<Finding> {
    let today = jiff::civil::date(2026, 11, 22);
    review(text, &Reading::of(text, Language::Markdown, lens), lens, today)
}

fn expected(text: &str) -> Vec<String> {
    let comment = text
        .split_once("<!-- expected: ")
        .and_then(|(_, rest)| rest.split_once(" -->"))
        .expect("an expectation")
        .0;
    comment.split(' ').map(str::to_owned).collect()
}

/// What is wrong with the findings of one record; nothing when they are as expected.
fn judge(text: &str, lens: &Lens) -> Option<String> {
    let found = findings(text, lens);
    let is_about = |finding: &Finding, signal: &str, engine: &str| {
        let same_signal = signal == "-" || finding.signal.is_some_and(|id| lens.signal(id).id == signal);
        same_signal && finding.engine.is_some_and(|id| lens.engine(id).id == engine)
    };
    let expected = expected(text);
    let words: Vec<&str> = expected.iter().map(String::as_str).collect();
    let right = match words.as_slice() {
        ["nothing"] => !found.iter().any(Finding::is_loud),
        ["choice", signal, engine] => found
            .iter()
            .any(|finding| finding.is_loud() && is_about(finding, signal, engine)),
        ["accepted", signal, engine] => found.iter().any(|finding| {
            finding.severity == Severity::Info && finding.acknowledged.is_some() && is_about(finding, signal, engine)
        }),
        ["quiet", rule, engine] => {
            found
                .iter()
                .any(|finding| finding.rule == *rule && is_about(finding, "-", engine))
                && !found.iter().any(Finding::is_loud)
        }
        [rule, signal, engine] => found
            .iter()
            .any(|finding| finding.rule == *rule && finding.is_loud() && is_about(finding, signal, engine)),
        _ => panic!("no such expectation: {words:?}"),
    };
    let told = found
        .iter()
        .map(|finding| format!("  {:?} {}: {}", finding.severity, finding.rule, finding.message));
    (!right).then(|| {
        format!(
            "expected {}, found\n{}",
            words.join(" "),
            told.collect::<Vec<_>>().join("\n")
        )
    })
}

#[test]
fn each_block_and_each_service_speaks_when_it_must_and_only_then() {
    let lens = builtin().expect("a lens without problems");
    let mut wrong = Vec::new();
    let mut folders = 0;
    for folder in std::fs::read_dir(FOLDER).expect("the folder") {
        let folder = folder.expect("an entry").path();
        folders += 1;
        for kind in ["contradicts", "fits", "accepts"] {
            let path = folder.join(kind).with_extension("md");
            let text = std::fs::read_to_string(&path).expect("a record");
            if let Some(message) = judge(&text, lens) {
                wrong.push(format!(
                    "{}: {message}",
                    path.strip_prefix(Path::new(FOLDER)).expect("inside").display()
                ));
            }
        }
    }
    assert_eq!(folders, BLOCKS_AND_SERVICES);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The loud findings on a record that has this context and decides so.
fn loud(title: &str, context: &str, decision: &str) -> Vec<String> {
    let lens = builtin().expect("a lens without problems");
    let text = format!("# {title}\n\n## Status\n\nProposed\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n");
    let found = findings(&text, lens);
    let loud = found.iter().filter(|finding| finding.is_loud());
    loud.map(|finding| finding.rule.clone()).collect()
}

/// The first engine for a text of those that are let in.
fn first_of(text: &str, admits: impl Fn(&Engine) -> bool) -> String {
    let lens = builtin().expect("a lens without problems");
    let reading = Reading::of(text, Language::Markdown, lens);
    let ranking = recommend(&reading, lens, admits).ranking;
    let best = ranking.first().expect("an engine");
    lens.engine(best.engine).id.clone()
}

/// The first engine of one vendor.
fn first(text: &str) -> String {
    first_of(text, |engine| engine.vendor == "amazon")
}

#[test]
fn a_failover_faster_than_the_service_can_do_is_out_of_its_reach() {
    let context = "Orders are rows in MySQL. Failover has to complete in less than 20 seconds.";
    assert_eq!(
        loud("Orders", context, "We will use Amazon RDS for MySQL."),
        ["choice/recovery-time-on-amazon-rds"]
    );
    assert!(loud("Orders", context, "We will use Amazon Aurora MySQL.").is_empty());
}

#[test]
fn a_volume_within_the_limit_of_an_engine_is_no_reason_against_it() {
    let context = "The archive of invoices must hold 90 TB. Invoices are joined with customers.";
    assert!(loud("Invoices", context, "We will use Amazon Aurora PostgreSQL.").is_empty());
    assert!(!loud("Invoices", context, "We will use Amazon RDS for PostgreSQL.").is_empty());
}

#[test]
fn what_must_not_be_touched_is_about_the_engine_spoken_of() {
    let context = "The tracking service runs on Cassandra. Query code and driver must not be touched.";
    assert_eq!(
        loud("Tracking", context, "We will use Amazon DocumentDB."),
        ["choice/incompatible-engine"]
    );
    assert!(loud("Tracking", context, "We will use Amazon Keyspaces.").is_empty());
    let several = "Data comes from Cassandra and from MongoDB. Query code and driver must not be touched.";
    assert!(loud("Tracking", several, "We will use Amazon DocumentDB.").is_empty());
}

#[test]
fn the_title_of_a_record_is_no_section() {
    let context = "Rows are joined across tables.";
    assert_eq!(
        loud("Vehicle positions", context, "We will use Amazon DynamoDB."),
        ["choice/joins-on-key-value"]
    );
}

#[test]
fn a_recommendation_asks_for_the_kind_of_store_first() {
    assert_eq!(
        first("Replies may take a few seconds. Point-in-time recovery is required. Rows are joined across tables."),
        "amazon-rds-postgresql"
    );
    assert_eq!(
        first("MySQL compatibility is a given. We must be able to rewind the database in place after a mistake."),
        "amazon-aurora-mysql"
    );
    assert_eq!(
        first("Rows are joined across tables. Failover has to complete in less than 20 seconds."),
        "amazon-aurora-postgresql"
    );
}

#[test]
fn what_a_need_brings_with_it_sets_no_engine_apart() {
    let text = "Orders are looked up by their id. The desk needs joins between orders, customers and refunds.";
    assert_eq!(first_of(text, |_| true), "amazon-rds-postgresql");
}

#[test]
fn what_is_said_not_to_be_there_draws_nothing_to_its_like() {
    assert_eq!(
        first("Save games are always fetched by player id, never otherwise. No joins, no Mongo code to carry over."),
        "amazon-dynamodb"
    );
}

#[test]
fn code_in_a_dialect_asks_for_the_engine_that_runs_it() {
    assert_eq!(
        first("Claims settlement consists of 2,300 PL/SQL packages. Backups are needed."),
        "amazon-rds-oracle"
    );
}

const COVERAGE: &str = include_str!("../docs/framework.md");

/// The rows of the coverage page: a statement, what stands for it, its test.
fn rows() -> Vec<[&'static str; 3]> {
    COVERAGE
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| statement"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("not three cells: {line}"))
        })
        .collect()
}

fn is_known(name: &str, lens: &Lens) -> bool {
    let contradiction = || {
        let (signal, owner) = name.strip_prefix("choice/")?.split_once("-on-")?;
        let signal = lens.signal_by_id(signal)?;
        let says = |engine: &adr_lens::lens::Engine| {
            engine
                .contradicts
                .get(&signal)
                .is_some_and(|statement| statement.owner == owner)
        };
        lens.engines.iter().any(says).then_some(())
    };
    lens.rule(name).is_some()
        || lens.signal_by_id(name).is_some()
        || lens.engine_by_id(name).is_some()
        || contradiction().is_some()
}

#[test]
fn the_coverage_page_names_what_exists() {
    let lens = builtin().expect("a lens without problems");
    let rows = rows();
    for [statement, stands, test] in &rows {
        let name = stands.trim_matches('`');
        assert!(
            !statement.is_empty() && is_known(name, lens),
            "{statement}: nothing is called {name}"
        );
        let path = test.trim_matches('`');
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        assert!(!path.is_empty() && file.is_file(), "{statement}: no test {path}");
    }
    for rule in lens.rules.iter().filter(|rule| rule.design.is_some()) {
        let named = rows.iter().any(|[_, stands, _]| stands.trim_matches('`') == rule.id);
        assert!(named, "{} is not on the coverage page", rule.id);
    }
    for module in 27..=34 {
        assert!(
            COVERAGE.contains(&format!("## Module {module}")),
            "module {module} has no rows"
        );
    }
    let services = [
        "RDS",
        "Aurora",
        "DynamoDB",
        "ElastiCache",
        "MemoryDB",
        "Redshift",
        "Athena",
        "DocumentDB",
        "Neptune",
        "Keyspaces",
        "QLDB",
        "Timestream",
    ];
    for service in services {
        let named = rows
            .iter()
            .any(|[statement, _, _]| statement.contains(&format!("Amazon {service}")));
        assert!(named, "Amazon {service} has no row");
    }
}
