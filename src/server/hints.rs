//! Inlay hints: behind a chosen engine how it stands to what the record needs, behind an option what it would contradict, behind each
//! need which signal and figure it was read as.

use std::collections::BTreeSet;

use serde_json::json;
use tower_lsp::ls_types::*;

use super::figure;
use super::session::Stopped;
use super::state::Snapshot;
use crate::lens::{EngineId, Lens, SectionRole, SignalId};
use crate::reading::{Choice, Polarity, Reading, Requirement, Role};
use crate::review::held;
use crate::text::Span;

/// A hint before it is put in the client's form.
struct Note {
    /// Behind which byte it stands.
    at: usize,
    parts: Vec<Part>,
    /// The whole in words, a line for each part.
    tooltip: String,
}

/// A part of a label, with what it speaks of.
struct Part {
    label: String,
    tooltip: String,
    /// Where a click leads.
    place: Option<Span>,
}

/// The hints that stand in a range, in the order of the text.
pub(super) fn hints(snapshot: &Snapshot, range: Range) -> Result<Vec<InlayHint>, Stopped> {
    let wanted = snapshot.span(range);
    let notes = notes(snapshot)?.into_iter();
    let found = notes.filter(|note| wanted.start <= note.at && note.at <= wanted.end);
    let lazy = snapshot.features.resolves_hints;
    Ok(found.map(|note| hint(snapshot, note, lazy)).collect())
}

/// The same hint with all it has to say, from the version of now; one that is gone comes back as it was.
pub(super) fn resolve(snapshot: &Snapshot, hint: InlayHint) -> Result<InlayHint, Stopped> {
    let notes = notes(snapshot)?.into_iter();
    let full = notes.map(|note| self::hint(snapshot, note, false));
    let mut same = full.filter(|full| full.position == hint.position && words(&full.label) == words(&hint.label));
    let full = same.next().map(|full| InlayHint {
        data: hint.data.clone(),
        ..full
    });
    Ok(full.unwrap_or(hint))
}

/// The document an unresolved hint is of.
pub(super) fn uri_of(hint: &InlayHint) -> Option<Uri> {
    serde_json::from_value(hint.data.as_ref()?.get("uri")?.clone()).ok()
}

fn words(label: &InlayHintLabel) -> String {
    match label {
        InlayHintLabel::String(label) => label.clone(),
        InlayHintLabel::LabelParts(parts) => parts.iter().map(|part| part.value.as_str()).collect(),
    }
}

fn hint(snapshot: &Snapshot, note: Note, lazy: bool) -> InlayHint {
    let part = |part: Part| InlayHintLabelPart {
        value: part.label,
        tooltip: (!lazy && !part.tooltip.is_empty()).then_some(InlayHintLabelPartTooltip::String(part.tooltip)),
        location: part.place.map(|place| Location {
            uri: snapshot.uri.clone(),
            range: snapshot.range(place),
        }),
        command: None,
    };
    let label = match snapshot.features.hint_parts {
        true => InlayHintLabel::LabelParts(note.parts.into_iter().map(part).collect()),
        false => InlayHintLabel::String(note.parts.into_iter().map(|part| part.label).collect()),
    };
    InlayHint {
        position: snapshot.position(note.at),
        label,
        kind: None,
        text_edits: None,
        tooltip: (!lazy).then_some(InlayHintTooltip::String(note.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: lazy.then(|| json!({"uri": snapshot.uri})),
    }
}

fn notes(snapshot: &Snapshot) -> Result<Vec<Note>, Stopped> {
    let analysis = snapshot.analysis()?;
    let reading = &analysis.reading;
    let lens: &Lens = &snapshot.lens;
    let chosen = reading
        .with_role(Role::Chosen)
        .filter_map(|choice| engine(choice, reading, lens));
    let needs = reading.requirements.iter().map(|need| requirement(need, lens));
    let mut notes: Vec<Note> = chosen.chain(needs).chain(options(reading, lens)).collect();
    notes.sort_by_key(|note| note.at);
    Ok(notes)
}

/// "meets 3, contradicts 1", each leading to the first need of its kind; nothing when the record states no need that the lens
/// speaks of.
fn engine(choice: &Choice, reading: &Reading, lens: &Lens) -> Option<Note> {
    let held = held(choice, reading, lens);
    let (contradicts, may_contradict) = held.contradicts_and_may(reading);
    let lists = [
        ("meets", &held.satisfies),
        ("contradicts", &contradicts),
        ("may contradict", &may_contradict),
        ("at a cost", &held.costs),
    ];
    let mut parts = Vec::new();
    for (word, signals) in lists.into_iter().filter(|(_, signals)| !signals.is_empty()) {
        if !parts.is_empty() {
            parts.push(plain(", "));
        }
        parts.push(Part {
            label: format!("{word} {}", signals.len()),
            tooltip: format!("{word}: {}", ids(signals, lens)),
            place: signals.iter().find_map(|&signal| stated(signal, reading)),
        });
    }
    if parts.is_empty() {
        return None;
    }
    let mut tooltip = vec![lens.engine(choice.engine).name.clone()];
    for (label, signals) in lists.into_iter().chain([("silent on", &held.silent)]) {
        if !signals.is_empty() {
            tooltip.push(format!("{label}: {}", ids(signals, lens)));
        }
    }
    Some(Note {
        at: choice.span.end,
        parts,
        tooltip: tooltip.join("\n"),
    })
}

/// "would contradict joins", behind an option where it is first named as one.
fn options<'a>(reading: &'a Reading, lens: &'a Lens) -> impl Iterator<Item = Note> + 'a {
    let record = &reading.record;
    let mut seen: BTreeSet<EngineId> = BTreeSet::new();
    let named = record.mentions.iter().filter(move |mention| {
        let role = record.sentences.get(mention.sentence).map(|sentence| sentence.role);
        role == Some(SectionRole::Options) && seen.insert(mention.engine)
    });
    named.filter_map(|mention| {
        let is_option = |choice: &&Choice| {
            choice.engine == mention.engine && matches!(choice.role, Role::Considered | Role::Rejected)
        };
        let choice = reading.choices.iter().find(is_option)?;
        let against = held(choice, reading, lens).contradicts;
        let first = against.first()?;
        let reasons = against.iter().filter_map(|signal| {
            let statement = lens.engine(choice.engine).contradicts.get(signal)?;
            Some(format!("{}: {}", lens.signal(*signal).id, statement.because))
        });
        let tooltip = reasons.collect::<Vec<_>>().join("\n");
        Some(Note {
            at: mention.span.end,
            parts: vec![Part {
                label: format!("would contradict {}", ids(&against, lens)),
                tooltip: tooltip.clone(),
                place: stated(*first, reading),
            }],
            tooltip,
        })
    })
}

/// The signal, and the figure it rests on in base words.
fn requirement(need: &Requirement, lens: &Lens) -> Note {
    let signal = lens.signal(need.signal);
    let (label, tooltip) = match need.polarity {
        Polarity::Required => (signal.id.clone(), signal.says.clone()),
        Polarity::NotRequired => (
            format!("{}: not needed", signal.id),
            format!("Expressly not needed: {}", signal.says),
        ),
    };
    let mut parts = vec![Part {
        label,
        tooltip: tooltip.clone(),
        place: None,
    }];
    if let Some(quantity) = &need.quantity {
        parts.push(plain(&format!(": {}", figure::shown(quantity))));
    }
    Note {
        at: need.span.end,
        parts,
        tooltip,
    }
}

fn plain(label: &str) -> Part {
    Part {
        label: label.to_owned(),
        tooltip: String::new(),
        place: None,
    }
}

/// Where a need is first stated.
fn stated(signal: SignalId, reading: &Reading) -> Option<Span> {
    let is = |need: &&Requirement| need.signal == signal && need.polarity == Polarity::Required;
    reading.requirements.iter().find(is).map(|need| need.span)
}

fn ids(signals: &[SignalId], lens: &Lens) -> String {
    let ids: Vec<&str> = signals.iter().map(|&id| lens.signal(id).id.as_str()).collect();
    ids.join(", ")
}
