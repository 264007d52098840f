//! Numbers that two records have, and numbers that a record writes in two ways.

use super::{Scene, elsewhere};
use crate::portfolio::{Card, path};
use crate::review::finding::{Finding, Mend};

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
    let (numbered, title) = (card.numbered.as_ref()?, card.title_number?);
    // Only where the other records of the folder keep the two alike.
    let alike = |other: &Card| match (&other.numbered, other.title_number) {
        (Some(numbered), Some(title)) => Some(numbered.number == title),
        _ => None,
    };
    let kept = scene.index.neighbours(card).filter_map(|other| alike(other));
    let (same, all) = kept.fold((0, 0), |(same, all), is| (same + usize::from(is), all + 1));
    if numbered.number == title || all < LEAST || same * 10 < all * MOSTLY {
        return None;
    }
    let message = format!("the title has the number {title}, the file's name {}", card.label());
    let line = card.title_number_span().unwrap_or(card.title_span);
    let finding = scene.finding("record/number-disagrees", line, message)?;
    let width = line.end - line.start;
    let number = numbered.number;
    Some(Finding {
        mend: (line != card.title_span).then(|| Mend {
            span: line,
            text: format!(
                "{number:0width$}",
                width = if card.words(line).starts_with('0') { width } else { 0 }
            ),
        }),
        ..finding
    })
}

/// So many neighbours, and so many of ten of them, must have one number in both places.
const LEAST: usize = 3;
const MOSTLY: usize = 8;
