//! "Accept the cost": a sentence under the consequences, in the record's own style, by which the record names the cost and takes it.

use super::{Analysis, Case, Change, Page};
use crate::amend::List;
use crate::lens::{Cue, EngineId, SectionRole, SignalId};
use crate::record::Template;
use crate::review::Finding;
use crate::text::Span;

/// A need's words are quoted whole up to this many characters; of a longer clause, the words around the cue.
const QUOTE: usize = 120;
/// How many words around a cue are quoted.
const AROUND: usize = 4;

/// The engine that was chosen, and the need it works against. Only the cost of a choice can be accepted, and only once.
pub(super) fn cost(finding: &Finding) -> Option<(EngineId, SignalId)> {
    finding
        .engine
        .zip(finding.signal)
        .filter(|_| finding.acknowledged.is_none())
}

/// Whether the record now names and accepts the cost, as the reviewer sees it.
pub(super) fn is_done(finding: &Finding, after: &Analysis) -> bool {
    super::each_of_its_rule(finding, after, |other| other.acknowledged.is_some())
}

pub(super) fn changes(case: &Case, page: &Page) -> Vec<Change> {
    let Some(engine) = case.finding.engine else {
        return Vec::new();
    };
    let lens = &case.snapshot.lens;
    let name = &lens.engine(engine).name;
    let quotes = quotes(case);
    let mut sentences: Vec<String> = quotes
        .iter()
        .map(|quote| format!("We accept that {name} works against this need: \"{quote}\"."))
        .collect();
    // A need that was stated by a figure alone is called by its name.
    if let (Some(signal), Some(quote)) = (case.finding.signal, quotes.first()) {
        let signal = &lens.signal(signal).id;
        sentences.push(format!(
            "We accept that {name} works against this need ({signal}): \"{quote}\"."
        ));
        sentences.push(format!("We accept that {name} works against this need: {signal}."));
    }
    match page.section(&[SectionRole::ConsequencesBad, SectionRole::Consequences]) {
        Some(section) => match page.list(section) {
            Some(list) => sentences
                .iter()
                .flat_map(|sentence| items(page, &list, sentence))
                .collect(),
            None => sentences
                .iter()
                .map(|sentence| page.add_paragraph(page.own_end(section), std::slice::from_ref(sentence)))
                .collect(),
        },
        None => sentences.iter().map(|sentence| section(page, sentence)).collect(),
    }
}

/// As an item of a list; where the items say "Good, because …", this one says "Bad, because …".
fn items(page: &Page, list: &List, sentence: &str) -> Vec<Change> {
    let stop = page.ends_with_stop(list);
    let ended = |words: String| {
        if stop {
            words
        } else {
            words.trim_end_matches('.').to_owned()
        }
    };
    let argues = list.items.iter().filter_map(|&item| page.block(item)).any(|block| {
        let text = block.plain().to_lowercase();
        text.starts_with("good, because") || text.starts_with("bad, because")
    });
    let because = || {
        let mut characters = sentence.chars();
        let first = characters
            .next()
            .map(|c| c.to_lowercase().to_string())
            .unwrap_or_default();
        ended(format!("Bad, because {first}{}", characters.as_str()))
    };
    let plain = page.add_item(list, &ended(sentence.to_owned()));
    if argues {
        vec![page.add_item(list, &because()), plain]
    } else {
        vec![plain]
    }
}

/// Without a place for consequences, one behind the decision: under it where the template has it so.
fn section(page: &Page, sentence: &str) -> Change {
    let decision = page.decision();
    let like = decision.or_else(|| page.section(&[SectionRole::Context, SectionRole::Status]));
    let at = decision.map_or_else(|| page.end(), |section| page.whole_end(section));
    let deeper = u8::from(page.record.template == Template::Madr && decision.is_some());
    page.add_section(at, like, deeper, "Consequences", &[sentence.to_owned()])
}

/// The record's own words for the need, which the reviewer knows again: the clause unless it is long, the words around the cue, the
/// cue alone.
fn quotes(case: &Case) -> Vec<String> {
    let Some(&span) = case.finding.evidence.first() else {
        return Vec::new();
    };
    let text = case.snapshot.text();
    let words = clause(case, span);
    let whole = plain(joined(&words).unwrap_or(span).of(text));
    let shorter = [AROUND, 0]
        .into_iter()
        .filter_map(|around| around_cue(case, span, &words, around));
    let mut quotes: Vec<String> = shorter.map(|span| plain(span.of(text))).collect();
    if whole.chars().count() <= QUOTE || quotes.is_empty() {
        quotes.insert(0, whole);
    }
    quotes.dedup();
    quotes
}

/// The words of a clause, without a label that stands before them ("**Context:** …").
fn clause(case: &Case, clause: Span) -> Vec<Span> {
    let record = &case.analysis.reading.record;
    let inside: Vec<_> = record.words.iter().filter(|word| clause.contains(word.span)).collect();
    let strong = inside.iter().take_while(|word| word.strong).count();
    let is_label = || {
        let between = inside.get(strong.checked_sub(1)?)?.span.join(inside.get(strong)?.span);
        Some(between.of(case.snapshot.text()).contains(':'))
    };
    let skipped = if is_label() == Some(true) { strong } else { 0 };
    inside.iter().skip(skipped).map(|word| word.span).collect()
}

/// The cue of the need with so many words on either side.
fn around_cue(case: &Case, span: Span, clause: &[Span], around: usize) -> Option<Span> {
    let reading = &case.analysis.reading;
    let need = reading
        .requirements
        .iter()
        .find(|need| need.span == span && Some(need.signal) == case.finding.signal)?;
    let sentence = reading.record.sentences.get(need.sentence)?;
    let words = reading.record.sentence_words(sentence);
    let cue = reading.cues.of(need.sentence).iter().find_map(|hit| {
        let of_need = matches!(hit.payload, Cue::Signal { signal, .. } if signal == need.signal);
        let (first, last) = (words.get(hit.start)?.span, words.get(hit.end.checked_sub(1)?)?.span);
        (of_need && span.contains(first)).then_some((first, last))
    })?;
    let first = clause.iter().position(|&word| word == cue.0)?;
    let last = clause.iter().position(|&word| word == cue.1)?;
    joined(clause.get(first.saturating_sub(around)..(last + 1 + around).min(clause.len()))?)
}

fn joined(words: &[Span]) -> Option<Span> {
    Some(words.first()?.join(*words.last()?))
}

/// On one line, without marks that a cut could leave open and the quotation marks that would end ours.
fn plain(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("**", "")
        .replace('"', "'")
}
