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
        for (number, example) in rule.examples.iter().enumerate() {
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
        if !has(true) || !has(false) {
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
/// and without the need it must not be said.
#[test]
fn every_contradiction_can_be_reached() {
    let lens = lens();
    let mut owners: BTreeMap<(&str, SignalId), EngineId> = BTreeMap::new();
    for id in lens.engine_ids() {
        for (&signal, statement) in &lens.engine(id).contradicts {
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
