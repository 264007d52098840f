//! Questions about a record or some folders → an answer of the conversation, the same as in the terminal and in the server.

use std::path::PathBuf;

use super::desk::Desk;
use super::material::Material;
use super::refusal::Refusal;
use crate::conversation::{Answer, Neighbour, Session, Subject};
use crate::report;
use crate::workspace::{Talk, neighbours};

/// An answer, and the path of what it is about.
pub(super) struct Said {
    pub path: String,
    pub answer: Answer,
}

/// Asks one question after the other in one talk; the last answer. Without material the talk is about all folders.
pub(super) fn ask(desk: &Desk, material: Option<Material>, questions: &[String]) -> Result<Said, Refusal> {
    let lens = material
        .as_ref()
        .map_or_else(|| desk.lens.clone(), |material| material.lens(desk));
    let talk = material.map(|material| material.talk(desk)).transpose()?;
    let folders: Vec<PathBuf> = match &talk {
        Some(talk) => talk.folder.clone().into_iter().collect(),
        None => desk.folders().to_vec(),
    };
    let beside = || -> Vec<Neighbour> {
        let of = |folder: &PathBuf| neighbours(folder, &lens, desk.reach(), report::shown);
        folders.iter().flat_map(of).collect()
    };
    let subject = Subject {
        lens: &lens,
        as_of: desk.as_of(),
        document: talk.as_ref().and_then(Talk::document),
        neighbours: (!folders.is_empty()).then_some(&beside),
    };
    let mut session = Session::new();
    let mut answers = questions.iter().map(|question| session.turn(question, &subject));
    let answer = answers.by_ref().last();
    let path = match &talk {
        Some(talk) => talk.path.clone(),
        None => desk
            .folders()
            .iter()
            .map(|folder| report::shown(folder))
            .next()
            .unwrap_or_default(),
    };
    match answer {
        Some(answer) => Ok(Said { path, answer }),
        None => Err(Refusal::TooMany {
            field: "questions",
            least: 1,
            most: super::tools::MOST_QUESTIONS,
        }),
    }
}
