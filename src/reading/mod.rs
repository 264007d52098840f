//! A record and a lens → a reading: which engines it names and in what role, what its workload needs, and the figures it gives.

mod assertion;
mod figures;
mod requirements;
mod roles;
mod sentence;
mod workload;

use std::collections::BTreeSet;

use crate::lens::{Cue, EngineId, Lens, SignalId};
use crate::quantity::Quantity;
use crate::record::Record;
use crate::syntax::Language;
use crate::text::Span;

pub use assertion::Assertion;
pub use figures::Measured;
pub use sentence::Cues;

/// From so many sentences on, what another thread can do takes longer than to wake it.
const MANY: usize = 500;

/// What a record says.
pub struct Reading {
    pub record: Record,
    pub choices: Vec<Choice>,
    pub requirements: Vec<Requirement>,
    /// Every measured statement, with its place in the file.
    pub quantities: Vec<Measured>,
    /// The phrases found in each sentence.
    pub cues: Cues,
}

/// What an earlier reading found, of a text that has changed since.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    pub text: &'a str,
    pub record: &'a Record,
    pub cues: &'a Cues,
    pub quantities: &'a [Measured],
}

impl Earlier<'_> {
    fn quantities_of(&self, sentence: usize) -> impl Iterator<Item = &Measured> {
        let first = self.quantities.partition_point(|known| known.sentence < sentence);
        let rest = self.quantities.iter().skip(first);
        rest.take_while(move |known| known.sentence == sentence)
    }
}

/// An engine and its role in the record, at the words that tell it best.
#[derive(Debug, Clone)]
pub struct Choice {
    pub engine: EngineId,
    pub role: Role,
    pub span: Span,
    pub workload: Option<String>,
    /// The sentence the words stand in.
    pub sentence: usize,
    /// Affirmed by a sentence that stands where decisions stand, whatever its role: it may hold a part of the data.
    pub affirmed: bool,
    /// Named only to say that it is not there: "no Mongo code to carry over".
    pub denied: bool,
    /// Another engine takes its place: "we replace MySQL with DynamoDB".
    pub leaves: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Chosen,
    Rejected,
    Considered,
    Incumbent,
    Mentioned,
}

/// Something the workload needs, or expressly does not need.
#[derive(Debug, Clone)]
pub struct Requirement {
    pub signal: SignalId,
    pub polarity: Polarity,
    pub strength: Strength,
    pub workload: Option<String>,
    /// The clause that states it.
    pub span: Span,
    pub sentence: usize,
    /// For a need of compatibility: the engine it names.
    pub engine: Option<EngineId>,
    /// Read beyond doubt: by a phrase that is safe on its own, or in a place that lists needs. Only such a need speaks against a choice.
    pub firm: bool,
    /// What it was read by.
    pub by: By,
    /// The figure it rests on.
    pub quantity: Option<Quantity>,
}

impl Requirement {
    /// Read by its likeness alone: no words of the lens state it.
    pub fn is_likely(&self) -> bool {
        matches!(self.by, By::Likeness(_))
    }

    /// The same, and not beyond doubt: it speaks neither for a choice nor against it.
    pub fn is_guess(&self) -> bool {
        self.is_likely() && !self.firm
    }

    /// Whether it takes a need back that is stated elsewhere.
    pub fn takes_back(&self) -> bool {
        self.polarity == Polarity::NotRequired && !self.is_likely()
    }
}

/// The needs that some of these take back, wherever they are stated.
pub fn taken_back<'a>(needs: impl IntoIterator<Item = &'a Requirement>) -> BTreeSet<SignalId> {
    let back = needs.into_iter().filter(|need| need.takes_back());
    back.map(|need| need.signal).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    Required,
    NotRequired,
}

/// Weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    May,
    Should,
    Must,
}

/// What a requirement was read by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A phrase of the lens, by its number.
    Cue(u32),
    /// A figure.
    Figure,
    /// Its likeness to the examples of the lens; the words that speak loudest for it.
    Likeness(Vec<String>),
}

impl Reading {
    /// Reads a text. Pure: the same text and lens give the same reading.
    pub fn of(text: &str, language: Language, lens: &Lens) -> Reading {
        let record = Record::read(text, language, lens);
        let ((cues, choices), quantities) = rayon::join(
            || {
                let cues = Cues::find(&record, lens);
                let choices = roles::read(&record, &cues, lens);
                (cues, choices)
            },
            || figures::read(text, &record, lens),
        );
        Reading::complete(text, record, cues, choices, quantities, lens)
    }

    /// Reads a text again after a change: the same as [`Reading::of`], where `earlier` was read in the same language by the same lens.
    /// Taken over is what is read of a sentence by itself: its words, its phrases and its figures.
    pub fn again(text: &str, language: Language, lens: &Lens, earlier: &Earlier<'_>) -> Reading {
        let (record, known) = Record::read_again(text, language, lens, earlier.text, earlier.record);
        let cues = Cues::find_again(&record, lens, earlier.cues, &known);
        let choices = || roles::read(&record, &cues, lens);
        let needs = || {
            let quantities = figures::read_again(text, &record, lens, earlier, &known);
            let requirements = requirements::read(text, &record, &cues, &quantities, lens);
            (quantities, requirements)
        };
        let (choices, (quantities, requirements)) = match record.sentences.len() < MANY {
            true => (choices(), needs()),
            false => rayon::join(choices, needs),
        };
        Reading::tied(record, cues, choices, quantities, requirements)
    }

    /// For another reading after a change of the text, this was.
    pub fn as_earlier<'a>(&'a self, text: &'a str) -> Earlier<'a> {
        Earlier {
            text,
            record: &self.record,
            cues: &self.cues,
            quantities: &self.quantities,
        }
    }

    /// Reads a text that is to be reviewed, and no further than to its choices when it decides for no engine and takes no design that
    /// a rule knows: then only its form is of interest, and that is given back.
    pub fn of_decision(text: &str, language: Language, lens: &Lens) -> Result<Reading, Box<Record>> {
        let (record, cues, choices) = decision(text, language, lens)?;
        let quantities = figures::read(text, &record, lens);
        Ok(Reading::complete(text, record, cues, choices, quantities, lens))
    }

    /// The record and the choices of [`Reading::of_decision`], without what the workload needs.
    pub fn choices_of(text: &str, language: Language, lens: &Lens) -> Result<(Record, Vec<Choice>), Box<Record>> {
        let (record, cues, mut choices) = decision(text, language, lens)?;
        workload::tie(&record, &cues, &mut choices, &mut []);
        Ok((record, choices))
    }

    fn complete(
        text: &str,
        record: Record,
        cues: Cues,
        choices: Vec<Choice>,
        quantities: Vec<Measured>,
        lens: &Lens,
    ) -> Reading {
        let requirements = requirements::read(text, &record, &cues, &quantities, lens);
        Reading::tied(record, cues, choices, quantities, requirements)
    }

    fn tied(
        record: Record,
        cues: Cues,
        mut choices: Vec<Choice>,
        quantities: Vec<Measured>,
        mut requirements: Vec<Requirement>,
    ) -> Reading {
        workload::tie(&record, &cues, &mut choices, &mut requirements);
        Reading {
            record,
            choices,
            requirements,
            quantities,
            cues,
        }
    }

    /// Whether some words ask for a signal beyond doubt.
    pub fn is_sure(&self, signal: SignalId) -> bool {
        let asked = |need: &Requirement| need.signal == signal && need.polarity == Polarity::Required && need.firm;
        self.requirements.iter().any(asked)
    }

    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(move |choice| choice.role == role)
    }
}

/// A record that decides for an engine or takes a design; else its form.
fn decision(text: &str, language: Language, lens: &Lens) -> Result<(Record, Cues, Vec<Choice>), Box<Record>> {
    let record = Record::read(text, language, lens);
    if record.mentions.is_empty() && !lens.language.has_subject(&record.words) {
        return Err(Box::new(record));
    }
    let cues = Cues::find(&record, lens);
    let choices = roles::read(&record, &cues, lens);
    let chooses = choices.iter().any(|choice| choice.role == Role::Chosen);
    match chooses || takes_a_design(&record, &cues, lens) {
        true => Ok((record, cues, choices)),
        false => Err(Box::new(record)),
    }
}

/// Whether the record holds all the phrases of a passage that a design rule speaks against.
fn takes_a_design(record: &Record, cues: &Cues, lens: &Lens) -> bool {
    let mut said = BTreeSet::new();
    for (number, sentence) in record.sentences.iter().enumerate() {
        said.extend(cues.of(number).iter().filter_map(|hit| match hit.payload {
            Cue::Design(group) => Some((group, sentence.role)),
            _ => None,
        }));
    }
    let passages = || lens.designs.iter().flat_map(|design| &design.when);
    !said.is_empty()
        && passages().any(|passage| {
            passage.groups.iter().all(|wanted| {
                said.iter()
                    .any(|(group, role)| group == wanted && passage.places.iter().any(|place| place.holds(*role)))
            })
        })
}
