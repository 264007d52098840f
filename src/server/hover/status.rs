//! The status: what it makes of the findings.

use crate::lens::Status;
use crate::reading::Reading;
use crate::report::word;
use crate::server::markup::{Markup, Piece};

pub(super) fn status(markup: &mut Markup, reading: &Reading) {
    let record = &reading.record;
    let says = match record.status {
        Status::Proposed | Status::Unknown => "The decision is open: every finding is told at its full severity.",
        Status::Accepted => {
            "The decision is in force: findings are warnings at most, and a record that supersedes this one is the way out."
        }
        Status::Rejected | Status::Deprecated | Status::Superseded => {
            "The decision is not in force: only what became of its services is told."
        }
    };
    markup.paragraph(&[Piece::Strong("Status: "), Piece::Strong(&word(record.status))]);
    markup.paragraph(&[Piece::Text(says)]);
    if let Some(date) = &record.date {
        markup.paragraph(&[Piece::Text("Date: "), Piece::Text(date)]);
    }
}
