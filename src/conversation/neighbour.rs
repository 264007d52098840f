//! A record of the folder, as far as other records want to know of it.

use super::Document;
use super::answer::Place;
use crate::lens::{EngineId, SignalId, Status};
use crate::reading::{Polarity, Reading, Role};

/// What a record decides and needs, with its words.
pub struct Neighbour {
    pub path: String,
    pub title: String,
    pub status: Status,
    pub choices: Vec<(EngineId, Role, Place)>,
    pub needs: Vec<(SignalId, Place)>,
}

impl Neighbour {
    pub fn of(document: Document<'_>, reading: &Reading) -> Neighbour {
        let place = |span| Place::new(document.path, document.source, span);
        let record = &reading.record;
        Neighbour {
            path: document.path.to_owned(),
            title: record
                .title
                .as_ref()
                .map_or_else(|| document.path.to_owned(), |title| title.text.clone()),
            status: record.status,
            choices: reading
                .choices
                .iter()
                .map(|choice| (choice.engine, choice.role, place(choice.span)))
                .collect(),
            needs: reading
                .requirements
                .iter()
                .filter(|need| need.polarity == Polarity::Required)
                .map(|need| (need.signal, place(need.span)))
                .collect(),
        }
    }
}
