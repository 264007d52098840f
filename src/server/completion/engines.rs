//! Under the options and in the decision: the engines, those first that fit what the record states.

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::lens::{Lens, SectionRole, SignalId};
use crate::reading::Role;
use crate::review::{Ranked, recommend};

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let role = place.role()?;
    let (item, mark) = place.item();
    let (from, prefix) = match role {
        SectionRole::Options => (
            item,
            if mark.is_empty() && place.before.trim().is_empty() {
                "- "
            } else {
                ""
            },
        ),
        SectionRole::Decision => (word(place), ""),
        _ => return None,
    };
    let reading = &place.analysis.reading;
    let lens: &Lens = &place.snapshot.lens;
    let weighed = |engine| {
        let mut choices = reading.choices.iter();
        // The name under the cursor is being written.
        choices.any(|choice| choice.engine == engine && choice.role != Role::Mentioned && !choice.span.overlaps(from))
    };
    let ranking = recommend(reading, lens, |_| true).ranking;
    let open = ranking
        .into_iter()
        .filter(|ranked| (role == SectionRole::Options) != weighed(ranked.engine));
    let offer = |ranked: Ranked| {
        let engine = lens.engine(ranked.engine);
        Offer {
            label: engine.name.clone(),
            detail: Some(detail(&ranked, lens)),
            kind: CompletionItemKind::CLASS,
            span: from,
            text: format!("{prefix}{}", engine.name),
            about: Some(engine.id.clone()),
        }
    };
    Some(open.map(offer).collect())
}

/// From the start of the word under the cursor.
fn word(place: &Place) -> crate::text::Span {
    let typed = place
        .before
        .rsplit(|c: char| c.is_whitespace() || "\"'(*_".contains(c))
        .next();
    place.from(place.before.len() - typed.unwrap_or_default().len())
}

/// "relational; meets joins, sql; contradicts session-data".
fn detail(ranked: &Ranked, lens: &Lens) -> String {
    let engine = lens.engine(ranked.engine);
    let mut parts = vec![lens.family(engine.family).name.clone()];
    for (label, signals) in [("meets", &ranked.satisfies), ("contradicts", &ranked.contradicts)] {
        if !signals.is_empty() {
            parts.push(format!("{label} {}", ids(signals, lens)));
        }
    }
    parts.join("; ")
}

fn ids(signals: &[SignalId], lens: &Lens) -> String {
    let ids: Vec<&str> = signals.iter().map(|&id| lens.signal(id).id.as_str()).collect();
    ids.join(", ")
}
