//! Configuration as a client sends it → settings, and what is wrong with it.
//!
//! The keys are those of `initializationOptions`, and the same under `adrLens` in the client's settings:
//! `asOf` (a date, `YYYY-MM-DD`: judge lifecycles as of that day), `hints` (show the questions that records leave open; on unless
//! told otherwise), `docsBase` (a URL below which the pages of the rules stand).

use jiff::civil::Date;
use serde_json::Value;

/// The name under which a client keeps our settings.
pub(super) const SECTION: &str = "adrLens";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// The day to judge lifecycles as of; today when there is none.
    pub as_of: Option<Date>,
    pub hints: bool,
    /// Without a slash at its end.
    pub docs_base: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            as_of: None,
            hints: true,
            docs_base: None,
        }
    }
}

impl Settings {
    /// These settings with the keys of `value` in their place. A key that makes no sense is left as it was, and named in a sentence.
    pub fn with(&self, value: &Value) -> (Settings, Vec<String>) {
        let mut settings = self.clone();
        let mut wrong = Vec::new();
        let Some(keys) = value.get(SECTION).unwrap_or(value).as_object() else {
            return (settings, wrong);
        };
        match keys.get("asOf") {
            None => {}
            Some(Value::Null) => settings.as_of = None,
            Some(value) => match value.as_str().and_then(|text| text.parse().ok()) {
                Some(date) => settings.as_of = Some(date),
                None => wrong.push(format!("{SECTION}.asOf: {value} is not a date like \"2026-01-31\"")),
            },
        }
        match keys.get("hints") {
            None | Some(Value::Null) => {}
            Some(Value::Bool(hints)) => settings.hints = *hints,
            Some(value) => wrong.push(format!("{SECTION}.hints: {value} is neither true nor false")),
        }
        match keys.get("docsBase") {
            None => {}
            Some(Value::Null) => settings.docs_base = None,
            Some(value) => match value.as_str().filter(|base| is_base(base)) {
                Some(base) => settings.docs_base = Some(base.trim_end_matches('/').to_owned()),
                None => wrong.push(format!(
                    "{SECTION}.docsBase: {value} is not a URL (https://…, http://… or file://…)"
                )),
            },
        }
        (settings, wrong)
    }

    pub fn date(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

fn is_base(base: &str) -> bool {
    ["https://", "http://", "file://"]
        .iter()
        .any(|scheme| base.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn wrong_keys_are_named_and_left_as_they_were() {
        let (settings, wrong) =
            Settings::default().with(&json!({"asOf": "2026-02-30", "hints": "no", "docsBase": "docs"}));
        assert_eq!(settings, Settings::default());
        assert_eq!(wrong.len(), 3);
        let (settings, wrong) =
            settings.with(&json!({"adrLens": {"asOf": "2026-02-28", "hints": false, "docsBase": "https://x.org/"}}));
        assert!(wrong.is_empty());
        assert_eq!(settings.docs_base.as_deref(), Some("https://x.org"));
        assert_eq!(settings.date().to_string(), "2026-02-28");
        assert!(!settings.hints);
    }
}
