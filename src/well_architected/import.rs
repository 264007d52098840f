//! A custom lens → the files of a lens folder: its questions as items of a checklist. A question that is one of ours, unchanged, is not
//! written again; one that was changed takes the place of ours and inherits the rest.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::export;
use super::format::{Choice, CustomLens, Kind, Pillar, Question, Resource, Risk};
use super::mapping::{About, about};
use super::read;
use crate::lens::checklist::{self, Group, Help, Item};
use crate::lens::{Lens, Problem};

/// What became of a custom lens.
#[derive(Debug, Clone)]
pub struct Imported {
    pub name: String,
    /// The name of a folder for it.
    pub slug: String,
    /// The places of files in that folder, with their texts.
    pub files: Vec<(String, String)>,
    /// How many of its questions are ours, word for word.
    pub unchanged: usize,
    /// The ids of ours that it changes.
    pub changed: Vec<String>,
    /// New questions that the lens can answer.
    pub mapped: Vec<Mapped>,
    /// How many new questions are left to people.
    pub people: usize,
    /// Keys that are no part of the format.
    pub unknown_keys: Vec<String>,
}

/// A question, and what of the lens answers it.
#[derive(Debug, Clone)]
pub struct Mapped {
    pub id: String,
    /// Ids of needs, each with the words of the question, and ids of rules.
    pub to: Vec<String>,
}

/// Makes a lens folder of the text of a custom lens, beside the lens in force; `today` dates its source.
pub fn import(path: &str, text: &str, lens: &Lens, today: Date) -> Result<Imported, Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let custom = read::read(path, text)?;
    let ours = export::questions(lens);
    let mut importer = Importer {
        lens,
        ours: ours
            .iter()
            .map(|(group, item, question)| (question.id.value.as_str(), (*group, *item, question)))
            .collect(),
        slug: slug(&custom.name.value),
        imported: Imported {
            name: custom.name.value.clone(),
            slug: slug(&custom.name.value),
            files: Vec::new(),
            unchanged: 0,
            changed: Vec::new(),
            mapped: Vec::new(),
            people: 0,
            unknown_keys: read::unknown_keys(text).into_iter().collect(),
        },
    };
    let groups = importer.groups(&custom);
    let Importer { mut imported, slug, .. } = importer;
    let head = format!(
        "# Imported by `adr-lens lens import` on {today} from the custom lens of the AWS Well-Architected Tool\n# {}.\n\n",
        toml::Value::from(custom.name.value.clone())
    );
    for group in &groups {
        let name = format!("checklist/{}.toml", group.id.replace('/', "-"));
        imported.files.push((name, format!("{head}{}", written(path, group)?)));
    }
    if groups
        .iter()
        .flat_map(|group| &group.items)
        .any(|item| item.source.is_some())
    {
        let source = HashMap::from([(slug.clone(), source(&custom, today))]);
        imported.files.push((
            format!("sources/{slug}.toml"),
            format!("{head}{}", written(path, &source)?),
        ));
    }
    Ok(imported)
}

fn written(path: &str, table: &impl Serialize) -> Result<String, Vec<Problem>> {
    toml::to_string(table).map_err(|error| vec![Problem::whole(path, error.to_string())])
}

fn source(custom: &CustomLens, today: Date) -> Source {
    Source {
        title: format!("Custom lens {}", custom.name.value),
        as_of: toml::value::Datetime {
            date: Some(toml::value::Date {
                year: today.year().unsigned_abs(),
                month: today.month().unsigned_abs(),
                day: today.day().unsigned_abs(),
            }),
            time: None,
            offset: None,
        },
        certainty: "known",
    }
}

/// `sources/*.toml` as it is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Source {
    title: String,
    as_of: toml::value::Datetime,
    certainty: &'static str,
}

/// `checklist/*.toml` as it is written: only what is said.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_as: Option<String>,
    items: Vec<WrittenItem>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenItem {
    id: String,
    #[serde(skip_serializing_if = "is_false")]
    inherit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_as: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    human: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticked_by: Option<TickedBy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    help: Vec<Help>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<checklist::Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    risks: Vec<checklist::RiskRule>,
}

#[derive(Serialize)]
struct When {
    #[serde(skip_serializing_if = "is_false")]
    choice: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    engine: Vec<String>,
}

#[derive(Serialize)]
struct TickedBy {
    signals: Vec<String>,
}

fn is_false(value: &bool) -> bool {
    !value
}

struct Importer<'l> {
    lens: &'l Lens,
    /// The questions of the lens in force by the ids they have in a custom lens.
    ours: HashMap<&'l str, (&'l Group, &'l Item, &'l Question<'static>)>,
    slug: String,
    imported: Imported,
}

impl Importer<'_> {
    fn groups(&mut self, custom: &CustomLens) -> Vec<Written> {
        let mut groups: Vec<Written> = Vec::new();
        for pillar in &custom.pillars {
            for question in &pillar.questions {
                let (group, item) = match self.ours.get(question.id.value.as_str()).copied() {
                    Some((_, _, held)) if same(held, question) => {
                        self.imported.unchanged += 1;
                        continue;
                    }
                    Some((group, item, held)) => {
                        self.imported.changed.push(item.id.clone());
                        (own_group(group), changed(item, held, question))
                    }
                    None => (self.group(pillar), self.item(custom, question)),
                };
                match groups.iter_mut().find(|held| held.id == group.id) {
                    Some(held) => held.items.push(item),
                    None => groups.push(Written {
                        items: vec![item],
                        ..group
                    }),
                }
            }
        }
        groups
    }

    fn group(&self, pillar: &Pillar) -> Written {
        Written {
            id: format!("{}-{}", self.slug, slug(&pillar.id.value)),
            title: pillar.name.value.clone(),
            known_as: Some(pillar.id.value.clone()),
            items: Vec::new(),
        }
    }

    fn item(&mut self, custom: &CustomLens, question: &Question) -> WrittenItem {
        let id = format!("{}/{}", self.slug, question.id.value);
        let About {
            engines,
            signals,
            rules,
        } = about(&question.title.value, self.lens);
        let help = helps(question.helpful_resource.as_ref());
        let signal_id = |signal| self.lens.signal(signal).id.clone();
        let ticked_by: Vec<String> = signals.iter().map(|(signal, _)| signal_id(*signal)).collect();
        let human = ticked_by.is_empty() && rules.is_empty();
        if human {
            self.imported.people += 1;
        } else {
            let needs = signals
                .iter()
                .map(|(signal, words)| format!("{} (\u{201c}{words}\u{201d})", signal_id(*signal)));
            self.imported.mapped.push(Mapped {
                id: id.clone(),
                to: needs.chain(rules.iter().cloned()).collect(),
            });
        }
        let why = question.description.as_ref().map(|words| words.value.clone());
        let why = why.filter(|words| !words.trim().is_empty());
        let why = why.or_else(|| {
            help.first()
                .map(|help| help.text.clone())
                .filter(|words| !words.is_empty())
        });
        WrittenItem {
            id,
            question: Some(question.title.value.clone()),
            why: Some(why.unwrap_or_else(|| format!("The custom lens \u{201c}{}\u{201d} asks it.", custom.name.value))),
            source: Some(self.slug.clone()),
            known_as: Some(question.id.value.clone()),
            human,
            failed_by: rules,
            when: Some(When {
                choice: engines.is_empty(),
                engine: engines
                    .iter()
                    .map(|&engine| self.lens.engine(engine).id.clone())
                    .collect(),
            }),
            ticked_by: (!ticked_by.is_empty()).then_some(TickedBy { signals: ticked_by }),
            help,
            choices: choices(question),
            risks: risks(question),
            ..WrittenItem::default()
        }
    }
}

/// The group of ours that a changed question stays in.
fn own_group(group: &Group) -> Written {
    Written {
        id: group.id.clone(),
        title: group.title.clone(),
        known_as: None,
        items: Vec::new(),
    }
}

/// What a question says that ours does not.
fn changed(item: &Item, ours: &Question, theirs: &Question) -> WrittenItem {
    let words = |text: &Option<super::format::Text>| text.as_ref().map(|text| text.value.clone());
    let (why, help) = (words(&theirs.description), helps(theirs.helpful_resource.as_ref()));
    let offers = json(&theirs.choices) != json(&ours.choices) || json(&theirs.risk_rules) != json(&ours.risk_rules);
    WrittenItem {
        id: item.id.clone(),
        inherit: true,
        question: (theirs.title.value != ours.title.value).then(|| theirs.title.value.clone()),
        why: why.filter(|_| words(&theirs.description) != words(&ours.description)),
        help: if help == helps(ours.helpful_resource.as_ref()) {
            Vec::new()
        } else {
            help
        },
        choices: if offers { choices(theirs) } else { Vec::new() },
        risks: if offers { risks(theirs) } else { Vec::new() },
        ..WrittenItem::default()
    }
}

fn same(ours: &Question, theirs: &Question) -> bool {
    json(ours) == json(theirs)
}

fn json(value: &impl Serialize) -> Option<serde_json::Value> {
    serde_json::to_value(value).ok()
}

fn choices(question: &Question) -> Vec<checklist::Choice> {
    let choice = |choice: &Choice| {
        let more = |wanted: Kind| {
            let of_kind = choice
                .additional_resources
                .iter()
                .filter(move |more| more.kind == wanted);
            of_kind.flat_map(|more| &more.content).filter_map(help)
        };
        let first = |resource: &Option<Resource>| helps(resource.as_ref());
        checklist::Choice {
            id: choice.id.value.clone(),
            title: choice.title.value.clone(),
            help: first(&choice.helpful_resource)
                .into_iter()
                .chain(more(Kind::HelpfulResource))
                .collect(),
            plan: first(&choice.improvement_plan)
                .into_iter()
                .chain(more(Kind::ImprovementPlan))
                .collect(),
        }
    };
    question.choices.iter().map(choice).collect()
}

fn risks(question: &Question) -> Vec<checklist::RiskRule> {
    let rules = question.risk_rules.iter().map(|rule| checklist::RiskRule {
        when: rule.condition.value.clone(),
        risk: match rule.risk {
            Risk::None => checklist::Risk::None,
            Risk::Medium => checklist::Risk::Medium,
            Risk::High => checklist::Risk::High,
        },
    });
    rules.collect()
}

fn helps(resource: Option<&Resource>) -> Vec<Help> {
    resource.into_iter().filter_map(help).collect()
}

fn help(resource: &Resource) -> Option<Help> {
    let words = |text: &Option<super::format::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let help = Help {
        text: words(&resource.display_text),
        url: words(&resource.url),
    };
    (help != Help::default()).then_some(help)
}

/// No name of a folder is longer.
const LONGEST_SLUG: usize = 40;

/// A name in small letters, digits and hyphens.
fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let whole = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let cut: String = whole.chars().take(LONGEST_SLUG).collect();
    match cut.trim_end_matches('-') {
        "" => "custom-lens".to_owned(),
        slug => slug.to_owned(),
    }
}
