//! The page of a need: how it is stated, and who meets it.

use super::writer::{Writer, capital};
use crate::lens::phrase::Phrase;
use crate::lens::{Engine, SignalId, Weighs};

pub(super) fn page(id: SignalId, mut out: Writer) -> String {
    section(1, id, &mut out);
    out.done()
}

/// Every need, one after the other.
pub(super) fn all(mut out: Writer) -> String {
    out.heading(1, "Signals");
    out.paragraph(
        "A signal is something a workload needs, or expressly does not need. Phrases are written as in the lens: word forms and capitals are ignored.",
    );
    for id in out.lens.signal_ids() {
        section(2, id, &mut out);
    }
    out.done()
}

fn section(level: usize, id: SignalId, out: &mut Writer) {
    let lens = out.lens;
    let signal = lens.signal(id);
    out.heading(level, &signal.id);
    out.paragraph(&capital(&signal.says));
    let need = lens.language.questions.need(&signal.id);
    let phrases = |list: &[Phrase]| {
        let list: Vec<String> = list.iter().map(|phrase| format!("`{phrase}`")).collect();
        list.join(", ")
    };
    let told = |what: &str, said: String| (!said.is_empty()).then(|| format!("{what}: {said}"));
    let figures: Vec<String> = signal
        .figures
        .iter()
        .map(|figure| {
            let above = figure
                .above
                .as_ref()
                .map(|bound| format!(" above {bound}"))
                .unwrap_or_default();
            let most = figure
                .at_most
                .as_ref()
                .map(|bound| format!(" at most {bound}"))
                .unwrap_or_default();
            format!("{}{above}{most}", figure.metric)
        })
        .collect();
    let engines =
        |meets: &dyn Fn(&Engine) -> bool| out.engines(lens.engine_ids().filter(|&engine| meets(lens.engine(engine))));
    let source = &lens.language.questions.table.needs_source;
    let items = [
        told("The question", signal.asks.clone()),
        told("Group", signal.group.clone()),
        told("What it says of an engine", weight(signal.weighs).to_owned()),
        told(
            "Stated so",
            need.map(|need| format!("“{}”", need.needed)).unwrap_or_default(),
        ),
        told(
            "Denied so",
            need.map(|need| format!("“{}”", need.denied)).unwrap_or_default(),
        ),
        told("Phrases that state it", phrases(&signal.cues)),
        told("Where the sentence asks for it", phrases(&signal.weak)),
        told("Phrases that deny it", phrases(&signal.denials)),
        told("Figures that state it", figures.join("; ")),
        told("Met by", engines(&|engine| engine.satisfies.contains(&id))),
        told("Not met by", engines(&|engine| engine.contradicts.contains_key(&id))),
        told("Source", out.source(source)),
    ];
    out.list(items.into_iter().flatten());
}

fn weight(weighs: Weighs) -> &'static str {
    match weighs {
        Weighs::Shape => "what is stored and asked: it decides the kind of engine",
        Weighs::Quality => "how well the store is kept: it refines the choice",
        Weighs::Tolerance => "something the workload can live with: it asks for no engine",
    }
}
