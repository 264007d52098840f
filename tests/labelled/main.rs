//! How well whole records are read, over four hundred of them in all forms. They were written, and labelled, by people who saw neither
//! the phrases of the lens nor the code, so they show what a stranger's record meets. The floors lie right below what is reached:
//! whoever lowers one says why. `cargo test --test labelled -- --nocapture` prints the figures.
//!
//! `records.jsonl` has a record a line, with the ids of engines in groups of which any one is right; an id that begins with `x-` is of
//! a product that the lens does not know.

use std::collections::BTreeSet;

use adr_lens::lens::{Lens, builtin};
use adr_lens::reading::{Polarity, Reading, Role};
use adr_lens::review::{Category, review};
use adr_lens::syntax::Language;
use serde::Deserialize;

const RECORDS: &str = include_str!("records.jsonl");
const AS_OF: &str = "2026-11-01";

#[derive(Deserialize)]
struct Labelled {
    id: String,
    record: String,
    status: String,
    chosen: Vec<Vec<String>>,
    rejected: Vec<Vec<String>>,
    requirements: Vec<Need>,
    contradictions: Vec<Contradiction>,
}

#[derive(Deserialize)]
struct Need {
    signal: String,
    polarity: String,
}

#[derive(Deserialize)]
struct Contradiction {
    engines: Vec<String>,
    signal: String,
    acknowledged: bool,
}

/// What was found of what there is, and what was found beside it.
#[derive(Default)]
struct Count {
    found: u32,
    missed: u32,
    beside: u32,
}

impl Count {
    fn precision(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.beside).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.missed).max(1))
    }

    fn f1(&self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum > 0.0 {
            2.0 * self.precision() * self.recall() / sum
        } else {
            0.0
        }
    }

    /// Adds the engines of a role; whether all were right.
    fn engines(&mut self, read: &BTreeSet<&str>, groups: &[Vec<String>]) -> bool {
        let known = groups
            .iter()
            .filter(|group| group.iter().any(|id| !id.starts_with("x-")));
        let missed = known
            .clone()
            .filter(|group| group.iter().all(|id| !read.contains(id.as_str())))
            .count();
        let beside = read
            .iter()
            .filter(|id| !groups.iter().flatten().any(|label| label == *id))
            .count();
        self.found += (known.count() - missed) as u32;
        self.missed += missed as u32;
        self.beside += beside as u32;
        missed + beside == 0
    }
}

#[derive(Default)]
struct Figures {
    records: u32,
    status: u32,
    exact: u32,
    chosen: Count,
    rejected: Count,
    needs: Count,
    loud: Count,
}

impl Figures {
    fn add(&mut self, labelled: &Labelled, lens: &Lens) {
        let reading = Reading::of(&labelled.record, Language::Markdown, lens);
        let status = serde_json::to_value(reading.record.status).expect("a status is a word");
        self.records += 1;
        self.status += u32::from(status == labelled.status.as_str());
        let of = |role| {
            let choices = reading.with_role(role);
            choices.map(|choice| lens.engine(choice.engine).id.as_str()).collect()
        };
        self.exact += u32::from(self.chosen.engines(&of(Role::Chosen), &labelled.chosen));
        self.rejected.engines(&of(Role::Rejected), &labelled.rejected);

        let read: BTreeSet<(&str, &str)> = reading
            .requirements
            .iter()
            .map(|need| (lens.signal(need.signal).id.as_str(), polarity(need.polarity)))
            .collect();
        let stated: BTreeSet<(&str, &str)> = labelled
            .requirements
            .iter()
            .map(|need| (need.signal.as_str(), need.polarity.as_str()))
            .collect();
        self.needs.found += read.intersection(&stated).count() as u32;
        self.needs.missed += stated.difference(&read).count() as u32;
        self.needs.beside += read.difference(&stated).count() as u32;

        let findings = review(&labelled.record, &reading, lens, AS_OF.parse().expect("a date"));
        let loud: BTreeSet<(Option<&str>, Option<&str>)> = findings
            .iter()
            .filter(|finding| finding.category == Category::Choice && finding.is_loud())
            .map(|finding| {
                let engine = finding.engine.map(|engine| lens.engine(engine).id.as_str());
                (engine, finding.signal.map(|signal| lens.signal(signal).id.as_str()))
            })
            .collect();
        let spoken = labelled
            .contradictions
            .iter()
            .filter(|contradiction| !contradiction.acknowledged);
        // "Aurora MySQL with a global database" is one choice, whichever of its names a label of the contradiction has.
        let same = |said: &str, labels: &[String]| {
            let has = |group: &[String], id: &str| group.iter().any(|label| label == id);
            let mut groups = labelled.chosen.iter();
            has(labels, said) || groups.any(|group| has(group, said) && labels.iter().any(|label| has(group, label)))
        };
        let is = |said: &(Option<&str>, Option<&str>), contradiction: &Contradiction| {
            let engine = said.0.is_some_and(|said| same(said, &contradiction.engines));
            engine && said.1 == Some(contradiction.signal.as_str())
        };
        let borne_out = loud
            .iter()
            .filter(|said| spoken.clone().any(|contradiction| is(said, contradiction)));
        let borne_out = borne_out.count() as u32;
        self.loud.found += borne_out;
        self.loud.beside += loud.len() as u32 - borne_out;
        self.loud.missed += spoken
            .filter(|contradiction| !loud.iter().any(|said| is(said, contradiction)))
            .count() as u32;
    }

    fn share(&self, of: u32) -> f64 {
        f64::from(of) / f64::from(self.records.max(1))
    }
}

fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Required => "required",
        Polarity::NotRequired => "not-required",
    }
}

#[test]
fn records_of_strangers_are_read_as_well_as_they_were() {
    let lens = builtin().expect("the built-in lens has no problems");
    let mut figures = Figures::default();
    let mut ids = BTreeSet::new();
    for line in RECORDS.lines() {
        let labelled: Labelled = serde_json::from_str(line).expect("a labelled record a line");
        assert!(ids.insert(labelled.id.clone()), "{} stands twice", labelled.id);
        figures.add(&labelled, lens);
    }
    let reached = [
        ("status", figures.share(figures.status), 0.83),
        ("chosen, all of a record", figures.share(figures.exact), 0.63),
        ("chosen, F1", figures.chosen.f1(), 0.80),
        ("chosen, precision", figures.chosen.precision(), 0.89),
        ("rejected, F1", figures.rejected.f1(), 0.81),
        ("needs, precision", figures.needs.precision(), 0.68),
        ("needs, recall", figures.needs.recall(), 0.23),
        (
            "records without a loud finding beyond the labels, at least",
            1.0 - figures.share(figures.loud.beside),
            0.97,
        ),
    ];
    for (name, value, floor) in reached {
        println!("{name}: {value:.3} (floor {floor})");
    }
    println!(
        "loud findings about a choice: {} borne out, {} beyond the labels, {} missed",
        figures.loud.found, figures.loud.beside, figures.loud.missed
    );
    for (name, value, floor) in reached {
        assert!(value >= floor, "{name}: {value:.3} is below {floor}");
    }
}
