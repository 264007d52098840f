//! Questions as architects type them, written before anything could answer them.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::support::{About, lens};

#[derive(Deserialize)]
struct File {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    asks: String,
    #[serde(default)]
    after: After,
    intent: String,
    #[serde(default)]
    about: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum After {
    #[default]
    Nothing,
    One(String),
    Many(Vec<String>),
}

/// The share of a list that is understood, and what was not.
fn share(file: &str) -> (f64, Vec<String>) {
    let text = std::fs::read_to_string(format!("tests/conversation/{file}")).expect("the list");
    let questions = toml::from_str::<File>(&text).expect("a list of questions").questions;
    let missed: Vec<String> = questions.iter().filter_map(missed).collect();
    (1.0 - missed.len() as f64 / questions.len() as f64, missed)
}

/// Understood is a question whose intent is known, with exactly the engines it names and at least the needs and rules.
fn missed(question: &Question) -> Option<String> {
    let mut about = About::record("0001-order-store.md");
    let before: Vec<String> = match &question.after {
        After::Nothing => Vec::new(),
        After::One(one) => vec![one.clone()],
        After::Many(many) => many.clone(),
    };
    for earlier in &before {
        about.ask(earlier);
    }
    let answer = about.ask(&question.asks);
    let intent = serde_json::to_value(answer.intent).expect("a word");
    let found: BTreeSet<String> = answer.about.into_iter().collect();
    let engines = |all: &BTreeSet<String>| -> BTreeSet<String> {
        all.iter()
            .filter(|id| lens().engine_by_id(id).is_some())
            .cloned()
            .collect()
    };
    let understood = intent == question.intent.as_str()
        && question.about.is_subset(&found)
        && engines(&question.about) == engines(&found);
    (!understood).then(|| {
        format!(
            "{}: wanted {} {:?}, understood {intent} {found:?}",
            question.asks, question.intent, question.about
        )
    })
}

#[test]
fn nine_of_ten_questions_are_understood() {
    let (share, missed) = share("questions.toml");
    println!("understood {share:.3}");
    assert!(share >= 0.90, "{share:.3}\n{}", missed.join("\n"));
}

#[test]
fn questions_nobody_looked_at_are_understood_nearly_as_often() {
    let (share, missed) = share("blind.toml");
    println!("understood {share:.3}");
    assert!(share >= 0.90, "{share:.3}\n{}", missed.join("\n"));
}
