//! Another record, under a link or a number: its title, its status, what it decides for, and what took its place.

use crate::lens::{Lens, Relation, Status};
use crate::portfolio::{Card, Meaning};
use crate::report::word;
use crate::server::analysis::Place;
use crate::server::markup::{Markup, Piece};

pub(super) fn record(markup: &mut Markup, card: &Card, place: &Place, lens: &Lens) {
    let label = card.label();
    let title = card.title.as_deref().unwrap_or_default();
    markup.paragraph(&[Piece::Strong(&label), Piece::Text(" "), Piece::Text(title)]);
    let status = match card.status {
        Status::Unknown => "states no status".to_owned(),
        status => word(status),
    };
    markup.item(&[Piece::Text("Status: "), Piece::Text(&status)]);
    for reference in &card.references {
        let says = match reference.relation {
            Some(Relation::SupersededBy) => "Superseded by ",
            Some(Relation::Supersedes) => "Supersedes ",
            Some(Relation::RestsOn) => "Rests on ",
            None => continue,
        };
        if let Meaning::Record(other) = place.index.meaning(card, reference) {
            let named = format!("{} {}", other.label(), other.title.as_deref().unwrap_or_default());
            markup.item(&[Piece::Text(says), Piece::Text(named.trim_end())]);
        }
    }
    let names: Vec<&str> = card
        .chosen()
        .map(|choice| lens.engine(choice.engine).name.as_str())
        .collect();
    if !names.is_empty() {
        let names = names.join(", ");
        markup.item(&[Piece::Text("Decides for "), Piece::Text(&names)]);
    }
}
