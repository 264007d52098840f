//! SARIF 2.1.0, with the need, and words of other records, as related locations and a fingerprint that survives edits elsewhere.

use std::collections::BTreeMap;

use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region, ReportingDescriptor,
    Result as SarifResult, ResultLevel, Run, SCHEMA_URL, Sarif, Suppression, Tool, ToolComponent,
};

use super::check::{Report, Reviewed};
use crate::lens::{Lens, Severity};
use crate::review::Finding;
use crate::text::{Encoding, Source, Span};

/// The name of our fingerprint; its number changes when the way it is made does.
const FINGERPRINT: &str = "adrLens/v1";

/// Fails only when the writer of JSON does.
pub fn sarif(report: &Report) -> Result<String, String> {
    let mut rules: BTreeMap<&str, ReportingDescriptor> = BTreeMap::new();
    for (record, finding) in report.findings() {
        rules
            .entry(&finding.rule)
            .or_insert_with(|| rule(finding, &record.lens));
    }
    let index: BTreeMap<&str, i64> = rules.keys().enumerate().map(|(at, id)| (*id, at as i64)).collect();
    let results = report
        .findings()
        .map(|(record, finding)| result(record, finding, &index))
        .collect::<Vec<_>>();
    let driver = ToolComponent::builder()
        .name("adr-lens")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.into_values().collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(serde_json::json!("unicodeCodePoints"))
        .results(results)
        .build();
    let log = Sarif::builder()
        .version(serde_json::json!("2.1.0"))
        .schema(SCHEMA_URL)
        .runs(vec![run])
        .build();
    serde_json::to_string_pretty(&log).map_err(|error| error.to_string())
}

fn rule(finding: &Finding, lens: &Lens) -> ReportingDescriptor {
    let message = |text: &str| MultiformatMessageString::builder().text(text).build();
    let source = lens.sources.get(&finding.source);
    let help = match source {
        Some(source) if !source.url.is_empty() => {
            format!("{} Source: {}, {}", finding.remedy, source.title, source.url)
        }
        Some(source) => format!("{} Source: {}", finding.remedy, source.title),
        None => finding.remedy.clone(),
    };
    ReportingDescriptor::builder()
        .id(finding.rule.as_str())
        .short_description(message(&finding.because))
        .help(message(&help))
        .build()
}

fn result(record: &Reviewed, finding: &Finding, index: &BTreeMap<&str, i64>) -> SarifResult {
    let lens = &record.lens;
    let need = finding
        .signal
        .map_or("the need", |signal| lens.signal(signal).says.as_str());
    let related = finding.evidence.iter().enumerate().map(|(at, &span)| {
        let mut location = location(&record.path, &record.source, span);
        location.id = Some(at as i64);
        location.message = Some(Message::builder().text(need).build());
        location
    });
    let others = finding.elsewhere.iter().enumerate().map(|(at, other)| {
        let mut location = location(&other.card.shown, &other.card.source, other.span);
        location.id = Some((finding.evidence.len() + at) as i64);
        let says = format!("{} {}", other.card.label(), other.says);
        location.message = Some(Message::builder().text(says).build());
        location
    });
    let text = format!("{}. {} {}", finding.message, finding.because, finding.remedy);
    let fingerprints = BTreeMap::from([(FINGERPRINT.to_owned(), finding.fingerprint.clone())]);
    let mut result = SarifResult::builder()
        .rule_id(finding.rule.as_str())
        .rule_index(index.get(finding.rule.as_str()).copied().unwrap_or(-1))
        .level(level(finding.severity))
        .message(Message::builder().text(text).build())
        .locations(vec![location(&record.path, &record.source, finding.span)])
        .related_locations(related.chain(others).collect::<Vec<_>>())
        .partial_fingerprints(fingerprints)
        .build();
    if let Some(reason) = &finding.suppressed {
        let suppression = Suppression::builder()
            .kind(serde_json::json!(if finding.known { "external" } else { "inSource" }))
            .justification(reason.as_str())
            .build();
        result.suppressions = Some(vec![suppression]);
    }
    result
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Info | Severity::Hint => ResultLevel::Note,
    }
}

fn location(path: &str, source: &Source, span: Span) -> Location {
    let place = |offset| source.lines.position(&source.text, offset, Encoding::Utf32);
    let (start, end) = (place(span.start), place(span.end));
    let region = Region::builder()
        .start_line(i64::from(start.line) + 1)
        .start_column(i64::from(start.column) + 1)
        .end_line(i64::from(end.line) + 1)
        .end_column(i64::from(end.column) + 1)
        .build();
    let artifact = ArtifactLocation::builder().uri(uri(path)).build();
    let physical = PhysicalLocation::builder()
        .artifact_location(artifact)
        .region(region)
        .build();
    Location::builder().physical_location(physical).build()
}

/// A relative path as a URI reference (RFC 3986): everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    const KEPT: percent_encoding::AsciiSet = percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    percent_encoding::utf8_percent_encode(path, &KEPT).to_string()
}
