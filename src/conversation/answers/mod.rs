//! One file for each kind of answer.

mod about;
mod compare;
mod findings;
mod follow;
mod makes_right;
mod missing;
mod names;
mod recommend;
mod records;
mod reply;
mod understood;
mod what_if;
mod why_not;
mod write;

pub use compare::MOST_COMPARED;

use super::answer::Remark;
use super::session::Turn;
use crate::lens::questions::Intent;

/// Writes the answer to a question that was understood.
pub(super) fn answer(turn: &mut Turn, asked: &str) {
    match turn.question.intent {
        Intent::WhyFlagged => findings::why_flagged(turn),
        Intent::About => about::about(turn),
        Intent::WhyNot => why_not::why_not(turn),
        Intent::Compare => compare::compare(turn),
        Intent::WhatIf => what_if::what_if(turn),
        Intent::MakesRight => makes_right::makes_right(turn),
        Intent::Missing => missing::missing(turn),
        Intent::Recommend => recommend::recommend(turn),
        Intent::Records => records::records(turn),
        Intent::Understood => understood::understood(turn),
        Intent::Write => write::write(turn),
        Intent::Undo => follow::undo(turn),
        Intent::Reset => follow::reset(turn),
        Intent::Changes => follow::changes(turn),
        Intent::Assumptions => follow::assumptions(turn),
        Intent::Why => follow::why(turn),
        Intent::Sources => follow::sources(turn),
        Intent::Accept => reply::accept(turn),
        Intent::Decline => reply::decline(turn),
        Intent::Skip => reply::skip(turn),
        Intent::Answer => reply::answer(turn, asked),
        Intent::Help => {
            let examples = turn.examples(&[
                Intent::WhyFlagged,
                Intent::WhatIf,
                Intent::WhyNot,
                Intent::Compare,
                Intent::MakesRight,
                Intent::Missing,
                Intent::Recommend,
                Intent::Write,
                Intent::About,
                Intent::Records,
                Intent::Understood,
                Intent::Assumptions,
                Intent::Undo,
            ]);
            turn.writer.remark(Remark::Can { examples });
        }
        Intent::Follow | Intent::Unknown => turn.not_understood(asked),
    }
}
