//! The keys of `adr-lens.toml` and what they say, from its JSON Schema.

use std::sync::LazyLock;

use serde_json::Value;

use crate::lens::team::schema::File;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(File).to_value());

/// The keys of a table, each with what it says.
pub(super) fn keys(table: &[String]) -> Vec<(&'static str, &'static str)> {
    let Some(properties) = at(table).and_then(|schema| schema.get("properties")?.as_object()) else {
        return Vec::new();
    };
    let says = |schema: &'static Value| {
        let own = schema.get("description").and_then(Value::as_str);
        own.or_else(|| followed(schema).get("description")?.as_str())
            .unwrap_or_default()
    };
    properties
        .iter()
        .map(|(key, schema)| (key.as_str(), says(schema)))
        .collect()
}

/// What a key of a table says.
pub(super) fn says(table: &[String], key: &str) -> Option<&'static str> {
    keys(table)
        .into_iter()
        .find(|(known, _)| *known == key)
        .map(|(_, says)| says)
}

/// The schema of a table, by the parts of its header; a part under a table of free names stands for any of them.
fn at(table: &[String]) -> Option<&'static Value> {
    let mut schema: &'static Value = &SCHEMA;
    for part in table {
        schema = followed(schema);
        schema = match schema.get("properties").and_then(|properties| properties.get(part)) {
            Some(inner) => inner,
            None => schema.get("additionalProperties")?,
        };
    }
    Some(followed(schema))
}

/// A schema behind a reference, the items of a list, the one of several that is no null.
fn followed(mut schema: &'static Value) -> &'static Value {
    // A schema of ours is not nested deeper.
    for _ in 0..8 {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let next = reference
            .and_then(|path| SCHEMA.pointer(path.trim_start_matches('#')))
            .or_else(|| schema.get("items"))
            .or_else(|| schema.get("anyOf")?.as_array()?.first());
        match next {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::{keys, says};

    #[test]
    fn keys_of_nested_tables_are_known() {
        let table = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        let names = |parts: &[&str]| keys(&table(parts)).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert!(names(&[]).contains(&"overrides"));
        assert!(names(&["engines"]).contains(&"forbidden"));
        assert!(names(&["cues", "joins"]).contains(&"denials"));
        assert!(
            names(&["engine", "limits"]).contains(&"at-most"),
            "{:?}",
            names(&["engine", "limits"])
        );
        assert!(says(&[], "baseline").is_some_and(|says| says.contains("known")));
    }
}
