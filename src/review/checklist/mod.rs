//! A reading and its findings → the checklist: each question of the lens that is for this record, ticked with the words that answer
//! it, failed by a finding, open, or left to people. Nothing is judged anew: what fails an item is a finding of the review.

mod evidence;

pub use evidence::Evidence;

use super::{Finding, recommend};
use crate::lens::checklist::{Item, Prompt, When};
use crate::lens::{EngineId, Lens, Severity};
use crate::reading::{Choice, Polarity, Reading, Role};
use crate::text::Span;

/// The questions for one record, in the order of the lens.
pub struct Checklist<'a> {
    pub groups: Vec<Group<'a>>,
    /// Findings that no question asks about.
    pub others: Vec<&'a Finding>,
}

/// Answers under one heading; never empty.
pub struct Group<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub answers: Vec<Answer<'a>>,
}

/// A question and what became of it.
pub struct Answer<'a> {
    pub item: &'a Item,
    pub state: State,
    /// The words that answer it. Of an open item too, where something is answered but not all.
    pub evidence: Vec<Evidence>,
    /// The findings about it, as the review has them.
    pub findings: Vec<&'a Finding>,
    /// What the lens can put beside an open question, a sentence each.
    pub prompts: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The record answers it.
    Ticked,
    /// A finding speaks against the answer.
    Failed,
    /// The record does not answer it.
    Open,
    /// For people alone.
    Human,
}

impl Checklist<'_> {
    /// How many questions are in a state; a count of what is left to do, not a mark.
    pub fn count(&self, state: State) -> usize {
        self.answers().filter(|answer| answer.state == state).count()
    }

    pub fn answers(&self) -> impl Iterator<Item = &Answer<'_>> {
        self.groups.iter().flat_map(|group| &group.answers)
    }
}

/// Answers the checklist of the lens for one record from its reading and the findings of its review.
pub fn checklist<'a>(text: &str, reading: &Reading, findings: &'a [Finding], lens: &'a Lens) -> Checklist<'a> {
    let applies = |item: &&Item| item.applies(reading, lens);
    let chosen = |item: &&Item| !item.human;
    let asked: Vec<&Item> = lens
        .checklist
        .iter()
        .flat_map(|group| &group.items)
        .filter(applies)
        .collect();
    let mut others = Vec::new();
    let mut claims: Vec<(u16, &Finding)> = Vec::new();
    for finding in findings {
        let claimed = claimants(finding, asked.iter().copied().filter(chosen));
        if claimed.is_empty() {
            others.push(finding);
        }
        claims.extend(claimed.into_iter().map(|number| (number, finding)));
    }
    let answered = evidence::Answered::find(text, reading, lens);
    let groups = lens.checklist.iter().map(|group| {
        let items = group.items.iter().filter(applies);
        let answers = items.filter_map(|item| {
            let found = claims.iter().filter(|(number, _)| *number == item.number);
            let found: Vec<&Finding> = found.map(|(_, finding)| *finding).collect();
            // What only findings speak about is asked when there is one.
            let asked = item.human || !item.ticked_by.is_empty() || !found.is_empty();
            asked.then(|| answer(item, found, &answered, reading, lens))
        });
        Group {
            id: &group.id,
            title: &group.title,
            answers: answers.collect(),
        }
    });
    Checklist {
        groups: groups.filter(|group| !group.answers.is_empty()).collect(),
        others,
    }
}

/// The items that a finding is told under: those that name its rule; when there are none, those with the longest beginning of it.
fn claimants<'a>(finding: &Finding, items: impl Iterator<Item = &'a Item>) -> Vec<u16> {
    let matched = |item: &Item| {
        let lengths = item
            .failed_by
            .iter()
            .filter_map(|pattern| match pattern.strip_suffix('*') {
                Some(stem) => finding.rule.starts_with(stem).then_some(stem.len()),
                None => (*pattern == finding.rule).then_some(usize::MAX),
            });
        lengths.max()
    };
    let mut best = 0;
    let mut found = Vec::new();
    for (item, length) in items.filter_map(|item| Some((item, matched(item)?))) {
        if length > best {
            best = length;
            found.clear();
        }
        if length == best {
            found.push(item.number);
        }
    }
    found
}

fn answer<'a>(
    item: &'a Item,
    findings: Vec<&'a Finding>,
    answered: &evidence::Answered,
    reading: &Reading,
    lens: &Lens,
) -> Answer<'a> {
    if item.human {
        return Answer {
            item,
            state: State::Human,
            evidence: Vec::new(),
            findings,
            prompts: prompts(item, reading, lens),
        };
    }
    // What the record accepts by name, or silences with a reason, is answered.
    let settled = |finding: &&Finding| finding.suppressed.is_some() || finding.acknowledged.is_some();
    let unsettled: Vec<&Finding> = findings.iter().copied().filter(|finding| !settled(finding)).collect();
    let mut evidence: Vec<Evidence> = findings
        .iter()
        .copied()
        .filter(settled)
        .map(Evidence::of_settled)
        .collect();
    let (found, complete) = answered.by(item, unsettled.is_empty(), reading, lens);
    evidence.extend(found);
    let state = if unsettled.iter().any(|finding| finding.severity >= Severity::Warning) {
        State::Failed
    } else if !unsettled.is_empty() || evidence.is_empty() || !complete {
        State::Open
    } else {
        State::Ticked
    };
    let mut prompts = match state {
        State::Ticked | State::Failed | State::Human => Vec::new(),
        State::Open => prompts(item, reading, lens),
    };
    if state == State::Open && item.ticked_by.met_needs {
        prompts.extend(evidence::unjudged(reading, lens));
    }
    Answer {
        item,
        state,
        evidence,
        findings,
        prompts,
    }
}

impl Item {
    fn applies(&self, reading: &Reading, lens: &Lens) -> bool {
        let When {
            status,
            families,
            engines,
            choice,
            stores,
            needs,
        } = &self.when;
        let chosen = || reading.with_role(Role::Chosen);
        let is = |choice: &Choice, wanted: EngineId| choice.engine == wanted || lens.refines(choice.engine, wanted);
        let of_family = |choice: &Choice| families.contains(&lens.engine(choice.engine).family);
        let is_needed = || {
            let needs_it = |need: &crate::reading::Requirement| {
                need.polarity == Polarity::Required && needs.contains(&need.signal)
            };
            reading.requirements.iter().any(needs_it)
        };
        status.contains(&reading.record.status)
            && (!choice || chosen().next().is_some())
            && (*stores == 0 || distinct(reading) >= *stores)
            && (families.is_empty() || chosen().any(of_family))
            && (engines.is_empty() || chosen().any(|choice| engines.iter().any(|&wanted| is(choice, wanted))))
            && (needs.is_empty() || is_needed())
    }
}

/// How many engines the record decides for.
fn distinct(reading: &Reading) -> usize {
    let engines: std::collections::BTreeSet<EngineId> =
        reading.with_role(Role::Chosen).map(|choice| choice.engine).collect();
    engines.len()
}

/// At most this many limits or engines are put beside a question.
const PROMPTS: usize = 5;

fn prompts(item: &Item, reading: &Reading, lens: &Lens) -> Vec<String> {
    match item.prompt {
        None => Vec::new(),
        Some(Prompt::Limits) => limits(reading, lens),
        Some(Prompt::Fitting) => fitting(reading, lens),
    }
}

fn limits(reading: &Reading, lens: &Lens) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for choice in reading.with_role(Role::Chosen) {
        let engine = lens.engine(choice.engine);
        let limits = engine.limits.iter().map(|limit| &limit.because);
        for because in limits.take(PROMPTS) {
            let sentence = format!("{}: {because}", engine.name);
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
    }
    told
}

/// Engines that meet everything the record states and are not named in it; nothing where it states nothing, or decides for no store.
fn fitting(reading: &Reading, lens: &Lens) -> Vec<String> {
    let stated = reading
        .requirements
        .iter()
        .any(|need| need.polarity == Polarity::Required);
    if !stated || distinct(reading) == 0 {
        return Vec::new();
    }
    let named = |engine: EngineId| {
        reading
            .choices
            .iter()
            .any(|choice| lens.same_product(choice.engine, engine))
    };
    let ranking = recommend::recommend(reading, lens, |_| true).ranking;
    let fits = ranking.iter().filter(|ranked| {
        ranked.contradicts.is_empty() && ranked.costs.is_empty() && ranked.silent.is_empty() && !named(ranked.engine)
    });
    let names: Vec<&str> = fits
        .take(3)
        .map(|ranked| lens.engine(ranked.engine).name.as_str())
        .collect();
    match names.as_slice() {
        [] => Vec::new(),
        names => vec![format!(
            "Not named here, and by this lens able to meet every need that is stated: {}.",
            names.join(", ")
        )],
    }
}

/// The words of a finding that say why it no longer counts.
impl Evidence {
    fn of_settled(finding: &Finding) -> Evidence {
        let (span, note): (Span, String) = match (&finding.suppressed, finding.acknowledged) {
            (Some(reason), _) => (finding.span, format!("{} is silenced: {reason}", finding.rule)),
            (None, Some(words)) => (words, format!("{} is accepted here", finding.rule)),
            (None, None) => (finding.span, finding.rule.clone()),
        };
        Evidence { span, note: Some(note) }
    }
}
