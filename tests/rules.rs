//! Every rule of the built-in lens speaks where its own examples say so, and keeps quiet where they come close; every statement of a
//! family or an engine can be reached by a record.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use adr_lens::lens::{EngineId, Lens, SignalId, builtin};
use adr_lens::review::{Finding, review_text};
use adr_lens::syntax::Language;

fn lens() -> &'static Lens {
    builtin().expect("a lens without problems")
}

fn findings(record: &str, lens: &Lens) -> Vec<Finding> {
    review_text(record, Language::Markdown, lens, jiff::civil::date(2026, 11, 22))
}

#[test]
fn every_rule_speaks_in_its_examples_and_is_quiet_beside_them() {
    let lens = lens();
    let mut wrong = Vec::new();
    for rule in &lens.rules {
        // Folders of records are tried by the program: `tests/cli/lens_pages.rs`.
        let of_one_record = rule.examples.iter().filter(|example| example.files.is_empty());
        for (number, example) in of_one_record.enumerate() {
            let found = findings(&example.record(), lens);
            if found.iter().any(|finding| finding.rule == rule.id) != example.finds {
                let expected = if example.finds { "finds nothing" } else { "speaks" };
                wrong.push(format!(
                    "{} {expected} in its example {}: {}",
                    rule.id,
                    number + 1,
                    example.decision
                ));
            }
        }
        let has = |finds: bool| rule.examples.iter().any(|example| example.finds == finds);
        if !(has(true) && has(false)) {
            wrong.push(format!(
                "{} needs an example that it finds and one that it does not",
                rule.id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What an example says is not only quiet for its own rule: a record that is right gets no loud design finding at all.
#[test]
fn a_near_miss_of_one_design_rule_is_no_finding_of_another() {
    let lens = lens();
    let mut wrong = Vec::new();
    for rule in lens.rules.iter().filter(|rule| rule.design.is_some()) {
        for example in rule.examples.iter().filter(|example| !example.finds) {
            let loud: Vec<String> = findings(&example.record(), lens)
                .into_iter()
                .filter(|finding| finding.is_loud() && finding.rule.starts_with("design/"))
                .map(|finding| finding.rule)
                .collect();
            if !loud.is_empty() {
                wrong.push(format!("{}: {} in “{}”", rule.id, loud.join(", "), example.decision));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_statement_names_a_source_with_a_date() {
    let lens = lens();
    let mut cited: Vec<(&str, &str)> = Vec::new();
    for rule in &lens.rules {
        cited.push((&rule.id, &rule.source));
    }
    for engine in &lens.engines {
        cited.push((&engine.id, &engine.source));
        cited.extend(
            engine
                .contradicts
                .values()
                .map(|said| (engine.id.as_str(), said.source.as_str())),
        );
        cited.extend(
            engine
                .limits
                .iter()
                .map(|limit| (engine.id.as_str(), limit.source.as_str())),
        );
        cited.extend(
            engine
                .lifecycle
                .iter()
                .map(|event| (engine.id.as_str(), event.source.as_str())),
        );
    }
    for (owner, source) in cited {
        let found = lens
            .sources
            .get(source)
            .unwrap_or_else(|| panic!("{owner}: no source {source}"));
        assert!(
            found.as_of.date.is_some() && !found.title.is_empty(),
            "{owner}: {source}"
        );
    }
}

#[test]
fn rules_have_one_id_each_and_say_what_to_do() {
    let mut seen = BTreeSet::new();
    for rule in &lens().rules {
        assert!(seen.insert(&rule.id), "{} stands twice", rule.id);
        for text in [&rule.title, &rule.says, &rule.why, &rule.remedy] {
            assert!(!text.trim().is_empty(), "{} leaves something out", rule.id);
        }
        let category = rule.id.split('/').next().unwrap_or_default();
        assert_eq!(category == "design", rule.design.is_some(), "{}", rule.id);
    }
}

/// A name that one engine is written by may not be what another is expressly not: it would stand for neither.
#[test]
fn every_rule_has_a_question_of_the_checklist() {
    let lens = lens();
    let items = lens.checklist.iter().flat_map(|group| &group.items);
    let patterns: Vec<&String> = items.flat_map(|item| &item.failed_by).collect();
    for rule in &lens.rules {
        let asked = patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(stem) => rule.id.starts_with(stem),
            None => **pattern == rule.id,
        });
        assert!(asked, "no question of the checklist is about {}", rule.id);
    }
}

#[test]
fn every_name_stands_for_its_engine() {
    let lens = lens();
    let mut lost = Vec::new();
    for (words, _) in lens.names.written() {
        let name = words.join(" ");
        let record = format!("# Store\n\n## Decision\n\nWe will use the {name} database.\n");
        let reading = adr_lens::reading::Reading::of(&record, Language::Markdown, lens);
        if reading.record.mentions.is_empty() {
            lost.push(name);
        }
    }
    assert!(lost.is_empty(), "no engine is read in: {}", lost.join(", "));
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Examples {
    required: Vec<String>,
}

/// Sentences that state a signal, from its examples.
fn statements(signal: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("lenses/examples/{signal}.toml"));
    let text = std::fs::read_to_string(path).expect("the examples of a signal");
    let examples: Examples = toml::from_str(&text).expect("examples");
    let plain = |text: &String| text.split(" | also:").next().unwrap_or_default().trim().to_owned();
    examples.required.iter().map(plain).collect()
}

/// Each "cannot meet that need" of the lens, with the first engine it holds for: some sentence that states the need must bring it up,
/// and without the need it must not be said. A need of compatibility is about the engine that is asked for:
/// `choice/incompatible-engine` reports it.
#[test]
fn every_contradiction_can_be_reached() {
    let lens = lens();
    let mut owners: BTreeMap<(&str, SignalId), EngineId> = BTreeMap::new();
    for id in lens.engine_ids() {
        let contradicts = &lens.engine(id).contradicts;
        for (&signal, statement) in contradicts
            .iter()
            .filter(|(signal, _)| lens.signal(**signal).of.is_empty())
        {
            owners.entry((&statement.owner, signal)).or_insert(id);
        }
    }
    let mut sentences: HashMap<SignalId, Vec<String>> = HashMap::new();
    let mut unreached = Vec::new();
    for ((owner, signal), engine) in owners {
        let name = &lens.engine(engine).name;
        let id = &lens.signal(signal).id;
        let rule = format!("choice/{id}-on-{owner}");
        let speaks = |context: &str| {
            let record = format!("# Store\n\n## Context\n\n{context}\n\n## Decision\n\nWe will use {name}.\n");
            findings(&record, lens).iter().any(|finding| finding.rule == rule)
        };
        let sentences = sentences.entry(signal).or_insert_with(|| statements(id));
        if !sentences.iter().any(|sentence| speaks(sentence)) {
            unreached.push(format!("{rule} ({name})"));
        }
        assert!(
            !speaks("Orders are placed in the shop."),
            "{rule} speaks without a need"
        );
    }
    assert!(unreached.is_empty(), "no example brings up:\n{}", unreached.join("\n"));
}

fn lifecycle(status: &str, date: &str, store: &str, as_of: jiff::civil::Date) -> Vec<Finding> {
    let record = format!(
        "---\nstatus: {status}\ndate: {date}\n---\n\n# Store for readings\n\n## Decision\n\nWe will use {store}.\n"
    );
    review_text(&record, Language::Markdown, lens(), as_of)
        .into_iter()
        .filter(|finding| finding.rule.starts_with("lifecycle/"))
        .collect()
}

#[test]
fn a_record_that_chose_well_in_its_day_is_told_what_changed_since() {
    let today = jiff::civil::date(2026, 11, 22);
    let old = lifecycle("accepted", "2022-03-01", "Amazon Timestream", today);
    assert_eq!(old.len(), 1);
    assert_eq!(old[0].rule, "lifecycle/closed-to-new-customers");
    assert!(
        !old[0].is_loud() && old[0].because.contains("written before"),
        "{}",
        old[0].because
    );
    assert!(old[0].because.contains("2025-06-20") && !old[0].alternatives.is_empty());
    let late = lifecycle("accepted", "2026-01-15", "Amazon Timestream", today);
    assert!(late[0].is_loud() && !late[0].because.contains("written before"));
    let open = lifecycle("proposed", "2026-01-15", "Amazon Timestream", today);
    assert!(open[0].severity > late[0].severity);
}

#[test]
fn an_event_is_ahead_then_past() {
    let rules = |year, month| -> Vec<String> {
        let as_of = jiff::civil::date(year, month, 1);
        let found = lifecycle("proposed", "2024-01-01", "Amazon RDS for MariaDB 10.6", as_of);
        found.into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(2025, 6), [""; 0]);
    assert_eq!(rules(2026, 6), ["lifecycle/ending-soon"]);
    assert_eq!(rules(2027, 1), ["lifecycle/out-of-standard-support"]);
}

/// The same words, taken, denied, set aside, supposed and past.
#[test]
fn only_a_design_that_is_taken_is_reported() {
    let speaks = |decision: &str| {
        let record =
            format!("# Events\n\n## Context\n\nDynamoDB takes 15,000 events a second.\n\n## Decision\n\n{decision}\n");
        findings(&record, lens())
            .iter()
            .any(|finding| finding.rule == "design/time-as-partition-key")
    };
    assert!(speaks("The partition key is the date."));
    for decision in [
        "We do not use the date as partition key.",
        "A date as partition key was rejected.",
        "A date as partition key would send all writes to one partition.",
        "We may use the date as partition key later.",
        "In the old system the date was used as partition key.",
        "The partition key is the device rather than the date.",
        "The partition key is the device; the date is the sort key.",
    ] {
        assert!(!speaks(decision), "{decision}");
    }
}

/// Under no heading that says so, a sentence decides only by a phrase of decision; an option decides nothing.
#[test]
fn what_is_only_considered_is_no_design() {
    let option = "# Events\n\n## Context\n\nDynamoDB takes 15,000 events a second.\n\n## Considered options\n\n\
                  * The partition key is the date\n* The partition key is the device\n\n## Decision\n\nThe device.\n";
    let told = findings(option, lens());
    assert!(!told.iter().any(|finding| finding.rule.starts_with("design/")));
}
