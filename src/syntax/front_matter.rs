//! YAML and TOML front matter → entries. One that does not parse is no front matter: the record goes on without it.

use saphyr::{LoadableYamlNode, MarkedYaml, YamlData};

use super::Entry;
use crate::text::Span;

/// Entries of a YAML mapping that stands at byte `base` of the document.
pub(super) fn yaml(text: &str, base: usize) -> Vec<Entry> {
    let Ok(documents) = MarkedYaml::load_from_str(text) else {
        return Vec::new();
    };
    let Some(YamlData::Mapping(mapping)) = documents.first().map(|node| &node.data) else {
        return Vec::new();
    };
    let at = |character: usize| base + text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte);
    mapping
        .iter()
        .filter_map(|(key, value)| {
            let span = Span::new(at(value.span.start.index()), at(value.span.end.index()));
            Some(Entry {
                key: scalar(key)?,
                value: scalar(value)?,
                span,
            })
        })
        .collect()
}

fn scalar(node: &MarkedYaml) -> Option<String> {
    match &node.data {
        YamlData::Value(saphyr::Scalar::String(text)) => Some(text.to_string()),
        YamlData::Value(saphyr::Scalar::Integer(number)) => Some(number.to_string()),
        YamlData::Value(saphyr::Scalar::FloatingPoint(number)) => Some(number.to_string()),
        YamlData::Value(saphyr::Scalar::Boolean(truth)) => Some(truth.to_string()),
        YamlData::Representation(text, ..) => Some(text.to_string()),
        YamlData::Sequence(items) => Some(items.iter().filter_map(scalar).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// Entries of a TOML table that stands at byte `base` of the document.
pub(super) fn toml(text: &str, base: usize) -> Vec<Entry> {
    let Ok(table) = toml::from_str::<std::collections::BTreeMap<String, toml::Spanned<toml::Value>>>(text) else {
        return Vec::new();
    };
    table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(base + value.span().start, base + value.span().end);
            let value = match value.into_inner() {
                toml::Value::String(text) => text,
                other => other.to_string(),
            };
            Entry { key, value, span }
        })
        .collect()
}
