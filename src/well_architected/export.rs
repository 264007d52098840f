//! The checklist of a lens → a custom lens: groups as pillars, questions with choices that follow the states of a checklist.

use std::collections::{BTreeSet, HashSet};

use super::format::{
    Additional, CHOICES, Choice, CustomLens, Kind, LONGEST_ID, NONE, PILLARS, Pillar, QUESTIONS, Question, RESOURCES,
    Resource, Risk, RiskRule, SHORTEST_ID, TEXT, TITLE, VERSION,
};
use super::read::LARGEST;
use crate::lens::checklist::condition::DEFAULT;
use crate::lens::checklist::{self, Group, Help, Item};
use crate::lens::{Lens, nearest};

/// What is to be written.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub name: String,
    pub description: String,
    /// Ids of groups; all of them when there are none.
    pub groups: Vec<String>,
}

/// A custom lens as it is written to a file.
#[derive(Debug, Clone)]
pub struct Exported {
    pub json: String,
    pub pillars: usize,
    pub questions: usize,
    /// What the format has no room for, a sentence each.
    pub left_out: BTreeSet<String>,
}

/// Writes the checklist of a lens as a custom lens; why it cannot, where it cannot.
pub fn export(lens: &Lens, wanted: &Wanted) -> Result<Exported, String> {
    let ids = || lens.checklist.iter().map(|group| group.id.as_str());
    if let Some(unknown) = wanted.groups.iter().find(|wanted| !ids().any(|id| id == *wanted)) {
        return Err(format!("unknown group `{unknown}`{}", nearest(unknown, ids())));
    }
    let groups = lens.checklist.iter();
    let groups = groups.filter(|group| wanted.groups.is_empty() || wanted.groups.contains(&group.id));
    let mut writer = Writer::new(lens);
    let drafts = groups.flat_map(|group| writer.drafts(group)).collect();
    let drafts = fit(drafts)?;
    let pillars: Vec<Pillar> = drafts.into_iter().map(|draft| writer.pillar(draft)).collect();
    let custom = CustomLens {
        schema_version: VERSION.to_owned().into(),
        name: shortened(&wanted.name, TITLE).into(),
        description: Some(shortened(&wanted.description, TEXT).into()),
        pillars,
    };
    let mut json = serde_json::to_string_pretty(&custom).map_err(|error| error.to_string())?;
    json.push('\n');
    if json.len() > LARGEST {
        let size = json.len() / 1000;
        return Err(format!(
            "{size} KB; a custom lens has at most {} KB: name groups with --group",
            LARGEST / 1000
        ));
    }
    Ok(Exported {
        pillars: custom.pillars.len(),
        questions: custom.pillars.iter().map(|pillar| pillar.questions.len()).sum(),
        json,
        left_out: writer.left_out,
    })
}

/// Every item of a lens with its group and the question that stands for it in a custom lens.
pub(super) fn questions(lens: &Lens) -> Vec<(&Group, &Item, Question<'static>)> {
    let mut writer = Writer::new(lens);
    let groups = lens.checklist.iter();
    let items = groups.flat_map(|group| group.items.iter().map(move |item| (group, item)));
    items
        .map(|(group, item)| (group, item, writer.question(item)))
        .collect()
}

/// A pillar before its id and name are made.
struct Draft {
    ids: Vec<String>,
    names: Vec<String>,
    questions: Vec<Question<'static>>,
}

/// Puts small neighbours together until there are no more pillars than may be.
fn fit(mut drafts: Vec<Draft>) -> Result<Vec<Draft>, String> {
    while drafts.len() > PILLARS {
        let sums = drafts.windows(2).enumerate().filter_map(|(at, pair)| {
            let sum: usize = pair.iter().map(|draft| draft.questions.len()).sum();
            (sum <= QUESTIONS).then_some((sum, at))
        });
        let Some((_, at)) = sums.min() else {
            let questions: usize = drafts.iter().map(|draft| draft.questions.len()).sum();
            return Err(format!(
                "{questions} questions do not fit into {PILLARS} pillars of {QUESTIONS}: name groups with --group"
            ));
        };
        let next = drafts.remove(at + 1);
        if let Some(draft) = drafts.get_mut(at) {
            draft.ids.extend(next.ids);
            draft.names.extend(next.names);
            draft.questions.extend(next.questions);
        }
    }
    Ok(drafts)
}

struct Writer<'l> {
    lens: &'l Lens,
    /// The ids that are given away.
    pillars: HashSet<String>,
    questions: HashSet<String>,
    left_out: BTreeSet<String>,
}

impl<'l> Writer<'l> {
    fn new(lens: &'l Lens) -> Writer<'l> {
        Writer {
            lens,
            pillars: HashSet::new(),
            questions: HashSet::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// A group as one pillar, or as several where it has too many questions.
    fn drafts(&mut self, group: &Group) -> Vec<Draft> {
        let id = group.known_as.clone().unwrap_or_else(|| id(&group.id));
        let parts = group.items.chunks(QUESTIONS).zip(1..);
        let drafts = parts.map(|(items, part)| Draft {
            ids: vec![if part == 1 { id.clone() } else { format!("{id}_{part}") }],
            names: vec![if part == 1 {
                group.title.clone()
            } else {
                format!("{} ({part})", group.title)
            }],
            questions: items.iter().map(|item| self.question(item)).collect(),
        });
        drafts.collect()
    }

    fn pillar(&mut self, draft: Draft) -> Pillar<'static> {
        Pillar {
            id: unique(&draft.ids.join("_and_"), &mut self.pillars).into(),
            name: shortened(&draft.names.join(", "), TITLE).into(),
            questions: draft.questions,
        }
    }

    fn question(&mut self, item: &Item) -> Question<'static> {
        let own = item.known_as.clone().unwrap_or_else(|| id(&item.id));
        let title = shortened(&item.question, TITLE);
        let description = match title == item.question {
            true => item.why.clone(),
            false => format!("{} {}", item.question, item.why),
        };
        let (mut choices, risk_rules) = match item.choices.is_empty() {
            true => self.states(item),
            false => (self.offered(item), risks(item)),
        };
        if !choices.iter().any(Choice::is_none) {
            if choices.len() < CHOICES {
                choices.push(none());
            } else {
                self.left_out(item, "has no room for the choice \u{201c}None of these\u{201d}");
            }
        }
        let helpful_resource = item.help.first().map(resource).or_else(|| self.source(&item.source));
        if item.help.len() > 1 {
            self.left_out(item, "helps with more than one text; a question has one");
        }
        Question {
            id: unique(&own, &mut self.questions).into(),
            title: title.into(),
            description: Some(shortened(&description, TEXT).into()),
            helpful_resource,
            choices,
            risk_rules,
        }
    }

    fn left_out(&mut self, item: &Item, what: &str) {
        self.left_out.insert(format!("{}: {what}", item.id));
    }

    /// A source with an address, as a resource.
    fn source(&self, id: &str) -> Option<Resource<'static>> {
        let source = self.lens.sources.get(id)?;
        let help = Help {
            text: source.title.clone(),
            url: source.url.clone(),
        };
        is_page(&help.url).then(|| resource(&help))
    }

    /// The choices that an item offers itself.
    fn offered(&mut self, item: &Item) -> Vec<Choice<'static>> {
        if item.choices.len() > CHOICES {
            self.left_out(item, "has more choices than a question may have");
        }
        let choices = item.choices.iter().take(CHOICES).map(|choice| {
            let is_none = choice.id.ends_with(NONE);
            let plan = choice.plan.first().map(resource);
            // All but "None of these" need a plan: where none was written, it is to do what the choice says.
            let plan = plan.or_else(|| (!is_none).then(|| text(&choice.title)));
            let kinds = [
                (Kind::HelpfulResource, &choice.help),
                (Kind::ImprovementPlan, &choice.plan),
            ];
            let more = kinds
                .into_iter()
                .filter(|(_, help)| help.len() > 1)
                .map(|(kind, help)| Additional {
                    kind,
                    content: help.iter().skip(1).take(RESOURCES).map(resource).collect(),
                });
            Choice {
                id: choice.id.clone().into(),
                title: shortened(&choice.title, TITLE).into(),
                helpful_resource: choice.help.first().map(resource),
                improvement_plan: plan,
                additional_resources: more.collect(),
            }
        });
        choices.collect()
    }

    /// The choices of an item that offers none: what makes it answered, and each rule that could fail it. The risks are its states:
    /// answered is no risk, open is a medium one, failed is a high one.
    fn states(&self, item: &Item) -> (Vec<Choice<'static>>, Vec<RiskRule<'static>>) {
        let (title, plan) = match item.human {
            true => (
                "The people who decide have talked about it and agree",
                "Put the question to those who decide and to those who live with the decision; write down what they say.",
            ),
            false => (
                "The record answers it, in words that a reviewer can check",
                "Write the answer into the record. `adr-lens checklist` ticks the question where it finds it.",
            ),
        };
        let mut choices = vec![Choice {
            id: ANSWERED.to_owned().into(),
            title: title.to_owned().into(),
            helpful_resource: None,
            improvement_plan: Some(text(plan)),
            additional_resources: Vec::new(),
        }];
        // One place is for what answers it, one for "None of these".
        choices.extend(item.failed_by.iter().take(CHOICES - 2).map(|rule| self.rule(rule)));
        let ids: Vec<&str> = choices.iter().map(|choice| choice.id.value.as_str()).collect();
        let risks = match ids.get(1..) {
            Some(rules) if !rules.is_empty() => vec![
                rule(&ids.join(" && "), Risk::None),
                rule(&rules.join(" && "), Risk::Medium),
                rule(DEFAULT, Risk::High),
            ],
            _ => vec![rule(ANSWERED, Risk::None), rule(DEFAULT, Risk::Medium)],
        };
        (choices, risks)
    }

    /// "The review does not find …", with the rule's way out.
    fn rule(&self, pattern: &str) -> Choice<'static> {
        let rule = self.lens.rule(pattern);
        let title = match rule {
            Some(rule) => format!("`adr-lens check` does not report {pattern}: {}", rule.title),
            None => format!("`adr-lens check` reports nothing under {pattern}"),
        };
        let plan = rule.map_or(
            "Mend the record, name the cost and accept it, or silence the finding with a reason.",
            |rule| rule.remedy.as_str(),
        );
        let mut id = id(&format!("free-of-{}", pattern.trim_end_matches('*')));
        if id.ends_with(NONE) {
            id.push('_');
        }
        Choice {
            id: id.into(),
            title: shortened(&title, TITLE).into(),
            helpful_resource: rule.map(|rule| text(&rule.says)),
            improvement_plan: Some(text(plan)),
            additional_resources: Vec::new(),
        }
    }
}

/// The id of the choice that makes a question answered.
const ANSWERED: &str = "answered";

fn none() -> Choice<'static> {
    Choice {
        id: format!("option{NONE}").into(),
        title: "None of these".to_owned().into(),
        helpful_resource: Some(text("Choose this if none of the above holds.")),
        improvement_plan: None,
        additional_resources: Vec::new(),
    }
}

/// The risks of an item's own choices: as written, else that every choice holds.
fn risks(item: &Item) -> Vec<RiskRule<'static>> {
    if !item.risks.is_empty() {
        let own = item.risks.iter().map(|own| {
            let risk = match own.risk {
                checklist::Risk::None => Risk::None,
                checklist::Risk::Medium => Risk::Medium,
                checklist::Risk::High => Risk::High,
            };
            rule(&own.when, risk)
        });
        return own.collect();
    }
    let ids = item.choices.iter().map(|choice| choice.id.as_str());
    let ids: Vec<&str> = ids.filter(|id| !id.ends_with(NONE)).collect();
    vec![rule(&ids.join(" && "), Risk::None), rule(DEFAULT, Risk::High)]
}

fn rule(condition: &str, risk: Risk) -> RiskRule<'static> {
    RiskRule {
        condition: condition.to_owned().into(),
        risk,
    }
}

fn text(words: &str) -> Resource<'static> {
    Resource {
        display_text: Some(shortened(words, TEXT).into()),
        url: None,
    }
}

fn resource(help: &Help) -> Resource<'static> {
    let words = if help.text.is_empty() { &help.url } else { &help.text };
    Resource {
        url: is_page(&help.url).then(|| help.url.clone().into()),
        ..text(words)
    }
}

fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A name of ours in the letters that the format allows.
fn id(ours: &str) -> String {
    let letters = ours.replace('/', "__");
    letters
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// An id of the length that the format allows, given away once.
fn unique(wanted: &str, given: &mut HashSet<String>) -> String {
    let mut id: String = wanted.chars().take(LONGEST_ID).collect();
    while id.len() < SHORTEST_ID {
        id.push('_');
    }
    let mut number = 1;
    while !given.insert(id.clone()) {
        number += 1;
        let end = format!("_{number}");
        id = wanted.chars().take(LONGEST_ID - end.len()).chain(end.chars()).collect();
    }
    id
}

/// Words cut where the format has no more room.
fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some(_) => {
            let cut: String = words.chars().take(most - 1).collect();
            format!("{}…", cut.trim_end())
        }
    }
}
