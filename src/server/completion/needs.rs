//! Among drivers and requirements: a phrase for each need that the framework knows and the record does not state. A phrase is offered
//! only if the reader reads the need from it.

use std::collections::BTreeSet;

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::lens::{Lens, SectionRole, SignalId};
use crate::reading::{Polarity, Reading};
use crate::syntax::Language;

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let role = place.role()?;
    let (span, mark) = place.item();
    let listed = !mark.is_empty();
    let takes = match role {
        SectionRole::Drivers | SectionRole::Requirements => listed || place.before.trim().is_empty(),
        SectionRole::Context => listed,
        _ => false,
    };
    if !takes {
        return None;
    }
    let lens: &Lens = &place.snapshot.lens;
    let stated: BTreeSet<SignalId> = place
        .analysis
        .reading
        .requirements
        .iter()
        .map(|need| need.signal)
        .collect();
    let open = lens.signal_ids().filter(|signal| !stated.contains(signal));
    let offer = |signal: SignalId| {
        let phrase = phrase(signal, lens)?;
        let known = lens.signal(signal);
        Some(Offer {
            label: phrase.clone(),
            detail: Some(format!("{} ({})", known.id, known.group)),
            kind: CompletionItemKind::PROPERTY,
            span,
            text: format!("{}{phrase}", if listed { "" } else { "- " }),
            about: Some(known.id.clone()),
        })
    };
    Some(open.filter_map(offer).collect())
}

/// Words that state a need, from what the lens says of it.
pub(in crate::server) fn phrase(signal: SignalId, lens: &Lens) -> Option<String> {
    let known = lens.signal(signal);
    let says = known.says.trim_end_matches('.');
    let small: String = says
        .chars()
        .take(1)
        .flat_map(char::to_lowercase)
        .chain(says.chars().skip(1))
        .collect();
    let name = known.id.replace('-', " ");
    let candidates = [
        says.to_owned(),
        format!("We need {name}"),
        format!("It must hold that {small}"),
        format!("We need {name}: {small}"),
    ];
    candidates.into_iter().find(|phrase| states(phrase, signal, lens))
}

/// Whether the reader reads the need, and only what goes with it, from the phrase in a list of requirements.
fn states(phrase: &str, signal: SignalId, lens: &Lens) -> bool {
    let text = format!("# Record\n\n## Requirements\n\n- {phrase}\n");
    let needs = Reading::of(&text, Language::Markdown, lens).requirements;
    let is = |polarity| {
        needs
            .iter()
            .any(|need| need.signal == signal && need.polarity == polarity)
    };
    is(Polarity::Required) && !is(Polarity::NotRequired)
}
