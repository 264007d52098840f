//! The question of a custom lens → what of our lens it asks for. Only what its title says by name or in a cue counts: whoever asks about
//! something else, in words we do not know, is left to people.

use crate::lens::phrase::{Match, split};
use crate::lens::{Cue, CueKind, EngineId, Lens, SignalId};

/// What a question is about.
#[derive(Debug, Default)]
pub(super) struct About {
    pub engines: Vec<EngineId>,
    /// Each with the words of the title that say so.
    pub signals: Vec<(SignalId, String)>,
    /// Ids of rules.
    pub rules: Vec<String>,
}

pub(super) fn about(title: &str, lens: &Lens) -> About {
    let mut words = Vec::new();
    split(title, true, &mut words);
    lens.language.vocabulary.identify(&mut words);
    let mut about = About::default();
    let mut at = 0;
    while at < words.len() {
        match lens.names.at(&words, at, title) {
            Some(Ok(name)) => {
                if !name.doubtful && !about.engines.contains(&name.engine) {
                    about.engines.push(name.engine);
                }
                at += name.words;
            }
            Some(Err(passed)) => at += passed,
            None => at += 1,
        }
    }
    let hits = lens.language.cues.find(&words);
    for hit in &hits {
        let Cue::Signal {
            signal,
            kind: CueKind::Cue,
        } = hit.payload
        else {
            continue;
        };
        let is_other = |other: &Match<Cue>| {
            let stands_for = |kind| other.payload == Cue::Signal { signal, kind };
            (stands_for(CueKind::NotCue) || stands_for(CueKind::Denial))
                && other.start < hit.end
                && hit.start < other.end
        };
        if hits.iter().any(is_other) || about.signals.iter().any(|(held, _)| *held == signal) {
            continue;
        }
        let ends = (
            words.get(hit.start),
            hit.end.checked_sub(1).and_then(|last| words.get(last)),
        );
        if let (Some(first), Some(last)) = ends {
            about
                .signals
                .push((signal, first.span.join(last.span).of(title).to_owned()));
        }
    }
    let known = lens.rule_ids();
    let named = title
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    about.rules = named.filter(|word| known.contains(*word)).map(str::to_owned).collect();
    about
}
