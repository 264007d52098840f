//! Numbers that two records have, and numbers that a record writes in two ways.

use super::{Scene, elsewhere};
use crate::portfolio::{Card, Index, path};
use crate::review::finding::Finding;
use crate::text::Change;

pub(super) fn review(scene: &Scene) -> Vec<Finding> {
    [duplicate(scene), disagreement(scene)].into_iter().flatten().collect()
}

/// Told at every record but the first of those with the number.
fn duplicate(scene: &Scene) -> Option<Finding> {
    let card = scene.card;
    let numbered = card.numbered.as_ref()?;
    let same = |other: &&std::sync::Arc<Card>| {
        let theirs = other.numbered.as_ref();
        theirs.is_some_and(|theirs| theirs.number == numbered.number && theirs.series == numbered.series)
            && !is_translation(card, other)
    };
    let first = scene
        .index
        .with_number(card, numbered.number)
        .filter(same)
        .min_by(|a, b| a.path.cmp(&b.path))
        .filter(|first| first.path < card.path)?;
    let message = format!(
        "{} has the number {} as well",
        path::file_name(&first.shown),
        card.label()
    );
    let finding = scene.finding("portfolio/duplicate-number", card.title_span, message)?;
    Some(Finding {
        elsewhere: vec![elsewhere(first, first.title_span, "has the same number")],
        ..finding
    })
}

/// `0003-x.de.md` beside `0003-x.md`, or the same text in another document language.
fn is_translation(a: &Card, b: &Card) -> bool {
    let (a, b) = (path::stem(&a.path), path::stem(&b.path));
    let base = |stem: &str| match stem.rsplit_once(['.', '_', '-']) {
        Some((base, code)) if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => base.to_owned(),
        _ => stem.to_owned(),
    };
    a == b || base(a) == base(b)
}

fn disagreement(scene: &Scene) -> Option<Finding> {
    let card = scene.card;
    let title = card.title_number.filter(|_| disagrees(card))?;
    let (same, all) = kept_alike(card, scene.index);
    if all < LEAST || same * 10 < all * MOSTLY {
        return None;
    }
    let message = format!("the title has the number {title}, the file's name {}", card.label());
    let place = card.title_number_span().unwrap_or(card.title_span);
    let finding = scene.finding("record/number-disagrees", place, message)?;
    Some(Finding {
        mend: number_of_file(card),
        ..finding
    })
}

/// So many neighbours, and so many of ten of them, must have one number in both places for a record to be told of its two.
const LEAST: usize = 3;
const MOSTLY: usize = 8;

/// The change of a title's number to that of its file, where no neighbour has two numbers: worth offering, though fewer neighbours
/// than a finding takes keep theirs alike.
pub fn renumbered(card: &Card, index: &Index) -> Option<Change> {
    let (same, all) = kept_alike(card, index);
    (card.is_record && disagrees(card) && same == all)
        .then(|| number_of_file(card))
        .flatten()
}

fn disagrees(card: &Card) -> bool {
    card.numbered
        .as_ref()
        .zip(card.title_number)
        .is_some_and(|(file, title)| file.number != title)
}

/// How many neighbours have the same number in both places, of those that have one in each.
fn kept_alike(card: &Card, index: &Index) -> (usize, usize) {
    let both = index
        .neighbours(card)
        .filter(|other| other.numbered.is_some() && other.title_number.is_some());
    both.fold((0, 0), |(same, all), other| {
        (same + usize::from(!disagrees(other)), all + 1)
    })
}

/// As wide as it is written where it is written with zeros, else as it is spoken.
fn number_of_file(card: &Card) -> Option<Change> {
    let (span, number) = (card.title_number_span()?, card.numbered.as_ref()?.number);
    let width = match card.words(span).starts_with('0') {
        true => span.end - span.start,
        false => 0,
    };
    Some(Change {
        span,
        text: format!("{number:0width$}"),
    })
}
