//! Inlay hints: behind each chosen engine how it stands to what the record needs, behind each need which signal it was read as.

use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use super::session::Stopped;
use super::state::Snapshot;
use crate::lens::{Lens, SignalId};
use crate::reading::{Choice, Polarity, Reading, Requirement, Role};
use crate::review::held;

/// The hints that stand in a range, in the order of the text.
pub(super) fn hints(snapshot: &Snapshot, range: Range) -> Result<Vec<InlayHint>, Stopped> {
    let analysis = snapshot.analysis()?;
    let wanted = snapshot.span(range);
    let is_wanted = |at: usize| wanted.start <= at && at <= wanted.end;
    let reading = &analysis.reading;
    let engines = reading
        .with_role(Role::Chosen)
        .filter(|choice| is_wanted(choice.span.end))
        .filter_map(|choice| Some((choice.span.end, engine(choice, reading, &snapshot.lens)?)));
    let needs = reading
        .requirements
        .iter()
        .filter(|need| is_wanted(need.span.end))
        .map(|need| (need.span.end, requirement(need, &snapshot.lens)));
    let mut hints: Vec<(usize, (String, String))> = engines.chain(needs).collect();
    hints.sort_by_key(|(at, _)| *at);
    let hint = |(at, (label, tooltip))| InlayHint {
        position: snapshot.position(at),
        label: InlayHintLabel::String(label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Ok(hints.into_iter().map(hint).collect())
}

/// "meets 3, contradicts 1", and which; nothing when the record states no need that the lens speaks of.
fn engine(choice: &Choice, reading: &Reading, lens: &Lens) -> Option<(String, String)> {
    let held = held(choice, reading, lens);
    let lists = [
        ("meets", &held.satisfies),
        ("contradicts", &held.contradicts),
        ("at a cost", &held.costs),
    ];
    let parts: Vec<String> = lists
        .iter()
        .filter(|(_, signals)| !signals.is_empty())
        .map(|(word, signals)| format!("{word} {}", signals.len()))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let ids = |signals: &[SignalId]| {
        signals
            .iter()
            .map(|&id| lens.signal(id).id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut tooltip = vec![lens.engine(choice.engine).name.clone()];
    for (label, signals) in lists.into_iter().chain([("silent on", &held.silent)]) {
        if !signals.is_empty() {
            tooltip.push(format!("{label}: {}", ids(signals)));
        }
    }
    Some((parts.join(", "), tooltip.join("\n")))
}

fn requirement(need: &Requirement, lens: &Lens) -> (String, String) {
    let signal = lens.signal(need.signal);
    match need.polarity {
        Polarity::Required => (signal.id.clone(), signal.says.clone()),
        Polarity::NotRequired => (
            format!("{}: not needed", signal.id),
            format!("Expressly not needed: {}", signal.says),
        ),
    }
}
