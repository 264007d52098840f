//! The script: talks about ten records, with what each answer must and must not say.

use serde::Deserialize;

use crate::support::About;

#[derive(Deserialize)]
struct File {
    talks: Vec<Talk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub record: String,
    pub turns: Vec<Turn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    pub asks: String,
    pub intent: String,
    /// Words that stand in the answer as people see it.
    #[serde(default)]
    says: Vec<String>,
    /// Words that do not.
    #[serde(default)]
    never: Vec<String>,
    /// A question of the framework is put.
    #[serde(default)]
    puts: Option<String>,
    /// An edit is proposed that adds this.
    #[serde(default)]
    proposes: Option<String>,
    /// An edit is made that adds this.
    #[serde(default)]
    makes: Option<String>,
}

pub fn talks() -> Vec<Talk> {
    let text = std::fs::read_to_string("tests/conversation/script.toml").expect("the script");
    toml::from_str::<File>(&text).expect("a script").talks
}

/// On one line, as text is wrapped where the terminal ends.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_script_covers_ten_records_in_sixty_turns() {
    let talks = talks();
    assert!(talks.len() >= 10);
    assert!(talks.iter().map(|talk| talk.turns.len()).sum::<usize>() >= 60);
}

#[test]
fn every_turn_of_the_script_is_answered_as_it_says() {
    let mut wrong = Vec::new();
    for talk in talks() {
        let mut about = About::record(&talk.record);
        for turn in &talk.turns {
            let answer = about.ask(&turn.asks);
            let text = about.written(&answer);
            let line = plain(&text);
            let edits = |consented: bool| -> String {
                let edits = answer.edits.iter().filter(|edit| edit.consented == consented);
                edits.map(|edit| edit.text.as_str()).collect()
            };
            let holds = |wanted: &Option<String>, found: &str| match wanted {
                Some(words) => found.contains(words.as_str()),
                None => found.is_empty(),
            };
            let right = serde_json::to_value(answer.intent).expect("a word") == turn.intent.as_str()
                && turn.says.iter().all(|words| line.contains(words.as_str()))
                && !turn.never.iter().any(|words| line.contains(words.as_str()))
                && turn.puts.as_ref().is_none_or(|words| {
                    answer
                        .asks
                        .as_ref()
                        .is_some_and(|ask| ask.question.contains(words.as_str()))
                })
                && holds(&turn.proposes, &edits(false))
                && holds(&turn.makes, &edits(true));
            if !right {
                wrong.push(format!("{}: {}\n{:?}\n{text}", talk.record, turn.asks, answer.intent));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

#[test]
fn the_same_talk_has_the_same_answers() {
    for talk in talks() {
        let once = |record: &str| -> Vec<String> {
            let mut about = About::record(record);
            let answers = talk.turns.iter().map(|turn| about.ask(&turn.asks));
            answers
                .map(|answer| serde_json::to_string(&answer).expect("JSON"))
                .collect()
        };
        assert_eq!(once(&talk.record), once(&talk.record));
    }
}
