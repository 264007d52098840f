//! The JSON of a custom lens as AWS publishes it, and its limits.

use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The only version of the format.
pub(super) const VERSION: &str = "2021-11-01";

// Read on 2026-11-22 in "Lens format specification in AWS WA Tool" and "Creating a custom lens" of the tool's user guide.
pub(super) const PILLARS: usize = 10;
pub(super) const QUESTIONS: usize = 20;
pub(super) const CHOICES: usize = 15;
pub(super) const RISKS: usize = 3;
/// More resources of one kind beside the first.
pub(super) const RESOURCES: usize = 5;
pub(super) const TITLE: usize = 128;
pub(super) const TEXT: usize = 2048;
pub(super) const SHORTEST_ID: usize = 3;
pub(super) const LONGEST_ID: usize = 128;
/// The end of the id of the choice "None of these".
pub(super) const NONE: &str = "_no";

/// A string that knows where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Text<'a> {
    pub value: String,
    raw: &'a str,
}

impl Text<'_> {
    /// The bytes of it in the text it was read from.
    pub fn bytes(&self, text: &str) -> Range<usize> {
        let start = (self.raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        start..start + self.raw.len()
    }
}

impl From<String> for Text<'_> {
    fn from(value: String) -> Self {
        Text { value, raw: "" }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let value = serde_json::from_str(raw).map_err(|_| D::Error::custom("a string is expected here"))?;
        Ok(Text { value, raw })
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.value)
    }
}

/// A custom lens.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct CustomLens<'a> {
    pub schema_version: Text<'a>,
    pub name: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<'a>>,
    pub pillars: Vec<Pillar<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct Pillar<'a> {
    pub id: Text<'a>,
    pub name: Text<'a>,
    #[serde(default)]
    pub questions: Vec<Question<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct Question<'a> {
    pub id: Text<'a>,
    pub title: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helpful_resource: Option<Resource<'a>>,
    #[serde(default)]
    pub choices: Vec<Choice<'a>>,
    #[serde(default)]
    pub risk_rules: Vec<RiskRule<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct Choice<'a> {
    pub id: Text<'a>,
    pub title: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helpful_resource: Option<Resource<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improvement_plan: Option<Resource<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_resources: Vec<Additional<'a>>,
}

impl Choice<'_> {
    /// Whether it is the choice "None of these".
    pub fn is_none(&self) -> bool {
        self.id.value.ends_with(NONE)
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct Resource<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_text: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct Additional<'a> {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub content: Vec<Resource<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Kind {
    HelpfulResource,
    ImprovementPlan,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(expecting = "an object", bound(deserialize = "'de: 'a"))]
pub(super) struct RiskRule<'a> {
    pub condition: Text<'a>,
    pub risk: Risk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum Risk {
    #[serde(rename = "NO_RISK")]
    None,
    #[serde(rename = "MEDIUM_RISK")]
    Medium,
    #[serde(rename = "HIGH_RISK")]
    High,
}

/// The keys of each level of the format; others are left out of what is imported, and told.
pub(super) const KEYS: [&str; 18] = [
    "schemaVersion",
    "name",
    "description",
    "pillars",
    "id",
    "questions",
    "title",
    "helpfulResource",
    "displayText",
    "url",
    "choices",
    "improvementPlan",
    "additionalResources",
    "type",
    "content",
    "riskRules",
    "condition",
    "risk",
];
