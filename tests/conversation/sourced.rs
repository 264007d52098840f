//! Nothing in an answer is without a source.

use adr_lens::conversation::{Answer, Basis, Part, Place, Remark};
use serde::Deserialize;

use crate::script::talks;
use crate::support::{About, lens};

#[derive(Deserialize)]
struct File {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    asks: String,
}

/// All answers of the script, and to the hundred questions asked of each record.
fn every_answer(check: impl Fn(&Answer)) {
    for talk in talks() {
        let mut about = About::record(&talk.record);
        talk.turns.iter().for_each(|turn| check(&about.ask(&turn.asks)));
    }
    let text = std::fs::read_to_string("tests/conversation/questions.toml").expect("the list");
    let questions = toml::from_str::<File>(&text).expect("a list of questions").questions;
    for record in [
        "0001-order-store.md",
        "0003-audit-ledger.md",
        "0008-two-stores.md",
        "0010-sparse.md",
    ] {
        for question in &questions {
            check(&About::record(record).ask(&question.asks));
        }
    }
}

fn quotes_its_file(place: &Place) {
    let text = std::fs::read_to_string(&place.path).expect("the record that is quoted");
    let [start, end] = place.span.bytes;
    assert_eq!(text.get(start..end), Some(place.text.as_str()), "{}", place.path);
    assert!(text.lines().count() as u32 >= place.line());
}

#[test]
fn each_sentence_of_fact_rests_on_a_rule_an_engine_a_need_a_place_or_a_supposition() {
    let lens = lens();
    every_answer(|answer| {
        for part in &answer.parts {
            let Part::Fact(fact) = part else { continue };
            assert!(!fact.basis().is_empty(), "{}", fact.text());
            for basis in fact.basis() {
                match basis {
                    Basis::Rule { id, .. } => assert!(lens.rule(id).is_some() || id.starts_with("choice/"), "{id}"),
                    Basis::Engine { id, .. } => assert!(lens.engine_by_id(id).is_some(), "{id}"),
                    Basis::Family { id, .. } => assert!(lens.family_by_id(id).is_some(), "{id}"),
                    Basis::Need { id, .. } => assert!(lens.signal_by_id(id).is_some(), "{id}"),
                    Basis::Place(place) => quotes_its_file(place),
                    Basis::Record { path } => assert!(std::path::Path::new(path).is_file(), "{path}"),
                    Basis::Supposed { statement } => assert!(!statement.is_empty()),
                }
                if let Some(source) = basis.citation() {
                    assert!(lens.sources.contains_key(&source.id), "{}", source.id);
                    assert!(!source.title.is_empty() && !source.as_of.is_empty(), "{}", source.id);
                    assert!(answer.sources.contains(source), "{}", source.id);
                }
            }
        }
    });
}

/// What is no fact holds only the words of the one who asks, and example questions of the lens.
#[test]
fn remarks_state_nothing() {
    let lens = lens();
    let examples: Vec<String> = lens
        .language
        .questions
        .examples()
        .map(|(_, example)| example.to_owned())
        .collect();
    every_answer(|answer| {
        for part in &answer.parts {
            let Part::Remark(remark) = part else { continue };
            match remark {
                Remark::NotUnderstood { nearest } => assert!(nearest.iter().all(|one| examples.contains(one))),
                Remark::AboutWhat { examples: shown } | Remark::Can { examples: shown } => {
                    assert!(shown.iter().all(|one| examples.contains(one)));
                }
                Remark::NotRead { statement, .. } => {
                    let words = |text: &str| text.to_lowercase().replace(['?', '!', '.', ','], "");
                    let asked = words(&answer.question);
                    let first = words(statement);
                    let first = first.split_whitespace().next().unwrap_or_default();
                    assert!(asked.contains(first), "{statement}");
                }
                _ => {}
            }
        }
    });
}

#[test]
fn an_edit_is_made_only_after_a_yes() {
    every_answer(|answer| {
        let consented = answer.edits.iter().any(|edit| edit.consented);
        let said_yes = serde_json::to_value(answer.intent).expect("a word") == "accept";
        assert!(!consented || said_yes, "{}", answer.question);
    });
}

/// What is offered to go on with must itself be understood.
#[test]
fn questions_that_lead_on_are_understood() {
    let mut offered: Vec<(String, String)> = Vec::new();
    for talk in talks() {
        let mut about = About::record(&talk.record);
        for turn in &talk.turns {
            for question in about.ask(&turn.asks).follow_ups {
                offered.push((talk.record.clone(), question));
            }
        }
    }
    offered.sort();
    offered.dedup();
    for (record, question) in offered {
        let answer = About::record(&record).ask(&question);
        assert_ne!(
            serde_json::to_value(answer.intent).expect("a word"),
            "unknown",
            "{question}"
        );
        let unread = |part: &Part| matches!(part, Part::Remark(Remark::NotRead { .. }));
        assert!(!answer.parts.iter().any(unread), "{question}");
    }
}
