//! GitHub's workflow commands: `::warning file=…,line=…::message`.

use super::check::Report;
use crate::lens::Severity;
use crate::text::Encoding;

pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for (record, finding) in report.findings().filter(|(_, finding)| finding.suppressed.is_none()) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
            // A question that the record leaves open is nothing to annotate a pull request with.
            Severity::Hint => continue,
        };
        let place = |offset| {
            record
                .source
                .lines
                .position(&record.source.text, offset, Encoding::Utf16)
        };
        let (start, end) = (place(finding.span.start), place(finding.span.end));
        let message = format!(
            "{}. {} {}{}",
            finding.message,
            finding.because,
            finding.remedy,
            super::check::others(finding)
        );
        out.push_str(&format!(
            "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
            property(&record.path),
            start.line + 1,
            end.line + 1,
            start.column + 1,
            end.column + 1,
            property(&finding.rule),
            data(&message),
        ));
    }
    for (path, why) in &report.unreadable {
        out.push_str(&format!(
            "::error file={}::{}\n",
            property(path),
            data(&format!("unreadable: {why}"))
        ));
    }
    out
}

/// Escapes as GitHub's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
