//! The option that won: marked as such, the only one in bold, named by the decision, or with the highest total.

use std::collections::BTreeSet;

use super::options::{Group, Listed, Mark, Options, has};
use super::{Collected, Evidence, Kind, Scene, Weight};
use crate::lens::phrase::{Break, Match, Word};
use crate::lens::schema::RoleName;
use crate::lens::{Cue, SectionRole};
use crate::reading::Role;
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// How many sentences of the decision may name the option.
const FIRST_SENTENCES: usize = 3;
/// Within how many words of such a sentence.
const FIRST_WORDS: usize = 10;
/// So many names beside an option are looked at: a longer list is no company.
const COMPANY: usize = 8;

pub(super) fn mark(scene: &Scene, options: &Options, collected: &mut Collected) {
    let assigned = options.assigned.iter().map(|&mention| (mention, Weight::Free));
    let entries = options.entries.iter().map(|&mention| (mention, Weight::State));
    for (mention, weight) in assigned.chain(entries) {
        collected.add(Evidence::plain(Role::Chosen, weight, Kind::Cue, mention));
    }
    let listed = &options.listed;
    // Where every option of a list is ticked, the tick does not tell them apart.
    let apart = |group: Group| {
        listed
            .iter()
            .any(|option| option.group == group && option.mark != Some(Mark::Wins))
    };
    let marked: Vec<usize> = (0..listed.len())
        .filter(|&at| {
            listed
                .get(at)
                .is_some_and(|option| option.mark == Some(Mark::Wins) && apart(option.group))
        })
        .collect();
    let mut winners = marked;
    if winners.is_empty()
        && let Some((option, sentence)) = named_by_decision(scene, listed)
    {
        winners.push(option);
        company(scene, listed, sentence, collected);
    }
    if winners.is_empty() && !collected.has(Role::Chosen, Weight::State) {
        winners = only_bold(scene, listed)
            .or_else(|| best_figure(scene, listed, Cue::Total, |a, b| a > b))
            .or_else(|| best_figure(scene, listed, Cue::Rank, |a, b| a < b))
            .into_iter()
            .collect();
    }
    let none_named = !winners.is_empty()
        && winners
            .iter()
            .all(|&at| listed.get(at).is_some_and(|option| option.mentions.is_empty()));
    collected.decides_other |= none_named;
    for option in winners.iter().filter_map(|&at| listed.get(at)) {
        for &mention in &option.mentions {
            collected.add(Evidence::plain(Role::Chosen, Weight::Marked, Kind::Marked, mention));
        }
    }
    for option in listed.iter().filter(|option| option.mark == Some(Mark::Loses)) {
        for &mention in &option.mentions {
            collected.add(Evidence::plain(Role::Rejected, Weight::Title, Kind::Cue, mention));
        }
    }
}

/// "Option D, with Redis for the carts": what is joined to the option that a sentence of the decision names is decided for with it, unless
/// it is an option of its own.
fn company(scene: &Scene, listed: &[Listed], number: usize, collected: &mut Collected) {
    let Some(sentence) = scene.record.sentences.get(number) else {
        return;
    };
    let engine = |mention: usize| scene.mention(mention).map(|mention| mention.engine);
    let options: BTreeSet<_> = listed
        .iter()
        .flat_map(|option| &option.mentions)
        .map(|&mention| engine(mention))
        .collect();
    let beside = scene.named_in(sentence.words.start, sentence.words.end).iter();
    for &mention in beside.take(COMPANY) {
        if !options.contains(&engine(mention)) && super::affirmed::joins(scene, number, sentence, mention) {
            collected.add(Evidence::plain(Role::Chosen, Weight::Marked, Kind::Marked, mention));
        }
    }
}

/// "Option 2", "the second option", "B.", or the words of the option, in the first sentences of the decision; elsewhere only beside a
/// phrase that decides: "the latter it is". The option, and the sentence that names it.
fn named_by_decision(scene: &Scene, listed: &[Listed]) -> Option<(usize, usize)> {
    let decides = |(number, sentence): &(usize, &Sentence)| match sentence.role {
        _ if scene.is_heading(sentence.block) => false,
        SectionRole::Decision => true,
        SectionRole::Free => {
            let before = |option: &Listed| stands_before(scene, option, sentence);
            let behind = listed
                .iter()
                .all(|option| option.group.is_running_text() || before(option))
                && listed.iter().any(before);
            let refers = behind && refers_only(scene, *number, sentence);
            sentence.words.len() <= FIRST_WORDS && (refers || chooses(scene, scene.cues.of(*number)))
        }
        _ => false,
    };
    let sentences = scene
        .record
        .sentences
        .iter()
        .enumerate()
        .filter(decides)
        .take(FIRST_SENTENCES);
    for (number, sentence) in sentences {
        let words = scene.record.sentence_words(sentence);
        if let Some(at) = referred(scene, number, sentence, listed) {
            return Some((at, number));
        }
        let lone = words
            .first()
            .filter(|word| word.text.chars().count() == 1 && sentence.role == SectionRole::Decision);
        if let Some(at) = lone.and_then(|label| labelled(scene, &label.text, listed)) {
            return Some((at, number));
        }
        if words.iter().any(|word| word.mention.is_some()) {
            return None;
        }
        if let Some(at) = listed.iter().position(|option| {
            !option.group.is_running_text() && same_words(words, scene.record.block_words(option.block))
        }) {
            return Some((at, number));
        }
    }
    None
}

/// Whether an option is named before a sentence.
fn stands_before(scene: &Scene, option: &Listed, sentence: &Sentence) -> bool {
    let running = option.group.is_running_text();
    let word = |mention: &usize| scene.mention(*mention).map(|mention| mention.word);
    let named = option.mentions.first().and_then(word).filter(|_| running);
    named.map_or(option.block < sentence.block, |word| word < sentence.words.start)
}

/// Whether a sentence names no engine and speaks of an option by its place: "The second."
fn refers_only(scene: &Scene, number: usize, sentence: &Sentence) -> bool {
    let words = scene.record.sentence_words(sentence);
    let placed = |hit: &Match<Cue>| {
        let apart = words.get(hit.end).is_none_or(|next| next.before >= Break::Comma);
        matches!(hit.payload, Cue::Ordinal(_)) && hit.start <= 1 && (apart || follows(scene, number, hit.end))
    };
    words.iter().all(|word| word.mention.is_none()) && scene.cues.of(number).iter().any(placed)
}

/// Whether "option" or its like stands at a word.
fn follows(scene: &Scene, number: usize, at: usize) -> bool {
    let mut hits = scene.cues.of(number).iter();
    hits.any(|hit| hit.payload == Cue::OptionWord && hit.start == at)
}

/// Whether one of the phrases of a sentence chooses.
fn chooses(scene: &Scene, hits: &[Match<Cue>]) -> bool {
    hits.iter().any(|hit| is_choice(scene, hit))
}

fn is_choice(scene: &Scene, hit: &Match<Cue>) -> bool {
    scene.role_of(hit) == Some(RoleName::Chosen)
}

fn referred(scene: &Scene, number: usize, sentence: &Sentence, listed: &[Listed]) -> Option<usize> {
    let words = scene.record.sentence_words(sentence);
    let hits = scene.cues.of(number);
    let ordinal = |at: usize| {
        hits.iter().find_map(|hit| match hit.payload {
            Cue::Ordinal(number) if hit.start == at => Some(number),
            _ => None,
        })
    };
    let named = hits
        .iter()
        .filter(|hit| hit.payload == Cue::OptionWord && hit.start < FIRST_WORDS);
    // "We choose B."
    let chosen = hits
        .iter()
        .filter(|hit| hit.start < FIRST_WORDS && is_choice(scene, hit));
    let lettered = chosen
        .filter_map(|hit| words.get(hit.end).filter(|word| word.text.len() <= 2))
        .find_map(|word| labelled(scene, &word.text, listed));
    if lettered.is_some() {
        return lettered;
    }
    let nth = |number: u8| nth(scene, sentence, listed, number);
    // "Chosen option: the second."
    let covered = |at: usize| {
        hits.iter()
            .any(|hit| hit.payload == Cue::Lead && hit.start <= at && at < hit.end)
    };
    let mut found = named.filter_map(|hit| {
        let label = words.get(hit.end).map(|word| word.text.as_str()).unwrap_or_default();
        let by_label = (label.len() <= 2).then(|| labelled(scene, label, listed)).flatten();
        by_label
            .or_else(|| label.parse::<u8>().ok().and_then(|number| nth(number.checked_sub(1)?)))
            .or_else(|| ordinal(hit.end).and_then(nth))
            .or_else(|| ordinal(hit.end + 1).filter(|_| covered(hit.end)).and_then(nth))
            .or_else(|| ordinal(hit.start.checked_sub(1)?).and_then(nth))
    });
    found.next().or_else(|| {
        // "The latter", "the first one": a word for a place that needs no "option".
        let lone = hits.iter().find(|hit| {
            let apart = words.get(hit.end).is_none_or(|next| next.before >= Break::Comma);
            let told = is_told_chosen(scene, hits, hit.start);
            let opens = hit.start == 1 && (apart || chooses(scene, hits) || follows(scene, number, hit.end));
            matches!(hit.payload, Cue::Ordinal(_)) && (opens || apart && told)
        })?;
        ordinal(lone.start).and_then(nth)
    })
}

/// Whether a phrase that chooses stands right before the article of a word: "we took the former".
fn is_told_chosen(scene: &Scene, hits: &[Match<Cue>], at: usize) -> bool {
    hits.iter().any(|hit| is_choice(scene, hit) && hit.end + 1 == at)
}

/// The option in a place, among those that are counted together before a sentence.
fn nth(scene: &Scene, sentence: &Sentence, listed: &[Listed], number: u8) -> Option<usize> {
    let group = main_group(listed).or_else(|| {
        let before = |option: &&Listed| option.group.is_running_text() && stands_before(scene, option, sentence);
        let last = |option: &Listed| option.mentions.last().copied();
        listed
            .iter()
            .filter(before)
            .max_by_key(|option| last(option))
            .map(|option| option.group)
    })?;
    let members: Vec<usize> = match group {
        // An item that names no engine is counted too.
        Group::List(list) => (0..scene.record.outline.blocks.len())
            .filter(|&block| {
                let block = scene.record.outline.blocks.get(block);
                block.is_some_and(|block| matches!(block.kind, BlockKind::Item { list: own, .. } if own == list))
            })
            .collect(),
        _ => Vec::new(),
    };
    let options: Vec<usize> = (0..listed.len())
        .filter(|&at| listed.get(at).is_some_and(|option| option.group == group))
        .collect();
    let place = |count: usize| match number {
        u8::MAX => count.checked_sub(1),
        number => Some(usize::from(number)),
    };
    if members.is_empty() {
        return options.get(place(options.len())?).copied();
    }
    let block = *members.get(place(members.len())?)?;
    options
        .into_iter()
        .find(|&at| listed.get(at).is_some_and(|option| option.block == block))
}

/// The option with the label "B" in "Option B: …" or "B) …".
fn labelled(scene: &Scene, label: &str, listed: &[Listed]) -> Option<usize> {
    listed.iter().position(|option| {
        if option.group.is_running_text() {
            return false;
        }
        let head = scene.record.block_words(option.block);
        let first = scene
            .record
            .sentences_in(option.block)
            .next()
            .map(|number| scene.cues.of(number))
            .unwrap_or_default();
        let after_word = first
            .iter()
            .any(|hit| hit.payload == Cue::OptionWord && head.get(hit.end).is_some_and(|word| word.text == label));
        let row = match scene.record.outline.blocks.get(option.block).map(|block| block.kind) {
            Some(BlockKind::Cell { table, row, column }) if column > 0 => scene.record.outline.cell(table, row, 0),
            _ => None,
        };
        let row = row.map(|cell| scene.record.block_words(cell)).unwrap_or_default();
        let in_row = row.len() == 1 && row.iter().any(|word| word.text == label);
        after_word || in_row || head.len() > 1 && head.first().is_some_and(|word| word.text == label)
    })
}

/// The first options with a place of their own that are counted together.
fn main_group(listed: &[Listed]) -> Option<Group> {
    let size = |group: Group| listed.iter().filter(|option| option.group == group).count();
    let mut groups = listed.iter().map(|option| option.group);
    groups.find(|&group| !group.is_running_text() && size(group) > 1)
}

/// Whether the words of an option, at least two of them, stand in the decision in their order.
fn same_words(decision: &[Word], option: &[Word]) -> bool {
    let head = option
        .iter()
        .skip(1)
        .position(|word| word.before >= crate::lens::phrase::Break::Colon)
        .map_or(option.len(), |at| at + 1);
    let option: Vec<&str> = option.iter().take(head).map(|word| word.text.as_str()).collect();
    // An option of one word, such as a product that is no data store, is named where the decision begins with it.
    if let &[only] = option.as_slice() {
        return decision.first().is_some_and(|word| word.text == only) && decision.len() > 1;
    }
    (2..=12).contains(&option.len())
        && decision
            .windows(option.len())
            .any(|window| window.iter().map(|word| word.text.as_str()).eq(option.iter().copied()))
}

/// Of the rows or columns of a table of options, exactly one in bold.
fn only_bold(scene: &Scene, listed: &[Listed]) -> Option<usize> {
    let is_bold = |option: &Listed| {
        matches!(option.group, Group::Table(_))
            && !option.mentions.is_empty()
            && scene.record.block_words(option.block).iter().all(|word| word.strong)
    };
    let mut bold = listed.iter().enumerate().filter(|(_, option)| is_bold(option));
    let (at, winner) = bold.next()?;
    let plain = listed
        .iter()
        .any(|option| option.group == winner.group && !is_bold(option) && !option.mentions.is_empty());
    (bold.next().is_none() && plain).then_some(at)
}

/// The figure beside the word for it in the text of an option: "Druid (2 votes)".
fn counted(scene: &Scene, block: usize, header: Cue) -> Option<f64> {
    let number = scene.record.sentences_in(block).next()?;
    let words = scene.record.sentence_words(scene.record.sentences.get(number)?);
    let hit = scene.cues.of(number).iter().find(|hit| hit.payload == header)?;
    let figure = |at: usize| words.get(at)?.text.replace(',', ".").parse().ok();
    hit.start.checked_sub(1).and_then(figure).or_else(|| figure(hit.end))
}

/// The option with the highest total in the row or column of totals of their table, or with the first rank.
fn best_figure(scene: &Scene, listed: &[Listed], header: Cue, better: fn(f64, f64) -> bool) -> Option<usize> {
    let outline = &scene.record.outline;
    let total = |option: &Listed| -> Option<f64> {
        if option.group.is_running_text() {
            return None;
        }
        let BlockKind::Cell { table, row, column } = outline.blocks.get(option.block)?.kind else {
            return counted(scene, option.block, header);
        };
        let is_total = |block: usize| has(scene, block, header);
        let cell = if row == 0 {
            let row = (1..)
                .map_while(|row| Some((row, outline.cell(table, row, 0)?)))
                .find(|(_, label)| is_total(*label))?
                .0;
            outline.cell(table, row, column)?
        } else {
            let column = (1..)
                .map_while(|column| Some((column, outline.cell(table, 0, column)?)))
                .find(|(_, label)| is_total(*label))?
                .0;
            outline.cell(table, row, column)?
        };
        scene
            .record
            .block_words(cell)
            .first()?
            .text
            .replace(',', ".")
            .parse()
            .ok()
    };
    let totals: Vec<(usize, f64)> = listed
        .iter()
        .enumerate()
        .filter_map(|(at, option)| Some((at, total(option)?)))
        .collect();
    let best = totals
        .iter()
        .copied()
        .reduce(|best, next| if better(next.1, best.1) { next } else { best })?;
    let unique = totals.iter().filter(|(_, figure)| !better(best.1, *figure)).count() == 1;
    (unique && totals.len() > 1).then_some(best.0)
}
