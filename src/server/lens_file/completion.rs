//! The names that could stand where the cursor is: keys, rules, engines, needs, families, sources, severities.

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Position, TextEdit};

use super::document::LensSnapshot;
use super::keys::keys;
use super::place::{Place, place};
use crate::lens::Lens;

const SETTINGS: [&str; 6] = ["off", "hint", "info", "warning", "error", "default"];

/// Names for a position, in the order of their kinds.
pub(in crate::server) fn completion(snapshot: &LensSnapshot, position: Position) -> Vec<CompletionItem> {
    let at = snapshot.offset(position);
    let place = place(&snapshot.source.text, at);
    let lens = snapshot.lens();
    let names = names(&place, &lens);
    let range = snapshot.range(place.start..at);
    let item = |(name, detail, kind): (String, String, CompletionItemKind)| {
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        let is_key = kind == CompletionItemKind::PROPERTY;
        let text = match place.quoted || is_key && is_plain {
            true => name.clone(),
            false => format!("\"{name}\""),
        };
        CompletionItem {
            label: name,
            kind: Some(kind),
            detail: (!detail.is_empty()).then_some(detail),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
            ..CompletionItem::default()
        }
    };
    names.into_iter().map(item).collect()
}

type Names = Vec<(String, String, CompletionItemKind)>;

fn names(place: &Place, lens: &Lens) -> Names {
    let table: Vec<&str> = place.table.iter().map(String::as_str).collect();
    let Some(key) = place.key.as_deref() else {
        return match table.as_slice() {
            ["rules"] | ["overrides", "rules"] => rules(lens),
            ["cues"] => signals(lens),
            ["thresholds"] => signals(lens).into_iter().chain(engines(lens)).collect(),
            ["engines", _] => engines(lens),
            _ => own_keys(place),
        };
    };
    match (table.as_slice(), key) {
        (["rules"] | ["overrides", "rules"], _) => settings(),
        ([] | ["overrides"], "rules") | (["locked"], "rules") | (["test"], "finds") => rules(lens),
        (["engines"], _) | (_, "kind-of" | "offers" | "speaks" | "successors") => engines(lens),
        (_, "on") => engines(lens).into_iter().chain(families(lens)).collect(),
        (_, "signal" | "satisfies" | "lacks" | "overrules") => signals(lens),
        (_, "family" | "also" | "mitigated-by") => families(lens),
        (_, "source") => sources(lens),
        (_, "severity") => plain(&SETTINGS[1..5]),
        (_, "certainty") => plain(&["vendor", "secondary", "known", "unconfirmed"]),
        (_, "operation") => plain(&["serverless", "embedded", "managed", "self-run"]),
        ([], "extends") => plain(&["databases"]),
        _ => Vec::new(),
    }
}

fn own_keys(place: &Place) -> Names {
    let name = |(key, says): (&str, &str)| (key.to_owned(), first_sentence(says), CompletionItemKind::PROPERTY);
    keys(&place.table).into_iter().map(name).collect()
}

fn first_sentence(says: &str) -> String {
    says.split_once(". ")
        .map_or(says, |(first, _)| first)
        .replace('\n', " ")
}

fn plain(words: &[&str]) -> Names {
    words
        .iter()
        .map(|word| ((*word).to_owned(), String::new(), CompletionItemKind::ENUM_MEMBER))
        .collect()
}

fn settings() -> Names {
    plain(&SETTINGS)
}

/// Forms of ids first, then every rule.
fn rules(lens: &Lens) -> Names {
    let ids = lens.rule_ids();
    let mut forms: Vec<String> = ids
        .iter()
        .filter_map(|id| Some(format!("{}/*", id.split_once('/')?.0)))
        .collect();
    forms.dedup();
    let form = |form: String| (form, "every rule of this kind".to_owned(), CompletionItemKind::VALUE);
    let rule = |id: String| {
        let title = lens.rule(&id).map(|rule| rule.title.clone()).unwrap_or_default();
        (id, title, CompletionItemKind::VALUE)
    };
    forms.into_iter().map(form).chain(ids.into_iter().map(rule)).collect()
}

fn engines(lens: &Lens) -> Names {
    let name = |engine: &crate::lens::Engine| (engine.id.clone(), engine.name.clone(), CompletionItemKind::VALUE);
    lens.engines.iter().map(name).collect()
}

fn families(lens: &Lens) -> Names {
    let name = |family: &crate::lens::Family| (family.id.clone(), family.name.clone(), CompletionItemKind::VALUE);
    lens.families.iter().map(name).collect()
}

fn signals(lens: &Lens) -> Names {
    let name =
        |signal: &crate::lens::schema::Signal| (signal.id.clone(), signal.says.clone(), CompletionItemKind::VALUE);
    lens.signals.iter().map(name).collect()
}

fn sources(lens: &Lens) -> Names {
    let mut names: Names = lens
        .sources
        .iter()
        .map(|(id, source)| (id.clone(), source.title.clone(), CompletionItemKind::REFERENCE))
        .collect();
    names.sort_by(|a, b| a.0.cmp(&b.0));
    names
}
